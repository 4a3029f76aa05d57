"""The contract as a dataset card: `README.md` of a release.

The front matter is what the Hugging Face tools read, so that each table is found by its name; the body
is for people, with ways to load the data that a test runs as they stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contract.render.dictionary import table_section, views_section
from pipeline.contract.render.release_info import (
    SUMMARY,
    SUMMARY_ZH,
    TITLE,
    TITLE_ZH,
    ReleaseInfo,
)
from pipeline.contract.tables import Table

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))

# Ways to load the data, run by a test in the folder of a release. Keys are languages of code fences.
SNIPPETS: tuple[tuple[str, str, str], ...] = (
    (
        "pandas",
        "python",
        """\
import pandas as pd

figures = pd.read_parquet("parquet/figures")
documents = pd.read_parquet("parquet/documents")
money = figures[(figures["kind"] == "money") & (figures["trust"] == "sound")]
print(money.merge(documents[["doc_id", "county", "title"]], on="doc_id")[["county", "metric", "value", "unit"]])
""",
    ),
    (
        "polars",
        "python",
        """\
import polars as pl

figures = pl.scan_parquet("parquet/figures/*.parquet")
print(figures.filter(pl.col("trust") == "sound").group_by("county_code", "kind").len().collect())
""",
    ),
    (
        "DuckDB",
        "python",
        """\
import duckdb

print(
    duckdb.sql(
        \"\"\"
        select d.county, f.metric, f.value, f.unit, f.period_start
        from 'parquet/figures/*.parquet' f join 'parquet/documents/*.parquet' d using (doc_id)
        where f.trust = 'sound'
        order by d.county, f.metric
        \"\"\"
    )
)
""",
    ),
    (
        "DuckDB, all in one file with views and the meaning of each column",
        "python",
        """\
import duckdb

with duckdb.connect("xianqing.duckdb", read_only=True) as db:
    print(db.sql("select county, metric, value, unit from figures_in_place where trust = 'sound'"))
    print(db.sql("select column_name, comment from duckdb_columns() where table_name = 'figures'"))
""",
    ),
    (
        "Hugging Face datasets",
        "python",
        """\
from pathlib import Path

from datasets import load_dataset

figures = load_dataset(str(Path.cwd()), "figures", split="train")
print(figures)
""",
    ),
    (
        "R",
        "r",
        """\
ids <- c(doc_id = "character", county_code = "character")
figures <- read.csv("csv/figures.csv", fileEncoding = "UTF-8-BOM", colClasses = ids)
documents <- read.csv("csv/documents.csv", fileEncoding = "UTF-8-BOM", colClasses = ids)
money <- subset(figures, kind == "money" & trust == "sound")
print(merge(money, documents[c("doc_id", "county", "title")], by = "doc_id")[c("county", "metric", "value", "unit")])
""",
    ),
    (
        "R with arrow",
        "r",
        """\
library(arrow)  # both from CRAN: install.packages(c("arrow", "dplyr"))
library(dplyr)

figures <- open_dataset("parquet/figures")
figures |> filter(trust == "sound") |> count(county_code, kind) |> collect()
""",
    ),
)


def card(tables: Sequence[Table], release: ReleaseInfo) -> str:
    """The dataset card.

    Args:
        tables: the tables the release holds.
        release: its version, date and files.

    Returns:
        Markdown with YAML front matter, ending with a newline.
    """
    counts = "\n".join(f"| `{t.name}` | {release.rows(t.name):,} | {t.description} | {t.description_zh} |" for t in tables)
    snippets = "\n".join(f"### {name}\n\n```{language}\n{code}```\n" for name, language, code in SNIPPETS)
    return f"""\
{_front_matter(tables, release)}
# {TITLE}

{SUMMARY}

**{TITLE_ZH}**：{SUMMARY_ZH}

Release `{release.version}`, built {release.created:%Y-%m-%d %H:%M} UTC. Open `report/index.html` in a browser to look
at it; `CHECKSUMS.sha256` lists every file. 用浏览器打开 `report/index.html` 即可浏览全部内容。

{_accepted(release)}| table | rows | a row is | 含义 |
|---|---:|---|---|
{counts}

## Loading · 读取

Run these in the folder of the release. 请在本版本所在文件夹中运行。

{snippets}
`datasets` knows no table without rows; read such a one in any other way. 没有数据行的表，`datasets` 无法读取，请用其他方式。

### Excel

Open `csv/<table>.csv`: the encoding is marked, so Chinese shows right. Lists are JSON. A cell that a spreadsheet would
run as a formula has an apostrophe before it. A cell of Excel holds 32,767 characters, so read long texts from Parquet,
and import ids as text (Data › From Text/CSV), or Excel takes some for numbers.

直接打开 `csv/<表名>.csv` 即可，中文不会乱码。列表为 JSON；可能被当作公式的单元格前加了撇号。
Excel 单元格最多容纳 32767 个字符，长文请读 Parquet；编号请以文本导入，否则部分会被当作数字。

## How to read the data · 使用须知

- `text` is repaired; `repairs` says what was changed, why and how surely. Backwards it gives the raw text.
- `start` and `end` count Unicode code points in `text`, the end excluded; -1 stands for the title or removed lines.
- A figure with `trust` = `suspect` touches a span that is guessed or unresolved; `trust_reason` says why.
- Documents that nearly repeat an earlier one have `duplicate_of`; leave them out when you count.
- 正文为修复后的文本，每处改动见 `repairs`，逆向应用即得原文；位置以 Unicode 码位计；
  `trust` 为 `suspect` 的数据须核对原文；统计时请排除 `duplicate_of` 非空的重复文档。

## Licence · 许可

{release.rights}

{release.rights_zh}

## Columns · 列说明

{_sections(tables)}
"""


def _accepted(release: ReleaseInfo) -> str:
    """Why this release moved farther from the last one than it may by itself; nothing where it did not."""
    if release.accepted_change is None:
        return ""
    return f"Much has changed since the last release, and why · 与上一版本差异较大的原因：{release.accepted_change}\n\n"


def _front_matter(tables: Sequence[Table], release: ReleaseInfo) -> str:
    documents = release.rows("documents")
    size = next((name for bound, name in _SIZES if documents < bound), "1M<n<10M")
    lines = [
        "---",
        f'pretty_name: "{TITLE}"',
        "language:\n- zh",
        "license: cc-by-4.0" if release.facts_only else "license: other",
    ]
    if not release.facts_only:
        lines += ["license_name: facts-cc-by-4.0-texts-of-their-authors", "license_link: README.md"]
    lines += [
        "annotations_creators:\n- machine-generated",
        "source_datasets:\n- original",
        f"size_categories:\n- {size}",
        "task_categories:\n- token-classification\n- text-generation",
        "tags:\n- china\n- local-government\n- text-repair\n- mojibake\n- statistics",
        "configs:",
    ]
    for table in tables:
        if not release.rows(table.name):
            continue  # `datasets` cannot hold a split without rows
        lines.append(f"- config_name: {table.name}")
        if table.name == "documents":
            lines.append("  default: true")
        lines.append(f"  data_files:\n  - split: train\n    path: parquet/{table.name}/*.parquet")
    return "\n".join([*lines, "---"])


def _sections(tables: Sequence[Table]) -> str:
    return "\n\n".join([*(table_section(table, "###") for table in tables), views_section(tables, "###")])
