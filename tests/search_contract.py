"""What every search index must do, as tests: a backend's test class inherits them and says how to open an index."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.search.protocol import (
    Batch,
    FieldWeights,
    FigureFilter,
    FigureWeights,
    FigureWords,
    Hit,
    IndexedReport,
    LogPosition,
    PassageWords,
    Recipe,
    ReportWords,
    SearchIndex,
    Vectors,
)

RECIPE = Recipe(archive="a", model="m", dimension=4, segmenter="s", format=1)
TEXT_ONLY = FieldWeights(text=1.0, heading=0.0, title=0.0)
ALL = FigureFilter()


def vectors(*rows: tuple[float, ...]) -> Vectors:
    made = np.array(rows, dtype=np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def report(
    row: int, first: int, *texts: str, made: Vectors | None = None, figures: tuple[FigureWords, ...] = ()
) -> IndexedReport:
    """A report whose passages have these words; its figures are numbered from `first` too."""
    words = tuple(PassageWords(text, f"标题{row}", f"题名{row}") for text in texts)
    if made is None:
        made = vectors(*[(1.0, first + i, row, 1.0) for i in range(len(texts))])
    return IndexedReport(row, first, first, ReportWords(words, figures), made)


def figure(
    subject: str, *, clause: str = "", role: str = "result", dimension: str = "count", years: tuple[int, ...] = (2023,)
) -> FigureWords:
    return FigureWords(subject, clause or subject, "标题", role, dimension, years)


def batch(number: int, *reports: IndexedReport, gone: tuple[int, ...] = ()) -> Batch:
    return Batch(LogPosition(number, f"at {number}"), gone, reports)


def ids(hits: list[Hit]) -> list[int]:
    return [hit.id for hit in hits]


class SearchContract:
    """Inherit, and give a fixture `open_index`: a function (recipe=RECIPE) that opens the same index each time."""

    @pytest.fixture
    def index(self, open_index) -> SearchIndex:
        return open_index()

    def ask(self, index, *words, reports=None, k=10, weights=TEXT_ONLY):
        return index.passages([[(word, 1.0)] for word in words], reports=reports, k=k, weights=weights)

    def ask_figures(self, index, *words, reports=None, k=10, only=ALL):
        return index.figures(
            [[(word, 1.0)] for word in words], reports=reports, k=k, only=only, weights=FigureWeights()
        )

    def test_a_new_index_stands_at_zero_and_finds_nothing(self, index) -> None:
        assert {place.number for place in index.positions()} == {0}
        assert self.ask(index, "甲") == []
        assert self.ask_figures(index, "甲") == []
        assert index.nearest(vectors((1, 0, 0, 0))[0], reports=None, k=3) == []
        assert index.word_counts(["甲"]) == {"甲": 0}

    def test_what_was_applied_is_found_and_the_position_kept(self, index) -> None:
        index.apply(batch(3, report(1, 1, "甲 乙", "丙")))
        index.flush()
        assert set(index.positions()) == {LogPosition(3, "at 3")}
        assert ids(self.ask(index, "丙")) == [2]
        assert index.passage_ids() == ([1, 2], [1, 2])

    def test_all_of_it_is_there_after_opening_anew(self, index, open_index) -> None:
        index.apply(batch(1, report(1, 1, "甲 乙", figures=(figure("甲"),))))
        index.flush()
        index.close()
        again = open_index()
        assert set(again.positions()) == {LogPosition(1, "at 1")}
        assert ids(self.ask(again, "乙")) == [1]
        assert ids(self.ask_figures(again, "甲")) == [1]
        assert ids(again.nearest(vectors((1, 1, 1, 1))[0], reports=None, k=1)) == [1]
        again.apply(batch(2, report(2, 5, "乙")))
        again.flush()
        assert ids(self.ask(again, "乙")) == [5, 1]  # the shorter passage first

    def test_a_rarer_word_counts_more_and_groups_add_up(self, index) -> None:
        index.apply(batch(1, report(1, 1, "甲 常", "乙 常", "丙 常", "甲 乙")))
        index.flush()
        assert ids(self.ask(index, "甲", "乙"))[0] == 4
        one, other = (self.ask(index, word)[0].score for word in ("甲", "乙"))
        both = next(hit.score for hit in self.ask(index, "甲", "乙") if hit.id == 4)
        assert both == pytest.approx(one + other, rel=1e-5)
        rare, common = self.ask(index, "丙")[0].score, self.ask(index, "常")[0].score
        assert rare > common

    def test_a_group_scores_as_its_best_word(self, index) -> None:
        index.apply(batch(1, report(1, 1, "甲 乙", "丙 丁")))
        index.flush()
        alone = self.ask(index, "甲")[0].score
        half = index.passages([[("甲", 0.5)]], reports=None, k=5, weights=TEXT_ONLY)[0].score
        either = index.passages([[("甲", 1.0), ("乙", 0.5), ("无", 1.0)]], reports=None, k=5, weights=TEXT_ONLY)
        assert half == pytest.approx(alone / 2, rel=1e-5)
        assert either == [Hit(1, pytest.approx(alone, rel=1e-5))]

    def test_headings_and_titles_count_by_their_weights(self, index) -> None:
        index.apply(batch(1, report(1, 1, "甲"), report(2, 5, "甲")))
        index.flush()
        assert self.ask(index, "标题2", weights=TEXT_ONLY) == []
        assert ids(self.ask(index, "标题2", weights=FieldWeights(0, 1, 0))) == [5]
        assert ids(self.ask(index, "题名1", weights=FieldWeights(0, 0, 1))) == [1]

    def test_equal_scores_come_by_rising_number_and_k_bounds_them(self, index) -> None:
        index.apply(batch(1, report(2, 8, "甲 乙", "甲 乙"), report(1, 1, "甲 乙", "甲 乙")))
        index.flush()
        assert ids(self.ask(index, "甲")) == [1, 2, 8, 9]
        assert ids(self.ask(index, "甲", k=3)) == [1, 2, 8]
        assert self.ask(index, "甲", k=0) == []

    def test_only_the_reports_asked_are_searched(self, index) -> None:
        index.apply(
            batch(1, report(1, 1, "甲"), report(2, 2, "甲", figures=(figure("甲"), figure("甲"))), report(3, 4, "甲"))
        )
        index.flush()
        question = vectors((1, 1, 1, 1))[0]
        assert ids(self.ask(index, "甲", reports=[2, 3])) == [2, 4]
        assert sorted(ids(index.nearest(question, reports=[1, 3], k=9))) == [1, 4]
        assert ids(self.ask_figures(index, "甲", reports=[2])) == [2, 3]
        assert self.ask(index, "甲", reports=[]) == []
        assert index.nearest(question, reports=[99], k=9) == []

    def test_what_is_gone_is_not_found(self, index) -> None:
        index.apply(batch(1, report(1, 1, "甲", figures=(figure("甲"),)), report(2, 2, "甲")))
        index.apply(batch(2, gone=(1, 77)))
        index.flush()
        assert ids(self.ask(index, "甲")) == [2]
        assert self.ask_figures(index, "甲") == []
        assert ids(index.nearest(vectors((1, 1, 1, 1))[0], reports=None, k=9)) == [2]
        assert index.word_counts(["甲"]) == {"甲": 1}
        assert (index.passage_ids(), index.figure_ids()) == (([2], [2]), [])

    def test_a_replaced_report_is_found_only_by_its_new_words(self, index) -> None:
        index.apply(batch(1, report(1, 1, "甲", "甲")))
        index.apply(batch(2, report(1, 3, "乙")))
        index.flush()
        assert self.ask(index, "甲") == []
        assert ids(self.ask(index, "乙")) == [3]
        assert index.passage_ids() == ([3], [3])

    def test_applying_a_batch_again_changes_nothing(self, index, open_index) -> None:
        for _ in range(2):
            index.apply(batch(1, report(1, 1, "甲", figures=(figure("甲"),))))
        index.flush()
        index.apply(batch(1, report(1, 1, "甲")))
        index.flush()
        assert (index.passage_ids(), index.figure_ids()) == (([1], [1]), [1])

    def test_nearest_scores_are_cosines(self, index) -> None:
        made = vectors((1, 0, 0, 0), (1, 1, 0, 0), (-1, 0, 0, 0))
        index.apply(batch(1, report(1, 1, "甲", "乙", "丙", made=made)))
        index.flush()
        hits = index.nearest(vectors((1, 0, 0, 0))[0], reports=None, k=9)
        assert ids(hits) == [1, 2, 3]
        assert [hit.score for hit in hits] == pytest.approx([1.0, 0.5**0.5, -1.0], abs=2e-3)

    def test_figures_pass_their_filters(self, index) -> None:
        found = (
            figure("气瓶", years=(2023,)),
            figure("气瓶", role="plan", years=(2024,)),
            figure("气瓶", dimension="length", years=(2022, 2023)),
            figure("气瓶", years=(0,)),
            figure("河道", clause="气瓶 河道"),
        )
        index.apply(batch(1, report(1, 1, "甲", figures=found)))
        index.flush()
        assert ids(self.ask_figures(index, "气瓶", only=FigureFilter(roles=("plan",)))) == [2]
        assert ids(self.ask_figures(index, "气瓶", only=FigureFilter(dimensions=("length", "area")))) == [3]
        assert sorted(ids(self.ask_figures(index, "气瓶", only=FigureFilter(years=(2023, 0))))) == [1, 3, 4, 5]
        assert sorted(ids(self.ask_figures(index, "气瓶", only=FigureFilter(years=(2022,), roles=("result",))))) == [3]
        assert ids(self.ask_figures(index, "气瓶"))[-1] == 5  # in the clause only
        assert self.ask_figures(index, only=FigureFilter(years=(2024,))) == [Hit(2, 0.0)]
        assert self.ask_figures(index, "无") == []

    def test_word_counts_are_of_passages(self, index) -> None:
        index.apply(batch(1, report(1, 1, "甲 甲", "甲 乙", "丙")))
        index.flush()
        assert index.word_counts(["甲", "乙", "无"]) == {"甲": 2, "乙": 1, "无": 0}

    def test_another_opening_sees_what_was_applied_after_a_refresh(self, index, open_index) -> None:
        other = open_index()
        index.apply(batch(1, report(1, 1, "甲")))
        index.flush()
        other.refresh()
        assert set(other.positions()) == {LogPosition(1, "at 1")}
        assert ids(self.ask(other, "甲")) == [1]
        assert ids(other.nearest(vectors((1, 1, 1, 1))[0], reports=None, k=1)) == [1]

    def test_an_index_of_another_archive_stands_at_zero_and_can_be_made_anew(self, index, open_index) -> None:
        index.apply(batch(5, report(1, 1, "甲")))
        index.close()
        other = open_index(Recipe(archive="b", model="m", dimension=4, segmenter="s", format=1))
        assert {place.number for place in other.positions()} == {0}
        assert self.ask(other, "甲") == []
        other.apply(batch(1, report(1, 7, "甲")))
        other.flush()
        assert other.passage_ids() == ([7], [7])

    def test_only_what_depends_on_the_model_or_the_segmenter_is_made_anew(self, index, open_index) -> None:
        index.apply(batch(5, report(1, 1, "甲")))
        index.close()
        for recipe in (
            Recipe(archive="a", model="m", dimension=4, segmenter="other", format=1),
            Recipe(archive="a", model="other", dimension=4, segmenter="s", format=1),
        ):
            assert {place.number for place in open_index(recipe).positions()} == {0, 5}

    def test_a_wiped_index_is_empty(self, index) -> None:
        index.apply(batch(1, report(1, 1, "甲")))
        index.flush()
        index.wipe()
        assert {place.number for place in index.positions()} == {0}
        assert self.ask(index, "甲") == []
        index.apply(batch(1, report(1, 1, "甲")))
        index.flush()
        assert ids(self.ask(index, "甲")) == [1]
