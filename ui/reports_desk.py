"""What the page 档案 does for whoever looks: shows reports, describes, limits, removes, restores and erases them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.types import Language
from indexer.errors import NotPermittedError, UnknownReportError, YoujuError
from indexer.types import ReportInfo, Visibility
from indexer.viewer import Role, Viewer
from ui.reports_drawer import Opened, drawer_html, purge_html
from ui.reports_edit import read_form, stamp_of
from ui.reports_filters import ROWS, ReportsView, address_of, passing, view_of
from ui.reports_quality import QualityShelf
from ui.reports_view import Listed, ReportsPage, note_html, pages_of, removed_html, table_html, undo_html
from ui.spoken import in_language
from ui.text import say

if TYPE_CHECKING:
    from indexer.archive import Archive
    from ui.site import Site


@dataclass(frozen=True, slots=True)
class Said:
    """What is said above the table and in the report's page after something was done."""

    above: str = ""  # HTML
    within: str = ""
    is_bad: bool = False
    told: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


class ReportsDesk:
    """The reports of one site in one language."""

    def __init__(self, site: Site, language: Language) -> None:
        self._site = site
        self._language = language
        self._quality = QualityShelf(site.intake.sketches)

    def show(self, viewer: Viewer, search: str, said: Said | None = None) -> tuple[str, str]:
        """The table, and the page of the report that the address opens ("": none), as HTML."""
        said = said or Said()
        archive = self._site.archive_of(viewer)
        if not viewer.role.at_least(Role.CLERK):
            return note_html(in_language(str(_no_clerk()), self._language), bad=True), ""
        looked = view_of(search)
        drawer = self._drawer(archive, viewer, looked, said)
        is_gone = bool(looked.open) and not drawer and not said.above
        note = note_html(say(self._language, "report_gone"), bad=True) if is_gone else said.above
        table = table_html(self._page(archive, looked), self._language, note=note)
        removed = removed_html(archive.removed(), self._language, may_purge=viewer.role.at_least(Role.ADMINISTRATOR))
        log = f'<span data-log="{archive.log_number}" hidden></span>'  # by which the bar's counts are known to be old
        return log + table + removed, drawer

    def act(self, viewer: Viewer, told: Mapping[str, str]) -> tuple[str, str]:
        """The table and the report's page after what the viewer has done."""
        search = told.get("search", "")
        archive = self._site.archive_of(viewer)
        try:
            return self._act(archive, viewer, told)
        except UnknownReportError:
            gone = note_html(say(self._language, "report_gone"), bad=True)
            return self.show(viewer, address_of(replace(view_of(search), open="")), Said(above=gone))
        except YoujuError as error:
            wrong = in_language(error, self._language)
            if view_of(search).open:
                return self.show(viewer, search, Said(within=wrong, is_bad=True))
            return self.show(viewer, search, Said(above=note_html(wrong, bad=True)))

    def _act(self, archive: Archive, viewer: Viewer, told: Mapping[str, str]) -> tuple[str, str]:
        act, report_id, search = told.get("act", ""), told.get("report", ""), told.get("search", "")
        language = self._language
        closed = address_of(replace(view_of(search), open=""))
        if act == "describe":
            return self.show(viewer, search, self._describe(archive, viewer, told))
        if act == "see":
            return self.show(viewer, search, self._see(archive, viewer, told))
        if act == "remove":
            info = _info(archive, report_id)
            archive.remove(report_id)
            self._site.note(viewer, "remove", report_id)
            return self.show(viewer, closed, Said(above=undo_html(info, language)))
        if act == "restore":
            archive.restore(report_id)
            self._site.note(viewer, "restore", report_id)
            name = _name(_info(archive, report_id))
            return self.show(viewer, search, Said(above=note_html(say(language, "reports_restored", title=name))))
        if act == "purge-ask":
            return self.show(viewer, search)[0], purge_html(_any_info(archive, report_id), language)
        if act == "purge":
            return self._purge(archive, viewer, told, closed)
        return self.show(viewer, search)

    def _purge(self, archive: Archive, viewer: Viewer, told: Mapping[str, str], closed: str) -> tuple[str, str]:
        report_id, language = told.get("report", ""), self._language
        info = _any_info(archive, report_id)
        words = say(language, "purge_words")
        if told.get("typed", "").strip() != words:
            wrong = say(language, "purge_wrong", words=words)
            return self.show(viewer, closed)[0], purge_html(info, language, wrong=wrong)
        archive.remove(report_id, purge=True)
        self._site.note(viewer, "purge", report_id)
        return self.show(viewer, closed, Said(above=note_html(say(language, "reports_purged", title=_name(info)))))

    def _describe(self, archive: Archive, viewer: Viewer, told: Mapping[str, str]) -> Said:
        info = _info(archive, told.get("report", ""))
        if told.get("stamp") != stamp_of(info):
            return Said(within=say(self._language, "report_overtaken"), is_bad=True)
        edited = read_form(info, told, self._language)
        if edited.wrong:
            return Said(told=told, wrong=edited.wrong)
        if edited.info != info:
            archive.set_metadata(edited.info)
            self._site.note(viewer, "describe", info.id)
        return Said(within=say(self._language, "report_saved"))

    def _see(self, archive: Archive, viewer: Viewer, told: Mapping[str, str]) -> Said:
        info = _info(archive, told.get("report", ""))
        kind = told.get("visibility", "")
        visibility = Visibility(kind) if kind in set(Visibility) else info.visibility
        readers = [value for name, value in told.items() if name.startswith("reader-")]
        archive.set_visibility(info.id, visibility, readers)
        self._site.note(viewer, "visibility", info.id)
        said = say(self._language, "report_seen", kind=say(self._language, f"visibility_{visibility.value}"))
        is_hidden = info.id not in {one.id for one in self._site.archive_of(viewer).reports()}
        return Said(above=note_html(said)) if is_hidden else Said(within=said)

    def _page(self, archive: Archive, looked: ReportsView) -> ReportsPage:
        found = passing(looked, archive.reports())
        if looked.warned == "1":
            found = [info for info in found if self._quality.flaws(archive, info)]
        start = (min(looked.number, pages_of(len(found))) - 1) * ROWS
        rows = [
            Listed(info, len(archive.figure_ids_of(info.id)), self._quality.flaws(archive, info))
            for info in found[start : start + ROWS]
        ]
        return ReportsPage(looked, rows, len(found))

    def _drawer(self, archive: Archive, viewer: Viewer, looked: ReportsView, said: Said) -> str:
        info = next((one for one in archive.reports() if one.id == looked.open), None)
        if info is None:
            return ""
        opened = Opened(
            info=info,
            guesses=archive.metadata(info.id),
            flaws=self._quality.flaws(archive, info),
            sections=archive.sections(info.id),
            figures=archive.figures_of(info.id),
            readers=archive.readers_of(info.id),
            accounts=[one.name for one in self._site.whole.accounts.list()],
            may_purge=viewer.role.at_least(Role.ADMINISTRATOR),
            back=address_of(replace(looked, open="")),
            told=said.told,
            wrong=said.wrong,
            said=said.within,
            is_bad=said.is_bad,
        )
        return drawer_html(opened, self._language)


def _info(archive: Archive, report_id: str) -> ReportInfo:
    found = next((one for one in archive.reports() if one.id == report_id), None)
    if found is None:
        raise UnknownReportError(report_id)
    return found


def _any_info(archive: Archive, report_id: str) -> ReportInfo:
    """A report that is held, or one that was removed."""
    removed = (one.info for one in archive.removed())
    found = next((one for one in (*archive.reports(), *removed) if one.id == report_id), None)
    if found is None:
        raise UnknownReportError(report_id)
    return found


def _name(info: ReportInfo) -> str:
    return info.title or info.file_name


def _no_clerk() -> NotPermittedError:
    return NotPermittedError("这一页需要“档案员”权限，请联系管理员。(This page needs the role clerk.)")
