"""What the page 比较 does for a viewer: suggest, compare, make files, put into a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.comparison import Comparison
from assistant.types import Language
from indexer.basket import LONGEST_TITLE
from indexer.errors import QuestionError, YoujuError
from ui.compare_choice import LONGEST_SUBJECT, Choice, choice_of, comparisons_of
from ui.compare_subjects import SubjectShelf, options_html
from ui.compare_view import KINDS, comparisons_html, empty_html, form_html
from ui.comparison_files import comparison_file
from ui.controls import failed_html, file_html, said_html
from ui.drafts_items import comparison_item
from ui.files_in import plain_name
from ui.into_draft import Into, drafts_html, keep
from ui.text import say

if TYPE_CHECKING:
    from indexer.viewer import Viewer
    from ui.site import Site

Sent = Mapping[str, Any]  # what an event of the form brings


class CompareDesk:
    """The page's work over one site in one language."""

    def __init__(self, site: Site, language: Language) -> None:
        self._site, self._language = site, language
        self._shelf = SubjectShelf()

    def begin(self, viewer: Viewer) -> tuple[str, str]:
        """The form, and what stands where the comparison will be."""
        archive = self._site.archive_of(viewer)
        return form_html(archive, self._language), self._empty(viewer)

    def suggest(self, viewer: Viewer, sent: Sent) -> str:
        """The indicators that fit what is typed."""
        typed = str(sent.get("typed") or "").strip()[:LONGEST_SUBJECT]
        known = self._shelf.of(self._site.archive_of(viewer))
        return options_html(known.suggest(typed), typed, self._language)

    def look(self, viewer: Viewer, sent: Sent) -> Iterator[str]:
        """The comparison that was chosen, or the sentence that says why there is none."""
        sight = self._site.sight_of(viewer)
        try:
            choice, made = self._made(viewer, sent)
            if not choice.subjects:
                yield self._empty(viewer)
                return
            shown = comparisons_html(made, self._site.archive_of(viewer))
            sight.hold(self._site.whole)
        except YoujuError as error:
            yield failed_html(error, self._language)
            return
        self._site.note(viewer, "compare")
        yield shown

    def save(self, viewer: Viewer, sent: Sent) -> Iterator[str]:
        """The link to a file of the kind that was asked for."""
        yield said_html(say(self._language, "saving"))
        kind = sent["kind"] if sent.get("kind") in KINDS else KINDS[0]
        sight = self._site.sight_of(viewer)
        try:
            _, made = self._made(viewer, sent)
            if not made:
                raise QuestionError(say(self._language, "compare_no_subject"))
            name, content, draft = comparison_file(made, kind, self._site.archive_of(viewer))
            name, left = plain_name(name), draft.left_out
            address = self._site.hand_out(sight, name, content)
        except YoujuError as error:
            yield failed_html(error, self._language)
            return
        self._site.note(viewer, "export", f"comparison:{kind}")
        told = said_html(say(self._language, "saved_left_out", count=left)) if left else ""
        yield file_html(address, name, self._language) + told

    def pick(self, viewer: Viewer) -> str:
        """The drafts that it may go into."""
        return drafts_html(self._site, viewer, self._language)

    def keep(self, viewer: Viewer, sent: Sent) -> str:
        """Put the comparison into a draft; the line that says so."""
        try:
            choice, made = self._made(viewer, sent)
        except YoujuError as error:
            return failed_html(error, self._language)
        first, last = ("" if year is None else str(year) for year in (choice.first, choice.last))
        item = comparison_item(choice.subjects, first, last, choice.places)
        named = say(self._language, "list_comma").join(choice.subjects)[:LONGEST_TITLE]
        title = str(sent.get("title") or "").strip() or named
        cites = frozenset(citation.report.id for one in made for citation in one.citations)
        return keep(self._site, viewer, Into(str(sent.get("draft") or ""), title, item, cites), self._language)

    def _made(self, viewer: Viewer, sent: Sent) -> tuple[Choice, list[Comparison]]:
        subjects, first, last, places = (sent.get(name) for name in ("subjects", "first", "last", "places"))
        choice = choice_of(subjects, first, last, places, self._language)
        return choice, comparisons_of(self._site.archive_of(viewer), choice, self._language, date.today())

    def _empty(self, viewer: Viewer) -> str:
        return empty_html(self._shelf.of(self._site.archive_of(viewer)).examples(), self._language)
