"""HTML readers beside each other on the same pages: ours, trafilatura, resiliparse. Title, date, body, speed.

    python -m bench.html [--layout NAME] [--errors]

Every document of tests/truth and tests/heldout with a clean body stands in every layout of bench/layouts. `title` and `date`:
share read exactly (resiliparse gives the title element and no date). `CER`: wrong, missing and surplus characters of the body for
each of its characters, white space apart; `precision` and `recall`: of the body's characters. Ours does the whole way from bytes,
repair and its ledger included.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import jinja2
import trafilatura
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding
from resiliparse.parse.html import HTMLTree

from pipeline.charset import decode
from pipeline.repair.page import read_page
from scripts.samples import truth

LAYOUTS = Path(__file__).parent / "layouts"
# What a layout is written in, where it is not UTF-8.
CHARSETS = {"tables": "gb18030", "portal": "gb18030", "bare": "gb18030", "department": "gb18030"}
_HELDOUT = truth.ROOT / "tests" / "heldout" / "gold"
_COUNTIES = ("安化县", "平利县", "两当县", "剑川县")
_PUBLISHERS = ("{}融媒体中心", "{}人民政府办公室", "{}新闻网", "{}统计局")
_SECTIONS = ("政务动态", "部门动态", "乡镇传真", "统计信息")
_EDITORS = ("刘晓梅", "王建国", "陈思", "赵志远")
_RELATED = (
    "全县春季农业生产现场会召开",
    "县领导调研重点项目建设情况",
    "我县开展安全生产专项检查",
    "关于2022年中秋节放假的通知",
    "一图读懂：今年民生实事办得怎么样",
)
_TEASERS = (
    "3月5日，全县春季农业生产现场会在城关镇召开，会议要求不误农时抓好春耕。",
    "连日来，县领导先后深入企业和工地，详细了解项目进展。",
    "检查组一行实地查看了加油站、商场等场所，对发现的隐患当场提出整改意见。",
    "根据上级通知，现将放假安排通知如下。",
    "年初定下的事，年底交账单。",
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader makes of a page."""

    title: str
    date: str
    body: str


