"""What must hold of the linked tables: all that the contract says, and nobody counted twice."""

from __future__ import annotations

from pipeline.contract import tables as t
from pipeline.contract.checks import Tally, error
from pipeline.contract.conformance import contract_checks
from pipeline.contract.relations import Relations

LINKED = (t.documents, t.repairs, t.entities, t.mentions, t.figures, t.issue_resolution, t.practices, t.quarantine)


def originals_stand(relations: Relations) -> Tally:
    """Documents that are said to repeat one that itself repeats another."""
    copies = "FROM documents c JOIN documents o ON o.doc_id = c.duplicate_of"
    return Tally(
        relations.count(f"SELECT count(*) {copies} WHERE o.duplicate_of IS NOT NULL"),
        relations.count(f"SELECT count(*) {copies}"),
    )


def rates_possible(relations: Relations) -> Tally:
    """Resolution rates below 0 or above 1."""
    return Tally(
        relations.count("SELECT count(*) FROM issue_resolution WHERE resolution_rate NOT BETWEEN 0 AND 1"),
        relations.count("SELECT count(resolution_rate) FROM issue_resolution"),
    )


CHECKS = (
    *contract_checks("link", LINKED),
    error("link", "originals_stand", "no document repeats one that is itself a repeat", originals_stand),
    error("link", "rates_possible", "every resolution rate lies between 0 and 1", rates_possible),
)
