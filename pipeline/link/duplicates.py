"""Near-identical documents: reprints, mirrors and the same page fetched twice.

MinHash over character shingles finds the candidates, the signatures' agreement decides. Counting such
documents once belongs in `pipeline.link.join`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rensa import RMinHash, RMinHashLSH

SHINGLE = 5  # characters
ALIKE = 0.8  # estimated Jaccard similarity from which two texts are one
PERMUTATIONS, BANDS, SEED = 128, 16, 2260
SHORTEST = 50  # characters; below this, likeness says little

_NOISE = re.compile(r"[\W_]+")


def duplicates(documents: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs (document, the earlier one that it nearly repeats).

    Args:
        documents: (doc_id, text), in the order that decides which one is the earlier.
    """
    index = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=BANDS)
    originals: list[tuple[str, RMinHash]] = []
    for doc_id, text in documents:
        plain = _NOISE.sub("", text)
        if len(plain) < SHORTEST:
            continue
        signature = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        signature.update(sorted({plain[i : i + SHINGLE] for i in range(len(plain) - SHINGLE + 1)}))
        alike = [n for n in index.query(signature) if originals[n][1].jaccard(signature) >= ALIKE]
        if alike:
            yield doc_id, originals[min(alike)][0]
        else:
            index.insert(len(originals), signature)
            originals.append((doc_id, signature))
