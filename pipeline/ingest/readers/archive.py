"""Zip and tar archives: their members are read one after the other, from the archive itself.

Nothing is ever unpacked to disk and names are labels only, so that no member can escape, overwrite or point anywhere.
"""

from __future__ import annotations

import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from pipeline.ingest.names import readable
from pipeline.ingest.readers.document import Document, Reject

ReadMember = Callable[[BinaryIO, str], Iterator[Document | Reject]]
MOST_MEMBERS = 1_000_000
# What the archive modules raise on headers and streams that lie.
_BREAKS = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error,
    OSError, EOFError, RuntimeError, ValueError, IndexError, OverflowError,
)  # fmt: skip
_BROKEN = "the archive is broken ({}); fetch it again"


def read_zip(file: BinaryIO, source: str, read_member: ReadMember) -> Iterator[Document | Reject]:
    """Yield the documents of a zip archive's members.

    Args:
        file: the archive; it can be sought.
        source: its path below the raw folder; a member's source is source#name.
        read_member: reads a member by its name.
    """
    try:
        archive = zipfile.ZipFile(file)
    except _BREAKS as error:
        yield Reject(source, None, "unreadable", _BROKEN.format(error))
        return
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        yield Reject(source, None, "too_large", f"over {MOST_MEMBERS:,} members; split the archive")
        return
    for n, member in enumerate(members):
        name = member.filename if member.flag_bits & 0x800 else readable(_bytes(member.filename))
        if name.endswith("/") or _hidden(name):
            continue
        label = f"{source}#{readable(name) or n}"
        if member.flag_bits & 1:
            yield Reject(label, None, "unreadable", "the member is encrypted; unpack the archive with its password first")
        elif stat.S_ISLNK(member.external_attr >> 16):
            yield Reject(label, None, "unsupported_format", "the member is a link, which is not followed")
        else:
            try:
                with archive.open(member) as content:
                    yield from read_member(content, label)  # type: ignore[arg-type]
            except _BREAKS as error:
                yield Reject(label, None, "unreadable", _BROKEN.format(error))


def read_tar(file: BinaryIO, source: str, read_member: ReadMember) -> Iterator[Document | Reject]:
    """Yield the documents of a tar archive's members, as they come; arguments as above."""
    n = 0
    try:
        with tarfile.open(fileobj=file, mode="r|", errors="surrogateescape") as archive:
            for n, member in enumerate(archive):
                name = readable(member.name)
                label = f"{source}#{name or n}"
                if member.isdir() or _hidden(name):
                    continue
                content = archive.extractfile(member) if member.isreg() else None
                if content is None:
                    yield Reject(label, None, "unsupported_format", "the member is a link or a device, which is not followed")
                else:
                    yield from read_member(content, label)  # type: ignore[arg-type]
    except _BREAKS as error:
        yield Reject(source, None, "unreadable", f"after {n:,} members " + _BROKEN.format(error))


def _bytes(name: str) -> bytes:
    """A name as the archive holds it: without the flag for UTF-8, it was read as the charset of old machines."""
    try:
        return name.encode("cp437")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace")


def _hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/") if part not in (".", ".."))
