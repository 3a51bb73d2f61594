"""What the page 档案 does for whom: described with care, hidden from who may not, told when somebody was quicker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.types import Language
from indexer.archive import Archive
from indexer.settings import Load
from indexer.types import Level, Period, Visibility
from indexer.viewer import LOCAL, Role, Viewer
from tests.made_archive import MadeEmbedder, made_report
from ui.intake_acts import handle
from ui.intake_view import drop_html, jobs_html
from ui.reports_desk import ReportsDesk
from ui.reports_edit import period_text, read_form, stamp_of
from ui.reports_filters import ReportsView, passing, view_of
from ui.site import Site

CLERK, READER = Viewer("dang", Role.CLERK), Viewer("du", Role.READER)
REPORT = "hangzhou-2023"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, create=True, embedder=MadeEmbedder()) as opened:
        opened.add(made_report("a.txt", place="杭州市", year=2023), made_report("b.txt", place="宁波市", year=2021))
        yield opened


@pytest.fixture
def site(archive: Archive) -> Iterator[Site]:
    def no_chain(view: Archive) -> object:
        raise AssertionError("nothing is asked here")

    site = Site(archive, no_chain)  # type: ignore[arg-type]
    yield site
    site.intake.close()
    site.inbox.close()


@pytest.fixture
def desk(site: Site) -> ReportsDesk:
    return ReportsDesk(site, Language.CHINESE)


def form(archive: Archive, **changes: str) -> dict[str, str]:
    info = archive.report(REPORT)
    told = {"act": "describe", "report": REPORT, "search": f"?open={REPORT}", "stamp": stamp_of(info)}
    told |= {"title": info.title, "issuer": info.issuer or "", "place": info.place or "", "level": info.level.value}
    told |= {"genre": info.genre.value, "year": str(info.year), "period": period_text(info.period)}
    return told | changes


def test_a_description_is_saved_and_marked_as_edited(desk: ReportsDesk, archive: Archive) -> None:
    _, drawer = desk.act(LOCAL, form(archive, title="新标题", year="2022年", period="2022年上半年", issuer=""))
    info = archive.report(REPORT)
    assert (info.title, info.year, info.period) == ("新标题", 2022, Period.of_months(2022, 1, 6))
    assert archive.metadata(REPORT)["title"].source == "edited"
    assert "已保存" in drawer
    assert "来自人工修改" in drawer


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"year": "去年"}, "year"), ({"year": "99999"}, "year"), ({"period": "春天"}, "period"),
        ({"title": "  "}, "title"), ({"title": "长" * 201}, "title"), ({"place": "长" * 41}, "place"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field_and_nothing_saved(
    desk: ReportsDesk, archive: Archive, changes: dict[str, str], field: str
) -> None:
    before = archive.report(REPORT)
    _, drawer = desk.act(LOCAL, form(archive, **changes))
    assert f'id="wrong-{field}"' in drawer
    assert archive.report(REPORT) == before


def test_who_saves_after_somebody_else_is_told_and_overwrites_nothing(desk: ReportsDesk, archive: Archive) -> None:
    mine = form(archive, title="我的标题")
    desk.act(LOCAL, form(archive, title="别人的标题"))
    _, drawer = desk.act(LOCAL, mine)
    assert "没有保存" in drawer
    assert archive.report(REPORT).title == "别人的标题"


def test_the_level_follows_a_new_place(archive: Archive) -> None:
    info = archive.report(REPORT)
    edited = read_form(info, form(archive, place="浙江省"), Language.CHINESE)
    assert edited.info.level is Level.PROVINCE


@pytest.mark.parametrize(
    "period", [Period.of_year(2023), Period.of_months(2022, 1, 5), Period.of_years(2018, 2022), None]
)
def test_every_period_is_written_so_that_it_is_read_back(archive: Archive, period: Period | None) -> None:
    info = replace(archive.report(REPORT), period=period)
    edited = read_form(info, form(archive, period=period_text(period)), Language.CHINESE)
    assert (edited.wrong, edited.info.period) == ({}, period)


def test_visibility_is_set_with_its_list(desk: ReportsDesk, archive: Archive) -> None:
    archive.accounts.create("dang", Role.CLERK, "Yunling-2024-x")
    told = {"act": "see", "report": REPORT, "search": f"?open={REPORT}", "visibility": "listed", "reader-0": "dang"}
    _, drawer = desk.act(LOCAL, told)
    assert archive.readers_of(REPORT) == ("dang",)
    assert archive.report(REPORT).visibility is Visibility.LISTED
    assert "可见范围已改为“指定人员”" in drawer
    other, _ = desk.show(Viewer("yi", Role.CLERK), "")
    assert REPORT not in other
    assert "第 1—1 份，共 1 份" in other
    assert desk.show(Viewer("yi", Role.CLERK), f"?open={REPORT}")[1] == ""  # by a guessed id neither


def test_a_reader_can_do_nothing_here(desk: ReportsDesk, site: Site, archive: Archive) -> None:
    before = archive.log_number
    for act in ("describe", "see", "remove", "restore", "purge", "purge-ask"):
        table, drawer = desk.act(READER, form(archive, act=act, typed="彻底删除"))
        assert "杭州" not in table + drawer
    handle(site, READER, {"act": "samples"}, [])
    assert site.intake.jobs_of(READER) == ()
    assert archive.log_number == before


def test_a_clerk_removes_and_restores_and_cannot_erase(desk: ReportsDesk, archive: Archive) -> None:
    told = {"report": REPORT, "search": f"?open={REPORT}"}
    table, drawer = desk.act(CLERK, {**told, "act": "remove"})
    assert drawer == ""
    assert "撤销" in table
    desk.act(CLERK, {**told, "act": "purge", "typed": "彻底删除"})
    assert [one.info.id for one in archive.removed()] == [REPORT]
    desk.act(CLERK, {**told, "act": "restore"})
    assert len(archive.reports()) == 2
    gone, _ = desk.act(CLERK, {**told, "act": "remove", "report": "nowhere"})
    assert "已不在档案中" in gone


def test_what_is_done_is_recorded_by_ids(desk: ReportsDesk, archive: Archive) -> None:
    desk.act(LOCAL, form(archive, title="绝密标题"))
    desk.act(LOCAL, {"act": "remove", "report": REPORT})
    entries = {(row[3], row[4]) for row in archive.audit.rows()}
    assert {("describe", REPORT), ("remove", REPORT)} <= entries
    assert "绝密" not in str(list(archive.audit.rows()))


def test_a_link_to_a_report_that_is_gone_says_so_above_the_table(desk: ReportsDesk) -> None:
    table, drawer = desk.show(LOCAL, "?open=nanjing-1999")
    assert drawer == ""
    assert "这份报告已不在档案中" in table
    assert "不在档案中" not in desk.show(LOCAL, f"?open={REPORT}")[0]


def test_reports_are_found_and_put_in_order(archive: Archive) -> None:
    reports = archive.reports()
    assert [info.id for info in passing(ReportsView(), reports)] == ["ningbo-2021", REPORT]  # the newest first
    assert [info.id for info in passing(ReportsView(words="杭州 总结"), reports)] == [REPORT]
    assert [info.id for info in passing(ReportsView(year="2021年"), reports)] == ["ningbo-2021"]
    assert [info.id for info in passing(ReportsView(sort="year", down="1"), reports)] == [REPORT, "ningbo-2021"]
    assert passing(ReportsView(visibility="internal"), reports) == []
    assert view_of("?page=x&sort=;&open=%00").number == 1


@pytest.mark.parametrize("language", list(Language))
def test_the_notice_stands_above_the_drop(language: Language) -> None:
    html = drop_html("<涉密>", Load(), language, is_empty=True)
    assert html.index("&lt;涉密&gt;") < html.index('type="file"')
    assert 'data-act="samples"' in html
    assert jobs_html((), frozenset(), language) == ""
