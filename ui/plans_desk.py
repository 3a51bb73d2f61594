"""What the page 计划与完成 does for a viewer: lay a plan beside its results, make files, put it into a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.commitments import Pair, pairs_of
from assistant.plans import PlanReview, review_pair
from assistant.types import Language
from indexer.errors import QuestionError, YoujuError
from indexer.recent import Recent
from ui.controls import failed_html, file_html, said_html
from ui.drafts_items import plans_item
from ui.files_in import plain_name
from ui.into_draft import Into, drafts_html, keep
from ui.plan_files import plans_file
from ui.plans import title_of
from ui.plans_view import KINDS, form_html, review_html
from ui.text import say

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.viewer import Viewer
    from ui.site import Site

REVIEWS_KEPT = 24
Key = tuple[int, str, tuple[str, ...], bool]
Sent = Mapping[str, Any]  # what an event of the form brings


class ReviewShelf:
    """The reviews that were made last: a file of one costs no second review."""

    def __init__(self) -> None:
        self._kept: Recent[Key, PlanReview] = Recent(REVIEWS_KEPT)

    def of(self, archive: Archive, plan: str, numbers: bool, language: Language) -> PlanReview:
        """The review of the plan in a report of the archive. Raises QuestionError where it has none any more."""
        pair = next((one for one in told_pairs(archive) if one.planning.id == plan), None)
        if pair is None:
            raise QuestionError(say(language, "plans_gone"))
        key = (archive.log_number, plan, tuple(report.id for report in pair.later), numbers)
        review = self._kept.get(key)
        if review is None:
            review = review_pair(archive, pair, only_numbers=numbers)
            self._kept.put(key, review)
        return review


class PlansDesk:
    """The page's work over one site in one language."""

    def __init__(self, site: Site, language: Language) -> None:
        self._site, self._language = site, language
        self._shelf = ReviewShelf()

    def begin(self, viewer: Viewer) -> tuple[str, str]:
        """The form, with only the plans whose results are held, and nothing below it yet."""
        return form_html(told_pairs(self._site.archive_of(viewer)), self._language), ""

    def look(self, viewer: Viewer, sent: Sent) -> Iterator[str]:
        """The review of the plan that was chosen, or the sentence that says why there is none."""
        if not sent.get("plan"):
            yield ""
            return
        yield said_html(say(self._language, "plans_working"))
        sight = self._site.sight_of(viewer)
        try:
            review = self._review(viewer, sent)
            shown = review_html(review, self._site.archive_of(viewer), self._language)
            sight.hold(self._site.whole)
        except YoujuError as error:
            yield failed_html(error, self._language)
            return
        self._site.note(viewer, "plans", review.pair.planning.id)
        yield shown

    def save(self, viewer: Viewer, sent: Sent) -> Iterator[str]:
        """The link to a file of the kind that was asked for."""
        yield said_html(say(self._language, "saving"))
        kind = sent["kind"] if sent.get("kind") in KINDS else KINDS[0]
        sight = self._site.sight_of(viewer)
        try:
            review = self._review(viewer, sent)
            name, content = plans_file([review], kind, self._site.archive_of(viewer), self._language)
            name = plain_name(name)
            address = self._site.hand_out(sight, name, content)
        except YoujuError as error:
            yield failed_html(error, self._language)
            return
        self._site.note(viewer, "export", f"plans:{kind}")
        yield file_html(address, name, self._language)

    def pick(self, viewer: Viewer) -> str:
        """The drafts that it may go into."""
        return drafts_html(self._site, viewer, self._language)

    def keep(self, viewer: Viewer, sent: Sent) -> str:
        """Put the plan and what became of it into a draft; the line that says so."""
        try:
            review = self._review(viewer, sent)
        except YoujuError as error:
            return failed_html(error, self._language)
        named = title_of(review, self._language)
        item = plans_item(review.pair.planning.id, named, numbers=bool(sent.get("numbers")))
        told = (one for outcome in review.outcomes for one in (outcome.planned, outcome.done) if one is not None)
        cites = frozenset(citation.report.id for citation in told)
        # Not called after the report: a draft keeps its title when the report may not be seen any more.
        title = str(sent.get("title") or "").strip() or f"{say(self._language, 'nav_plans')} {date.today()}"
        return keep(self._site, viewer, Into(str(sent.get("draft") or ""), title, item, cites), self._language)

    def _review(self, viewer: Viewer, sent: Sent) -> PlanReview:
        archive = self._site.archive_of(viewer)
        return self._shelf.of(archive, str(sent.get("plan") or ""), bool(sent.get("numbers")), self._language)


def told_pairs(archive: Archive) -> list[Pair]:
    """The plans that a later report tells about."""
    return [pair for pair in pairs_of(archive.reports()) if pair.later]
