"""Conversations: what was asked and answered in one tab of a browser, kept at hand and restored from the history."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.types import Answer
from indexer.errors import YoujuError
from indexer.recent import Recent
from indexer.viewer import Owner, Viewer
from ui.ask_kept import Infos, answer_again, answer_alone, answer_kept
from ui.ask_scope import Chosen
from ui.render import answer_html

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.history import HistoryEntry
    from ui.site import Site

TURNS_SHOWN = 40  # older ones leave the page
TURNS_KNOWN = 8  # earlier questions that a follow-up may refer to
LOOKED_AT = 200  # entries of the history among which those of a conversation are looked for
TALKS_KEPT = 256
PATIENCE = 5.0  # seconds that a page which is opened anew waits for an answer on its way
UNKNOWN = "?"  # what was seen: of an answer that was kept before this was noted
CHANGED = "档案此后有变动，这条回答不再显示，请再问一次。(The archive has changed since: please ask once more.)"
_NAME = re.compile(r"[0-9a-f]{32}")  # made in the browser


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply: an answer, the sentence of an error, or nothing yet."""

    key: str  # made in the browser: a question that is sent twice is one turn
    question: str
    chosen: Chosen = field(default_factory=Chosen)
    answer: Answer | None = None
    error: str = ""
    entry: int | None = None  # its number in the history
    reply: str = ""  # HTML of the answer or the error
    judged: str = ""  # up, down
    seen: str = ""  # the reports that the viewer saw when it was answered

    @property
    def is_settled(self) -> bool:
        """Whether it has a reply."""
        return self.answer is not None or bool(self.error)

    @property
    def cites(self) -> frozenset[str]:
        """The reports that the reply shows something of."""
        if self.answer is None:
            return frozenset()
        stated = {figure.report.id for figure in self.answer.figures}
        return frozenset(stated | {citation.report.id for citation in self.answer.citations})


