"""Where results lie between the steps, and how they get there whole.

    <out>/.stage/<step>/<key>/<table>.parquet    tables of one task
    <out>/.stage/<step>/<key>/receipt.json       counts and check tallies; its presence says "done"
    <out>/.stage/<step>/current.json             the keys that make up the step's present result

A task's folder is written under a temporary name and renamed, so a killed run leaves nothing half done
and a second run finds what is there. A file that is no longer what its receipt says counts as not done. What
a release looks like belongs in `pipeline.publish`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contract.checks import Tally, Verdict
from pipeline.contract.relations import grouped
from pipeline.contract.tables import table
from pipeline.engine.step import combine

# A row group is what the next step takes up at a time, where a task has a part of a table.
ROW_GROUP, ROW_GROUP_BYTES = 1 << 20, 1_000_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a task reports back; never tables.

    Args:
        key: the task's result.
        rows: rows of each table.
        tallies: of each check, how many were wrong and how many were seen.
        seconds: time it took.
        files: of each file, its size in bytes, the time it was written at in ns, and its SHA-256.
        reused: whether the result was there already.
    """

    key: str
    rows: Mapping[str, int]
    tallies: Mapping[str, tuple[int, int]]
    seconds: float
    files: Mapping[str, tuple[int, int, str]] = field(default_factory=dict, compare=False)
    reused: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Result:
    """The present result of a step: which tasks make it up, and what the checks said of exactly those."""

    step: str
    keys: tuple[str, ...]
    verdicts: tuple[Mapping[str, Any], ...]
    blocked: tuple[str, ...]

    @property
    def version(self) -> str:
        """Hash of the result's content."""
        return combine(self.step, *self.keys)


class Missing(Exception):
    """A step's result is not there yet."""


class Store:
    """The stage folder below an output folder."""

    def __init__(self, out: str | Path) -> None:
        self.root = Path(out) / ".stage"

    @property
    def spill(self) -> Path:
        """Where queries put what does not fit into memory, while they run."""
        return self.root / ".spill"

    def folder(self, step: str, key: str) -> Path:
        """Where a task's tables lie."""
        return self.root / step / key

    def receipt(self, step: str, key: str) -> Receipt | None:
        """The receipt of a task that is done and whole, else None."""
        folder = self.folder(step, key)
        try:
            data = json.loads((folder / "receipt.json").read_text("utf-8"))
            receipt = Receipt(
                data["key"],
                {name: int(n) for name, n in data["rows"].items()},
                {name: (int(wrong), int(seen)) for name, (wrong, seen) in data["tallies"].items()},
                float(data["seconds"]),
                {name: (int(size), int(time), str(digest)) for name, (size, time, digest) in data["files"].items()},
                reused=True,
            )
            whole = all(_unchanged(folder / name, *told) for name, told in receipt.files.items())
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return (
            receipt
            if whole and receipt.key == key and {f"{name}.parquet" for name in receipt.rows} <= receipt.files.keys()
            else None
        )

    def write(
        self,
        step: str,
        key: str,
        tables: Mapping[str, pa.Table | pa.RecordBatchReader],
        tallies: Mapping[str, Tally],
        seconds: float,
    ) -> Receipt:
        """Keep a task's tables; all of them or none."""
        target = self.folder(step, key)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".writing-", dir=target.parent))
        try:
            rows = {name: write_parquet(table_, temporary / f"{name}.parquet") for name, table_ in tables.items()}
            files = {path.name: _told(path) for path in sorted(temporary.iterdir())}
            receipt = Receipt(key, rows, {name: (t.wrong, t.seen) for name, t in tallies.items()}, seconds, files)
            (temporary / "receipt.json").write_text(json.dumps(asdict(receipt), ensure_ascii=False), "utf-8")
            if target.exists():  # left by a run that was killed before its receipt, or by one beside this
                shutil.rmtree(target)
            temporary.rename(target)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        return receipt

    def settle(self, step: str, keys: Sequence[str], verdicts: Iterable[Verdict]) -> Result:
        """Say what a step's result now is, and forget what is no longer part of it."""
        verdicts = tuple(verdicts)
        result = Result(step, tuple(keys), tuple(v.row for v in verdicts), tuple(v.check.name for v in verdicts if v.stops))
        path = self.root / step / "current.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, json.dumps(asdict(result), ensure_ascii=False))
        kept = {*keys, "current.json"}
        for entry in path.parent.iterdir():
            if entry.name not in kept and entry.is_dir() and not entry.name.startswith(".writing-"):
                shutil.rmtree(entry, ignore_errors=True)
        return result

    def result(self, step: str) -> Result:
        """A step's present result.

        Raises:
            Missing: the step has not run yet.
        """
        try:
            data = json.loads((self.root / step / "current.json").read_text("utf-8"))
            return Result(data["step"], tuple(data["keys"]), tuple(data["verdicts"]), tuple(data["blocked"]))
        except (OSError, ValueError, TypeError, KeyError):
            raise Missing(f"the step {step} has no result below {self.root}; materialize it first") from None

    def files(self, step: str, name: str) -> list[Path]:
        """The Parquet files of one table of a step's present result, in order."""
        return [self.folder(step, key) / f"{name}.parquet" for key in self.result(step).keys]

    def read(self, step: str, name: str) -> pa.Table:
        """One table of a step's present result as a whole; for small tables and tests."""
        parts = [read_parquet(path) for path in self.files(step, name)]
        return pa.concat_tables(parts) if parts else table(name).arrow.empty_table()

    def head(self, step: str, name: str, n: int = 5) -> pa.Table:
        """The first rows of one table of a step's present result, without reading the rest."""
        for path in self.files(step, name):
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                if file.metadata.num_rows:
                    return file.read_row_group(0).slice(0, n)
        return table(name).arrow.empty_table()


