"""A small release made by hand, for the tests of what is written about releases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.contract.fields import Field
from pipeline.contract.render.release_info import FileInfo, ReleaseInfo
from pipeline.contract.tables import PUBLISHED, Table
from pipeline.publish.checksums import sha256
from pipeline.publish.csv import write_csv
from pipeline.publish.parquet import write_parquet

CREATED = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
VERSION = "20260102T030405Z-0a1b2c"
COUNTIES = (
    ("陕西省", "安康市", "宁陕县", "610923"),
    ("山西省", "吕梁市", "交城县", "141122"),
    ("甘肃省", "甘南藏族自治州", "舟曲县", "623023"),
)
TEXT = "今年以来,青石县聚焦群众急难愁盼,收集问题120个,已解决114个。\n全县种植猕猴桃3.5万亩,户均增收约4000元。"
RAW = (
    "首頁 > 要聞 > 正文\n今年以來,青石縣聚焦群眾急難愁盼,收集問題120個,已解決114個。\n"
    "全縣種植獼(mí)猴桃3.5万亩,戶均增收約4000元。"
)
NASTY = "<img src=x onerror=\"document.title=1\">=cmd|'/c calc'!A1</script>"


def build(
    folder: Path,
    documents: int = 3,
    tables: Sequence[Table] = PUBLISHED,
    change: Callable[[Field, Any], Any] = lambda _, value: value,
) -> ReleaseInfo:
    """Write the tables of a release, without its descriptors.

    Args:
        folder: the release folder.
        documents: how many documents it shall hold.
        tables: the tables as declared; those without source text for a release of facts.
        change: gives the value to write, of a column and the value that would stand there.

    Returns:
        What descriptors say of it.
    """
    files: dict[str, list[FileInfo]] = {}
    rows = _rows(documents)
    for spec in tables:
        table = spec.rows([{field.name: change(field, row[field.name]) for field in spec.fields} for row in rows[spec.name]])
        table = table.sort_by([(name, "ascending") for name in spec.order])
        parts = write_parquet(table, folder / "parquet" / spec.name)
        csv = folder / "csv" / f"{spec.name}.csv"
        csv.parent.mkdir(exist_ok=True)
        write_csv(table, csv)
        files[spec.name] = [_info(folder, path, table) for path in (*parts, csv)]
    return ReleaseInfo(VERSION, CREATED, files, facts_only=tables is not PUBLISHED)


def _info(folder: Path, path: Path, table: pa.Table) -> FileInfo:
    return FileInfo(path.relative_to(folder).as_posix(), path.stat().st_size, sha256(path), table.num_rows)


def _rows(documents: int) -> Mapping[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {spec.name: [] for spec in PUBLISHED}
    for n in range(documents):
        _document(rows, n)
    for n, (name, type_) in enumerate((("青石县", "place"), ("问题清单制", "mechanism"))):
        rows["entities"].append(
            {
                "entity_id": f"{n:016x}",
                "type": type_,
                "name": name,
                "aliases": ["青石"] if n == 0 else [],
                "code": "610923" if n == 0 else None,
                "level": "county" if n == 0 else None,
                "parent_id": None,
                "county_code": "610923",
                "n_documents": documents,
                "n_mentions": documents,
            }
        )
    rows["quarantine"].append(
        {
            "source": "扫描件.pdf",
            "sha256": "c" * 64,
            "n_bytes": 9,
            "reason": "unsupported_format",
            "detail": "=a file of type PDF",
        }
    )
    for n, passed in enumerate((True, True, False)):
        rows["quality"].append(
            {
                "step": "repair",
                "check": f"check_{n}",
                "severity": "error" if passed else "warning",
                "passed": passed,
                "value": 0.0 if passed else 0.25,
                "threshold": 0.0 if passed else 0.2,
                "description": f"what check {n} holds",
            }
        )
    return rows


def _document(rows: dict[str, list[dict[str, Any]]], n: int) -> None:
    doc_id = f"{n * 7919 + 0xA000000000000000:016x}"
    province, prefecture, county, code = COUNTIES[n % len(COUNTIES)]
    ledger = list(_ledger())
    rows["documents"].append(
        {
            "doc_id": doc_id,
            "source": f"{n:05d}.txt",
            "sha256": doc_id * 4,
            "n_bytes": len(RAW.encode()),
            "encoding": "utf-8",
            "script": "Hant",
            "damage": ["pinyin", "script", "furniture"],
            "n_repairs": len(ledger),
            "n_unresolved": 1,
            "title": NASTY if n == 0 else f"青石县：问题见底（{n}）",
            "subtitle": None,
            "text": TEXT,
            "author": "林可、周宁",
            "editor": None,
            "publisher": "青石县融媒体中心",
            "section": "要闻",
            "published_on": dt.date(2019 + n % 5, 10, 1 + n % 28),
            "published_on_basis": "stated",
            "province": province,
            "prefecture": prefecture,
            "county": county,
            "county_code": code,
            "duplicate_of": None,
            "n_chars": len(TEXT),
        }
    )
    rows["repairs"] += ({"doc_id": doc_id, "seq": seq, **row} for seq, row in enumerate(ledger))
    start = TEXT.index("青石县")
    rows["mentions"].append(
        {
            "doc_id": doc_id,
            "start": start,
            "end": start + 3,
            "surface": "青石县",
            "type": "place",
            "entity_id": f"{0:016x}",
            "role": None,
            "confidence": 1.0,
        }
    )
    ids = [_figure(rows, doc_id, code, k, *spec, n) for k, spec in enumerate(_FIGURES)]
    rows["issue_resolution"].append(
        {
            "doc_id": doc_id,
            "county_code": code,
            "period_start": dt.date(2019, 1, 1),
            "period_end": dt.date(2019, 10, 1),
            "issues_found": 120.0,
            "issues_resolved": 114.0,
            "resolution_rate": 0.95,
            "found_figure_id": ids[0],
            "resolved_figure_id": ids[1],
        }
    )
    rows["practices"].append(
        {
            "entity_id": f"{1:016x}",
            "doc_id": doc_id,
            "county_code": code,
            "name": "问题清单制",
            "components": ["问题", "责任"],
            "quote": TEXT.split("\n")[0],
        }
    )


_FIGURES = (
    ("120个", 120.0, "个", "count", "1", "问题", "exact", "sound"),
    ("114个", 114.0, "个", "count", "1", "问题", "exact", "sound"),
    ("3.5万亩", 35000.0, "亩", "area", "m2", "猕猴桃", "exact", "suspect"),
    ("约4000元", 4000.0, "元", "money", "CNY", "增收", "about", "sound"),
)


def _figure(
    rows: dict[str, list[dict[str, Any]]],
    doc_id: str,
    county_code: str,
    k: int,
    surface: str,
    value: float,
    unit: str,
    kind: str,
    base_unit: str,
    metric: str,
    qualifier: str,
    trust: str,
    n: int,
) -> str:
    start = TEXT.index(surface)
    figure_id = f"{int(doc_id, 16) + k + 1:016x}"
    rows["figures"].append(
        {
            "figure_id": figure_id,
            "doc_id": doc_id,
            "start": start,
            "end": start + len(surface),
            "surface": surface,
            "value": value + n,
            "lower": None,
            "upper": None,
            "qualifier": qualifier,
            "unit": unit,
            "kind": kind,
            "base_value": value,
            "base_unit": base_unit,
            "metric": metric,
            "per": "户均" if "元" in unit else None,
            "change": "none",
            "subject_id": f"{0:016x}",
            "county_code": county_code,
            "period_start": dt.date(2019 + n % 5, 1, 1),
            "period_end": dt.date(2019 + n % 5, 10, 1),
            "context": TEXT.split("\n")[0],
            "trust": trust,
            "trust_reason": "touches an unresolved span" if trust == "suspect" else None,
        }
    )
    return figure_id


def _ledger() -> Sequence[dict[str, Any]]:
    """The ledger between RAW and TEXT, found by walking both."""
    out: list[dict[str, Any]] = []
    head = RAW.index("今年")

    def add(raw: int, text: int, before: str, after: str, damage: str, status: str, suggestion: str | None = None) -> None:
        out.append(
            {
                "raw_start": raw,
                "raw_end": raw + len(before),
                "text_start": text,
                "text_end": text + len(after),
                "before": before,
                "after": after,
                "damage": damage,
                "status": status,
                "confidence": 0.4 if status == "unresolved" else 1.0,
                "suggestion": suggestion,
            }
        )

    add(0, 0, RAW[:head], "", "furniture", "removed")
    raw, text = head, 0
    while raw < len(RAW):
        if RAW.startswith("(mí)", raw):
            add(raw, text, "(mí)", "", "pinyin", "removed")
            raw += 4
            continue
        if RAW[raw] != TEXT[text]:
            add(raw, text, RAW[raw], TEXT[text], "script", "restored")
        elif RAW[raw] == "亩":
            add(raw, text, "亩", "亩", "injected", "unresolved", "公顷")
        raw, text = raw + 1, text + 1
    return out
