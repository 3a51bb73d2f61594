"""What a viewer does with his drafts; everything is looked up under his account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.types import Language
from indexer.basket import no_such_item
from indexer.errors import YoujuError
from indexer.viewer import Viewer
from ui.acts import number_in
from ui.drafts_file import document_of
from ui.drafts_items import Maker, name_of
from ui.drafts_view import drafts_html, made_html, sure_html, told_html
from ui.history_undo import Undo
from ui.spoken import in_language
from ui.text import say

if TYPE_CHECKING:
    from indexer.basket import DraftItem, KeptDraft
    from ui.site import Site

NAMED = 3  # items that are named where they could not be made
LONGEST_NAME = 30  # characters of each


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows after something was done: the drafts with one of them open, and a line about it."""

    body: str
    told: str
    draft: int | None


@dataclass(frozen=True, slots=True)
class _Taken:
    """An item that was taken out, and of which draft."""

    draft: int
    item: DraftItem


class DraftDesk:
    """The page's events."""

    def __init__(self, site: Site, language: Language) -> None:
        self._site = site
        self._basket = site.whole.basket
        self._language = language
        self._undo: Undo[_Taken] = Undo()

    def look(self, viewer: Viewer, draft: int | None, told: str = "") -> Shown:
        """The drafts with one open: that one, else the last changed."""
        listed = self._basket.list(viewer.account)
        ids = [one.id for one in listed]
        opened = draft if draft in ids else next(iter(ids), None)
        kept = None if opened is None else self._kept(viewer, opened)
        return Shown(drafts_html(listed, kept, self._language), told, opened)

    def do(self, viewer: Viewer, event: str, sent: Mapping[str, str]) -> Shown:
        """What a button or a form of the page asks for."""
        draft = number_in(sent.get("draft", ""))
        try:
            return self._done(viewer, event, draft, sent)
        except YoujuError as error:
            return self.look(viewer, draft, told_html(in_language(error, self._language), self._language, bad=True))

    def save(self, viewer: Viewer, draft: int | None, kind: str) -> Iterator[str]:
        """The document of a draft, made from the archive as it is now."""
        yield told_html(say(self._language, "saving"), self._language)
        try:
            yield self._saved(viewer, self._kept(viewer, -1 if draft is None else draft), kind)
        except YoujuError as error:
            yield told_html(in_language(error, self._language), self._language, bad=True)

    def _saved(self, viewer: Viewer, draft: KeptDraft, kind: str) -> str:
        archive, sight = self._site.archive_of(viewer), self._site.sight_of(viewer)
        maker = Maker(archive, self._site.chain_of(viewer), self._language, date.today())
        made = [(item, maker.make(item)) for item in draft.content]
        document = document_of(draft.title, [one for _, one in made if one is not None], archive, kind, self._language)
        lost = [name_of(item, self._language)[:LONGEST_NAME] for item, one in made if one is None]
        comma = say(self._language, "list_comma")
        remarks = (
            [say(self._language, "drafts_left_out", count=len(lost), names=comma.join(lost[:NAMED]))] if lost else []
        )
        if document.left_out:
            remarks.append(say(self._language, "drafts_left_numbers", count=document.left_out))
        address = self._site.hand_out(sight, document.name, document.content)
        self._site.note(viewer, "export", f"draft:{draft.id}")
        return made_html(document.name, address, remarks, self._language)

    def _done(self, viewer: Viewer, event: str, draft: int | None, sent: Mapping[str, str]) -> Shown:
        account, item = viewer.account, sent.get("item", "")
        if event == "new":
            return self.look(viewer, self._basket.new(account, sent.get("title", "")))
        if event == "back":
            return self._back(viewer, sent.get("back", ""))
        if draft is None or event == "look":
            return self.look(viewer, draft)
        kept = self._kept(viewer, draft)
        if event == "rename":
            self._basket.rename(account, draft, sent.get("title", ""))
            name = " ".join(sent.get("title", "").split())
            return self._said(viewer, draft, "drafts_renamed", title=name)
        if event == "sure":
            return self.look(viewer, draft, sure_html(kept, self._language))
        if event == "delete":
            self._basket.delete(account, draft)
            self._site.note(viewer, "draft_delete", str(draft))
            return self._said(viewer, None, "drafts_deleted", title=kept.title)
        if event in {"up", "down"}:
            self._basket.move(account, draft, item, _beside(kept, item, 1 if event == "down" else -1))
        if event == "remove":
            return self._removed(viewer, kept, item)
        return self.look(viewer, draft)

    def _removed(self, viewer: Viewer, kept: KeptDraft, item: str) -> Shown:
        taken = kept.content[_place(kept, item)]
        self._basket.remove(viewer.account, kept.id, item)
        back = self._undo.put(viewer.owner, _Taken(kept.id, taken))
        said = say(self._language, "drafts_removed", name=name_of(taken, self._language))
        return self.look(viewer, kept.id, told_html(said, self._language, back=back))

    def _back(self, viewer: Viewer, name: str) -> Shown:
        taken = self._undo.take(viewer.owner, name)
        if taken is None:
            return self.look(viewer, None, told_html(say(self._language, "drafts_too_late"), self._language, bad=True))
        item = taken.item
        again = self._basket.add(viewer.account, taken.draft, item.kind, item.content, cites=item.cites)
        self._basket.move(viewer.account, taken.draft, again, item.place)
        return self._said(viewer, taken.draft, "drafts_restored")

    def _said(self, viewer: Viewer, draft: int | None, key: str, **values: object) -> Shown:
        return self.look(viewer, draft, told_html(say(self._language, key, **values), self._language))

    def _kept(self, viewer: Viewer, draft: int) -> KeptDraft:
        return self._basket.get(viewer.account, draft, seen=self._site.archive_of(viewer))


def _place(kept: KeptDraft, item: str) -> int:
    """Where an item stands among those that may be seen. Raises DraftError where it stands nowhere."""
    for place, one in enumerate(kept.content):
        if one.id == item:
            return place
    raise no_such_item()


def _beside(kept: KeptDraft, item: str, step: int) -> int:
    """The place in the draft of the neighbour that may be seen, `step` further; of the item itself at either end."""
    place = _place(kept, item)
    return kept.content[min(max(0, place + step), len(kept.content) - 1)].place