def write_parquet(rows: pa.Table | pa.RecordBatchReader, path: Path) -> int:
    """Write a table the way all stage files are written; the number of its rows."""
    batches = rows.to_batches() if isinstance(rows, pa.Table) else rows
    n = 0
    with pq.ParquetWriter(path, rows.schema, compression="zstd", write_page_checksum=True) as writer:
        for group in grouped(batches, ROW_GROUP, ROW_GROUP_BYTES):
            writer.write_table(group, row_group_size=group.num_rows)
            n += group.num_rows
    return n


def read_parquet(path: str | Path, part: tuple[int, int] | None = None) -> pa.Table:
    """Read one Parquet file with the types it was written with.

    Args:
        path: the file.
        part: the first row group and the one after the last; None reads all.
    """
    file = pq.ParquetFile(path, page_checksum_verification=True)
    return file.read() if part is None else file.read_row_groups(range(*part))


def parts(path: Path, size: int) -> list[tuple[tuple[int, int], int]]:
    """Row groups of a file in runs of about `size` bytes of values, as equal as may be, each with its bytes; one run at least."""
    metadata = pq.read_metadata(path)
    ends = [*accumulate((metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups)), initial=0)]
    share = ends[-1] / max(1, round(ends[-1] / size))
    found: list[tuple[tuple[int, int], int]] = []
    begin = 0
    for at in range(1, len(ends)):
        # A run ends where the middle of the next group lies beyond its share.
        if at == len(ends) - 1 or (ends[at] + ends[at + 1]) / 2 > share * (len(found) + 1):
            found.append(((begin, at), ends[at] - ends[begin]))
            begin = at
    return found or [((0, 0), 0)]


def _told(path: Path) -> tuple[int, int, str]:
    """What a receipt says of a file."""
    status = path.stat()
    with path.open("rb") as file:
        return status.st_size, status.st_mtime_ns, hashlib.file_digest(file, "sha256").hexdigest()


def _unchanged(path: Path, size: int, time: int, digest: str) -> bool:
    """Whether a file is what was written; it is read only where its time says that it was touched."""
    status = path.stat()
    return status.st_size == size and (status.st_mtime_ns == time or _told(path)[2] == digest)


def write_text(path: Path, text: str) -> None:
    """Write a small file so that readers see the old or the new one, never a part."""
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).replace(path)
