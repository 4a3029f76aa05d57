"""How to cite a release: `CITATION.cff`, Citation File Format 1.2."""

from __future__ import annotations

import json

from pipeline.contract.render.release_info import KEYWORDS, LICENSE, SUMMARY, TITLE, ReleaseInfo


def citation(release: ReleaseInfo) -> str:
    """The citation file of a release.

    Args:
        release: its version and date.

    Returns:
        YAML that ends with a newline.
    """

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML one

    lines = [
        "cff-version: 1.2.0",
        "message: If you use this dataset, please cite the release that you used.",
        "type: dataset",
        f"title: {quoted(TITLE)}",
        f"abstract: {quoted(f'{SUMMARY} {release.rights}')}",
        "authors:\n  - name: Xianqing contributors",
        f"version: {quoted(release.version)}",
        f"date-released: {release.created:%Y-%m-%d}",
        *([f"license: {LICENSE}"] if release.facts_only else []),  # texts of others carry no such licence
        "keywords:",
        *(f"  - {quoted(word)}" for word in KEYWORDS),
    ]
    return "\n".join(lines) + "\n"
