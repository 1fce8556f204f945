"""What can be logged besides numbers. Nothing here raises: a value that cannot be used says so when it is logged."""

from __future__ import annotations

import bisect
import hashlib
import io
import math
import os
import re
import struct
import sys
import zlib
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple

from ._errors import describe, warn_once
from ._json import plain

IMAGE_BYTES_MAX = 32 * 1024 * 1024
SIDE_MAX = 16_384
TEXT_MAX = 1_000_000
TABLE_ROWS_MAX = 10_000


class Value:
    """A record to log: its kind and payload as docs/format.md has them, or what is wrong with it."""

    kind = ""

    def __init__(self) -> None:
        self.payload: Dict[str, Any] = {}
        self.blob: Optional[bytes] = None
        self.blob_type: Optional[str] = None
        self.problem: Optional[str] = None


def _float64(values: Any) -> Any:
    """A flat NumPy array of float64 of an array or tensor; None of anything else, or where NumPy is not loaded."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not callable(getattr(values, "reshape", None)):
        return None
    try:
        detach = getattr(values, "detach", None)
        if callable(detach):
            values = detach().cpu().double().numpy()
        flat = numpy.asarray(values).reshape(-1)
        return flat.astype(numpy.float64) if flat.dtype.kind in "fiub" else None
    except Exception:
        return None


def numbers(values: Any) -> List[float]:
    """Numbers of a sequence, NumPy array or tensor, flattened. Raises TypeError or ValueError."""
    detach = getattr(values, "detach", None)
    if callable(detach):
        values = detach().cpu()
        if str(values.dtype) in ("torch.bfloat16", "torch.float16"):
            values = values.float()
    flat = getattr(values, "reshape", None)
    to_list = getattr(values, "tolist", None)
    if callable(flat) and callable(to_list):
        listed = flat(-1).tolist()
    else:
        listed = list(_flatten(values))
    return [float(value) for value in listed]


def _flatten(values: Any) -> Iterable[Any]:
    for value in values:
        if isinstance(value, (list, tuple)) or callable(getattr(value, "tolist", None)) and getattr(value, "shape", ()) != ():
            yield from _flatten(value)
        else:
            yield value


def _equal_edges(bins: int, low: float, high: float) -> List[float]:
    if low > high:
        low, high = 0.0, 1.0
    elif low == high:
        half = max(abs(low) * 2.0**-20, 0.5)
        top = 1.7976931348623157e308
        low, high = max(low - half, -top), min(high + half, top)
    edges = [low]
    # In a range too narrow for float64 to tell all edges apart, equal ones are left out.
    for i in range(1, bins + 1):
        edge = high if i == bins else low * (1 - i / bins) + high * (i / bins)
        if edge > edges[-1] and (edge < high or i == bins):
            edges.append(edge)
    return edges


class Histogram(Value):
    """A histogram, counted now: 64 bins of equal width between the smallest and largest finite value.

    :param sequence: numbers, a NumPy array or a tensor
    :param np_histogram: ready (counts, edges), as `numpy.histogram` returns them
    :param num_bins: 1 to 4,096
    :param range: (low, high) instead of smallest and largest; values outside count in the outermost bins
    NaN and the infinities have no bin and are counted apart.
    """

    kind = "histogram"

    def __init__(
        self,
        sequence: Any = None,
        np_histogram: Optional[Tuple[Any, Any]] = None,
        num_bins: int = 64,
        *,
        range: Optional[Tuple[float, float]] = None,
        edges: Optional[Sequence[float]] = None,
    ) -> None:
        super().__init__()
        try:
            self._count(sequence, np_histogram, num_bins, range, edges)
        except Exception as error:
            self.problem = f"Histogram: {error}"

    def _count(self, sequence: Any, ready: Any, bins: int, span: Any, given: Any) -> None:
        if ready is not None:
            counts = [int(count) if float(count).is_integer() else -1 for count in numbers(ready[0])]
            edges, bad = numbers(ready[1]), 0
            if any(count < 0 for count in counts):
                raise ValueError("counts must be whole numbers from 0 (densities are not counts)")
        else:
            if sequence is None:
                raise ValueError("give numbers, or np_histogram=(counts, edges)")
            array = _float64(sequence)
            finite: Any
            if array is not None:
                finite = array[sys.modules["numpy"].isfinite(array)]
                bad = int(array.size - finite.size)
            else:
                values = numbers(sequence)
                finite = [value for value in values if math.isfinite(value)]
                bad = len(values) - len(finite)
            if not isinstance(bins, int) or not 1 <= bins <= 4096:
                raise ValueError(f"num_bins must be a whole number from 1 to 4096, got {describe(bins)}")
            if given is not None:
                edges = numbers(given)
            elif span is not None:
                low, high = float(span[0]), float(span[1])
                if not (math.isfinite(low) and math.isfinite(high) and low < high):
                    raise ValueError(f"range must be two finite numbers, low before high, got {span}")
                edges = _equal_edges(bins, low, high)
            else:
                low, high = (math.inf, -math.inf) if len(finite) == 0 else (float(finite.min()), float(finite.max())) if array is not None else (min(finite), max(finite))
                edges = _equal_edges(bins, low, high)
            counts = _tally(finite, edges, array is not None)
        if len(edges) != len(counts) + 1 or not counts:
            raise ValueError(f"{len(counts)} counts need {len(counts) + 1} edges, got {len(edges)}")
        if any(not math.isfinite(edge) for edge in edges) or any(b <= a for a, b in zip(edges, edges[1:])):
            raise ValueError("edges must be finite and increase")
        self.payload = {"layout": "edges", "edges": edges, "counts": counts, "nonFinite": bad}


def _tally(finite: Any, edges: List[float], is_array: bool) -> List[int]:
    """Values per bin; those outside count in the outermost bins."""
    counts = [0] * max(0, len(edges) - 1)
    last = len(counts) - 1
    if is_array and counts:
        # The same comparisons in C: a weight of a million elements takes milliseconds.
        numpy = sys.modules["numpy"]
        places = numpy.searchsorted(numpy.asarray(edges), finite, side="right") - 1
        return [int(count) for count in numpy.bincount(numpy.clip(places, 0, last), minlength=len(counts))]
    for value in finite if counts else ():
        counts[min(max(bisect.bisect_right(edges, value) - 1, 0), last)] += 1
    return counts


class Text(Value):
    """A text, at most 1,000,000 characters. `format` is "plain" or "markdown"."""

    kind = "text"

    def __init__(self, text: Any, format: str = "plain") -> None:
        super().__init__()
        text = str(text)
        if format not in ("plain", "markdown"):
            self.problem = f'Text: format must be "plain" or "markdown", got {describe(format)}'
        elif len(text.encode("utf-16-le", "surrogatepass")) // 2 > TEXT_MAX:
            self.problem = f"Text: it has {len(text)} characters, at most {TEXT_MAX} are kept"
        self.payload = {"text": text, "format": format}


class Html(Value):
    """Kept as plain text: a page must not run what a run logged. A text that ends in .html is the path of a file, unless told otherwise."""

    kind = "text"

    def __init__(self, data: Any, inject: bool = True, data_is_not_path: bool = False) -> None:
        super().__init__()
        try:
            is_path = isinstance(data, os.PathLike) or (isinstance(data, str) and data.endswith(".html") and not data_is_not_path)
            if is_path:
                with open(data, encoding="utf-8") as file:
                    data = file.read()
            text = Text(data.read() if hasattr(data, "read") else data)
            self.payload, self.problem = text.payload, text.problem
        except Exception as error:
            self.problem = f"Html: {error}"


class Table(Value):
    """A table: kept as a record of kind `facts` with `columns` and `data` (rows), at most 10,000 rows; it tells when rows were left out.

    :param columns: names
    :param data: rows, each a sequence
    :param dataframe: a pandas data frame, instead of the two
    """

    kind = "facts"

    def __init__(self, columns: Optional[Sequence[Any]] = None, data: Any = None, rows: Any = None, dataframe: Any = None, **_: Any) -> None:
        super().__init__()
        self.columns: List[str] = []
        self.data: List[List[Any]] = []
        try:
            if dataframe is not None or hasattr(data, "itertuples"):
                frame = dataframe if dataframe is not None else data
                self.columns = [str(name) for name in frame.columns]
                self.data = [list(row) for row in frame.itertuples(index=False)]
            else:
                self.columns = [str(name) for name in columns] if columns is not None else []
                for row in data if data is not None else rows if rows is not None else []:
                    self.add_data(*row)
        except Exception as error:
            self.problem = f"Table: {error}"

    def add_data(self, *row: Any) -> None:
        """One row more. A row of another length is kept and the table says what is wrong when it is logged."""
        if self.columns and len(row) != len(self.columns):
            self.problem = f"Table: a row has {len(row)} values for {len(self.columns)} columns ({', '.join(self.columns)})"
        self.data.append(list(row))

    add_row = add_data

    def get_column(self, name: str, convert_to: Any = None) -> List[Any]:
        """Values of a column; none for a name that is not there."""
        place = self.columns.index(name) if name in self.columns else None
        return [] if place is None else [row[place] for row in self.data]

    def get_dataframe(self) -> Any:
        """As a pandas data frame."""
        import pandas

        return pandas.DataFrame(self.data, columns=self.columns)

    def iterrows(self) -> Iterable[Tuple[int, List[Any]]]:
        return enumerate(self.data)

    def add_column(self, name: str, data: Sequence[Any], optional: bool = False) -> None:
        values = list(data)
        if self.data and len(values) != len(self.data):
            self.problem = f'Table: column "{name}" has {len(values)} values for {len(self.data)} rows'
            return
        if not self.data:
            self.data = [[] for _ in values]
        self.columns.append(str(name))
        for row, value in zip(self.data, values):
            row.append(value)

    def freeze(self) -> None:
        """Called when it is logged: later rows belong to a later step."""
        kept = self.data[:TABLE_ROWS_MAX]
        self.payload = {
            "data": {
                "columns": list(self.columns) or [str(i) for i in range(len(kept[0]) if kept else 0)],
                "data": [[_cell(value) for value in row] for row in kept],
                "rows": len(self.data),
                "rowsLeftOut": len(self.data) - len(kept),
            }
        }


def _cell(value: Any) -> Any:
    return f"<{type(value).__name__}>" if isinstance(value, Value) else plain(value)


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80].strip("-") or "alert"


class Finding(Value):
    """Something wrong with a training, or worth knowing. `severity` is "critical", "warning" or "info"."""

    kind = "finding"

    def __init__(self, code: str, severity: str, title: str, detail: str = "", evidence: Optional[Mapping[str, Any]] = None) -> None:
        super().__init__()
        if severity not in ("critical", "warning", "info"):
            self.problem = f'finding: severity must be "critical", "warning" or "info", got {describe(severity)}'
        line = " ".join(str(title).split())[:500] or "alert"
        self.payload = {"code": slug(code), "severity": severity, "title": line, "detail": str(detail), "evidence": plain(dict(evidence or {}))}


def image_facts(content: bytes) -> Optional[Tuple[str, int, int]]:
    """Content type and size read off the bytes of a PNG, JPEG, GIF or WebP file; None for anything else."""
    try:
        if content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR":
            return ("image/png", *struct.unpack(">II", content[16:24]))
        if content[:6] in (b"GIF87a", b"GIF89a"):
            return ("image/gif", *struct.unpack("<HH", content[6:10]))
        if content[:2] == b"\xff\xd8":
            return _jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp(content)
    except (struct.error, IndexError):
        # Reading past the end: the file is cut short.
        pass
    return None


def _jpeg(content: bytes) -> Optional[Tuple[str, int, int]]:
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return "image/jpeg", width, height
        else:
            at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


def _webp(content: bytes) -> Optional[Tuple[str, int, int]]:
    form = content[12:16]
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return "image/webp", width & 0x3FFF, height & 0x3FFF
    if form == b"VP8L":
        bits = int(struct.unpack("<I", content[21:25])[0])
        return "image/webp", (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if form == b"VP8X":
        return "image/webp", int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    return None


def encode_png(width: int, height: int, channels: int, samples: bytes) -> bytes:
    """Eight-bit samples, row by row and channels together (1 grey, 2 grey and alpha, 3 RGB, 4 RGBA), as a PNG file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    stride = width * channels
    rows = b"".join(b"\x00" + samples[y * stride : (y + 1) * stride] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 2: 4, 3: 2, 4: 6}[channels], 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 3)) + chunk(b"IEND", b"")


