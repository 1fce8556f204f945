"""A server of the protocol of docs/http.md on this machine, that a test can make misbehave. Real sockets; it keeps runs in memory."""

from __future__ import annotations

import gzip
import json
import struct
import threading
import zlib
from array import array
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Dict, List, Optional, Tuple


def read_batch(data: bytes) -> "Dict[str, Any]":
    """Points, records and changes of an encoded batch; asserts that it keeps to the format."""
    magic, version, width, zeros, sequence, length = struct.unpack_from("<4sBBHII", data)
    assert (magic, version, zeros, length, length % 8) == (b"LBBT", 1, 0, len(data), 0), data[:32]
    assert struct.unpack_from("<I", data, length - 4)[0] == zlib.crc32(data[:-4])
    at = 16 + width + -width % 8
    read: Dict[str, Any] = {"writer": data[16 : 16 + width].decode(), "sequence": sequence, "points": [], "records": [], "changes": {}}
    while at < length - 8:
        kind, size = struct.unpack_from("<II", data, at)
        part = data[at + 8 : at + 8 + size]
        if kind == 1:
            n, k = struct.unpack_from("<II", part)
            columns = [array("d", part[8 + n * 8 * i : 8 + n * 8 * (i + 1)]) for i in range(3)]
            names, place = [], 8 + n * 28
            for _ in range(k):
                width = struct.unpack_from("<H", part, place)[0]
                names.append(part[place + 2 : place + 2 + width].decode())
                place += 2 + width
            assert place == size
            series = array("I", part[8 + n * 24 : 8 + n * 28])
            read["points"] = [(names[s], step, wall, value) for s, step, wall, value in zip(series, *columns)]
        elif kind == 2:
            width = struct.unpack_from("<I", part, 4)[0]
            read["records"] = json.loads(part[8 : 8 + width])
            place = 8 + width + -width % 8
            for record in read["records"]:
                record["blob"] = part[place : place + record.get("blobBytes", 0)]
                place += record.get("blobBytes", 0)
            assert place == size
        else:
            read["changes"] = json.loads(part)
        at += 8 + size + -size % 8
    return read


class Protocol:
    """Starts with the block, on the port given (0: any free one)."""

    def __init__(self, port: int = 0) -> None:
        self.runs: Dict[str, Dict[str, Any]] = {}
        self.writers: Dict[str, Dict[str, Any]] = {}
        self.requests: List[Tuple[str, str, Dict[str, str]]] = []
        # Given (method, path, body), may answer (status, JSON, headers) instead, or "before" / "after": drop the connection.
        self.misbehave: Callable[[str, str, bytes], Any] = lambda method, path, body: None
        self.lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._http.daemon_threads = True
        self.port = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def __enter__(self) -> "Protocol":
        return self

    def __exit__(self, *_: Any) -> None:
        self._http.shutdown()
        self._http.server_close()

    def points(self, run_id: str, name: str) -> "List[float]":
        return [point[3] for point in self.runs[run_id]["points"] if point[0] == name]

    def _handler(self) -> Any:
        protocol = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                with protocol.lock:
                    protocol.requests.append((self.path, str(self.headers.get("Content-Type")), dict(self.headers)))
                    wanted = protocol.misbehave("POST", self.path, body)
                    if wanted == "before":
                        self.close_connection = True
                        return
                    status, answer, headers = wanted if isinstance(wanted, tuple) else (*protocol.answer(self.path, body), {})
                if wanted == "after":
                    self.close_connection = True
                    return
                data = json.dumps(answer).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

        return Handler

    def answer(self, path: str, body: bytes) -> "Tuple[int, Dict[str, Any]]":
        parts = path.split("/")[3:]
        if parts == ["runs"]:
            return self._open(json.loads(body))
        run = self.runs.get(parts[1])
        if run is None:
            return error(404, "not_found", f"there is no run {parts[1]}.")
        if parts[2] == "batches":
            return self._batch(run, read_batch(body))
        given = json.loads(body)
        if parts[2] == "finish":
            run.update(status=given["status"], statusReason=given.get("reason"))
        return 200, {"id": parts[1], "attempt": 1, "status": run["status"], "applied": True}

    def _open(self, body: "Dict[str, Any]") -> "Tuple[int, Dict[str, Any]]":
        known = self.writers.get(body["writer"])
        if known is None:
            run = self.runs.get(body["id"])
            if run is not None and body["resume"] == "never":
                return error(409, "run_exists", f'run "{body["id"]}" exists already.')
            if run is None and body["resume"] == "must":
                return error(404, "not_found", f'there is no run "{body["id"]}".')
            if run is None:
                run = {**body, "points": [], "records": [], "rules": [], "status": "running", "attempt": 0, "name": body["name"] or "brave-otter-1"}
                self.runs[body["id"]] = run
            run["attempt"] += 1
            known = self.writers[body["writer"]] = {"id": body["id"], "last": 0}
        run = self.runs[known["id"]]
        steps = [int(point[1]) for point in run["points"] if not point[0].startswith("system/")]
        return 201, {
            "id": known["id"], "name": run["name"], "number": 1, "attempt": run["attempt"], "nextStep": max(steps, default=-1) + 1,
            "nextLine": 0, "lastSequence": known["last"], "config": run.get("config") or {}, "summary": {}, "status": run["status"],
        }  # fmt: skip

    def _batch(self, run: "Dict[str, Any]", batch: "Dict[str, Any]") -> "Tuple[int, Dict[str, Any]]":
        writer = self.writers[batch["writer"]]
        sequence = batch["sequence"]
        if sequence > writer["last"] + 1:
            return 409, {"error": {"code": "sequence_gap", "message": "a batch is missing.", "expected": writer["last"] + 1}}
        duplicate = sequence <= writer["last"]
        if not duplicate:
            writer["last"] = sequence
            run["points"] += batch["points"]
            run["records"] += batch["records"]
            run["rules"] += batch["changes"].get("rules", [])
            run.update(batch["changes"].get("patch", {}))
        counts = (0, 0) if duplicate else (len(batch["points"]), len(batch["records"]))
        return 200, {"sequence": sequence, "duplicate": duplicate, "points": counts[0], "records": counts[1]}


def error(status: int, code: str, message: str) -> "Tuple[int, Dict[str, Any]]":
    return status, {"error": {"code": code, "message": message}}


def only(runs: "Dict[str, Dict[str, Any]]", name: Optional[str] = None) -> "Dict[str, Any]":
    """The one run, or the one of that name."""
    found = [run for run in runs.values() if name is None or run["name"] == name]
    assert len(found) == 1, list(runs)
    return found[0]
