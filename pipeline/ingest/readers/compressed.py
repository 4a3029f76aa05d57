"""Files that are compressed as a whole: opened so that what comes out is bounded."""

from __future__ import annotations

import gzip
import importlib
import io
from typing import Any, BinaryIO

# What no text compresses to: beyond so many bytes, more than so many out of one.
BOMB_FROM, BOMB_RATIO = 256_000_000, 500


class Bomb(OSError):
    """A small file that unpacks to a huge one."""


class Unsupported(Exception):
    """What is needed to unpack is not installed."""


class _Guarded(io.RawIOBase):
    """A stream that counts what comes out against what went in."""

    def __init__(self, inner: Any, packed: BinaryIO) -> None:
        self._inner, self._packed, self._out = inner, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._inner.read(len(buffer))
        except (OSError, EOFError):
            raise
        except Exception as error:  # zlib and zstandard have errors of their own
            raise OSError(str(error)) from None
        self._out += len(data)
        if self._out > BOMB_FROM and self._out > BOMB_RATIO * max(self._packed.tell(), 1):
            raise Bomb(f"it unpacks to more than {BOMB_RATIO} times its size, as no text does")
        buffer[: len(data)] = data
        return len(data)


def unpack(file: BinaryIO, ending: str) -> BinaryIO:
    """The content of a compressed file.

    Args:
        file: the file.
        ending: .gz or .zst.

    Raises:
        Unsupported: zstandard is needed and not installed.
        OSError, EOFError: while reading, where the file is broken; `Bomb` where it is hostile.
    """
    if ending == ".gz":
        inner: Any = gzip.GzipFile(fileobj=file)
    else:
        try:
            zstandard: Any = importlib.import_module("zstandard")
        except ImportError:
            raise Unsupported("files that end in .zst need zstandard: pip install 'xianqing[formats]', then run again") from None
        inner = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(file, read_across_frames=True)
    return io.BufferedReader(_Guarded(inner, file), 1 << 20)