class Talk:
    """One conversation; several requests of one tab may work on it at once."""

    def __init__(self, name: str, turns: tuple[Turn, ...] = ()) -> None:
        self.name = name
        self._turns = list(turns)
        self._at = int(time.time() * 1000)  # rises with every change, over a restart of the server too
        self._changed = threading.Condition()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns from the first to the newest, at most `TURNS_SHOWN`."""
        with self._changed:
            return tuple(self._turns)

    @property
    def now(self) -> tuple[int, tuple[Turn, ...]]:
        """The turns, with a number that is higher each time they have changed."""
        with self._changed:
            return self._at, tuple(self._turns)

    def begin(self, turn: Turn) -> tuple[str, ...] | None:
        """Take a question in; the questions that it may refer to, or None where it was sent before."""
        with self._changed:
            if any(one.key == turn.key for one in self._turns):
                return None
            earlier = tuple(one.question for one in self._turns if not one.error)[-TURNS_KNOWN:]
            self._change([*self._turns, turn][-TURNS_SHOWN:])
            return earlier

    def put(self, turn: Turn) -> None:
        """Set the reply of a turn."""
        with self._changed:
            self._change([turn if one.key == turn.key else one for one in self._turns])

    def keep_to(self, archive: Archive) -> None:
        """Leave out of replies what they tell beside their citations of reports that are not seen any more."""
        with self._changed:
            turns = [one if archive.still_sees(one.seen) else trimmed(one) for one in self._turns]
            if turns != self._turns:
                self._change(turns)

    def drop(self, key: str) -> None:
        """Take a turn out."""
        with self._changed:
            self._change([one for one in self._turns if one.key != key])

    def _change(self, turns: list[Turn]) -> None:
        self._turns = turns
        self._at += 1
        self._changed.notify_all()

    def find(self, key: str) -> Turn | None:
        """The turn with that key."""
        return next((one for one in self.turns if one.key == key), None)

    def settle(self) -> None:
        """Wait until every turn has its reply, for as long as `PATIENCE` allows."""
        with self._changed:
            self._changed.wait_for(lambda: all(one.is_settled for one in self._turns), PATIENCE)


class Talks:
    """The conversations of all viewers; nobody gets those of another account."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept: Recent[tuple[Owner, int, str], Talk] = Recent(TALKS_KEPT)
        self._forgotten: Counter[Owner] = Counter()  # by whose they are: how often what was at hand was let go of
        self._opening = threading.Lock()

    def of(self, viewer: Viewer, name: str) -> Talk:
        """The viewer's conversation of that name: the one at hand, or what the history has of it."""
        if not _NAME.fullmatch(name):
            return Talk(name)
        with self._opening:
            key = (viewer.owner, self._forgotten[viewer.owner], name)
            talk = self._kept.get(key)
            if talk is None:
                talk = Talk(name, self._restored(viewer, name))
                self._kept.put(key, talk)
            talk.keep_to(self._site.archive_of(viewer))
            return talk

    def forget(self, viewer: Viewer) -> None:
        """Let go of what is at hand of the viewer: his history has changed, and says what is left."""
        with self._opening:
            self._forgotten[viewer.owner] += 1

    def ask(self, viewer: Viewer, name: str, turn: Turn) -> Iterator[Talk]:
        """The conversation as it grows while the question is answered; each answer is in the history before it is given."""
        talk = self.of(viewer, name)
        earlier = talk.begin(turn)
        if earlier is None:
            yield talk
            return
        try:
            for done in self._replies(viewer, name, turn, earlier):
                talk.put(done)
                yield talk
        finally:
            if (left := talk.find(turn.key)) is not None and not left.is_settled:
                talk.drop(turn.key)

    def _replies(self, viewer: Viewer, name: str, turn: Turn, earlier: tuple[str, ...]) -> Iterator[Turn]:
        archive, sight = self._site.archive_of(viewer), self._site.sight_of(viewer)
        turn = replace(turn, seen=sight.seen)
        scope = turn.chosen.ids(archive.reports())
        asked = {"question": turn.question, "turns": list(earlier), "today": None, "explain": False, "scope": scope}
        entry: int | None = None
        try:
            for answer in self._site.answers(viewer, asked):
                slim = replace(answer, evidence=(), candidates=())
                sight.hold(self._site.whole)  # a language model takes its time
                former, entry = entry, self._noted(viewer, name, turn, earlier, slim)
                if former is None:
                    self._site.note(viewer, "ask", str(entry))
                else:  # a language model has worded it better
                    self._site.whole.history.delete(viewer.account, former)
                yield replace(turn, answer=slim, entry=entry, reply=answer_html(slim, turn.chosen))
        except YoujuError as error:
            yield replace(turn, error=str(error))

    def _noted(self, viewer: Viewer, name: str, turn: Turn, earlier: tuple[str, ...], answer: Answer) -> int:
        """Keep the answer in the history; its number."""
        kept = {
            "talk": name,
            "key": turn.key,
            "scope": turn.chosen.sent(),
            "answer": answer_kept(answer),
            "seen": turn.seen,
        }
        return self._site.whole.history.add(
            viewer.account, turn.question, kept, said=answer.text, status=answer.status.value, turns=earlier
        )

    def _restored(self, viewer: Viewer, name: str) -> tuple[Turn, ...]:
        archive = self._site.archive_of(viewer)
        entries = self._site.whole.history.holding(viewer.account, name, seen=archive, among=LOOKED_AT)
        of_talk = [entry for entry in entries if entry.answer.get("talk") == name][:TURNS_SHOWN]
        infos = {report.id: report for report in archive.reports()}
        turns = (turn_of(entry, infos) for entry in sorted(of_talk, key=lambda entry: entry.asked_at))
        return tuple(turn for turn in turns if turn is not None)


def turn_of(entry: HistoryEntry, infos: Infos) -> Turn | None:
    """The turn that an entry of the history keeps; None where it cannot be shown again."""
    kept: Mapping[str, Any] = entry.answer
    answer = answer_again(kept.get("answer") or {}, infos)
    if answer is None:
        return None
    chosen = Chosen.of(kept.get("scope"))
    key = str(kept.get("key") or entry.id)
    seen = str(kept.get("seen", UNKNOWN))
    return Turn(key, entry.question, chosen, answer, entry=entry.id, reply=answer_html(answer, chosen), seen=seen)


def trimmed(turn: Turn) -> Turn:
    """A turn without what it tells beside its citations: they are looked after by themselves."""
    if turn.answer is None:
        return replace(turn, seen="")
    alone = answer_alone(turn.answer)
    if alone is None:
        return replace(turn, answer=None, reply="", seen="", error=CHANGED)
    return replace(turn, answer=alone, reply=answer_html(alone, turn.chosen), seen="")
