"""One reader a format. A reader takes an open file and yields documents or rejects as they come, and decides nothing else.

To add a format: write a module with `read(file, source) -> Iterator[Document | Reject]` and name its
endings in `READERS`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from pipeline.ingest.readers import archive, html, jsonl, pdf, table, text, warc
from pipeline.ingest.readers.compressed import Unsupported, unpack
from pipeline.ingest.readers.document import Document, Reject

Reader = Callable[[BinaryIO, str], Iterator[Document | Reject]]

# Of single documents and of records; an archive may hold these and no further archive.
MEMBERS: dict[str, Reader] = {
    ".txt": text.read,
    ".html": html.read,
    ".htm": html.read,
    ".shtml": html.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".csv": table.read_csv,
    ".tsv": table.read_csv,
    ".pdf": pdf.read,
}
COMPRESSED = (".gz", ".zst")


def read(file: BinaryIO, source: str) -> Iterator[Document | Reject]:
    """Yield the documents of a file of any format.

    Args:
        file: the file; it can be sought.
        source: its path below the raw folder, whose ending says what it is.
    """
    return _read(file, source, READERS)


def _read(file: BinaryIO, source: str, readers: dict[str, Reader], named: str | None = None) -> Iterator[Document | Reject]:
    name = (named or source).lower()
    ending = max((e for e in readers if name.endswith(e)), key=len, default=None)
    if ending:
        yield from readers[ending](file, source)
        return
    packed = next((e for e in COMPRESSED if name.endswith(e)), None)
    if packed is None:
        raw = file.read(1 << 20)
        known = ", ".join((*readers, *COMPRESSED))
        advice = f"no reader for this ending; there are {known}"
        if any(name.endswith(e) for e in READERS):
            advice = "an archive within an archive is not opened; unpack it first"
        yield Reject(source, raw if len(raw) < 1 << 20 else None, "unsupported_format", advice)
        return
    try:
        yield from _read(unpack(file, packed), source, readers, name.removesuffix(packed))
    except Unsupported as problem:
        yield Reject(source, None, "unsupported_format", str(problem))
    except (OSError, EOFError, zlib.error, ValueError) as error:
        yield Reject(source, None, "unreadable", f"the {packed[1:]} stream is broken ({error}); fetch the file again")


_member: Reader = partial(_read, readers=MEMBERS)
READERS: dict[str, Reader] = {
    **MEMBERS,
    ".parquet": table.read_parquet,
    ".warc": warc.read,
    ".warc.gz": warc.read,
    ".wet": warc.read,
    ".wet.gz": warc.read,
    ".zip": partial(archive.read_zip, read_member=_member),
    ".tar": partial(archive.read_tar, read_member=_member),
    ".tgz": lambda file, source: archive.read_tar(unpack(file, ".gz"), source, _member),
}

__all__ = ["READERS", "Document", "Reader", "Reject", "read"]
