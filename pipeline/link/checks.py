"""What must hold of the linked tables: all that the contract says, and nobody counted twice."""

from __future__ import annotations

from pipeline.contract import tables as t
from pipeline.contract.checks import Tables, Tally, error, tally
from pipeline.contract.conformance import contract_checks

LINKED = (t.documents, t.repairs, t.entities, t.mentions, t.figures, t.issue_resolution, t.practices, t.quarantine)


def originals_stand(tables: Tables) -> Tally:
    """Documents that are said to repeat one that itself repeats another."""
    rows = tables["documents"]
    copies = dict(zip(rows["doc_id"].to_pylist(), rows["duplicate_of"].to_pylist(), strict=True))
    return tally(copies.get(original) is not None for original in copies.values() if original)


def rates_possible(tables: Tables) -> Tally:
    """Resolution rates below 0 or above 1."""
    return tally(not 0 <= rate <= 1 for rate in tables["issue_resolution"]["resolution_rate"].to_pylist() if rate is not None)


CHECKS = (
    *contract_checks("link", LINKED),
    error("link", "originals_stand", "no document repeats one that is itself a repeat", originals_stand),
    error("link", "rates_possible", "every resolution rate lies between 0 and 1", rates_possible),
)
