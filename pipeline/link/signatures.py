"""What tells near-identical documents, document by document: a MinHash signature and the hashes of its bands.

Made shard by shard, so that only new documents cost anything. Which documents repeat which belongs in
`pipeline.link.duplicates`.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rensa import RMinHash

from pipeline.contract.tables import table
from pipeline.engine.step import Step, Task, each
from pipeline.engine.store import read_parquet

SHINGLE = 5  # characters
PERMUTATIONS, BANDS, SEED = 128, 16, 2260
SHORTEST = 50  # characters; below this, likeness says little

_NOISE = re.compile(r"[\W_]+")
# One odd number a row of a band and one a band: two bands of equal rows have equal hashes, hardly any others.
_CHANCE = np.random.default_rng(SEED)
_FACTORS = _CHANCE.integers(1, 1 << 63, PERMUTATIONS // BANDS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _CHANCE.integers(1, 1 << 63, BANDS, dtype=np.uint64)


def signature(text: str) -> npt.NDArray[np.uint32] | None:
    """The MinHash of a text's character shingles, punctuation and spaces apart.

    Args:
        text: any text.

    Returns:
        `PERMUTATIONS` numbers; None of a text too short to say anything. The share of equal numbers in two
        signatures estimates the Jaccard similarity of their shingles.
    """
    plain = _NOISE.sub("", text)
    if len(plain) < SHORTEST:
        return None
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update(sorted({plain[i : i + SHINGLE] for i in range(len(plain) - SHINGLE + 1)}))
    return np.array(minhash.digest(), "<u4")


def bands(minhash: npt.NDArray[np.uint32]) -> list[int]:
    """A hash of each band; documents that share one are candidates for likeness."""
    rows = minhash.reshape(BANDS, -1).astype(np.uint64)
    hashes: list[int] = ((rows * _FACTORS).sum(axis=1, dtype=np.uint64) + _OFFSETS).view(np.int64).tolist()
    return hashes


def sign(task: Task) -> dict[str, pa.Table]:
    """Sign the documents of a shard.

    Args:
        task: the folder of a repaired shard.

    Returns:
        `signatures`, of the documents that are long enough; one row of documents that are the same to the byte.
    """
    documents = task.left_in(read_parquet(Path(task.inputs[0]) / "repaired_documents.parquet", task.part))
    signed = {row["doc_id"]: signature(row["text"] or "") for row in each(documents.select(["doc_id", "text"]).to_pylist())}
    rows = [
        {"doc_id": doc_id, "signature": found.tobytes(), "bands": bands(found)}
        for doc_id, found in signed.items()
        if found is not None
    ]
    return {"signatures": table("signatures").rows(rows)}


SIGNATURES = Step(
    name="signatures",
    code=("link/signatures.py",),
    process=sign,
    checks=(),
    shown=("signatures",),
    distributions=("rensa", "numpy"),
)
