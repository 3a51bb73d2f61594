"""The measuring programs: what they take away is gone, and what they print and draw is what was measured."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.chain import ChainSteps
from assistant.explain import explain
from assistant.types import Status
from benchmarks.ablation import rates_of, table, whole, without_embedding, without_ledger, without_lexicon
from benchmarks.reliability import Told, bins, expected_calibration_error
from benchmarks.reliability_svg import drawing
from indexer.archive import Archive
from indexer.build import index_paths

TOLD = [Told(0.05, False), Told(0.95, True), Told(0.91, True), Told(1.0, False), Told(0.3, True)]
SVG = "{http://www.w3.org/2000/svg}"
D23 = "澜江区城乡建设局2023年工作总结.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    made = tmp_path_factory.mktemp("benchmarks") / "archive"
    with Archive.open(made, create=True) as archive:
        index_paths(archive, [corpus / D23])
    return made


def test_questions_fall_into_tenths_of_confidence() -> None:
    found = [(one.low, one.right.hits, one.right.of) for one in bins(TOLD)]
    assert found == [(0.0, 0, 1), (0.3, 1, 1), (0.9, 2, 3)]
    assert bins(TOLD)[2].stated == pytest.approx((0.95 + 0.91 + 1.0) / 3)


def test_the_expected_calibration_error_weighs_bins_by_their_questions() -> None:
    apart = 1 / 5 * 0.05 + 1 / 5 * (1 - 0.3) + 3 / 5 * abs((0.95 + 0.91 + 1.0) / 3 - 2 / 3)
    assert expected_calibration_error(TOLD) == pytest.approx(apart)


def test_the_drawing_has_a_dot_for_each_bin() -> None:
    root = ElementTree.fromstring(drawing({"a & b": bins(TOLD), "c": bins(TOLD[:1])}))
    assert len(root.findall(f"{SVG}circle")) == 3 + 1
    assert "a & b" in [text.text for text in root.findall(f"{SVG}text")]


@pytest.mark.parametrize(
    ("reader", "everyday"),
    [(whole, Status.ANSWERED), (without_lexicon, Status.NOT_FOUND)],
)
def test_without_the_lexicon_everyday_words_say_nothing(
    reader: Callable[[Path], ChainSteps], everyday: Status, folder: Path
) -> None:
    steps = reader(folder)
    assert steps.chain().invoke("2023年没收了多少煤气罐？").status is everyday
    assert steps.chain().invoke("2023年查扣了多少气瓶？").figures[0].figure.written == "449个"
    steps.archive.close()


def test_without_the_embedding_nothing_is_found_or_weighed_by_meaning(folder: Path) -> None:
    steps = without_embedding(folder)
    (part,) = explain(steps, "2023年查扣了多少气瓶？")
    assert {item.features["meaning"] for item in part.weighed} == {0.0}
    assert not any("dense" in item.legs for item in part.room.evidence)
    steps.archive.close()


def test_without_the_ledger_leg_no_passage_comes_by_its_figures(folder: Path) -> None:
    for reader, has_leg in ((whole, True), (without_ledger, False)):
        steps = reader(folder)
        (part,) = explain(steps, "2023年查扣了多少气瓶？")
        assert any("ledger" in item.legs for item in part.room.evidence) is has_leg
        steps.archive.close()


def test_the_table_sets_the_readers_side_by_side(folder: Path) -> None:
    question = {"id": "a", "kind": "figure", "sub": "para", "q": "2023年没收了多少煤气罐？", "values": ["449"]}
    asked = [([{**question, "unit": "个"}], folder)]
    made = table({"whole": rates_of(asked, whole), "bare": rates_of(asked, without_lexicon)})
    assert "| figure right and rightly cited | 100.0% (1/1) | 0.0% (0/1) |" in made.splitlines()
    assert "| … para | 100.0% (1/1) | 0.0% (0/1) |" in made.splitlines()
