"""Bylines: who wrote, edited and published a document, and when.

Here belong lines and brackets that say nothing else: labels, names, dates and buttons; a sentence that names a
reporter is no byline. Which lines of a page are asked belongs in `article`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from pipeline.lexicon import any_of, rows, words

_KINDS = {row[0]: (row[1], row[2] if len(row) > 2 else "") for row in rows("bylines", "labels.tsv")}
_SURNAME = "|".join((*words("bylines", "surnames.txt")[1:], f"[{words('bylines', 'surnames.txt')[0]}]"))
# A label is no name, though 通 and 文 are surnames.
_NO_NAME = any_of(label for label in _KINDS if len(label) > 1)
_HAN = r"[\u4e00-\u9fff]"
_NAME = (
    rf"(?:(?!{_NO_NAME})(?:{_SURNAME})(?:{_HAN}{{1,2}}|[ \u3000]{{1,2}}{_HAN})(?!{_HAN})"
    rf"|{_HAN}{{1,5}}·{_HAN}{{1,6}})"
)
_NAMES = rf"{_NAME}(?:[ \u3000、,，/;；和&]{{1,3}}{_NAME}){{0,7}}"
_LABELS = any_of(_KINDS)
# Labels of tables are spaced out to one width: 索 引 号, 标　　题.
_SPACED = re.compile(
    rf"(?<!{_HAN})(?:"
    + "|".join(r"[ \u3000]{1,4}".join(label) for label in _KINDS if re.fullmatch(f"{_HAN}{{2,4}}", label))
    + r")(?=[ \u3000]{0,2}[:：])"
)
_PEOPLE = any_of(label for label, (kind, _) in _KINDS.items() if kind in ("author", "editor") and len(label) > 1)
_DATE = (
    r"(?<!\d)(?P<{0}y>(?:19|20)\d\d)(?:\s?[-/.]\s?|年\s?)(?P<{0}m>\d{{1,2}})(?:\s?[-/.]\s?|月\s?)"
    r"(?P<{0}d>\d{{1,2}})(?:日|(?!\d))"
    r"(?:[ \u3000]{{0,3}}星期[一二三四五六日天])?"
    r"(?:[ T\u3000]{{0,3}}(?:上午|下午)?\s?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?"
)
_BUTTON = any_of(word for word in words("furniture", "buttons.txt") if len(word) > 1 or word in "大中小")

_SEGMENT = re.compile(
    rf"(?:本报|本网|本台|我县|特约)?(?P<spaced>{_PEOPLE})[ \u3000]{{1,3}}(?={_NAME})"
    rf"|(?P<label>{_LABELS})(?:[ \u3000]{{0,2}}[:：/][ \t\u3000]{{0,3}})"
    rf"|{_DATE.format('')}"
    rf"|(?P<behind>{_NAMES})[ \u3000]{{0,2}}(?P<what>摄影|摄|供稿|撰稿|/文|/图|文/图|图/文|编辑|整理|报道)"
    r"(?=[ \u3000,，。;；)）\]】]|$)"
    rf"|(?P<button>{_BUTTON})(?=[^\u4e00-\u9fff]|$|{_BUTTON})"
    r"|(?P<gap>[\s\u3000|｜\[\]【】()（）〔〕<>:：,，、/·•\-—_.。+]+|\d{1,8}(?:次|人|条)?)",
    re.I,
)
_ORGAN = re.compile(
    r"[\u4e00-\u9fff]{3,30}"
    r"(?:局|委员会|办公室|人民政府|政府|党委|县委|市委|部|中心|领导小组|指挥部|调查队|院|协会)"
)
_PERSON = re.compile(_NAMES)
_LOOSE = re.compile(r"[ \u3000]{0,3}([^\s\u3000|｜\[\]()（）【】]{1,30})")
_NEXT_LABEL = re.compile(rf"[\s\u3000\]】)）|](?:{_LABELS})[ \u3000]{{0,2}}[:：]|{_DATE.format('n')}")
_FULL_DATE = re.compile(_DATE.format(""))
_BRACKET = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕\n]{2,60})[)）\]】〕][ \u3000。]*$")
_BODY = (
    r"[\u4e00-\u9fffA-Za-z“”]{2,24}"
    r"(?:局|委|办|部|镇|乡|县|市|区|中心|院|校|站|社|网|报|台|会|处|所|队|团|室|厅|政府|大学|公司)"
)
_ORG_NAMES = re.compile(rf"(?:{_BODY}[ \u3000:：、]{{1,3}}){{1,2}}({_NAMES})")
_PROVIDED = re.compile(rf"({_BODY})[ \u3000]{{0,4}}(?:供稿|报送|宣)")
# What stands alone behind 作者 or 编辑 is somebody, of whatever people, where it is no office.
_SOMEBODY = re.compile(r"[\u4e00-\u9fff]{2,7}(?<![部室组局心站社员网报台者办委科处会院司版])")
_ABOUT_AUTHOR = re.compile(r"作者(?:系|为|是|单位|简介|[:：]).*|完|未完待续|(?:据|综合|摘自|转自|原载)[^,，。]{2,24}")
_SIGNED = re.compile(
    rf"^(?:{_BODY})?代?(?:县长|市长|区长|州长|乡长|镇长|书记|主席|主任|局长|院长|检察长|部长|会长)"
    rf"[ \u3000:：]{{1,4}}({_NAMES})$"
)
# Who issued a bulletin, and when: `某县统计局　2024年4月12日`.
_ISSUER = r"[\u4e00-\u9fff]{2,20}(?:局|委|委员会|办|办公室|政府|法院|检察院|厅|调查队)"
_ISSUED = re.compile(rf"(?P<issuer>{_ISSUER})[ \u3000]{{1,4}}{_DATE.format('')}")
# A bracket that names a paper and whoever wrote for it, of whatever people: `某某日报记者　次仁多吉`.
_REPORTED = re.compile(
    r"(?P<source>[\u4e00-\u9fff]{2,10}(?:日报|晚报|报|社|网|台|中心|频道))?(?:见习|特约|全媒体|首席)?(?P<role>记者|通讯员)"
    r"[ \u3000:：]{1,3}(?P<names>[\u4e00-\u9fff·]{2,8}(?:[ \u3000、]{1,3}[\u4e00-\u9fff·]{2,8}){0,3})"
)
_CLOSE = re.compile(rf"(?:本报|见习|特约|全媒体)?(记者|通讯员)({_NAMES})")  # 记者张三
_LEAD = re.compile(
    r"^[ \u3000]*(?:本报|本网|本站|本台|(?P<source>[\u4e00-\u9fff]{2,10}?(?:社|网|报|频道|在线|客户端)))"
    r"(?P<place>[\u4e00-\u9fff]{0,8}?)(?:(?P<m>\d{1,2})月(?P<d>\d{1,2})日)?[电讯]"
)
_LEAD_BRACKET = re.compile(r"^[^。\n]{0,24}?[电讯]?[ \u3000]*[(（]([^()（）\n]{2,60})[)）]")

_NO_SECTION = re.compile(r".{0,8}(?:首页|主页)|Home|正文|内容|文章|详情|(?:您|你)?.{0,6}位置.*|浏览文章|信息内容")


@dataclass(slots=True)
class Info:
    """What bylines say.

    Attributes:
        people: (name, role) as labelled, in order.
        kinds: what kinds of labels were met: author, editor, publisher, date, section, drop, button.
    """

    people: list[tuple[str, str]] = field(default_factory=list)
    publisher: str | None = None
    section: str | None = None
    date: dt.date | None = None
    kinds: set[str] = field(default_factory=set)


def read_line(line: str) -> Info | None:
    """Read a line that is a byline as a whole.

    Args:
        line: one line, stripped.

    Returns:
        What it says, or None if any of it is something else.
    """
    if len(line) > 400:
        return None
    line = _SPACED.sub(lambda label: re.sub(r"[ \u3000]", "", label[0]), line)
    signed = _SIGNED.match(line)
    if signed:
        info = Info(kinds={"author"})
        _add_people(info, signed[1], "作者")
        return info
    info = Info()
    issued = _ISSUED.fullmatch(line)
    if issued and (date := _date(issued)):
        return Info(kinds={"publisher", "date"}, publisher=issued["issuer"], date=date)
    position = 0
    while position < len(line):
        match = _SEGMENT.match(line, position)
        if not match:
            return None
        position = match.end()
        label = match["label"] or match["spaced"]
        if label:
            kind, role = _KINDS.get(label) or _KINDS[label.lower()]
            taken = _value(info, kind, role, line, position)
            if taken is None:
                return None
            info.kinds.add(kind)
            position = taken
        elif match["y"]:
            date = _date(match)
            if date is None:
                return None
            info.date = info.date or date
            info.kinds.add("date")
        elif match["behind"]:
            role = {"摄": "摄影", "/图": "摄影", "编辑": "编辑"}.get(match["what"], "作者")
            _add_people(info, match["behind"], "摄影" if match["what"] == "摄影" else role)
            info.kinds.add("editor" if role == "编辑" else "author")
        elif match["button"]:
            info.kinds.add("button")
    return info if info.kinds else None


def signature(paragraph: str) -> tuple[int, Info] | None:
    """Read a signature at the end of a paragraph: `(张存成)`, `(记者 李四)`, `责编:王五` behind the last full stop.

    Args:
        paragraph: the last paragraph.

    Returns:
        Where the signature begins and what it says, or None.
    """
    match = _BRACKET.search(paragraph[-80:])
    if match:
        at = len(paragraph) - len(paragraph[-80:]) + match.start()
        if at == 0 and re.fullmatch(_ISSUER, match[1].strip()):
            return at, Info(kinds={"publisher"}, publisher=match[1].strip())
        info = _in_bracket(match[1].strip(), full=at == 0 or paragraph[:at].rstrip()[-1:] in '。！？!?”…"；;')
        if info:
            return at, info
    stop = max(paragraph.rfind(sign, max(0, len(paragraph) - 80), len(paragraph) - 2) for sign in "。！？!?”")
    if stop >= 0 and paragraph[stop + 1 :].strip():
        tail = read_line(paragraph[stop + 1 :].strip())
        if tail and tail.kinds & {"author", "editor", "publisher"}:
            return stop + 1, tail
    return None


def lead(paragraph: str) -> tuple[Info, tuple[int, int] | None, int]:
    """Read how a first paragraph opens: `本报讯(记者 张三)`, `某某网9月8日电`.

    Returns:
        What it says, (month, day) where no year stands beside them, and how many characters of it are a byline: those up
        to the bracket with names. Without one the opening stays in the text.
    """
    info = Info()
    match = _LEAD.match(paragraph)
    day = None
    if match:
        info.publisher = match["source"]
        if match["m"]:
            day = int(match["m"]), int(match["d"])
    bracket = _LEAD_BRACKET.match(paragraph) if match else None
    inside = bracket[1].strip() if bracket else ""
    said = _in_bracket(inside, True) if bracket else None
    if said:
        info.people = said.people
        info.date = said.date
    return info, day, bracket.end() if bracket and info.people else 0


def date_in(text: str) -> dt.date | None:
    """The first full date in a text, or None."""
    return next((date for match in _FULL_DATE.finditer(text) if (date := _date(match))), None)


def is_names(text: str) -> bool:
    """Whether a text is one or several personal names and nothing else."""
    return bool(_PERSON.fullmatch(text.strip()))


def is_organ(text: str) -> bool:
    """Whether a text only names a government body, party committee or the like."""
    return bool(_ORGAN.fullmatch(text))


def _in_bracket(inside: str, full: bool) -> Info | None:
    if not full:
        return None
    if is_names(inside):
        info = Info(kinds={"author"})
        _add_people(info, inside, "作者")
        return info
    info = read_line(inside)  # type: ignore[assignment]
    if info and info.kinds - {"button", "date"}:
        return info
    close = _CLOSE.fullmatch(inside)
    if close:
        info = Info(kinds={"author"})
        _add_people(info, close[2], close[1])
        return info
    reported = _REPORTED.fullmatch(inside)
    if reported:
        names = re.split("[ \u3000、]+", reported["names"])
        return Info(kinds={"author"}, publisher=reported["source"], people=[(name, reported["role"]) for name in names])
    provided = _PROVIDED.fullmatch(inside)
    if provided:
        return Info(kinds={"publisher"}, publisher=provided[1])
    match = _ORG_NAMES.fullmatch(inside)
    if match:
        info = Info(kinds={"author"})
        _add_people(info, match[1], "作者")
        return info
    return Info(kinds={"drop"}) if _ABOUT_AUTHOR.fullmatch(inside) else None


def _value(info: Info, kind: str, role: str, line: str, position: int) -> int | None:
    """Read a label's value; where it ends, or None if there is none that fits."""
    if kind in ("author", "editor"):
        match = _PERSON.match(line, position) or _ORG_NAMES.match(line, position)
        if match:
            _add_people(info, match[match.lastindex or 0], role)
            return match.end()
        loose = _LOOSE.match(line, position)
        if loose and not re.search(r"[，。,;；！？]", loose[1]):
            if _SOMEBODY.fullmatch(loose[1]):
                info.people.append((loose[1], role))
            return loose.end()
        return position if not line[position:].strip() else None
    if kind == "publisher":
        loose = _LOOSE.match(line, position)
        if loose and not re.search(r"[。；;！？]", loose[1]):
            info.publisher = info.publisher or loose[1].strip('“”"《》,，') or None
            return loose.end()
        return position if not line[position:].strip() else None
    if kind == "date":
        match = _FULL_DATE.match(line, position)
        if match and (date := _date(match)):
            info.date = info.date or date
            return match.end()
        return None
    rest = _NEXT_LABEL.search(line, position)
    end = rest.start() if rest else len(line)
    if re.search(r"。.|；", line[position:end]):
        return None
    if kind == "section":
        info.section = info.section or crumbs(line[position:end])
    return end


def crumbs(text: str) -> str | None:
    """The section out of breadcrumbs: `首页 > 区域 > 陕西 > 正文` is `区域 > 陕西`."""
    parts = [part.strip(" \u3000:：[]") for part in re.split(r"\s*(?:>+|›|»|→|＞|\||/|--)\s*", text)]
    kept: list[str] = []
    for part in parts:
        if part and not _NO_SECTION.fullmatch(part) and kept[-1:] != [part]:
            kept.append(part)
    return " > ".join(kept[:4]) or None


def _add_people(info: Info, names: str, role: str) -> None:
    for match in re.finditer(_NAME, names):
        name = re.sub(r"[ \u3000]", "", match[0])
        if (name, role) not in info.people:
            info.people.append((name, role))


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
