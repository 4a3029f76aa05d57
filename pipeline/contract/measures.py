"""What is measured of a table each time it is made, so that its course over many runs can be seen.

A measure is one number that a query gives over the table. Whether a number is right or wrong is for checks to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.contract.relations import Relations
from pipeline.contract.tables import Table

_DAMAGE = {
    "damage_share": "avg((len(damage) > 0)::int)",
    "unresolved_spans": "sum(n_unresolved)",
    "repairs_per_document": "avg(n_repairs)",
}
_TRUST = {
    "suspect_figures": "count(*) FILTER (trust = 'suspect')",
    "suspect_share": "avg((trust = 'suspect')::int)",
}

# Table, then the measure's name and what gives it; shares are between 0 and 1.
MEASURES: Mapping[str, Mapping[str, str]] = {
    "raw_documents": {"raw_bytes": "sum(n_bytes)", "mean_encoding_confidence": "avg(encoding_confidence)"},
    "repaired_documents": _DAMAGE,
    "documents": {
        **_DAMAGE,
        "counties": "count(DISTINCT county_code)",
        "without_county_share": "avg((county_code IS NULL)::int)",
        "duplicate_share": "avg((duplicate_of IS NOT NULL)::int)",
    },
    "repairs": {
        "inferred_share": "avg((status = 'inferred')::int)",
        "unresolved_share": "avg((status = 'unresolved')::int)",
        "mean_confidence": "avg(confidence)",
    },
    "staged_figures": _TRUST,
    "figures": {**_TRUST, "with_period_share": "avg((period_start IS NOT NULL OR period_end IS NOT NULL)::int)"},
    "entity_mentions": {"mean_confidence": "avg(confidence)"},
    "entities": {"coded_share": "avg((code IS NOT NULL)::int) FILTER (type = 'place')"},
    "issue_resolution": {"mean_resolution_rate": "avg(resolution_rate)"},
    "quality": {"checks_failed": "count(*) FILTER (NOT passed)"},
}


def measured(spec: Table, files: Sequence[Path]) -> dict[str, float]:
    """What a table measures.

    Args:
        spec: the table.
        files: its Parquet files.

    Returns:
        Name to number, of all that can be said: of no rows there is no share.
    """
    wanted = MEASURES.get(spec.name)
    if not wanted or not files:
        return {}
    ((*values,),) = Relations.of_files({spec.name: files}).ask(f'SELECT {", ".join(wanted.values())} FROM "{spec.name}"')
    return {name: float(value) for name, value in zip(wanted, values, strict=True) if value is not None}
