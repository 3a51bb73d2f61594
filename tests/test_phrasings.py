"""The vectors of the phrasings are read from their file where it is whole and theirs, else made and left anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.phrasings import encode_phrasings, kept_phrasings
from indexer.embed import Embedder, Vectors, open_embedder
from indexer.lexicon.indicators import Indicator, read_indicators


class Counting:
    """The bundled model, which counts how many texts it has encoded."""

    def __init__(self, fingerprint: str = "") -> None:
        self._model: Embedder = open_embedder()
        self.dimension = self._model.dimension
        self.fingerprint = fingerprint or self._model.fingerprint
        self.texts = 0

    def encode_passages(self, texts: list[str]) -> Vectors:
        return self.encode_questions(texts)

    def encode_questions(self, texts: list[str]) -> Vectors:
        self.texts += len(texts)
        return self._model.encode_questions(texts)


@pytest.fixture(scope="module")
def known() -> Sequence[Indicator]:
    return read_indicators()[:40]


@pytest.fixture
def model() -> Counting:
    return Counting()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_was_left_is_read_and_nothing_is_encoded(
    known: Sequence[Indicator], model: Counting, tmp_path: Path
) -> None:
    vectors, owners = encode_phrasings(known, model)
    kept_phrasings(known, model, tmp_path)
    encoded = model.texts
    again, owned = kept_phrasings(known, model, tmp_path)
    assert model.texts == encoded
    assert np.array_equal(again, vectors)
    assert np.array_equal(owned, owners)
    assert len(owners) == sum(len(one.everyday) + len(one.english) for one in known)


def test_other_phrasings_and_another_model_have_a_file_of_their_own(
    known: Sequence[Indicator], model: Counting, tmp_path: Path
) -> None:
    kept_phrasings(known, model, tmp_path)
    (first,) = files(tmp_path)
    fewer, _ = kept_phrasings(known[1:], model, tmp_path)
    (second,) = files(tmp_path)  # the one before is gone
    kept_phrasings(known[1:], Counting("another"), tmp_path)
    (third,) = files(tmp_path)
    assert len({first, second, third}) == 3
    assert np.array_equal(fewer, encode_phrasings(known[1:], model)[0])


@pytest.mark.parametrize("damage", [lambda content: content[:-5], lambda _: b"", lambda _: b"no vectors"])
def test_a_file_that_is_not_whole_is_made_anew(
    known: Sequence[Indicator], model: Counting, tmp_path: Path, damage
) -> None:  # type: ignore[no-untyped-def]
    vectors, _ = kept_phrasings(known, model, tmp_path)
    (name,) = files(tmp_path)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(damage(whole))
    assert np.array_equal(kept_phrasings(known, model, tmp_path)[0], vectors)
    assert (tmp_path / name).read_bytes() == whole


def test_a_folder_that_is_not_there_or_not_to_be_written_is_let_be(
    known: Sequence[Indicator], model: Counting, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    vectors, _ = encode_phrasings(known, model)
    for folder in (tmp_path / "none", tmp_path / "file"):
        assert np.array_equal(kept_phrasings(known, model, folder)[0], vectors)
    assert files(tmp_path) == ["file"]
