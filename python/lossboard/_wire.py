"""One batch as bytes: the binary form of docs/http.md, as core/ingest/encode-batch.ts has it."""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from typing import Any, Dict, List, Tuple

from ._json import dumps
from ._store import Batch, Record

BATCH_TYPE = "application/vnd.lossboard.batch"
_MAGIC = b"LBBT"
_VERSION = 1
_POINTS, _RECORDS, _CHANGES = 1, 2, 3
# Magic, version, length of the writer, two zeros; sequence; length of the batch.
_HEAD = struct.Struct("<4sBBHII")
# Column of the `runs` table -> field of a run's patch on the wire.
_PATCH_FIELDS = {
    "group_name": "group",
    "job_type": "jobType",
    "status_reason": "statusReason",
    "ended_at": "endedAt",
    "dropped_points": "droppedPoints",
}
# Four bytes on every platform that Python 3.9 supports.
_UINT32 = "I"


def _pad(data: bytes) -> bytes:
    return data + b"\x00" * (-len(data) % 8)


def _little(column: "array[Any]") -> bytes:
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def encode_batch(writer: str, sequence: int, batch: Batch) -> bytes:
    """A batch as bytes. A section stands for every part of it that holds anything."""
    sections = []
    if batch.points:
        sections.append((_POINTS, _points(batch.points)))
    if batch.records:
        sections.append((_RECORDS, _records(batch.records)))
    changes = _changes(batch)
    if changes:
        sections.append((_CHANGES, dumps(changes).encode()))
    body = b"".join(struct.pack("<II", kind, len(data)) + _pad(data) for kind, data in sections)
    name = writer.encode()
    start = _pad(name)
    length = _HEAD.size + len(start) + len(body) + 8
    head = _HEAD.pack(_MAGIC, _VERSION, len(name), 0, sequence, length)
    data = head + start + body + b"\x00\x00\x00\x00"
    return data + struct.pack("<I", zlib.crc32(data))


def sequence_of(data: bytes) -> int:
    """Sequence of an encoded batch."""
    return int(struct.unpack_from("<I", data, 8)[0])


def _points(points: List[Tuple[str, int, int, float]]) -> bytes:
    names: Dict[str, int] = {}
    series = array(_UINT32, [names.setdefault(name, len(names)) for name, _, _, _ in points])
    columns = [_little(array("d", [point[place] for point in points])) for place in (1, 2, 3)]
    encoded = [name.encode() for name in names]
    listed = b"".join(struct.pack("<H", len(name)) + name for name in encoded)
    return b"".join((struct.pack("<II", len(points), len(names)), *columns, _little(series), listed))


def _records(records: List[Record]) -> bytes:
    listed = []
    for record in records:
        item: Dict[str, Any] = {
            "name": record.name,
            "kind": record.kind,
            "step": record.step,
            "wall": record.wall,
            "payload": record.payload,
        }
        if record.blob is not None:
            item["blobBytes"] = len(record.blob)
            item["blobType"] = record.blob_type or "application/octet-stream"
        listed.append(item)
    text = dumps(listed).encode()
    blobs = [record.blob for record in records if record.blob is not None]
    return b"".join((struct.pack("<II", len(records), len(text)), _pad(text), *blobs))


def _changes(batch: Batch) -> Dict[str, Any]:
    changes: Dict[str, Any] = {}
    if batch.patch:
        patch = {_PATCH_FIELDS.get(name, name): value for name, value in batch.patch.items()}
        diff = patch.pop("git_diff", None)
        if diff is not None and isinstance(patch.get("environment"), dict):
            # A diff that does not come with the facts it belongs to has no place on the wire: the session sends them together.
            environment = dict(patch["environment"])
            environment["git"] = {**environment.get("git", {}), "diff": diff}
            patch["environment"] = environment
        if patch:
            changes["patch"] = patch
    if batch.rules:
        changes["rules"] = [
            {key: value for key, value in zip(("pattern", "step", "goal", "unit"), rule) if value is not None} for rule in batch.rules
        ]
    return changes
