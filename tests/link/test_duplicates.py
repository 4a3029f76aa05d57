import random

import pyarrow as pa
import pytest

from pipeline.contract.relations import Relations
from pipeline.contract.tables import table
from pipeline.link.duplicates import duplicates
from pipeline.link.signatures import bands, signature

WORDS = "乡村振兴产业发展群众增收基础设施道路饮水教育医疗安全生产项目投资农户合作社干部走访问题整改落实".strip()


def prose(seed, n=600):
    chance = random.Random(seed)
    return "".join(chance.choice(WORDS) for _ in range(n))


def found(documents):
    """The pairs among (doc_id, text), in the order of their sources."""
    signed = [(doc_id, s) for doc_id, text in documents if (s := signature(text)) is not None]
    rows = [{"doc_id": doc_id, "signature": s.tobytes(), "bands": bands(s)} for doc_id, s in signed]
    staged = Relations.of(
        {
            "signatures": table("signatures").rows(rows),
            "repaired_documents": pa.table(
                {
                    "doc_id": pa.array([doc_id for doc_id, _ in documents], pa.string()),
                    "source": pa.array([f"{n:05d}" for n in range(len(documents))], pa.string()),
                }
            ),
        },
        schema="staged",
    )
    return list(duplicates(staged))


def test_a_reprint_with_another_head_and_punctuation_repeats_the_first():
    text = prose(1)
    reprint = "本网讯 " + text.replace("发展", "发展，") + "。"
    assert found([("a", text), ("b", prose(2)), ("c", reprint)]) == [("c", "a")]


def test_a_copy_of_a_copy_points_to_the_original():
    text = prose(3)
    assert found([("a", text), ("b", text), ("c", text + "完")]) == [("b", "a"), ("c", "a")]


def test_the_first_by_source_is_the_original_whatever_its_id():
    text = prose(4)
    assert found([("z", text), ("a", text)]) == [("a", "z")]


def test_a_page_that_hundreds_repeat_is_found_everywhere():
    text = prose(6)
    pages = [(f"{n:04d}", text + prose(100 + n, 20)) for n in range(300)]
    assert found(pages) == [(doc_id, "0000") for doc_id, _ in pages[1:]]


@pytest.mark.parametrize("documents", [[], [(str(n), prose(n)) for n in range(30)]], ids=["none", "thirty"])
def test_other_documents_are_left_alone(documents):
    assert found(documents) == []


def test_short_texts_say_too_little():
    assert found([("a", "略"), ("b", "略"), ("c", ""), ("d", "")]) == []


def test_half_of_a_text_is_not_the_text():
    text = prose(5)
    assert found([("a", text), ("b", text[:300])]) == []
