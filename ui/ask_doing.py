"""What a viewer does with the answers of a conversation: judge them, put them into drafts, look back, delete."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.contract import answer_json
from assistant.types import Language
from indexer.errors import YoujuError
from indexer.feedback import Verdict
from indexer.viewer import Viewer
from ui.ask_talk import UNKNOWN, Talks, Turn
from ui.ask_view import LONGEST_REASON, REASONS, toast_html
from ui.drafts_items import ANSWER, answer_item
from ui.drafts_pick import pick_html
from ui.history_undo import SECONDS, Undo
from ui.history_view import PAGE, entries_html
from ui.pages import DRAFTS, address_of
from ui.spoken import in_language
from ui.text import say

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.history import HistoryEntry
    from ui.site import Site

LONGEST_TITLE = 60  # characters of a question that name a new draft
MOST_SHOWN = 2000  # entries of the history at once


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody thinks of an answer."""

    verdict: str  # up, down
    reason: str = ""  # one of REASONS
    more: str = ""  # in own words


class Doing:
    """What the page's buttons do; each gives back HTML of the page."""

    def __init__(self, site: Site, talks: Talks, language: Language) -> None:
        self._site = site
        self._talks = talks
        self._language = language
        self._undo: Undo[HistoryEntry] = Undo()

    def judge(self, viewer: Viewer, talk: str, key: str, judged: Judged) -> str:
        """Keep what is thought of an answer; the line that confirms it."""
        turn = self._talks.of(viewer, talk).find(key)
        if turn is None or turn.answer is None or judged.verdict not in set(Verdict):
            return self._toast("judge_gone", bad=True)
        reason = say(self._language, f"judge_{judged.reason}") if judged.reason in REASONS else ""
        answer = turn.answer
        number = self._site.whole.feedback.add(
            viewer.account,
            turn.question,
            answer.text,
            Verdict(judged.verdict),
            reason="：".join(part for part in (reason, judged.more[:LONGEST_REASON].strip()) if part),
            standalone=answer.question.standalone,
            told=answer_json(answer),
            cites=turn.cites,
        )
        self._talks.of(viewer, talk).put(replace(turn, judged=judged.verdict))
        self._site.note(viewer, "judge", str(number))
        return self._toast("judge_kept")

    def pick_draft(self, viewer: Viewer, key: str) -> str:
        """The panel in which a draft is chosen."""
        return pick_html(key, self._site.whole.basket.list(viewer.account), self._language)

    def keep(self, viewer: Viewer, talk: str, key: str, *, draft: int | None, title: str) -> str:
        """Put an answer into a draft, or into a new one of that title; the line that confirms it."""
        turn = self._talks.of(viewer, talk).find(key)
        basket = self._site.whole.basket
        if turn is None or turn.answer is None or not turn.answer.citations:
            return self._toast("to_draft_gone", bad=True)
        try:
            into = draft if draft is not None else basket.new(viewer.account, title.strip() or _named(turn))
            basket.add(viewer.account, into, ANSWER, answer_item(turn.answer, turn.chosen), cites=turn.cites)
            name = next((one.title for one in basket.list(viewer.account) if one.id == into), "")
        except YoujuError as error:
            return toast_html(in_language(error, self._language), self._language, bad=True)
        self._site.note(viewer, "draft", str(into))
        address = f"{address_of(DRAFTS, self._language)}?draft={into}"
        return toast_html(say(self._language, "to_draft_done", title=name), self._language, address=address)

    def history(self, viewer: Viewer, words: str, shown: int) -> str:
        """The list of what the viewer asked."""
        limit = max(PAGE, min(shown, MOST_SHOWN))
        seen = self._site.archive_of(viewer)
        entries = self._site.whole.history.search(viewer.account, words[:200], seen=seen, limit=limit + 1)
        entries = tuple(one for one in entries if _is_found_openly(one, words[:200], seen))
        now = datetime.now().astimezone()
        return entries_html(entries[:limit], self._language, words=words, more=len(entries) > limit, now=now)

    def entry_of(self, viewer: Viewer, number: int) -> HistoryEntry | None:
        """An entry of the viewer's history, as far as he may see all that it shows."""
        return self._site.whole.history.get(viewer.account, number, seen=self._site.archive_of(viewer))

    def forget(self, viewer: Viewer, number: int) -> str:
        """Delete an entry; the line that confirms it, with the button that takes it back."""
        entry = self.entry_of(viewer, number)
        if entry is None or not self._site.whole.history.delete(viewer.account, number):
            return self._toast("history_gone", bad=True)
        self._talks.forget(viewer)
        self._site.note(viewer, "history_delete", str(number))
        back = self._undo.put(viewer.owner, entry)
        return toast_html(say(self._language, "history_deleted"), self._language, back=back)

    def take_back(self, viewer: Viewer, name: str) -> str:
        """Put back what was deleted last; the line that confirms it."""
        entry = self._undo.take(viewer.owner, name)
        if entry is None:
            return self._toast("history_undo_late", bad=True, seconds=int(SECONDS))
        number = self._site.whole.history.add(
            viewer.account,
            entry.question,
            entry.answer,
            said=entry.said,
            status=entry.status,
            turns=entry.turns,
            cites=entry.cites,
            at=entry.asked_at,
        )
        self._talks.forget(viewer)
        self._site.note(viewer, "history_restore", str(number))
        return self._toast("history_undone")

    def forget_all(self, viewer: Viewer) -> str:
        """Delete the viewer's whole history; the line that confirms it."""
        count = self._site.whole.history.delete_all(viewer.account)
        self._talks.forget(viewer)
        self._site.note(viewer, "history_delete_all")
        return self._toast("history_all_deleted", count=count)

    def _toast(self, key: str, *, bad: bool = False, **values: object) -> str:
        return toast_html(say(self._language, key, **values), self._language, bad=bad)


def _is_found_openly(entry: HistoryEntry, words: str, archive: Archive) -> bool:
    """Whether an entry is found by what may be seen: by its question alone where more was seen when it was answered."""
    if archive.still_sees(str(entry.answer.get("seen", UNKNOWN))):
        return True
    return all(word.casefold() in entry.question.casefold() for word in words.split())


def _named(turn: Turn) -> str:
    """A new draft is called as the first question in it."""
    question = " ".join((turn.answer.question.standalone if turn.answer else turn.question).split())
    return "".join(character for character in question if character.isprintable())[:LONGEST_TITLE] or "…"
