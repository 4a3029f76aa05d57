import pytest

from pipeline.charset import Undecodable, declared, decode, plausibility

HANS = "全县新建高标准农田3200亩，惠及农户560户，户均增收1800元。"
HANT = "全縣新建高標準農田3200畝，惠及農戶560戶，戶均增收1800元。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (HANS, "utf-8"),
        (HANS, "gb18030"),
        (HANS, "gb2312"),
        (HANT, "big5"),
        (HANT, "gb18030"),
        (HANT, "big5hkscs"),
        (HANS, "utf-16"),
        (HANS, "utf-8-sig"),
        (HANT + "\n" + HANT, "utf-16-le"),
        ("plain ASCII only", "ascii"),
    ],
)
def test_text_is_read_whatever_its_charset(text, encoding):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(("said", "true"), [("utf-8", "gb18030"), ("gb2312", "utf-8"), ("big5", "gb18030"), ("gbk", "big5")])
def test_a_lying_declaration_is_not_believed(said, true):
    page = f'<html><head><meta charset="{said}"></head><body>{HANT * 3}</body></html>'
    assert decode(page.encode(true)).text == page


def test_a_true_declaration_is_believed():
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>{HANS}</p>'
    raw = page.encode("gb18030")
    assert declared(raw) == "gb18030"
    assert decode(raw).encoding == "gb18030"


def test_a_character_cut_off_at_the_end_does_not_spoil_the_rest():
    assert decode(HANS.encode()[:-1]).text.startswith(HANS[:-1])


def test_a_few_bad_bytes_do_not_spoil_utf8():
    raw = bytearray((HANS * 60).encode())
    raw[1000] = 0xFF
    assert decode(bytes(raw)).encoding == "utf-8"


@pytest.mark.parametrize("raw", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + bytes(range(1, 30)) * 99])
def test_a_binary_file_is_refused_with_advice(raw):
    with pytest.raises(Undecodable, match="text"):
        decode(raw)


def test_plausibility_tells_chinese_from_wrong_decoding():
    assert plausibility(HANS) > 0.95
    assert plausibility(HANS.encode("gb18030").decode("big5hkscs", "replace")) < 0.8