class Pixels:
    """An image as rows of bytes. Whole numbers are 0-255; floats 0-1, clipped beyond, NaN drawn as 0."""

    def __init__(self, width: int, height: int, channels: int, samples: bytes) -> None:
        self.width, self.height, self.channels, self.samples = width, height, channels, samples

    @classmethod
    def read(cls, data: Any, dataformats: str = "HWC") -> "Pixels":
        """Of an array, tensor or nested list, its axes in the order of `dataformats`. Raises ValueError."""
        if callable(getattr(data, "detach", None)):
            data = data.detach().cpu()
            if str(data.dtype) in ("torch.bfloat16", "torch.float16"):
                data = data.float()
        is_float = "float" in str(getattr(data, "dtype", ""))
        drawn = _draw_array(data, dataformats)
        if drawn is not None:
            return cls(*drawn)
        nested = data.tolist() if callable(getattr(data, "tolist", None)) else data
        shape: List[int] = []
        level = nested
        while isinstance(level, (list, tuple)):
            shape.append(len(level))
            level = level[0] if level else None
        if len(shape) == 2:
            dataformats = "HW"
        if len(shape) != len(dataformats) or 0 in shape:
            raise ValueError(f"expected pixels with the axes {dataformats}, got the shape {tuple(shape)}")
        size = dict(zip(dataformats, shape))
        height, width, channels = size["H"], size["W"], size.get("C", 1)
        if channels not in (1, 2, 3, 4):
            raise ValueError(f"1 to 4 channels can be drawn, the shape {tuple(shape)} ({dataformats}) has {channels}")
        if dataformats == "HW":
            flat = [value for row in nested for value in row]
        elif dataformats == "HWC":
            flat = [value for row in nested for pixel in row for value in pixel]
        elif dataformats == "CHW":
            flat = [nested[c][y][x] for y in range(height) for x in range(width) for c in range(channels)]
        else:
            raise ValueError(f'dataformats must be "HWC", "CHW" or "HW", got {describe(dataformats)}')
        if len(flat) != width * height * channels:
            raise ValueError("the rows differ in length")
        if not is_float:
            is_float = any(isinstance(value, float) for value in flat)
        return cls(width, height, channels, bytes(_sample(value, is_float) for value in flat))

    def png(self) -> bytes:
        return encode_png(self.width, self.height, self.channels, self.samples)


