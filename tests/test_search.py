"""The search index of one machine: the contract, and what happens to broken files."""

from __future__ import annotations

import json
import shutil
import threading

import numpy as np
import pytest
from search_contract import ALL, RECIPE, SearchContract, batch, figure, ids, report, vectors

from indexer.search.dense import DenseIndex
from indexer.search.local import LocalIndex
from indexer.search.protocol import FigureWeights, IndexDamagedError, LogPosition


class TestLocalIndex(SearchContract):
    @pytest.fixture
    def open_index(self, tmp_path):
        opened = []

        def open_one(recipe=RECIPE):
            opened.append(LocalIndex(tmp_path / "index", recipe))
            return opened[-1]

        yield open_one
        for one in opened:
            one.close()


@pytest.fixture
def folder(tmp_path):
    """The folder of an index with two reports."""
    index = LocalIndex(tmp_path / "index", RECIPE)
    index.apply(batch(4, report(1, 1, "甲 乙", "丙", figures=(figure("甲"),)), report(2, 3, "甲")))
    index.flush()
    index.close()
    return tmp_path / "index"


def damaged_parts(folder):
    positions = LocalIndex(folder, RECIPE).positions()
    return [
        name for name, place in zip(("passages", "figures", "vectors"), positions, strict=True) if place.number == 0
    ]


def test_an_untouched_index_is_trusted(folder) -> None:
    assert damaged_parts(folder) == []
    LocalIndex(folder, RECIPE).verify()


@pytest.mark.parametrize("part", ["passages", "figures"])
@pytest.mark.parametrize("spoil", ["cut", "flip", "gone"])
def test_a_spoilt_tantivy_file_is_noticed_at_opening(folder, tmp_path, part, spoil) -> None:
    files = [path for path in (folder / part).iterdir() if not path.name.endswith(".lock")]
    for number, path in enumerate(files):
        if path.name in {"sums.json", ".managed.json"}:
            continue
        copy = tmp_path / f"copy{number}"
        shutil.copytree(folder, copy)
        spoil_file(copy / part / path.name, spoil)
        assert damaged_parts(copy) == [part], path.name


@pytest.mark.parametrize("spoil", ["cut", "flip", "gone"])
@pytest.mark.parametrize("pattern", ["vectors.json", "vectors-*.faiss"])
def test_a_spoilt_vector_file_is_noticed_at_opening(folder, pattern, spoil) -> None:
    (path,) = (folder / "vectors").glob(pattern)
    spoil_file(path, spoil)
    assert damaged_parts(folder) == ["vectors"]


def test_a_file_spoilt_while_open_is_found_by_verifying(folder) -> None:
    index = LocalIndex(folder, RECIPE)
    (path,) = (folder / "passages").glob("*.store")
    spoil_file(path, "flip")
    with pytest.raises(IndexDamagedError):
        index.verify()


def test_vectors_whose_header_tells_of_another_file_are_not_trusted(folder, tmp_path) -> None:
    other = LocalIndex(tmp_path / "other", RECIPE)
    other.apply(batch(9, report(1, 1, "甲")))
    other.close()
    (mine,) = (folder / "vectors").glob("vectors-*.faiss")
    (theirs,) = (tmp_path / "other" / "vectors").glob("vectors-*.faiss")
    shutil.copy(theirs, mine)
    assert damaged_parts(folder) == ["vectors"]


def test_a_header_that_was_edited_is_not_trusted(folder) -> None:
    path = folder / "vectors" / "vectors.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"log": [99, "at 99"]}))
    assert damaged_parts(folder) == ["vectors"]


def test_a_damaged_part_is_made_again_while_the_others_stay(folder) -> None:
    spoil_file(folder / "passages" / "meta.json", "cut")
    index = LocalIndex(folder, RECIPE)
    index.apply(batch(4, report(1, 1, "甲 乙", "丙", figures=(figure("甲"),)), report(2, 3, "甲")))
    index.flush()
    assert index.passage_ids() == ([1, 2, 3], [1, 2, 3])
    assert index.figure_ids() == [1]
    assert set(index.positions()) == {LogPosition(4, "at 4")}


def test_documents_that_were_not_committed_are_not_there(folder) -> None:
    index = LocalIndex(folder, RECIPE)
    broken = report(5, 50, "甲")
    with pytest.raises(AttributeError):
        index.apply(batch(5, report(4, 40, "甲"), broken, None))
    index.apply(batch(5, report(4, 40, "甲")))
    index.flush()
    assert index.passage_ids()[0] == [1, 2, 3, 40]


def test_many_vectors_are_kept_in_lists_and_few_in_one(tmp_path) -> None:
    dense = DenseIndex(tmp_path, RECIPE, flat_limit=500, lists=4)
    made = np.random.default_rng(7).normal(size=(1200, 4)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    for row, number in enumerate(range(0, 1200, 100), start=1):
        dense.change(LogPosition(row, "s"), (), [(row, number + 1, made[number : number + 100])])
    again = DenseIndex(tmp_path, RECIPE, flat_limit=500, lists=4)
    assert "IVF" in type(again._state.index).__name__
    assert again.ids() == list(range(1, 1201))
    found = sum(again.search(vector, reports=None, k=1)[0].id == number for number, vector in enumerate(made, start=1))
    assert found / len(made) >= 0.9  # compressed to 8 bits: a near twin may win
    in_three = again.search(made[250], reports=[3], k=200)
    assert sorted(ids(in_three)) == list(range(201, 301))  # a narrow filter loses nothing
    again.change(LogPosition(99, "s"), (3,), [])
    assert 251 not in ids(again.search(made[250], reports=None, k=1200))
    assert again.search(made[250], reports=[3], k=5) == []


def test_flat_search_is_exact_under_a_filter(tmp_path) -> None:
    dense = DenseIndex(tmp_path, RECIPE)
    made = np.random.default_rng(8).normal(size=(300, 4)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    dense.change(LogPosition(1, "s"), (), [(row, 1 + 100 * row, made[100 * row : 100 * row + 100]) for row in range(3)])
    scores = made @ made[5]
    allowed = [number for number in range(300) if number // 100 in {0, 2}]
    expected = sorted(allowed, key=lambda number: -scores[number])[:10]
    assert ids(dense.search(made[5], reports=[0, 2], k=10)) == [number + 1 for number in expected]


def test_searching_goes_on_in_threads_while_batches_come_in(tmp_path) -> None:
    index = LocalIndex(tmp_path / "index", RECIPE)
    index.apply(batch(1, report(1, 1, "甲")))
    index.flush()
    stop, errors = threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            hits = index.figures([], reports=None, k=5, only=ALL, weights=FigureWeights())
            near = index.nearest(vectors((1, 1, 1, 1))[0], reports=[1], k=3)
            if ids(near) != [1] or hits:
                errors.append((near, hits))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(2, 30):
        index.apply(batch(number, report(number, number * 10, "甲")))
        index.flush()
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    index.close()


def spoil_file(path, how: str) -> None:
    content = bytearray(path.read_bytes())
    if how == "gone":
        path.unlink()
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        content[len(content) // 3] ^= 0x5A
        path.write_bytes(content)
