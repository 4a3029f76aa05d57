"""Bylines: who wrote, edited and published a document, and when.

Here belong lines that say nothing else: labels, names, dates and buttons; a sentence that names a reporter is no byline.
Credits inside paragraphs are read in `credits`. Which lines of a page are asked belongs in `article`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from pipeline.lexicon import any_of, rows, words
from pipeline.repair import furniture
from pipeline.repair.reporters import HAN, NAME, NAMES, NAMES_RE, SOMEBODY, SOURCE, is_names, reporters

_KINDS = {row[0]: (row[1], row[2] if len(row) > 2 else "") for row in rows("bylines", "labels.tsv")}
_LABELS = any_of(_KINDS)
# Labels of tables are spaced out to one width: 索 引 号, 标　　题.
_SPACED = re.compile(
    rf"(?<!{HAN})(?:"
    + "|".join(r"[ \u3000]{1,4}".join(label) for label in _KINDS if re.fullmatch(f"{HAN}{{2,4}}", label))
    + r")(?=[ \u3000]{0,2}[:：])"
)
_PEOPLE = any_of(label for label, (kind, _) in _KINDS.items() if kind in ("author", "editor") and len(label) > 1)
_DATE = (
    r"(?<!\d)(?P<{0}y>(?:19|20)\d\d)(?:\s?[-/.]\s?|年\s?|[ ](?=\d\d/\d\d[ ]))(?P<{0}m>\d{{1,2}})(?:\s?[-/.]\s?|月\s?)"
    r"(?P<{0}d>\d{{1,2}})(?:日|(?!\d))"
    r"(?:[ \u3000]{{0,3}}星期[一二三四五六日天])?"
    r"(?:[ T\u3000]{{0,3}}(?:上午|下午)?\s?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?"
)
_COUNT = (  # 阅读 1.2万, 浏览次数123次
    r"(?:阅读|浏览|点击|访问|围观|人气|点赞|评论|转发|收藏|下载|分享|查看|回复|热度|赞)(?:总?(?:量|数|次数|人数))?"
    r"[ \u3000]{0,2}[:：]?[ \u3000]{0,2}\d[\d,.]{0,10}\s?[万千wk]?\+?\s?[次人条]?(?![\u4e00-\u9fff])"
    r"|(?:有|共)?[ \u3000]?\d{1,7}[ \u3000]?人(?:参与|评论|跟[帖贴]|阅读|浏览)"
    r"|跟[帖贴][ \u3000]?\d{0,6}[ \u3000]?条?|(?:我要)?评论[(（]\d{1,6}[)）]"
)
# The page of a paper: 第03版：县域新闻.
_LEAF = (
    r"(?:第[ \u3000]?[A-Z]{0,2}\d{1,3}|[A-Z]{1,2}\d{1,3}|\d{2})[ \u3000]?版"
    r"(?:[ \u3000]?[:：][ \u3000]?(?P<leaf>[\u4e00-\u9fff·]{2,10}))?(?![\u4e00-\u9fff])"
)
_BUTTON = any_of(word for word in words("furniture", "buttons.txt") if len(word) > 1 or word in "大中小")

_SEGMENT = re.compile(
    rf"(?:本报|本网|本台|我县|特约)?(?P<spaced>{_PEOPLE})[ \u3000]{{1,3}}(?={NAME})"
    rf"|(?P<count>{_COUNT})|(?P<page>{_LEAF})"
    rf"|(?:发表|发布|更新|编辑|修改|创建|刊发|上传|推送)于(?:[ \u3000]{{0,2}}{HAN}{{2,4}}(?=$|[ \u3000|]))?"
    rf"|(?P<label>{_LABELS})(?:[ \u3000]{{0,2}}[:：/][ \t\u3000]{{0,3}})"
    rf"|{_DATE.format('')}"
    rf"|(?P<behind>{NAMES})[ \u3000]{{0,2}}(?P<what>摄影|摄|供稿|撰稿|/文|/图|文/图|图/文|编辑|整理|报道)"
    r"(?=[ \u3000,，。;；)）\]】]|$)"
    rf"|(?P<button>{_BUTTON})(?=[^\u4e00-\u9fff]|$|{_BUTTON})"
    r"|(?:https?://)?(?:[a-z\d-]{1,40}\.){1,4}(?:cn|com|net|org|gov|edu)(?![a-z])(?:/[\w./?=&%-]{0,120})?"
    r"|(?P<gap>[\s\u3000|｜\[\]【】()（）〔〕<>:：,，、/·•\-—_.。+]+|\d{1,8}(?:次|人|条)?)",
    re.I,
)
_ORGAN = re.compile(
    r"[\u4e00-\u9fff]{3,30}"
    r"(?:局|委员会|办公室|人民政府|政府|党委|县委|市委|部|中心|领导小组|指挥部|调查队|院|协会)"
)
_LOOSE = re.compile(r"[ \u3000]{0,3}([^\s\u3000|｜\[\]()（）【】]{1,30})")
_WHERE = re.compile(r"[(（][\u4e00-\u9fff]{2,6}[)）]")  # 来源：某某在线(兰州)
_GLUED = re.compile(rf"(?<=[编作记][辑者])[:：][ \u3000]?{HAN}{{2,3}}(?=(?:作者|来源|责?任?编辑|审核|审校)[:：])")
_NEXT_LABEL = re.compile(rf"[\s\u3000\]】)）|](?:{_LABELS})[ \u3000]{{0,2}}[:：]|{_DATE.format('n')}")
_FULL_DATE = re.compile(_DATE.format(""))
BODY = (
    r"[\u4e00-\u9fffA-Za-z“”]{2,24}"
    r"(?:局|委|办|部|镇|乡|县|市|区|中心|院|校|站|社|网|报|台|会|处|所|队|团|室|厅|科|股|村|街道|社区|人大|政协|妇联|支部|政府|大学"
    r"|学校|中学|小学|银行|集团|公司|馆|党校)"
)
ORG_NAMES = re.compile(rf"(?:{BODY}[ \u3000:：、]{{1,3}}){{1,2}}({NAMES})")
_SIGNED = re.compile(
    rf"^(?:{BODY})?(?:[\u4e00-\u9fff]{{2,6}}、)?(?:代|代理|副|常务副)?(?:省长|县长|市长|区长|州长|乡长|镇长|书记|主席|主任|局长|院长|检察长|部长|会长)"
    rf"(?:[ \u3000:：]{{1,4}}|(?<=人民政府[省市县区州]长|人民政府主席))({NAMES})$"
)
# Below the title of a report: when and where it was given.
SPOKEN = re.compile(
    r"[—–―\- \u3000（(]*((?:19|20)\d\d年\d{1,2}月\d{1,2}日)[ \u3000]?"
    r"在[\u4e00-\u9fff（）()\d]{4,40}(?:会议|大会|全会|会)上[）)]?$"
)
# Who issued a bulletin, and when: `某县统计局　2024年4月12日`.
ISSUER = r"[\u4e00-\u9fff]{2,20}(?:局|委|委员会|办|办公室|政府|法院|检察院|厅|调查队|新闻中心|融媒体中心|宣传部|纪检监察)"
_ISSUED = re.compile(rf"(?P<issuer>{ISSUER})[ \u3000]{{1,4}}{_DATE.format('')}")
# 《某某日报》 2014年06月09日
_PAPER = re.compile(rf"《(?P<paper>[\u4e00-\u9fff]{{2,12}})》[ \u3000,，（(]{{0,3}}{_DATE.format('')}[）)]?")
_NO_SECTION = re.compile(r".{0,8}(?:首页|主页)|Home|正文|.{0,4}(?:内容|详情|正文)|文章|查看|阅读|(?:您|你)?.{0,6}位置.*|浏览文章")


_NOBODY = frozenset(words("bylines", "nobody.txt"))
_LABELLED = re.compile(rf"(?P<label>{_LABELS})[ \u3000]{{0,2}}[|｜丨∣][ \u3000]{{0,2}}(?P<value>[^|｜丨∣]{{2,40}})")
_BARE_LABEL = re.compile(rf"[\[【]?(?P<label>{_LABELS})[ \u3000]{{0,2}}[:：]")
_COUNTER_LABEL = re.compile(r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?[ \u3000]{0,2}[:：]$")
_COUNTER = re.compile(r"\d[\d,.]{0,8}[ \u3000]?[次人]?")
_MARK = re.compile(r"[□■◎●○◇◆▲△☆★▌█▍▎◤❖✎✍][ \u3000]*")
_ACCOUNT = re.compile(r"原创[ \u3000]{1,3}(?P<account>[^\s。，]{2,16})(?:[ \u3000]{1,3}[^\s。，]{2,16}){0,2}")


@dataclass(slots=True)
class Info:
    """What bylines say.

    Attributes:
        people: (name, role) as labelled, in order.
        other_date: a day of another kind, such as the one of a document's making.
        firm: whether the day is labelled as that of publication.
        kinds: what kinds of labels were met: author, editor, publisher, date, section, drop, button.
    """

    people: list[tuple[str, str]] = field(default_factory=list)
    publisher: str | None = None
    section: str | None = None
    date: dt.date | None = None
    kinds: set[str] = field(default_factory=set)
    other_date: dt.date | None = None
    firm: bool = False


def read_line(line: str) -> Info | None:
    """Read a line that is a byline as a whole.

    Args:
        line: one line, stripped.

    Returns:
        What it says, or None if any of it is something else.
    """
    if len(line) > 400:
        return None
    whole = line
    line = _GLUED.sub(r"\g<0> ", line)
    line = _SPACED.sub(lambda label: re.sub(r"[ \u3000]", "", label[0]), line)
    signed = _SIGNED.match(line)
    if signed:
        info = Info(kinds={"author"})
        add_people(info, signed[1], "作者")
        return info
    line = _MARK.sub("", line, count=1) if _MARK.match(line) and len(line) <= 60 else line
    if len(line) <= 60:
        inside = line[1:-1] if line[0] in "(（" and line[-1] in ")）" else line
        paper = SOURCE.match(inside)
        reported = reporters(inside[paper.end() :] if paper else inside)
        if reported:
            return Info(reported, publisher=paper[1] if paper else None, kinds={"author"})
    if _MARK.match(whole) and is_names(line):
        info = Info(kinds={"author"})
        add_people(info, line, "作者")
        return info
    labelled = _LABELLED.fullmatch(line)
    if labelled:  # only with a value that fits, since menus look like that too
        return _labelled(labelled)
    account = _ACCOUNT.fullmatch(line)
    if account:
        return Info(kinds={"publisher"}, publisher=account["account"])
    info = Info()
    paper = _PAPER.fullmatch(line)
    if paper and (date := _date(paper)):
        return Info(kinds={"publisher", "date"}, publisher=paper["paper"], date=date)
    issued = _ISSUED.fullmatch(line)
    if issued and (date := _date(issued)):
        return Info(kinds={"publisher", "date"}, publisher=issued["issuer"], date=date)
    position = 0
    while position < len(line):
        match = _SEGMENT.match(line, position)
        if not match:
            names = line[position:].split()
            known = any(map(is_names, names)) and all(len(name) < 5 and SOMEBODY.fullmatch(name) for name in names)
            if not known or not info.kinds & {"publisher", "date"}:
                return None
            info.people += [(name, "作者") for name in names]  # 2015-10-16 来源：某某网 张三 李四
            info.kinds.add("author")
            break
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
            add_people(info, match["behind"], "摄影" if match["what"] == "摄影" else role)
            info.kinds.add("editor" if role == "编辑" else "author")
        elif match["button"] or match["count"]:
            info.kinds.add("button")
        elif match["page"]:
            info.section = info.section or match["leaf"]
            info.kinds.add("section")
    return info if info.kinds else None


def is_bare_label(line: str) -> bool:
    """Whether a line is a label whose value stands in the next one: `来源：`."""
    return bool(_BARE_LABEL.fullmatch(line))


def counts_next(line: str, value: str) -> bool:
    """Whether a line ends in the label of a counter whose number stands alone in the next one."""
    return bool(_COUNTER_LABEL.search(line) and _COUNTER.fullmatch(value))


def fits_label(label: str, value: str) -> bool:
    """Whether a line may be the value of the bare label in the line before it."""
    match = _BARE_LABEL.fullmatch(label)
    if not match or len(value) > 40:
        return False
    kind = (_KINDS.get(match["label"]) or _KINDS[match["label"].lower()])[0]
    if kind in ("author", "editor"):
        return is_names(value)
    if kind == "publisher":
        return len(value) <= 20 and bool(re.fullmatch(BODY, value))
    if kind == "date":
        return bool(_FULL_DATE.fullmatch(value))
    return kind == "drop" and bool(_COUNTER.fullmatch(value))


def date_in(text: str) -> dt.date | None:
    """The first full date in a text, or None."""
    return next((date for match in _FULL_DATE.finditer(text) if (date := _date(match))), None)


def is_organ(text: str) -> bool:
    """Whether a text only names a government body, party committee or the like."""
    return bool(_ORGAN.fullmatch(text))


def _labelled(match: re.Match[str]) -> Info | None:
    kind, role = _KINDS.get(match["label"]) or _KINDS[match["label"].lower()]
    info = Info(kinds={kind})
    value = match["value"].strip()
    if kind in ("author", "editor") and (is_names(value) or (" " not in value and SOMEBODY.fullmatch(value) and len(value) <= 4)):
        add_people(info, value, role)
        info.people = info.people or [(value, role)]
        return info
    if kind == "publisher" and re.fullmatch(BODY, value):
        info.publisher = value
        return info
    if kind == "date" and (match_ := _FULL_DATE.fullmatch(value)):
        info.date = _date(match_)
        return info if info.date else None
    return None


def _value(info: Info, kind: str, role: str, line: str, position: int) -> int | None:
    """Read a label's value; where it ends, or None if there is none that fits."""
    if kind in ("author", "editor"):
        match = NAMES_RE.match(line, position) or ORG_NAMES.match(line, position)
        if match:
            add_people(info, match[match.lastindex or 0], role)
            return match.end()
        loose = _LOOSE.match(line, position)
        if loose and not re.search(r"[，。,;；！？]", loose[1]):
            if SOMEBODY.fullmatch(loose[1]) and loose[1] not in _NOBODY:
                info.people.append((loose[1], role))
            return loose.end()
        return position if not line[position:].strip() else None
    if kind == "publisher":
        loose = _LOOSE.match(line, position)
        if loose and not re.search(r"[。；;！？]", loose[1]):
            named = loose[1].strip('“”"《》,，')
            info.publisher = info.publisher or (named if named not in _NOBODY else None) or None
            where = _WHERE.match(line, loose.end())
            return where.end() if where else loose.end()
        return position if not line[position:].strip() else None
    if kind == "date":
        match = _FULL_DATE.match(line, position)
        if match and (date := _date(match)):
            if role == "其他":
                info.other_date = info.other_date or date
            elif info.date is None or (role == "发布" and not info.firm):
                info.date, info.firm = date, role == "发布"
            return match.end()
        return None
    rest = _NEXT_LABEL.search(line, position)
    end = rest.start() if rest else len(line)
    if role != "摘要" and re.search(r"。.|；", line[position:end]):
        return None
    if kind == "section":
        info.section = info.section or crumbs(line[position:end])
    return end


