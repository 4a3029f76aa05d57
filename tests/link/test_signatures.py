import numpy as np

from pipeline.link.signatures import BANDS, PERMUTATIONS, bands, signature
from tests.link.test_duplicates import prose


def test_punctuation_and_spaces_say_nothing():
    text = prose(1)
    a, b = signature(text), signature("，".join(text[i : i + 9] for i in range(0, len(text), 9)) + " 。\n")
    assert a is not None and np.array_equal(a, b)
    assert a.shape == (PERMUTATIONS,)


def test_agreement_estimates_likeness():
    text, other = prose(2, 4000), prose(3, 4000)
    mixed = text[:2000] + other[:2000]
    (a, b, c) = (signature(t) for t in (text, mixed, other))
    assert a is not None and b is not None and c is not None
    # Half of each: a third of all shingles is shared.
    assert 0.2 < (a == b).mean() < 0.47
    assert (a == c).mean() < 0.1


def test_equal_bands_have_equal_hashes_and_others_have_not():
    a = signature(prose(4))
    assert a is not None
    b = a.copy()
    b[0] += 1
    assert len(bands(a)) == BANDS
    assert [x == y for x, y in zip(bands(a), bands(b), strict=True)] == [False] + [True] * (BANDS - 1)
    assert len(set(bands(np.tile(a[: PERMUTATIONS // BANDS], BANDS)))) == BANDS


def test_short_texts_have_none():
    assert signature("略" * 49) is None
