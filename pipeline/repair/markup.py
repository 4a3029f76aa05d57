"""HTML residue in plain text: entities in every state of decay, stray tags, lost indentation, doubled commas.

Whole pages are read by `pipeline.repair.html`. Text that speaks about markup, and code, stays as it is.
"""

from __future__ import annotations

import html
import re

from pipeline.repair.ledger import Edit
from pipeline.repair.signatures import BARE_ENTITY, ENTITY, HAN, SIGNATURES, TAG
from pipeline.repair.signs import DOUBLED, RESIDUE, SMALL, look

_RESIDUE = re.compile(rf"(?P<tag>{TAG}(?:[ \t]{{0,20}}{TAG}){{0,50}})|(?P<entity>{ENTITY})|(?P<bare>{BARE_ENTITY})")
_BLOCK = re.compile(r"</?(?:p|div|br|li|tr|h[1-6]|ul|ol|table|article|section|blockquote|dd|dt|hr)\b", re.I)
_INDENT = re.compile(rf"^[ \t]*\?{{2,8}}[ \t]*(?=[{HAN}“\"(（《]|\d[\d.,]{{0,8}}[{HAN}%％])", re.M)
_HARD_SPACE = re.compile("\u00a0+")
_COMMAS = re.compile(rf"(?<=[{HAN}”\"％%℃）)])(?:,,|，，|,，|，,|、、)(?=[{HAN}“\"])")
_ABOUT_MARKUP = re.compile(
    r"\b(?:HTML|XHTML|XML|CSS|JSX?|JavaScript|PHP|Markdown|Vue|React)\b|标签(?!\s*[:：])|標籤(?!\s*[:：])|转义|轉義|"
    r"实体字符|字符实体|元素|源代码|源码|代码|代碼|`",
    re.I,
)
_CODE = re.compile(r"[{}]|=>|==|\(\)|;\s*$|^\s*(?://|/\*|#include|import |def |var |let |const |return\b)|\w\s*=\s*[\w\"'$<]")
_HAN = re.compile(f"[{HAN}]")
_ADDRESS = re.compile(r"[a-z]{1,20}://[^\s<>\u3000-\u9fff]*", re.I)
_ENTITY_HINTS = ("&", "<", "quo", "dash", "hellip", "nbsp", "middot", "sp;", "permil", "#")
_TEXT = re.compile(f'[{HAN}•，。、；：？！“”（）…—《》,.;:?!()>&"<]')
_SPACES = {"\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " "}


def suspicious(text: str) -> bool:
    """Whether any residue may be there; cheap, and true more often than `find` finds something."""
    present = look(text).present
    if present & DOUBLED:
        return True
    if not present & (RESIDUE | SMALL):
        return False
    return any(mark in text for mark in _ENTITY_HINTS) and bool(SIGNATURES["html"].search(text))


def find(text: str) -> list[Edit]:
    """Propose to mend or remove HTML residue.

    Args:
        text: any text.

    Returns:
        Edits, sorted: entities are `restored`, tags and indentation `removed`, doubled commas `inferred`.
    """
    if not suspicious(text):
        return []
    edits: list[Edit] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if not _is_code(line):
            edits += _line_edits(line, start)
        start += len(line)
    return edits


def may_be_indented(text: str) -> bool:
    """Whether `find_indentation` may find something."""
    return "??" in text


def find_indentation(text: str) -> list[Edit]:
    """Propose to remove question marks that stand for an indent; misaligned text never begins a line."""
    return [Edit(match.start(), match.end(), "", "html", "removed") for match in _INDENT.finditer(text)]


def _is_code(line: str) -> bool:
    """Whether a line is code or speaks about markup."""
    bare = _RESIDUE.sub("", line)  # `href="index.html"` says nothing
    if _ABOUT_MARKUP.search(_ADDRESS.sub("", bare)):
        return True
    return bool(_CODE.search(bare)) and len(_HAN.findall(bare)) * 3 < len(bare.strip())


def _line_edits(line: str, offset: int) -> list[Edit]:
    found: list[Edit] = []
    addresses = [match.span() for match in _ADDRESS.finditer(line)] if "://" in line else []
    inside = len(line) - len(line.lstrip()), len(line.rstrip())
    paired: dict[str, bool] = {}
    for match in _RESIDUE.finditer(line):
        edit = _tag(match, line, inside, paired) if match["tag"] else _entity(match, line, inside)
        if edit and (match["entity"] or not any(a <= match.start() < b for a, b in addresses)):
            found.append(edit)
    prose = "。" in line
    for pattern in (_HARD_SPACE, _COMMAS):
        if pattern is _COMMAS and not (prose and len(_COMMAS.findall(line)) < 3):
            continue  # an empty cell of a table, not a comma twice
        for match in pattern.finditer(line):
            found.append(_layout(pattern, match, inside))
    found.sort(key=lambda edit: (edit.start, -edit.end))
    edits: list[Edit] = []
    for edit in found:
        if not edits or edit.start + offset >= edits[-1].end:
            edits.append(Edit(edit.start + offset, edit.end + offset, edit.after, edit.damage, edit.status, edit.confidence))
    return edits


def _at_edge(span: tuple[int, int], inside: tuple[int, int]) -> bool:
    """Whether nothing but white space stands before or behind a span of a line, whose text is `inside`."""
    return span[0] <= inside[0] or span[1] >= inside[1]


def _layout(pattern: re.Pattern[str], match: re.Match[str], inside: tuple[int, int]) -> Edit:
    start, end = match.span()
    if pattern is _COMMAS:
        return Edit(start, end, match[0][:1], "html", "inferred", 0.9)
    edge = _at_edge((start, end), inside)
    return Edit(start, end, "" if edge else " ", "html", "removed" if edge else "restored")


def _beside(line: str, start: int, end: int) -> str:
    """The characters next to a span, white space apart."""
    while start and line[start - 1].isspace():
        start -= 1
    while end < len(line) and line[end].isspace():
        end += 1
    return line[max(0, start - 1) : start] + line[end : end + 1]


def _tag(match: re.Match[str], line: str, inside: tuple[int, int], paired: dict[str, bool]) -> Edit | None:
    # `a<b` and `if x<i and y>0` are no tags; a tag stands beside Chinese, its end, or another tag.
    start, end = match.span()
    beside = _beside(line, start, end)
    if (beside and not _TEXT.search(beside) and not _ends_a_block(match, line, inside)) or not _closed(match, line, paired):
        return None
    after = "\n" if _BLOCK.search(match[0]) and not _at_edge((start, end), inside) else ""
    return Edit(start, end, after, "html", "removed")


def _ends_a_block(match: re.Match[str], line: str, inside: tuple[int, int]) -> bool:
    """Whether a tag is that of a block, at the edge of a line of Chinese; there it may stand beside a digit or a letter."""
    return _at_edge(match.span(), inside) and _BLOCK.search(match[0]) is not None and _HAN.search(line) is not None


def _closed(match: re.Match[str], line: str, paired: dict[str, bool]) -> bool:
    """Whether a bare one-letter tag is one: `<b>` alone may be a placeholder, as in `尺寸<a>毫米`."""
    names = re.findall(r"</?([A-Za-z][A-Za-z0-9:]*)", match[0])
    if len(names) > 1 or len(names[0]) > 1 or names[0] in "pP" or "=" in match[0]:
        return True
    name = names[0]
    if name not in paired:  # asked once a line, which may hold a million tags
        paired[name] = f"</{name}" in line and f"<{name}" in line
    return paired[name]


def _entity(match: re.Match[str], line: str, inside: tuple[int, int]) -> Edit | None:
    start, end = match.span()
    body = match[0]
    if match["entity"]:
        body = re.sub(r"^&(?:amp;)+(?=[#A-Za-z])", "&", body)
        after = html.unescape(body if body.endswith(";") else f"{body};")
    else:
        after = html.unescape(f"&{body.rstrip(';')};")
        if not (body.endswith(";") or _HAN.search(line[max(0, start - 2) : end + 2])):
            return None
    if after in ("\x00", "\ufffd") or after == match[0] or ("&" in after[:1] and len(after) > 1):
        return None
    if after in _SPACES:
        after = "" if _at_edge((start, end), inside) else " "
    elif after in ("\u00ad", "\u200b", "\u200c"):
        after = ""
    return Edit(start, end, after, "html", "restored")
