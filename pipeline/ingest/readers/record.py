"""Records with named values, of whatever container: where the text is, and title and date beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.charset import Decoded, Undecodable, decode
from pipeline.ingest.readers.document import MOST_BYTES, Document, Reject, too_large

TEXT_KEYS = ("text", "content", "raw_content", "raw_text", "body", "article", "html", "正文", "内容", "文本")
TITLE_KEYS = ("title", "headline", "标题", "题目")
DATE_KEYS = ("published_on", "published", "date", "pubdate", "publish_date", "发布日期", "发布时间", "日期")


def text_key(keys: Iterable[str]) -> str | None:
    """The first of `TEXT_KEYS` among some names, whatever their case; None where none is."""
    by_name = {key.strip().lower(): key for key in keys}
    return next((by_name[key] for key in TEXT_KEYS if key in by_name), None)


def from_record(
    record: Mapping[str, Any], source: str, raw: bytes | None = None, decoded: Decoded | None = None
) -> Document | Reject:
    """The document that a record holds.

    Args:
        record: its values by name.
        source: path and number of the record.
        raw: the record's own bytes; those of its text where it has none.
        decoded: how `raw` was decoded.
    """
    key = text_key(key for key, value in record.items() if isinstance(value, str | bytes) and value.strip())
    if key is None:
        return Reject(source, raw, "no_text", f"the record has no text under any of {', '.join(TEXT_KEYS)}")
    value = record[key]
    if isinstance(value, bytes):
        raw = value if raw is None else raw
        try:
            decoded = decode(value)
        except Undecodable as error:
            return Reject(source, raw, "undecodable", str(error))
        value = decoded.text
    text = _storable(value)
    raw = text.encode() if raw is None else raw
    if len(raw) > MOST_BYTES:
        return too_large(source)
    return Document(
        source,
        raw,
        Decoded(text, decoded.encoding if decoded else "utf-8", decoded.confidence if decoded else 1.0),
        "text/html" if key.lower() == "html" else "text/plain",
        next((_storable(v.strip()) for v in _of(record, TITLE_KEYS) if isinstance(v, str) and v.strip()), None),
        next((d for v in _of(record, DATE_KEYS) if (d := _date(v))), None),
    )


def _of(record: Mapping[str, Any], keys: Iterable[str]) -> list[Any]:
    by_name = {key.strip().lower(): value for key, value in record.items()}
    return [by_name[key] for key in keys if key in by_name]


def _storable(text: str) -> str:
    """Text without lone surrogates, which no table can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value.strip()[:10].replace("/", "-")) if isinstance(value, str) else None
    except ValueError:
        return None
