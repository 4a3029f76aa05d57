from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.contract.tables import table
from pipeline.engine import plan, store
from pipeline.engine.plan import cut

DOCUMENTS = table("repaired_documents")


def _written(folder: Path, texts: list[str]) -> Path:
    rows = [{"doc_id": f"{n:016x}", "text": text} for n, text in enumerate(texts)]
    columns = {name: [row.get(name) for row in rows] for name in ("doc_id", "text")}
    store.write_parquet(pa.table(columns), folder / f"{DOCUMENTS.name}.parquet")
    return folder


def test_a_small_result_is_one_task(tmp_path: Path) -> None:
    (task,) = cut("key", _written(tmp_path, ["县", "乡"]), DOCUMENTS)
    assert (task.key, task.part, task.inputs) == ("key", None, (str(tmp_path),))
    assert task.n_bytes > 0


def test_an_empty_result_is_one_task(tmp_path: Path) -> None:
    (task,) = cut("key", _written(tmp_path, []), DOCUMENTS)
    assert task.part is None and task.n_bytes == 0


@pytest.mark.parametrize("documents", [700, 1000, 1300, 9900])
def test_a_container_is_cut_into_equal_runs_that_hold_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, documents: int
) -> None:
    monkeypatch.setattr(store, "ROW_GROUP_BYTES", 200_000)
    monkeypatch.setattr(plan, "SHARD_BYTES", 1_000_000)
    texts = [f"{n:05d}" + "字" * 400 for n in range(documents)]  # all different, of 1,205 bytes
    tasks = cut("key", _written(tmp_path, texts), DOCUMENTS)
    if len(tasks) == 1:
        assert documents < 1300
        return
    read = [store.read_parquet(tmp_path / f"{DOCUMENTS.name}.parquet", task.part)["text"].to_pylist() for task in tasks]
    assert [text for part in read for text in part] == texts
    assert len({task.key for task in tasks}) == len(tasks)
    sizes = [task.n_bytes for task in tasks]
    assert max(sizes) <= 1_500_000 and min(sizes) >= max(sizes) / 2
