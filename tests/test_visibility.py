"""Who may see which report: what is hidden from a viewer appears in nothing that an archive tells him."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from made_archive import MadeEmbedder, made_report

from indexer.archive import Archive
from indexer.build import index_paths
from indexer.errors import AccountError, NotPermittedError, UnknownReportError
from indexer.ledger_page import Cut, Sort, SortBy
from indexer.ledger_query import FigureQuery
from indexer.search.protocol import FigureFilter
from indexer.types import ReportInfo, Visibility
from indexer.viewer import LOCAL, Role, Viewer

SECRET = "查扣绝密气瓶777个。"
HIDDEN = "lasa-2021"
BY_VALUE = Sort(SortBy.VALUE)
READER, CLERK = Viewer("wang", Role.READER), Viewer("zhao", Role.CLERK)
ADMIN, LISTED = Viewer("li", Role.ADMINISTRATOR), Viewer("zhang", Role.READER)
EVERYBODY = (READER, LISTED, CLERK, ADMIN)


@pytest.fixture
def archive(tmp_path):
    """Three reports that anybody may see, and in their midst one that is about to be limited."""
    with Archive.open(tmp_path / "archive", create=True, embedder=MadeEmbedder()) as opened:
        opened.add(
            made_report("a.txt", ("查扣气瓶449个。", "整治河道53条。")),
            made_report("密/机要2021.txt", (SECRET, "种树777棵。"), place="拉萨市", year=2021),
            made_report("b.txt", ("查扣气瓶7个。",), year=2022),
            made_report("c.txt", ("建成绿道9公里。",), year=2020),
        )
        for viewer in (ADMIN, LISTED):
            opened.accounts.create(viewer.account, viewer.role, "keins-von-diesen-1")
        yield opened


def limit(archive: Archive, visibility: Visibility, *readers: str) -> None:
    archive.set_visibility(HIDDEN, visibility, readers)


@pytest.mark.parametrize(
    ("visibility", "readers", "seen_by"),
    [
        (Visibility.PUBLIC, (), EVERYBODY),
        (Visibility.INTERNAL, (), (CLERK, ADMIN)),
        (Visibility.LISTED, ("zhang",), (LISTED, ADMIN)),
        (Visibility.LISTED, (), (ADMIN,)),
    ],
)
def test_who_sees_a_report_of_each_visibility(archive, visibility, readers, seen_by) -> None:
    limit(archive, visibility, *readers)
    for viewer in EVERYBODY:
        ids = [report.id for report in archive.seen_by(viewer).reports()]
        assert (HIDDEN in ids) == (viewer in seen_by), viewer
        assert len(ids) == 4 - (viewer not in seen_by)


def everything(archive: Archive) -> dict[str, Callable[[], Any]]:
    """Every public way of reading an archive, asked as widely as it can be and for the hidden report by its id."""
    group = [[(word, 1.0)] for word in ("气瓶", "绝密", "种树", "河道")]
    numbers = range(1, 30)
    vector = archive.embedder.encode_questions([SECRET])[0]
    passages = archive.passage_ids_of
    return {
        "reports": archive.reports,
        "holds": lambda: archive.holds([HIDDEN]),
        "report": lambda: archive.report(HIDDEN),
        "sections": lambda: archive.sections(HIDDEN),
        "passages": lambda: archive.passages(numbers),
        "passages_of": lambda: archive.passages_of(HIDDEN),
        "figures": lambda: archive.figures(numbers),
        "figures_of": lambda: archive.figures_of(HIDDEN),
        "figures_of_passages": lambda: archive.figures_of_passages(numbers),
        "passage_ids_of_figures": lambda: archive.passage_ids_of_figures(numbers),
        "passage_ids_of": lambda: passages(HIDDEN),
        "figure_ids_of": lambda: archive.figure_ids_of(HIDDEN),
        "original": lambda: archive.original(HIDDEN),
        "metadata": lambda: archive.metadata(HIDDEN),
        "held_by_path": archive.held_by_path,
        "sight": lambda: archive.sight,
        "still_sees": lambda: archive.still_sees(str(hidden_of(archive).row)),
        "settled": lambda: archive.settled(hidden_of(archive), ("edited", "title")),
        "keyword": lambda: archive.keyword(group, reports=None, k=50),
        "keyword by id": lambda: archive.keyword(group, reports=[HIDDEN], k=50),
        "dense": lambda: archive.dense(vector, reports=None, k=50),
        "dense by id": lambda: archive.dense(vector, reports=[HIDDEN], k=50),
        "ledger": lambda: archive.ledger([], reports=None, k=50, only=FigureFilter()),
        "ledger by id": lambda: archive.ledger([], reports=[HIDDEN], k=50),
        "word_counts": lambda: archive.word_counts(["气瓶", "绝密", "种树"]),
        "passage_count": lambda: archive.passage_count,
        "count_figures": lambda: archive.count_figures(FigureQuery()),
        "count_figures by id": lambda: archive.count_figures(FigureQuery(report=HIDDEN)),
        "find_figures": lambda: archive.find_figures(FigureQuery(), limit=99),
        "find_figures by id": lambda: archive.find_figures(FigureQuery(report=HIDDEN), limit=99),
        "all_figures": lambda: list(archive.all_figures(FigureQuery(subject=(("气瓶", "种树"),)))),
        "corrections": lambda: archive.corrections(HIDDEN),
        "corrected_figures": archive.corrected_figures,
        "subjects": archive.subjects,
        "told_periods": archive.told_periods,
        "page_of_figures": lambda: archive.page_of_figures(FigureQuery(), sort=BY_VALUE, cut=Cut(), limit=99),
        "page_of_figures by id": lambda: archive.page_of_figures(
            FigureQuery(report=HIDDEN), sort=BY_VALUE, cut=Cut(), limit=99
        ),
        "figures_in_order": lambda: archive.figures_in_order(FigureQuery(), sort=BY_VALUE),
        "figures_in_order by id": lambda: archive.figures_in_order(FigureQuery(report=HIDDEN), sort=BY_VALUE),
        "ledger_rows": lambda: archive.ledger_rows(numbers),
        # whoever guesses the number of a hidden figure must not learn where it would stand
        "page_of_figures after": lambda: archive.page_of_figures(
            FigureQuery(), sort=BY_VALUE, cut=Cut(after=hidden_of(archive).first_figure), limit=1
        ),
        "removed": archive.removed,
        "readers_of": lambda: archive.readers_of(HIDDEN),
        "check": archive.check,
    }


def hidden_of(archive: Archive):
    return next(held for held in archive._records.all_reports() if held.info.id == HIDDEN)


def told(archive: Archive) -> dict[str, str]:
    """What each of them tells, or the error that it ends in."""
    found = {}
    for name, ask in everything(archive).items():
        try:
            found[name] = repr(ask())
        except (UnknownReportError, NotPermittedError) as error:
            found[name] = type(error).__name__
    return found


@pytest.mark.parametrize("viewer", [READER, CLERK], ids=lambda viewer: viewer.role)
@pytest.mark.parametrize("removed", [False, True])
def test_nothing_tells_of_a_hidden_report(archive, viewer, removed) -> None:
    before = told(archive)
    assert {name for name, text in before.items() if "777" in text or HIDDEN in text or "机要" in text} >= {
        "reports", "report", "passages", "passages_of", "figures", "figures_of", "figures_of_passages", "original",
        "held_by_path", "find_figures", "find_figures by id", "all_figures",
    }  # fmt: skip
    limit(archive, Visibility.LISTED, "zhang")
    archive.correct(HIDDEN, 0, value="778个", reason="机要更正")
    if removed:
        archive.remove(HIDDEN)
    view = archive.seen_by(viewer)
    now = told(view)
    for name, text in now.items():
        for trace in ("777", "778", "绝密", "机要", "拉萨", "2021", HIDDEN):
            if name != "word_counts":  # its keys are the words that were asked for
                assert trace not in text, (name, trace)
    for name in ("report", "sections", "passages_of", "figures_of", "passage_ids_of", "figure_ids_of", "original",
                 "metadata", "settled", "corrections"):  # fmt: skip
        assert now[name] == "UnknownReportError", name
    assert now["check"] == "NotPermittedError"
    assert now["removed"] == ("NotPermittedError" if viewer is READER else "()")
    assert now["readers_of"] == ("NotPermittedError" if viewer is READER else "UnknownReportError")
    first = view.page_of_figures(FigureQuery(), sort=BY_VALUE, cut=Cut(), limit=1)
    assert set(view.figures_in_order(FigureQuery(), sort=BY_VALUE)) == {1, 2, 5, 6}
    assert now["page_of_figures after"] == repr(first)
    assert (before["holds"], now["holds"]) == ("True", "False")
    assert view.word_counts(["气瓶", "绝密", "种树"]) == {"气瓶": 2, "绝密": 0, "种树": 0}
    assert (view.passage_count, view.count_figures(FigureQuery())) == (4, 4)
    assert view.count_figures(FigureQuery(report=HIDDEN)) == 0
    assert [len(view.dense(view.embedder.encode_questions([SECRET])[0], reports=None, k=k)) for k in (1, 50)] == [1, 4]
    assert len(view.ledger([], reports=None, k=50)) == 4
    assert len(view.keyword([[("气瓶", 1.0)]], reports=None, k=1)) == 1
    assert view.passages(range(1, 30)).keys() == {1, 2, 5, 6}
    assert view.figures(range(1, 30)).keys() == {1, 2, 5, 6}


def test_every_public_part_of_an_archive_is_weighed_by_this_test(archive) -> None:
    """A new way of reading must be added to `everything`; what stands here tells nothing of a report or changes it."""
    tells_no_report = {
        "folder", "settings", "viewer", "embedder", "open_embedder", "segmenter", "lexicon", "open", "close",
        "log_number", "last_change", "seen_by", "is_still", "read_ahead", "within", "writing", "catch_up",
    }  # fmt: skip
    changes = {
        "add", "remove", "restore", "purge_expired", "set_metadata", "set_visibility", "correct", "undo_correction",
        "embed_anew",
    }  # fmt: skip
    peoples = {"accounts", "sessions", "history", "feedback", "basket", "audit"}
    public = {name for name, _ in inspect.getmembers(Archive) if not name.startswith("_")}
    asked = {name.split(" ")[0] for name in everything(archive)}
    assert public - tells_no_report - changes - peoples == asked


def test_a_reader_changes_nothing_and_a_clerk_erases_nothing(archive) -> None:
    reader, clerk = archive.seen_by(READER), archive.seen_by(CLERK)
    info = archive.reports()[0]
    changes: list[Callable[[Archive], object]] = [
        lambda view: view.add(made_report("new.txt")),
        lambda view: view.remove(info.id),
        lambda view: view.restore(info.id),
        lambda view: view.set_metadata(info),
        lambda view: view.set_visibility(info.id, Visibility.INTERNAL),
        lambda view: view.correct(info.id, 0, value="1个", reason="x"),
        lambda view: view.catch_up(),
        lambda view: view.writing().__enter__(),
    ]
    for_administrators: list[Callable[[Archive], object]] = [
        lambda view: view.remove(info.id, purge=True),
        lambda view: view.purge_expired(datetime(2099, 1, 1)),
        lambda view: view.embed_anew(),
        lambda view: view.check(repair=True),
    ]
    number = archive.log_number
    for change in [*changes, *for_administrators]:
        with pytest.raises(NotPermittedError, match="权限"):
            change(reader)
    for change in for_administrators:
        with pytest.raises(NotPermittedError, match="管理员"):
            change(clerk)
    assert archive.log_number == number
    clerk.remove(info.id)
    clerk.restore(info.id)
    assert clerk.add(made_report("new.txt", year=1999)) == ["hangzhou-1999"]


def test_what_belongs_to_people_is_only_in_the_whole_archive(archive) -> None:
    for name in ("accounts", "sessions", "history", "feedback", "basket", "audit"):
        assert getattr(archive, name) is getattr(archive.seen_by(ADMIN), name)
        for viewer in (READER, LISTED, CLERK):
            with pytest.raises(NotPermittedError):
                getattr(archive.seen_by(viewer), name)


def test_a_clerk_reaches_no_report_that_he_may_not_see(archive, tmp_path) -> None:
    limit(archive, Visibility.LISTED, "zhang")
    clerk = archive.seen_by(CLERK)
    info = dataclasses.replace(archive.report(HIDDEN), visibility=Visibility.PUBLIC)
    info = ReportInfo(**{field.name: getattr(info, field.name) for field in dataclasses.fields(ReportInfo)})
    for change in (
        lambda: clerk.remove(HIDDEN),
        lambda: clerk.restore(HIDDEN),
        lambda: clerk.set_metadata(info),
        lambda: clerk.set_visibility(HIDDEN, Visibility.PUBLIC),
        lambda: clerk.correct(HIDDEN, 0, value="1个", reason="x"),
    ):
        with pytest.raises(UnknownReportError):
            change()
    with pytest.raises(NotPermittedError, match=r"密/机要2021\.txt"):
        clerk.add(made_report("密/机要2021.txt", ("改掉1个。",)))
    assert archive.report(HIDDEN).text.endswith(f"{SECRET}种树777棵。")


def test_the_archive_itself_is_what_administrators_and_the_command_line_see(archive) -> None:
    limit(archive, Visibility.LISTED, "zhang")
    assert archive.seen_by(LOCAL) is archive
    assert archive.seen_by(ADMIN) is archive
    assert archive.seen_by(READER).seen_by(LOCAL) is archive


def test_those_who_see_the_same_share_a_view_and_what_was_read(archive) -> None:
    limit(archive, Visibility.LISTED, "zhang")
    reader = archive.seen_by(READER)
    assert archive.seen_by(Viewer("someone", Role.READER)) is reader
    assert archive.seen_by(LISTED) is not reader
    assert archive.seen_by(CLERK) is not reader
    archive.passages([1])
    assert reader._reading.view().passages is archive._reading.view().passages
    assert reader.embedder is archive.embedder
    limit(archive, Visibility.PUBLIC)
    assert reader._reading.view() is archive._reading.view()  # nothing is hidden: nothing is filtered


def test_a_view_follows_what_is_added_limited_and_opened_again(archive) -> None:
    reader, listed = archive.seen_by(READER), archive.seen_by(LISTED)
    number = reader.log_number
    limit(archive, Visibility.LISTED, "zhang")
    assert reader.log_number > number
    assert len(reader.reports()) == len(listed.reports()) == 3  # `listed` was made when nobody was on any list
    listed = archive.seen_by(LISTED)
    assert len(listed.reports()) == 4
    limit(archive, Visibility.LISTED)
    assert len(listed.reports()) == 3
    limit(archive, Visibility.PUBLIC)
    assert len(reader.reports()) == len(listed.reports()) == 4
    archive.add(made_report("d.txt", year=2019))
    assert len(reader.reports()) == 5


def test_closing_a_view_leaves_the_archive_open(archive) -> None:
    with archive.seen_by(READER) as view:
        assert len(view.reports()) == 4
    assert len(archive.keyword([[("气瓶", 1.0)]], reports=None, k=9)) == 3


def test_a_limited_report_stays_limited_when_its_file_is_indexed_anew(tmp_path) -> None:
    file = tmp_path / "2023年工作总结.txt"
    file.write_text("2023年工作总结\n一、工作回顾\n查扣气瓶449个。\n", encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True, embedder=MadeEmbedder()) as archive:
        (report_id,) = index_paths(archive, [file]).added
        archive.accounts.create("zhang", Role.READER, "keins-von-diesen-1")
        archive.set_visibility(report_id, Visibility.LISTED, ["Zhang"])
        file.write_text("2023年工作总结\n一、工作回顾\n查扣气瓶450个。\n", encoding="utf-8")
        assert index_paths(archive, [file]).replaced == [report_id]
        assert archive.report(report_id).visibility is Visibility.LISTED
        assert archive.readers_of(report_id) == ("zhang",)
        assert archive.seen_by(READER).reports() == ()
        assert len(archive.seen_by(LISTED).reports()) == 1


def test_a_list_takes_only_accounts_and_only_where_the_visibility_asks_for_one(archive) -> None:
    with pytest.raises(AccountError, match="nobody"):
        limit(archive, Visibility.LISTED, "zhang", "nobody")
    limit(archive, Visibility.INTERNAL, "zhang")
    assert archive.readers_of(HIDDEN) == ()
    assert archive.metadata(HIDDEN)["visibility"].source == "edited"


def test_a_removed_account_leaves_every_list(archive) -> None:
    limit(archive, Visibility.LISTED, "zhang")
    view = archive.seen_by(LISTED)
    assert len(view.reports()) == 4
    archive.accounts.remove("zhang")
    archive.accounts.create("zhang", Role.READER, "keins-von-diesen-1")
    assert len(view.reports()) == len(archive.seen_by(LISTED).reports()) == 3


def test_removed_reports_can_be_brought_back_for_thirty_days(archive) -> None:
    archive.remove(HIDDEN)
    archive.remove("hangzhou-2020")
    newest, oldest = archive.removed()
    assert [newest.info.id, oldest.info.id] == ["hangzhou-2020", HIDDEN]
    assert newest.until - newest.at == timedelta(days=30)
    archive.restore("hangzhou-2020")
    assert archive.purge_expired(oldest.until) == ()
    assert archive.purge_expired(oldest.until + timedelta(seconds=1)) == (HIDDEN,)
    assert archive.removed() == ()
    with pytest.raises(UnknownReportError, match="purged"):
        archive.restore(HIDDEN)
    assert archive.purge_expired(datetime(2999, 1, 1)) == ()


def test_a_choice_within_a_view_stays_within_it_and_does_not_reach_other_views(archive) -> None:
    limit(archive, Visibility.INTERNAL)
    chosen = [HIDDEN, "hangzhou-2022"]
    assert [one.id for one in archive.seen_by(READER).within(chosen).reports()] == ["hangzhou-2022"]
    assert len(archive.within(chosen).seen_by(READER).reports()) == 3  # of the whole: a view is asked for first
    with archive.within(chosen) as narrow:
        assert len(narrow.reports()) == 2
    assert len(archive.reports()) == len(archive.seen_by(CLERK).reports()) == 4


def test_a_great_many_reports_can_be_seen_by_one_who_does_not_see_all(archive) -> None:
    limit(archive, Visibility.INTERNAL)
    view = archive.seen_by(READER)
    snapshot = view._reading.snapshot()
    rows = [*snapshot.by_row, *range(100, 100_000)]  # more than a statement of SQLite takes parameters
    from indexer import ledger_query

    with archive._records.reading() as connection:
        assert ledger_query.count_figures(connection, FigureQuery(), rows) == 4
