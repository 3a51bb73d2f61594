"""What is done on the page 台账: corrections by whoever may, each recorded; files of what is filtered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.types import Language
from indexer.archive import Archive
from indexer.viewer import Role, Viewer
from tests.made_archive import MadeEmbedder, made_report
from ui.page_ledger import LedgerDesk
from ui.site import Site

READER, CLERK = Viewer("du", Role.READER), Viewer("dang", Role.CLERK)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, create=True, embedder=MadeEmbedder()) as opened:
        opened.add(made_report("a.txt", ("全年查扣气瓶449个。", "整治河道53条。")))
        yield opened


@pytest.fixture
def desk(archive: Archive) -> Iterator[LedgerDesk]:
    site = Site(archive, lambda _: pytest.fail("nothing is asked"))
    yield LedgerDesk(site, Language.CHINESE)
    site.inbox.close()


def told(archive: Archive, act: str, **more: str) -> dict[str, str]:
    return {"act": act, "report": archive.reports()[0].id, "ordinal": "0", "search": "", **more}


def corrections(archive: Archive) -> dict[int, str]:
    held, _ = archive.corrections(archive.reports()[0].id)
    return {ordinal: one.value for ordinal, one in held.items()}


def noted(archive: Archive) -> list[tuple[str, str, str]]:
    return [(one.account, one.action, one.object) for one in archive.audit.newest(10)]


def test_a_clerk_corrects_and_undoes_and_both_are_recorded(archive: Archive, desk: LedgerDesk) -> None:
    report = archive.reports()[0].id
    table, dialog = desk.act(CLERK, told(archive, "correct", value="459个", reason="原件为459"))
    assert (dialog, corrections(archive)) == ("", {0: "459个"})
    assert "459个" in table
    desk.act(CLERK, told(archive, "undo"))
    assert corrections(archive) == {}
    assert noted(archive) == [("dang", "correct", report)] * 2


@pytest.mark.parametrize("act", ["correct", "undo"])
def test_a_reader_changes_nothing(archive: Archive, desk: LedgerDesk, act: str) -> None:
    archive.correct(archive.reports()[0].id, 0, value="459个", reason="原件")
    table, dialog = desk.act(READER, told(archive, act, value="460个", reason="想改"))
    assert (corrections(archive), dialog) == ({0: "459个"}, "")
    assert "档案员" in table
    assert noted(archive) == []


@pytest.mark.parametrize("more", [{"ordinal": "99"}, {"ordinal": "²"}, {"ordinal": ""}, {"report": "none"}])
@pytest.mark.parametrize("act", ["open", "correct", "undo"])
def test_a_figure_that_is_gone_is_said_above_the_table(
    archive: Archive, desk: LedgerDesk, act: str, more: dict[str, str]
) -> None:
    table, dialog = desk.act(CLERK, told(archive, act, **more))
    assert dialog == ""
    assert "这个数字已不在台账里，请刷新页面。" in table
    assert str(archive.folder) not in table


def test_an_act_that_is_none_changes_nothing(archive: Archive, desk: LedgerDesk) -> None:
    for act in ("", "delete", "undo"):
        desk.act(CLERK, told(archive, act, value="459个", reason="原件"))
    assert (corrections(archive), noted(archive)) == ({}, [])


def test_what_is_wrong_with_a_correction_is_said_in_its_form(archive: Archive, desk: LedgerDesk) -> None:
    table, dialog = desk.act(CLERK, told(archive, "correct", value="459公里", reason="原件"))
    assert table == ""
    assert dialog is not None
    assert 'value="459公里"' in dialog


def test_an_export_is_recorded_before_its_link_is_shown(archive: Archive, desk: LedgerDesk) -> None:
    for shown in desk.save(READER, "", "csv"):
        if "/download/" in shown:
            break
    assert noted(archive) == [("du", "export", "ledger")]
    assert "没有" in "".join(desk.save(READER, "?subject=不存在的", "csv"))
    assert noted(archive) == [("du", "export", "ledger")]
