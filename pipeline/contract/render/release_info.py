"""What descriptors say of one release that the contract cannot know: version, date, files, rights.

Here belong the facts of a release as small values and their JSON form. How a descriptor arranges them
belongs in the module of that descriptor.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NAME = "xianqing"
TITLE = "Xianqing (县情): what China's counties report"
TITLE_ZH = "县情：中国县域公开报道数据集"
SUMMARY = (
    "Facts from local-government web text, repaired from mojibake and page clutter: documents with a ledger of every "
    "repair, places, organizations, people, campaigns and mechanisms, and the figures that counties report."
)
SUMMARY_ZH = (
    "由县域政务与新闻网页文本整理而成：修复乱码与页面杂质，逐处记录改动，并提取地点、机构、人物、行动、机制与各地所报告的数据。"
)
KEYWORDS = ("China", "county", "local government", "Chinese", "mojibake", "text repair", "statistics", "县域", "县情")

LICENSE = "CC-BY-4.0"
LICENSE_TITLE = "Creative Commons Attribution 4.0 International"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = (
    "Facts (figures, entities, positions, codes) are CC BY 4.0. Texts and quotations remain their authors' and "
    "publishers'; they are here so that facts can be checked against them."
)
RIGHTS_ZH = "事实（数据、实体、位置、代码）采用 CC BY 4.0 许可；正文与引文的权利属于原作者与原发布者，收录仅为核对事实之用。"


@dataclass(frozen=True, slots=True)
class FileInfo:
    """One file of a release.

    Args:
        path: below the release folder, with forward slashes.
        bytes: its length.
        sha256: of its bytes, in hex.
        rows: how many rows it holds.
    """

    path: str
    bytes: int
    sha256: str
    rows: int

    @property
    def format(self) -> str:
        """csv or parquet."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """One release.

    Args:
        version: name of its folder.
        created: when it was built, in UTC.
        files: the files of each table, parts in order.
        facts_only: whether columns that repeat their authors' words are left out.
        accepted_change: why it moved farther from the last release than it may by itself; None where it did not.
    """

    version: str
    created: dt.datetime
    files: Mapping[str, Sequence[FileInfo]]
    facts_only: bool = False
    accepted_change: str | None = None

    def files_of(self, table: str, format: str) -> tuple[FileInfo, ...]:
        """The files of a table in one format (csv or parquet); empty where there are none."""
        return tuple(file for file in self.files.get(table, ()) if file.format == format)

    def rows(self, table: str) -> int:
        """How many rows a table has; 0 where it has no files."""
        for format in ("parquet", "csv"):
            if files := self.files_of(table, format):
                return sum(file.rows for file in files)
        return 0

    @property
    def rights(self) -> str:
        """What may be done with it, in English."""
        return RIGHTS if not self.facts_only else "All of this release is facts: CC BY 4.0."

    @property
    def rights_zh(self) -> str:
        """What may be done with it, in Chinese."""
        return RIGHTS_ZH if not self.facts_only else "本版本仅含事实，采用 CC BY 4.0 许可。"


def to_json(value: Mapping[str, Any]) -> str:
    """A descriptor as it is written: indented, in UTF-8, keys in the order given."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