def steps(path: str) -> list[str]:
    """The steps of breadcrumbs: `您的位置：首页 > 区域 > 陕西` is 首页, 区域, 陕西."""
    path = re.sub(r"^.{0,10}位置是?[ \u3000]*[:：]?", "", path)
    if furniture.is_spaced_path(path):
        return path.split()
    split = r"\s*(?:-{0,2}>+|›|»|→|＞+|\||/|--|—)\s*"
    if not re.search(split, path):
        split = r"\s*-\s*"
    return [part.strip(" \u3000:：[]【】") for part in re.split(split, path)]


def crumbs(text: str) -> str | None:
    """The section out of breadcrumbs: `首页 > 区域 > 陕西 > 正文` is `区域 > 陕西`."""
    kept: list[str] = []
    for n, part in enumerate(steps(text)):
        if part and not _NO_SECTION.fullmatch(part) and kept[-1:] != [part] and not (n == 0 and furniture.is_site_name(part)):
            kept.append(part)
    return " > ".join(kept[:4]) or None


def add_people(info: Info, names: str, role: str) -> None:
    """Add every name in a text of names."""
    for match in re.finditer(NAME, names):
        name = re.sub(r"[ \u3000]", "", match[0])
        if (name, role) not in info.people:
            info.people.append((name, role))


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
