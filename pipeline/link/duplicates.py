"""Near-identical documents: reprints, mirrors and the same page fetched twice.

Documents that share a band of their signatures are candidates, the signatures' agreement decides. Memory holds the
numbers of those that repeat another, whatever the number of documents. Making signatures belongs in `signatures`,
counting such documents once in `join`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from pipeline.contract.relations import Relations
from pipeline.link.signatures import PERMUTATIONS

ALIKE = 0.8  # estimated Jaccard similarity from which two texts are one

# What `_CANDIDATES` is made from. Most bands are a document's own: they are left out before any are set side by side.
_STEPS = {
    "numbered": """
        SELECT row_number() OVER (ORDER BY d.source) AS n, doc_id, bands
        FROM staged.signatures JOIN staged.repaired_documents d USING (doc_id)
    """,
    "banded": "SELECT n, unnest(range(len(bands))) AS band, unnest(bands) AS bucket FROM numbered",
    "shared": "SELECT band, bucket FROM banded GROUP BY band, bucket HAVING count(*) > 1",
    "alike": "SELECT n, band, bucket FROM banded SEMI JOIN shared USING (band, bucket)",
}

# A page that thousands repeat would make millions of pairs: each document is held against the first few of a bucket.
_CANDIDATES = """
    WITH first AS (
        SELECT * FROM alike QUALIFY row_number() OVER (PARTITION BY band, bucket ORDER BY n) <= 8
    ), pairs AS (
        SELECT DISTINCT alike.n AS later, first.n AS earlier
        FROM alike JOIN first USING (band, bucket) WHERE first.n < alike.n
    )
    SELECT later, earlier, l.doc_id AS later_id, e.doc_id AS earlier_id, ls.signature AS later_signature,
           es.signature AS earlier_signature
    FROM pairs JOIN numbered l ON l.n = later JOIN numbered e ON e.n = earlier
    JOIN staged.signatures ls ON ls.doc_id = l.doc_id JOIN staged.signatures es ON es.doc_id = e.doc_id
    ORDER BY later, earlier
"""


def duplicates(staged: Relations) -> Iterator[tuple[str, str]]:
    """Pairs (document, the earlier one that it nearly repeats); the earlier one repeats no other.

    Args:
        staged: `staged.signatures` and `staged.repaired_documents`, of which `source` says which one is earlier.
    """
    copies: set[int] = set()
    with staged.steps(_STEPS):
        for batch in staged.batches(_CANDIDATES):
            alike = (_numbers(batch["later_signature"]) == _numbers(batch["earlier_signature"])).mean(axis=1) >= ALIKE
            for row in batch.drop_columns(["later_signature", "earlier_signature"]).filter(pa.array(alike)).to_pylist():
                if row["later"] not in copies and row["earlier"] not in copies:
                    copies.add(row["later"])
                    yield row["later_id"], row["earlier_id"]


def _numbers(signatures: pa.Array) -> np.ndarray:
    """Signatures as an array, one row each."""
    return np.frombuffer(b"".join(signatures.to_pylist()), "<u4").reshape(-1, PERMUTATIONS)
