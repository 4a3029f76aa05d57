"""From clean truth to the page as its site would have shown it: heads, bylines, furniture, HTML."""

from __future__ import annotations

import html
from pathlib import Path

from scripts.samples.truth import Truth

_FOLDER = Path(__file__).parent
_PARAGRAPH = {
    "gov": '<p style="TEXT-INDENT: 2em"><span lang="EN-US">&nbsp;</span>{}</p>',
    "news": "<P>&nbsp;&nbsp;&nbsp;&nbsp;{}<br>",
}


def text_page(truth: Truth) -> str:
    """The page as plain text, one paragraph a line."""
    raw = truth["raw"]
    head, tail, signature = _bylines(truth)
    lines = list(raw["before"])
    if raw["byline_first"]:
        lines += head
    if raw["record"] is None and not raw["byline_first"]:
        lines += [truth["title"], *([truth["subtitle"]] if truth["subtitle"] else [])]
        if truth["publisher"]:
            lines.append(f"{truth['published_on']} 来源：{truth['publisher']}")
        lines += head
    lines += [*truth["body"][:-1], truth["body"][-1] + signature, *tail, *raw["after"]]
    return "\n".join(lines) + ("" if raw["record"] is not None else "\n")


def html_page(truth: Truth) -> str:
    """The page as HTML, with the charset that it declares (which may be a lie)."""
    head, tail, signature = _bylines(truth)
    body = [*truth["body"][:-1], truth["body"][-1] + signature]
    template = truth["raw"]["template"]
    rows = [_PARAGRAPH[template].format(_escape(line)) for line in body]
    return (
        (_FOLDER / f"{template}.html")
        .read_text("utf-8")
        .format(
            declared=truth["raw"]["declared"],
            title=truth["title"],
            subtitle=truth["subtitle"] or "",
            section=truth["section"],
            publisher=truth["publisher"],
            date=truth["published_on"],
            paragraphs="\n".join(rows),
            tail=" ".join(head + tail),
        )
    )


def _bylines(truth: Truth) -> tuple[list[str], list[str], str]:
    """Lines above the body, lines below it, and a signature in brackets at its end."""
    names = {byline["role"]: byline["name"] for byline in truth["bylines"]}
    head, tail, signature = [], [], ""
    if "记者" in names:
        guest = f" 通讯员 {names['通讯员']}" if "通讯员" in names else ""
        head.append(f"本报记者 {names['记者']}{guest}")
    elif "通讯员" in names and truth["raw"]["byline_first"]:
        head.append(f"通讯员 {names['通讯员']}")
    elif "通讯员" in names:
        signature = f"（{names['通讯员']}）"
    if "作者" in names:
        head.append(f"作者：{names['作者']}")
    if "责任编辑" in names:
        tail.append(f"[责任编辑：{names['责任编辑']}]")
    if "编辑" in names:
        tail.append(f"编辑：{names['编辑']}")
    return head, tail, signature


def _escape(line: str) -> str:
    return html.escape(line, quote=False).replace("“", "&ldquo;").replace("”", "&rdquo;").replace("—", "&mdash;")
