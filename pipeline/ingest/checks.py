"""What must hold of decoded documents."""

from __future__ import annotations

from pipeline.contract.checks import Tables, Tally, error, tally, warning

SURE = 0.6  # a charset below this confidence is little more than a guess


def accounted(tables: Tables) -> Tally:
    """Raw files of which neither a document nor a quarantine row tells."""
    told = {source.split("#")[0] for name in ("raw_documents", "quarantine") for source in tables[name]["source"].to_pylist()}
    told |= {source for name in ("raw_documents", "quarantine") for source in tables[name]["source"].to_pylist()}
    return tally(source not in told for source in tables["sources"]["source"].to_pylist())


def unique_ids(tables: Tables) -> Tally:
    """Documents whose id another document has."""
    ids = tables["raw_documents"]["doc_id"].to_pylist()
    return Tally(len(ids) - len(set(ids)), len(ids))


def charset_sure(tables: Tables) -> Tally:
    """Documents whose charset is little more than a guess."""
    return tally(value < SURE for value in tables["raw_documents"]["encoding_confidence"].to_pylist())


def readable(tables: Tables) -> Tally:
    """Raw files that ended in quarantine."""
    bad = {source.split("#")[0] for source in tables["quarantine"]["source"].to_pylist()}
    return Tally(len(bad), tables["sources"].num_rows)


CHECKS = (
    error("ingest", "accounted", "every raw file is a document or in quarantine", accounted),
    error("ingest", "unique_ids", "no two documents have one id", unique_ids),
    warning("ingest", "charset_sure", "the charset of nearly every document is sure", charset_sure, share=0.05),
    warning("ingest", "readable", "most raw files can be read", readable, share=0.2),
)
