"""`python -m lossboard sync`: sends the journals of earlier runs."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import List, Optional, Sequence

from ._errors import LossboardError
from ._http import Server, Unreachable, server_url
from ._journal import Journal, find_journals
from ._store import store_path
from ._upload import Sender

PATIENCE_S = 60.0
_EPILOG = """Sends what is not on the server yet, any number of times: nothing is stored twice. Journals of processes that were killed are sent as far as
they were written. Without a folder: the journals beside the store (LOSSBOARD_DIR, else ./lossboard.db). To bring journals into a store file on
this machine: npx lossboard sync --into runs.db"""


def say(message: str) -> None:
    print(message, flush=True)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lossboard", description="Lossboard for Python. To look at runs: npx lossboard")
    commands = parser.add_subparsers(dest="command", metavar="sync", required=True)
    sync = commands.add_parser("sync", help="send the journals of earlier runs to a server", description=_EPILOG)
    sync.add_argument("folder", nargs="*", help="a journal, a lossboard-journal, or a folder that holds one")
    sync.add_argument("--url", help="the server; default: the one that each journal names, else LOSSBOARD_URL")
    sync.add_argument("--token", help="better in LOSSBOARD_TOKEN, where other users of the machine cannot see it")
    given = parser.parse_args(arguments)
    try:
        return sync_all(given.folder, given.url, given.token)
    except LossboardError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted: sync again to go on", file=sys.stderr)
        return 130


def sync_all(places: Sequence[str], url: Optional[str], token: Optional[str]) -> int:
    """0 when everything is on its server. Raises LossboardError for a wrong argument."""
    target = server_url(url) if url else None
    usual = os.environ.get("LOSSBOARD_URL")
    other = server_url(usual) if usual else None
    folders: List[str] = []
    for place in places or [os.path.dirname(store_path(os.environ.get("LOSSBOARD_DIR")))]:
        found, where = find_journals(place)
        if not found and places:
            problem = "there is no journal in it" if os.path.isdir(where) else "there is no such folder"
            raise LossboardError("invalid_argument", f"{where}: {problem}. A journal is a folder with open.json, in a folder named lossboard-journal")
        folders += found
    if not folders:
        say("nothing to send: there is no journal here")
        return 0
    complete = True
    for folder in folders:
        try:
            done = _sync_one(Journal.read(folder), target, other, token or os.environ.get("LOSSBOARD_TOKEN") or None)
        except LossboardError as error:
            say(f"{folder}: {error}")
            done = False
        complete = complete and done
    return 0 if complete else 1


def _sync_one(journal: Journal, target: Optional[str], other: Optional[str], token: Optional[str]) -> bool:
    own = journal.opening.get("url")
    url = target or (server_url(own) if own else other)
    lives = journal.writer_lives()
    if lives and own:
        say(f"{journal.folder}: its process still runs and sends by itself")
        return True
    if not url:
        raise LossboardError("invalid_argument", "no server is named in it: give --url, or set LOSSBOARD_URL")
    if own and journal.acknowledged > 0 and url != server_url(own):
        raise LossboardError("invalid_argument", f"its first {journal.acknowledged} batches are on {own}: sync it without --url, the rest belongs there")
    # A token is for the server that is named with it: a journal from elsewhere must not have it sent anywhere.
    named = target or other
    server = Server(url, token if named is None or named == url else None)
    sender = Sender(server, journal, lambda _: None)
    try:
        return _send(sender, lives)
    finally:
        server.close()


def _send(sender: Sender, lives: bool) -> bool:
    journal = sender.journal
    waited = 0.0
    while True:
        pause = sender.step(False, PATIENCE_S)
        if pause is None:
            break
        if pause > 0:
            if sender.held or waited >= PATIENCE_S:
                say(f"{journal.folder}: {sender.trouble}. Everything is kept: sync again")
                return False
            waited += pause
            time.sleep(pause)
    if not lives:
        _end(sender)
    torn = journal.rest()
    lost = f", {torn} bytes of a batch were cut off when its process was killed" if torn and not lives else ""
    kept = f", {sender.set_aside} batches were refused and are kept in {journal.folder}/kept.log" if sender.set_aside else ""
    damaged = max(sender.missing, len(journal.damaged))
    gone = f", {damaged} batches were damaged on the disk or gone and are LOST" if damaged else ""
    run = journal.opening["run"]
    say(f"{run.get('name') or sender.run_id} in {run['project']}: {sender.sent} batches sent, {sender.points} points, {sender.records} records{lost}{kept}{gone}")
    if not lives and not journal.has_kept():
        journal.remove()
    return not kept and not gone


def _end(sender: Sender) -> None:
    """A process that was killed could not say that its run is over: without this the run would be shown as running for a while."""
    journal = sender.journal
    where = f"/runs/{sender.run_id}"
    try:
        if sender.server.post(f"{where}/heartbeat", {"writer": journal.writer}).body.get("status") != "running":
            return
        reason = "its process was killed; sent from its journal"
        sender.server.post(
            f"{where}/finish", {"writer": journal.writer, "status": "crashed", "reason": reason, "endedAt": journal.last_written()}
        )
    except Unreachable:
        # The server finds out by itself when nothing more comes.
        pass
