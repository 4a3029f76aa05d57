"""What must hold of decoded documents."""

from __future__ import annotations

from pipeline.contract.checks import Tally, error, warning
from pipeline.contract.relations import Relations

SURE = 0.6  # a charset below this confidence is little more than a guess

# What documents and rejects tell of: files, containers by their records, archives by the records of their members.
_TOLD = """
    WITH told AS (SELECT source FROM {tables}), containers AS (SELECT regexp_replace(source, '#[^#]*$', '') AS source FROM told)
    SELECT source FROM told UNION SELECT source FROM containers
    UNION SELECT regexp_replace(source, '#[^#]*$', '') FROM containers
"""
_BOTH = "(SELECT source FROM raw_documents UNION ALL SELECT source FROM quarantine)"


def accounted(relations: Relations) -> Tally:
    """Raw files of which neither a document nor a quarantine row tells."""
    told = _TOLD.format(tables=_BOTH)
    return Tally(
        relations.count(f"SELECT count(*) FROM sources WHERE source NOT IN ({told})"),
        relations.count("SELECT count(*) FROM sources"),
    )


def unique_ids(relations: Relations) -> Tally:
    """Documents whose id another document has."""
    rows, ids = relations.ask("SELECT count(*), count(DISTINCT doc_id) FROM raw_documents")[0]
    return Tally(rows - ids, rows)


def charset_sure(relations: Relations) -> Tally:
    """Documents whose charset is little more than a guess."""
    return Tally(
        relations.count(f"SELECT count(*) FROM raw_documents WHERE encoding_confidence < {SURE}"),
        relations.count("SELECT count(*) FROM raw_documents"),
    )


def readable(relations: Relations) -> Tally:
    """Documents that could not be read; copies to the byte apart."""
    rejects = relations.count("SELECT count(*) FROM quarantine WHERE reason <> 'identical'")
    return Tally(rejects, rejects + relations.count("SELECT count(*) FROM raw_documents"))


CHECKS = (
    error("ingest", "accounted", "every raw file is a document or in quarantine", accounted),
    error("ingest", "unique_ids", "no two documents have one id", unique_ids),
    warning("ingest", "charset_sure", "the charset of nearly every document is sure", charset_sure, share=0.05),
    warning("ingest", "readable", "most documents can be read", readable, share=0.2),
)
