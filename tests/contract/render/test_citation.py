"""The citation file has what the Citation File Format asks for."""

from dataclasses import replace

import yaml

from pipeline.contract.render.citation import citation
from pipeline.contract.render.release_info import ReleaseInfo
from tests.publish.sample import CREATED, VERSION

INFO = ReleaseInfo(VERSION, CREATED, {})


def test_what_the_format_asks_for():
    told = yaml.safe_load(citation(INFO))
    assert {"cff-version", "message", "title", "authors"} <= told.keys()
    assert (told["type"], told["version"]) == ("dataset", VERSION)
    assert str(told["date-released"]) == "2026-01-02"
    assert all("name" in author for author in told["authors"])


def test_texts_of_others_have_no_licence_of_ours():
    assert "license" not in yaml.safe_load(citation(INFO))
    assert yaml.safe_load(citation(replace(INFO, facts_only=True)))["license"] == "CC-BY-4.0"
