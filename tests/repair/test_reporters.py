from __future__ import annotations

import pytest

from pipeline.repair.reporters import is_names, reporters


@pytest.mark.parametrize("text", ["张三", "欧阳小山", "张 三", "李小四、王五", "买买提·吐尔逊"])
def test_names(text: str) -> None:
    assert is_names(text)


@pytest.mark.parametrize("text", ["通讯员", "张悦摄", "管理员", "一张三"])
def test_other_words(text: str) -> None:
    assert not is_names(text)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("记者张三通讯员李四", [("张三", "记者"), ("李四", "通讯员")]),
        ("本报记者 次仁多吉 见习记者 王 五", [("次仁多吉", "记者"), ("王五", "见习记者")]),
        ("通讯员：张三、李四", [("张三", "通讯员"), ("李四", "通讯员")]),
        ("记者 张三 文/图", [("张三", "记者")]),
    ],
)
def test_roles_in_a_row(text: str, people: list[tuple[str, str]]) -> None:
    assert reporters(text) == people


def test_a_name_without_surname_must_stand_apart_unless_it_is_in_a_bracket() -> None:
    assert reporters("记者央金卓玛") is None
    assert reporters("记者央金卓玛", glued=True) == [("央金卓玛", "记者")]


@pytest.mark.parametrize("text", ["记者调查", "记者 手记", "记者", "张三", "记者节", "记者 编辑部"])
def test_what_is_no_reporter(text: str) -> None:
    assert reporters(text, glued=True) is None
