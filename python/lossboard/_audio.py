"""Sounds: files as they are, samples as 16-bit WAV."""

from __future__ import annotations

import hashlib
import io
import math
import os
import struct
import wave
from array import array
from typing import Any, List, Optional, Tuple

from ._values import Value, numbers

AUDIO_BYTES_MAX = 32 * 1024 * 1024


def _type_of(content: bytes) -> Optional[str]:
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/wav"
    if content[:4] == b"OggS":
        return "audio/ogg"
    if content[:4] == b"fLaC":
        return "audio/flac"
    if content[:3] == b"ID3" or (len(content) > 1 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0):
        return "audio/mpeg"
    return None


class Audio(Value):
    """A sound: the path or the bytes of a WAV, MP3, Ogg or FLAC file, or samples from -1 to 1, clipped beyond, NaN silent.

    :param data_or_path: samples are an array, tensor or list (frames) or (frames, channels)
    :param sample_rate: hertz, needed for samples
    :param caption: shown beside it
    """

    kind = "audio"

    def __init__(self, data_or_path: Any, sample_rate: Optional[float] = None, caption: Optional[str] = None) -> None:
        super().__init__()
        try:
            self._read(data_or_path, sample_rate, caption)
        except Exception as error:
            self.problem = f"Audio: {error}"

    def _read(self, data: Any, rate: Optional[float], caption: Optional[str]) -> None:
        channels = frames = None
        if isinstance(data, (str, os.PathLike)):
            with open(data, "rb") as file:
                content = file.read()
        elif isinstance(data, (bytes, bytearray, memoryview)):
            content = bytes(data)
        else:
            if rate is None or not rate > 0:
                raise ValueError("samples need sample_rate, in hertz")
            samples, channels = _samples(data)
            frames = len(samples) // channels
            content = _wav(samples, channels, int(rate))
        kind = _type_of(content)
        if kind is None:
            raise ValueError("these bytes are no WAV, MP3, Ogg or FLAC file")
        if len(content) > AUDIO_BYTES_MAX:
            raise ValueError(f"{len(content)} bytes, at most {AUDIO_BYTES_MAX} are kept: make it shorter")
        if kind == "audio/wav" and frames is None:
            rate, channels, frames = _facts(content, rate)
        self.blob, self.blob_type = content, kind
        self.payload = {
            "type": kind,
            "sampleRate": rate,
            "channels": channels,
            "frames": frames,
            "label": None if caption is None else str(caption),
            "hash": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
        }


def _samples(data: Any) -> Tuple[List[float], int]:
    """Frame after frame, and how many channels a frame has."""
    shape = [int(side) for side in getattr(data, "shape", ())]
    if not shape:
        listed = list(data)
        shape = [len(listed)] + ([len(listed[0])] if listed and isinstance(listed[0], (list, tuple)) else [])
        data = listed
    if len(shape) not in (1, 2) or 0 in shape:
        raise ValueError(f"expected samples (frames) or (frames, channels), got the shape {tuple(shape)}")
    flat = numbers(data)
    channels = shape[1] if len(shape) == 2 else 1
    if len(flat) != shape[0] * channels:
        raise ValueError("the frames differ in length")
    return flat, channels


def _wav(samples: List[float], channels: int, rate: int) -> bytes:
    levels = array("h", (0 if math.isnan(value) else round(min(max(value, -1.0), 1.0) * 32767) for value in samples))
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(struct.pack(f"<{len(levels)}h", *levels))
    return buffer.getvalue()


def _facts(content: bytes, rate: Optional[float]) -> Tuple[Optional[float], Optional[int], Optional[int]]:
    try:
        with wave.open(io.BytesIO(content)) as file:
            return float(file.getframerate()), file.getnchannels(), file.getnframes()
    except (wave.Error, EOFError):
        # Of a kind that Python does not read, such as floats.
        return rate, None, None
