"""Sites that neither nature nor administration draws, by the word that ends their names."""

import pytest

from pipeline.extract.mentions import Mention
from pipeline.extract.sites import find_sites


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("代表团走进赤山林场，又到谷文昌纪念园。", ["赤山林场", "谷文昌纪念园"]),
        ("丹顶鹤回到扎龙国家级自然保护区。", ["扎龙国家级自然保护区"]),
        ("新打造的现代农业产业园有两个林场、各类保护区。", []),
        ("威宁县大桥村的马铃薯熟了，古城镇也是。", []),
        ("全市城市新区建设加快，综合保税区活力足。", []),
    ],
)
def test_sites_are_believed_where_their_left_edge_is_sure(text, expected):
    assert [m.surface for m in find_sites(text, ())] == expected


def test_a_site_called_after_a_place_has_its_name():
    text = "海口江东新区和兰州新区同日挂牌。"
    places = [
        Mention(0, 2, "海口", "place", "海口市", code="460100", level="prefecture"),
        Mention(7, 9, "兰州", "place", "兰州市", code="620100", level="prefecture"),
    ]
    assert [m.surface for m in find_sites(text, places)] == ["海口江东新区", "兰州新区"]
