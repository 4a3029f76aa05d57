"""Whom a figure is about: the SQL that ties each figure to a body or place, a join at a time.

A subject is the body or place named last before the figure where names count for it, else the place that the
document is about: its county, else its prefecture, else its province; in the work report of a court, a procuratorate, a
people's congress or a consultative conference it is that body. Where the text has gone back to a village, a
company or the like since (该村), it is the one of that sort named last. Where names count is known to `pipeline.extract`.
"""

from __future__ import annotations

from collections.abc import Iterator

_NAMED = """
    SELECT doc_id, "end" AS named_end, entity_id, county_code,
           CASE WHEN type = 'place' THEN level
                WHEN regexp_matches(name, '(公司|集团|厂|企业)$') THEN 'company'
                WHEN regexp_matches(name, '(合作社|联合社)$') THEN 'cooperative'
                WHEN regexp_matches(name, '(学校|[小中大]学|学院|幼儿园|一中|二中|三中)$') THEN 'school'
                WHEN ends_with(name, '院') THEN 'institution' END AS sort
    FROM staged.entity_mentions
    WHERE NOT aside AND (type = 'organization' OR (type = 'place' AND level <> 'natural'))
    QUALIFY row_number() OVER (PARTITION BY doc_id, "end" ORDER BY start, entity_id) = 1
"""

_NEAREST = """
    SELECT f.figure_id, n.entity_id, n.county_code, n.named_end
    FROM staged.staged_figures f ASOF JOIN named n ON f.doc_id = n.doc_id AND f.start >= n.named_end
    WHERE n.named_end > f.named_from
"""

_RECALLED = """
    SELECT f.figure_id, n.entity_id, n.county_code, f.said_at
    FROM staged.staged_figures f
    ASOF JOIN named n ON f.doc_id = n.doc_id AND f.said_sort = n.sort AND f.said_at >= n.named_end
"""

_WHOSE = """
    SELECT figure_id, if(r.said_at >= coalesce(n.named_end, 0), r.entity_id, n.entity_id) AS entity_id,
           if(r.said_at >= coalesce(n.named_end, 0), r.county_code, n.county_code) AS county_code
    FROM nearest n FULL JOIN recalled r USING (figure_id)
"""

_REPORTER = """
    SELECT m.doc_id, arg_max(m.entity_id, (length(m.surface), m.entity_id)) AS entity_id
    FROM staged.entity_mentions m JOIN staged.repaired_documents d USING (doc_id)
    WHERE m.type = 'organization' AND d.title LIKE '%工作报告%'
        AND (contains(d.title, m.surface) OR contains(d.title, m.name))
        AND regexp_matches(m.name, '(法院|检察院|常务委员会|政治协商会议.*委员会)$')
    GROUP BY m.doc_id
"""

_HOMES = """
    WITH above AS (
        SELECT name, level, min(entity_id) AS entity_id FROM staged.places GROUP BY name, level
    )
    SELECT g.doc_id, g.county_code, ends_with(coalesce(g.county, ''), '市') AS a_city, r.entity_id AS reporter,
           c.entity_id AS in_county, f.entity_id AS in_prefecture, p.entity_id AS in_province
    FROM staged.geography g
    LEFT JOIN reporter r USING (doc_id)
    LEFT JOIN staged.places c ON c.code = g.county_code
    LEFT JOIN above f ON f.level = 'prefecture' AND f.name = g.prefecture
    LEFT JOIN above p ON p.level = 'province' AND p.name = g.province
"""

_BODIES = """
    SELECT f.figure_id, f.doc_id, f.whole, n.entity_id, n.county_code
    FROM staged.staged_figures f LEFT JOIN whose n USING (figure_id)
"""

_OWNED = """
    SELECT b.figure_id, b.doc_id, coalesce(
               b.entity_id,
               h.reporter,
               CASE WHEN b.whole = 'province' THEN h.in_province
                    WHEN b.whole = 'prefecture' AND NOT h.a_city THEN h.in_prefecture END,
               h.in_county, h.in_prefecture, h.in_province
           ) AS subject_id, coalesce(b.county_code, h.county_code) AS county_code
    FROM bodies b LEFT JOIN homes h USING (doc_id)
"""

# What `FIGURES` is made from.
STEPS = {
    "named": _NAMED,
    "nearest": _NEAREST,
    "recalled": _RECALLED,
    "whose": _WHOSE,
    "reporter": _REPORTER,
    "homes": _HOMES,
    "bodies": _BODIES,
    "owned": _OWNED,
}

# Of the documents of one slice, since rows so wide are joined and sorted in memory.
FIGURES = """
    SELECT f.*, o.subject_id, o.county_code FROM (SELECT * FROM staged.staged_figures WHERE {slice}) f
    JOIN (SELECT * FROM owned WHERE {slice}) o USING (figure_id)
"""
_SLICE = 3_000_000  # figures, about


def slices(n: int) -> Iterator[str]:
    """Conditions that part documents into slices, in the order of their ids, which are hexadecimal digits of a hash.

    Args:
        n: how many figures all documents have.
    """
    count = min(1 + n // _SLICE, 256)
    bounds = [f"{256 * i // count:02x}" for i in range(1, count)]
    for low, high in zip(["", *bounds], [*bounds, "g"], strict=True):
        yield f"doc_id >= '{low}' AND doc_id < '{high}'"