def _draw_array(data: Any, dataformats: str) -> Optional[Tuple[int, int, int, bytes]]:
    """What `Pixels.read` does, by NumPy; None when that is not loaded, or when something is wrong, which the long way tells."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not callable(getattr(data, "reshape", None)):
        return None
    try:
        array = numpy.asarray(data)
        if array.ndim == 2:
            array, dataformats = array[:, :, None], "HWC"
        if array.ndim != 3 or 0 in array.shape or array.dtype.kind not in "fiub" or dataformats not in ("HWC", "CHW"):
            return None
        if dataformats == "CHW":
            array = numpy.moveaxis(array, 0, 2)
        height, width, channels = array.shape
        if channels not in (1, 2, 3, 4):
            return None
        if array.dtype.kind == "f":
            array = numpy.rint(numpy.clip(numpy.nan_to_num(array.astype(numpy.float64), nan=0.0), 0.0, 1.0) * 255)
        elif array.dtype.kind == "b":
            array = array * 255
        samples = numpy.clip(array, 0, 255).astype(numpy.uint8)
        return width, height, channels, numpy.ascontiguousarray(samples).tobytes()
    except Exception:
        return None


def _sample(value: Any, is_float: bool) -> int:
    if not is_float:
        return 255 if value is True else min(max(int(value), 0), 255)
    number = float(value)
    return 0 if math.isnan(number) else round(min(max(number, 0.0), 1.0) * 255)


class Image(Value):
    """An image: the bytes of a PNG, JPEG, GIF or WebP file, the path of one, a PIL image, a matplotlib figure, or pixels.

    Pixels are a NumPy array or nested list (height, width[, channels]) or a PyTorch tensor ([channels,] height, width): whole numbers
    0-255, or floats 0-1. `caption` is shown under the image.
    """

    kind = "image"

    def __init__(self, data_or_path: Any, mode: Optional[str] = None, caption: Optional[str] = None, *_: Any, **others: Any) -> None:
        super().__init__()
        for overlay in ("boxes", "masks", "classes"):
            if others.get(overlay):
                warn_once(f"image:{overlay}", f"Image({overlay}=...) is not supported: the image is kept without them")
        try:
            content = _image_bytes(data_or_path, others.get("dataformats"))
            facts = image_facts(content)
            if facts is None:
                raise ValueError("these bytes are no PNG, JPEG, GIF or WebP file")
            if len(content) > IMAGE_BYTES_MAX:
                raise ValueError(f"{len(content)} bytes, at most {IMAGE_BYTES_MAX} are kept: make it smaller")
        except Exception as error:
            self.problem = f"Image: {error}"
            return
        self.blob, self.blob_type = content, facts[0]
        self.payload = {
            "type": facts[0],
            "width": facts[1],
            "height": facts[2],
            "caption": None if caption is None else str(caption),
            "hash": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
        }


def _image_bytes(data: Any, dataformats: Optional[str]) -> bytes:
    if isinstance(data, (bytes, bytearray, memoryview)):
        return bytes(data)
    if isinstance(data, (str, os.PathLike)):
        with open(data, "rb") as file:
            return file.read()
    if isinstance(data, Image):
        if data.blob is None:
            raise ValueError(data.problem or "it is empty")
        return data.blob
    buffer = io.BytesIO()
    if callable(getattr(data, "savefig", None)):
        data.savefig(buffer, format="png")
        return buffer.getvalue()
    if callable(getattr(data, "getbands", None)):
        (data if data.mode in ("L", "LA", "RGB", "RGBA", "P", "1") else data.convert("RGB")).save(buffer, format="PNG")
        return buffer.getvalue()
    if dataformats is None:
        # PyTorch puts channels first.
        dataformats = "CHW" if callable(getattr(data, "detach", None)) else "HWC"
    pixels = Pixels.read(data, dataformats)
    if pixels.width > SIDE_MAX or pixels.height > SIDE_MAX:
        raise ValueError(f"{pixels.width} x {pixels.height} pixels, at most {SIDE_MAX} a side")
    return pixels.png()
