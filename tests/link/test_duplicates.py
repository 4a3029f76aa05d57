import random

from pipeline.link.duplicates import duplicates

WORDS = "乡村振兴产业发展群众增收基础设施道路饮水教育医疗安全生产项目投资农户合作社干部走访问题整改落实".strip()


def prose(seed, n=600):
    chance = random.Random(seed)
    return "".join(chance.choice(WORDS) for _ in range(n))


def test_a_reprint_with_another_head_and_punctuation_repeats_the_first():
    text = prose(1)
    reprint = "本网讯 " + text.replace("发展", "发展，") + "。"
    assert list(duplicates([("a", text), ("b", prose(2)), ("c", reprint)])) == [("c", "a")]


def test_a_copy_of_a_copy_points_to_the_original():
    text = prose(3)
    assert list(duplicates([("a", text), ("b", text), ("c", text + "完")])) == [("b", "a"), ("c", "a")]


def test_other_documents_are_left_alone():
    assert list(duplicates([(str(n), prose(n)) for n in range(30)])) == []


def test_short_texts_say_too_little():
    assert list(duplicates([("a", "略"), ("b", "略"), ("c", ""), ("d", "")])) == []


def test_half_of_a_text_is_not_the_text():
    text = prose(5)
    assert list(duplicates([("a", text), ("b", text[:300])])) == []
