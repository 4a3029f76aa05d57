"""What a mechanism consists of, as the text around its name says: 问题、任务、责任“三个清单”."""

from __future__ import annotations

import re

_HAN = "一-龥"
_COUNTS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "双": 2}


def components(text: str, start: int, end: int, inner: str, chain_start: int) -> tuple[str, ...]:
    """What a mechanism consists of, as the text around it says.

    Args:
        text: the text.
        start, end: span of the name in it.
        inner: the name.
        chain_start: where the list of quotations begins that it stands in.
    """
    if "、" in inner or ("+" in inner and not re.fullmatch(r"[\dN+]+", inner)):
        return tuple(part for part in re.split("[、,，+＋]", inner) if part)
    stages = [stage for stage in re.split("[-－—→]+", inner) if stage]
    if len(stages) > 2:  # 摸排—交办—整改—销号
        return tuple(stages)
    before = components_before(text, chain_start, inner) if chain_start >= start - 1 else ()
    return before or _components_about(text, start, end, inner)


def components_before(text: str, chain_start: int, inner: str) -> tuple[str, ...]:
    """问题、任务、责任“三个清单”: as many items before the name as its numeral says."""
    count = _COUNTS.get(inner[0])
    listed = re.search(f"(?:[{_HAN}]{{1,12}}、){{1,9}}[{_HAN}]{{1,10}}$", text[max(0, chain_start - 90) : chain_start])
    if not listed or not count or len(inner) < 2:
        return ()
    items = re.split("、|和(?=[^、和]+$)", listed.group())
    if len(items) < count:
        return ()
    items = items[-count:]
    # The first item drags its sentence along; the others show how long an item is.
    lengths = {len(item) for item in items[1:]}
    if len(items) > 1 and len(lengths) == 1 and len(items[0]) >= (size := lengths.pop()):
        items[0] = items[0][-size:]
        return tuple(items)
    return ()


def _components_about(text: str, start: int, end: int, inner: str) -> tuple[str, ...]:
    """以…为主要内容的“…”, or “…”(即…、…、…)."""
    about = re.search(
        r"以([^。；;\n]{4,90}?)为(?:主要|主|核心|重点)?(?:内容|抓手|目标)?的[“\"「]$", text[max(0, start - 110) : start]
    )
    listed = about.group(1) if about else None
    if listed is None:
        after = re.match(r"[”\"」][^，。；,;（(\n]{0,8}(?:[（(](?:即)?[:：]?|[,，]?即[:：]?)([^）)。；;\n]{4,60})", text[end:])
        listed = after.group(1) if after else None
    if listed is None or not re.search("[、和]", listed):
        return ()
    parts = [part.strip('“”"') for part in re.split("、|以及|和|,|，", listed)]
    return tuple(part for part in parts if part) if len(parts) > 1 and all(len(part) <= 16 for part in parts) else ()