@dataclass(slots=True)
class Score:
    """Sums over pages."""

    pages: int = 0
    titles: int = 0
    dates: int = 0
    wrong: int = 0
    same: int = 0
    meant: int = 0
    given: int = 0
    n_bytes: int = 0
    seconds: float = 0.0

    def line(self) -> str:
        cells = (
            f"{self.titles / self.pages:7.1%}",
            f"{self.dates / self.pages:7.1%}",
            f"{self.wrong / self.meant:8.2%}",
            f"{self.same / max(1, self.given):9.2%}",
            f"{self.same / self.meant:8.2%}",
            f"{self.n_bytes / 1e6 / self.seconds:7.2f}",
        )
        return " ".join(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layout", help="only this one")
    parser.add_argument("--errors", action="store_true", help="print what ours gets wrong")
    options = parser.parse_args()
    readers: dict[str, Callable[[bytes], Said]] = {"ours": _ours, "trafilatura": _trafilatura, "resiliparse": _resiliparse}
    documents = list(_documents())
    names = sorted(path.stem for path in LAYOUTS.glob("*.html") if options.layout in (None, path.stem))
    total = {reader: Score() for reader in readers}
    print(f"{'layout':12} {'reader':12} {'title':>7} {'date':>7} {'CER':>8} {'precision':>9} {'recall':>8} {'MB/s':>7}")
    for read in readers.values():
        read(_page(names[0], documents[0], 0))  # word lists are read once
    for name in names:
        here = {reader: Score() for reader in readers}
        for n, document in enumerate(documents):
            page = _page(name, document, n)
            for reader, read in readers.items():
                began = time.perf_counter()
                said = read(page)
                seconds = time.perf_counter() - began
                wrong = _count(here[reader], document, said, len(page), seconds)
                _count(total[reader], document, said, len(page), seconds)
                if options.errors and reader == "ours":
                    _tell(name, document, said, wrong)
        for reader, score in here.items():
            print(f"{name:12} {reader:12} {score.line()}")
    for reader, score in total.items():
        print(f"{'all':12} {reader:12} {score.line()}")


def _documents() -> Iterator[dict[str, Any]]:
    """Titles and clean paragraphs, each with a day of its own."""
    texts = [(held["title"], held["body"]) for held in truth.load() if not held["lost"] and held["duplicate_of"] is None]
    for path in sorted(_HELDOUT.glob("*.text.json")):
        held = json.loads(path.read_text("utf-8"))
        title = held["title"]  # a list where several readings are right
        texts.append((title if isinstance(title, str) else title[0], held["body"]))
    for n, (title, body) in enumerate(texts):
        yield {"title": title, "body": body, "date": dt.date(2016, 1, 4) + dt.timedelta(days=97 * n % 3000)}


def _page(layout: str, document: dict[str, Any], n: int) -> bytes:
    """A document as one of the layouts shows it, in the bytes that its server would send."""
    county, date = _COUNTIES[n % 4], document["date"]
    text = (
        jinja2.Environment(autoescape=True)
        .from_string((LAYOUTS / f"{layout}.html").read_text("utf-8"))
        .render(
            title=document["title"],
            body=document["body"],
            date=date.isoformat(),
            slashed=f"{date.year}/{date.month}/{date.day} 15:04:05",
            chinese=f"{date.year}年{date.month:02d}月{date.day:02d}日",
            dotted=f"{date.year}.{date.month:02d}.{date.day:02d}",
            plain_day=f"{date.year}-{date.month}-{date.day}",
            weekday="一二三四五六日"[date.weekday()],
            earlier=(date - dt.timedelta(days=11)).isoformat(),
            earlier_words="3天前",
            county=county,
            publisher=_PUBLISHERS[n % 4].format(county),
            paper=f"{county[:-1]}日报",
            section=_SECTIONS[n // 4 % 4],
            editor=_EDITORS[n // 2 % 4],
            related=_RELATED,
            teasers=_TEASERS,
        )
    )
    return text.encode(CHARSETS.get(layout, "utf-8"))


def _ours(raw: bytes) -> Said:
    page = read_page(decode(raw).text, is_html=True)
    return Said(page.title or "", page.published_on.isoformat() if page.published_on else "", page.repaired.text)


def _trafilatura(raw: bytes) -> Said:
    found = trafilatura.bare_extraction(raw, with_metadata=True, include_comments=False)
    return Said(found.title or "", found.date or "", found.text or "") if found else Said("", "", "")


def _resiliparse(raw: bytes) -> Said:
    tree = HTMLTree.parse_from_bytes(raw, detect_encoding(raw, from_html_meta=True))
    return Said(tree.title or "", "", extract_plain_text(tree, main_content=True, comments=False, links=False, alt_texts=False))


def _count(score: Score, document: dict[str, Any], said: Said, n_bytes: int, seconds: float) -> int:
    """Add a page to a score; how many characters of the body are wrong."""
    meant, given = _squeeze("".join(document["body"])), _squeeze(said.body)
    same, wrong = len(meant), 0
    if meant != given:
        codes = SequenceMatcher(None, meant, given, autojunk=False).get_opcodes()
        same = sum(b - a for tag, a, b, _, _ in codes if tag == "equal")
        wrong = sum(max(b - a, d - c) for tag, a, b, c, d in codes if tag != "equal")
    score.pages += 1
    score.titles += _squeeze(said.title) == _squeeze(document["title"])
    score.dates += said.date == document["date"].isoformat()
    score.wrong += wrong
    score.same += same
    score.meant += len(meant)
    score.given += len(given)
    score.n_bytes += n_bytes
    score.seconds += seconds
    return wrong


def _tell(layout: str, document: dict[str, Any], said: Said, wrong: int) -> None:
    if _squeeze(said.title) != _squeeze(document["title"]):
        print(f"  {layout}: title {said.title!r}, meant {document['title']!r}")
    if said.date != document["date"].isoformat():
        print(f"  {layout}: date {said.date!r}, meant {document['date']} ({document['title']})")
    if wrong:
        meant, given = document["body"], said.body.split("\n")
        missing = [line for line in meant if line not in given]
        surplus = [line for line in given if line not in meant]
        print(f"  {layout}: {document['title']}: missing {[m[:40] for m in missing]}, surplus {[s[:60] for s in surplus]}")


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


if __name__ == "__main__":
    main()
