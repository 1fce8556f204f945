"""Names of metrics and runs, by the rules of core/metric-name.ts and core/run-name.ts."""

from __future__ import annotations

import json
import random
import re
import secrets
from typing import Optional

NAME_MAX = 250
_ALLOWED = re.compile(r"[A-Za-z0-9_./ -]+\Z")
_ODD = re.compile(r"[^A-Za-z0-9_./ -]")

_ADJECTIVES = (
    "able agile amber ancient azure bold brave bright brisk calm candid clever cosmic crisp curious daring deft eager early earnest "
    "fair fearless fleet fond gentle gilded glad golden grand hardy hidden honest humble ivory jolly keen kind lively loyal lucid lucky "
    "lunar mellow merry mighty mild misty modest nimble noble patient placid plucky polar proud quick quiet rapid ready robust rosy "
    "royal sage serene sharp shiny silent silver sleek smooth snug solar solid spry stable stark steady stout sturdy subtle sunny swift "
    "tender tidy tranquil true trusty upbeat vast velvet vivid warm wild wise witty young zesty "
).split()
_ANIMALS = (
    "alpaca antelope badger beaver bison bobcat buffalo camel caribou cheetah condor cougar coyote crane dingo dolphin dove eagle egret "
    "elk falcon ferret finch fox gazelle gecko gibbon goose gopher grouse gull hare hawk heron hornet ibex ibis iguana impala jackal "
    "jaguar jay kestrel kiwi koala lark lemur leopard llama lynx macaw magpie marlin marmot marten moose narwhal newt ocelot orca "
    "oriole osprey otter owl panda panther parrot pelican penguin petrel pigeon plover puffin puma quail rabbit raven robin salmon seal "
    "shrew skunk sloth sparrow stork swallow swan swift tapir tern tiger toucan trout turtle viper walrus weasel whale wolf wombat wren "
    "yak zebra "
).split()


def name_problem(name: object) -> Optional[str]:
    """What is wrong with a metric name, and what to write; None when nothing is."""
    if not isinstance(name, str):
        return f"metric name must be a string, got {type(name).__name__}"
    if name == "":
        return "metric name is empty"
    if len(name) > NAME_MAX:
        return f'metric name is {len(name)} characters long, at most {NAME_MAX}: "{name[:40]}..."'
    if not _ALLOWED.match(name):
        odd = _ODD.search(name)
        bad = json.dumps(odd.group(0)) if odd else "a character"
        return f'metric name "{name[:80]}" contains {bad}: use letters, digits and _ . / - or space, for example "{_ODD.sub("_", name)[:80]}"'
    if name.startswith("/") or name.endswith("/") or "//" in name:
        return f'metric name "{name}" has an empty group: write it like "train/loss"'
    if name.strip() != name:
        return f'metric name "{name}" begins or ends with a space'
    return None


def clean_name(name: object) -> str:
    """Any text as a valid metric name, for tags that another library's rules allowed."""
    text = _ODD.sub("_", str(name))
    parts = [part.strip() for part in text.split("/")]
    return ("/".join(part for part in parts if part)[:200]).strip(" /") or "unnamed"


def make_run_name(number: int) -> str:
    """`adjective-animal-number`. The script's own random numbers are left alone."""
    pick = random.SystemRandom()
    return f"{pick.choice(_ADJECTIVES)}-{pick.choice(_ANIMALS)}-{number}"


def random_id() -> str:
    return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(10))
