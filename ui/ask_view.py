"""The page 问答 as HTML: the conversation, what can be done with each answer, the question's box, what narrows it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.types import Language
from indexer.types import ReportInfo
from indexer.viewer import Role
from ui.ask_card import ask_button, escape, text_html
from ui.ask_copy import copied_text
from ui.ask_scope import Choice, choices_of
from ui.ask_talk import Turn
from ui.ask_unsent import Left
from ui.pages import REPORTS, address_of
from ui.render import error_html, suggestions_html, turn_html
from ui.spoken import in_language
from ui.text import say

if TYPE_CHECKING:
    from indexer.archive import Archive

REASONS = ("number", "other", "source", "missing")  # why an answer is wrong
LONGEST_REASON = 300  # characters
_THUMB = (
    '<svg viewBox="0 0 24 24" width="17" height="17" aria-hidden="true"><path fill="none" stroke="currentColor" '
    'stroke-width="1.7" stroke-linejoin="round" d="M7 11v9H4v-9h3Zm0 0 4-8c1.7 0 2.6 1 2.6 2.6L13 9h5.6c1.2 0 2 1 '
    '1.8 2.2l-1.2 7c-.2 1-1 1.8-2 1.8H7"/></svg>'
)


def conversation_html(turns: Iterable[Turn], holds: Callable[[Iterable[str]], bool], language: Language) -> str:
    """The turns from the first to the newest, which the page scrolls to.

    A reply that shows something of a report which may not be seen any more is not shown.
    """
    return "".join(_turn(turn, language, hidden=bool(turn.cites) and not holds(turn.cites)) for turn in turns)


def _turn(turn: Turn, language: Language, *, hidden: bool) -> str:
    if hidden:
        return turn_html(turn.question, error_html(say(language, "hidden_turn")), key=turn.key)
    if not turn.is_settled:
        return turn_html(turn.question, _unfinished(turn.question, language), key=turn.key)
    if turn.error:
        return turn_html(turn.question, error_html(in_language(turn.error, language)), key=turn.key)
    beneath = "" if turn.answer is None else actions_html(turn, language)
    return turn_html(turn.question, turn.reply, key=turn.key, beneath=beneath)


def _unfinished(question: str, language: Language) -> str:
    again = ask_button(question, escape(say(language, "ask_once_more")))
    return f'<div class="yj-waiting"><p role="status">{escape(say(language, "ask_busy"))}</p>{again}</div>'


def actions_html(turn: Turn, language: Language) -> str:
    """What can be done with an answer: copy it, judge it, put it into a draft."""
    copied = "" if turn.answer is None else escape(copied_text(turn.answer))
    draft = "" if turn.answer is None or not turn.answer.citations else _to_draft(language)
    label = escape(say(language, "answer_actions"))
    return (
        f'<div class="yj-actions" role="group" aria-label="{label}">'
        f'<button type="button" class="yj-action" data-copy="{copied}" '
        f'data-done="{text_html(language, "copied")}" data-failed="{text_html(language, "copy_failed")}">'
        f"{text_html(language, 'copy_answer')}</button>{draft}"
        f'<span class="yj-thumbs">{_thumb("up", turn, language)}{_thumb("down", turn, language)}</span></div>'
        f"{_reasons(turn.key, language)}"
    )


def _to_draft(language: Language) -> str:
    return f'<button type="button" class="yj-action" data-act="pick">{text_html(language, "to_draft")}</button>'


def _thumb(verdict: str, turn: Turn, language: Language) -> str:
    label = text_html(language, f"judge_{verdict}")
    pressed = "true" if turn.judged == verdict else "false"
    opens = ' aria-expanded="false"' if verdict == "down" else ""
    return (
        f'<button type="button" class="yj-action yj-thumb yj-{verdict}" data-act="{verdict}" aria-pressed="{pressed}"{opens} '
        f'aria-label="{label}" title="{label}">{_THUMB}</button>'
    )


def _reasons(key: str, language: Language) -> str:
    """Why an answer is wrong: shown when it is called so."""
    name = f"why-{escape(key)}"
    reasons = "".join(
        f'<label><input type="radio" name="{name}" value="{reason}">{text_html(language, f"judge_{reason}")}</label>'
        for reason in REASONS
    )
    more = text_html(language, "judge_more")
    return (
        f'<form class="yj-judge" hidden><fieldset><legend>{text_html(language, "judge_why")}</legend>{reasons}</fieldset>'
        f'<input type="text" class="yj-input" name="more" maxlength="{LONGEST_REASON}" aria-label="{more}" '
        f'placeholder="{more}"><button type="submit" class="yj-button">{text_html(language, "judge_send")}</button></form>'
    )


def composer_html(language: Language) -> str:
    """The question's box with what stands around it."""
    return (
        f'<form class="yj-composer"><div id="yj-box"><textarea rows="1" aria-label="{text_html(language, "ask_label")}" '
        f'placeholder="{text_html(language, "ask_placeholder")}" enterkeyhint="send" autocomplete="off"></textarea>'
        f'<button type="submit" class="yj-send">{text_html(language, "ask_send")}</button></div></form>'
        f'<p class="yj-toast" role="status" aria-live="polite" data-lost="{text_html(language, "ask_lost")}"></p>'
    )


def left_html(left: Left, language: Language) -> str:
    """What was typed before the page was reloaded, for the page's script to put into the box; said where it was sent."""
    said = escape(say(language, "ask_lost")) if left.key else ""
    at = time.monotonic_ns()
    return f'<p class="yj-left-behind" data-at="{at}" data-text="{escape(left.text)}" data-said="{said}" hidden></p>'


def tools_html(language: Language) -> str:
    """The way to the history, and to a new conversation."""
    return (
        f'<button type="button" class="yj-tool" id="yj-history-open" aria-expanded="false" aria-controls="yj-past">'
        f"{text_html(language, 'history')}</button>"
        f'<button type="button" class="yj-tool" id="yj-clear">{text_html(language, "ask_new")}</button>'
    )


def scope_html(reports: Sequence[ReportInfo], language: Language) -> str:
    """What a question can be kept to, folded away; "" where there is nothing to choose."""
    choices = choices_of(reports, language)
    if not choices:
        return ""
    drop = text_html(language, "scope_drop", label="%")
    return (
        f'<details class="yj-scope" data-drop="{drop}"><summary><span>{text_html(language, "scope")}</span></summary>'
        f'<div class="yj-choices">{"".join(_choice(choice, language) for choice in choices)}'
        f'<button type="button" class="yj-scope-clear" hidden>{text_html(language, "scope_clear")}</button></div></details>'
        f'<ul class="yj-chosen" aria-label="{text_html(language, "scope")}"></ul>'
    )


def _choice(choice: Choice, language: Language) -> str:
    options = "".join(f'<option value="{escape(value)}">{escape(words)}</option>' for value, words in choice.options)
    return (
        f'<label>{text_html(language, f"scope_{choice.sort}")}<select data-sort="{choice.sort}">'
        f'<option value="">{text_html(language, "scope_any")}</option>{options}</select></label>'
    )


def welcome_html(archive: Archive, examples: Iterable[str] | None, language: Language) -> str:
    """What stands where the conversation will be: example questions, or how to add reports to an empty archive.

    `examples` None: they are not made yet, and the page's script asks for them.
    """
    if not archive.reports():
        role = archive.viewer.role
        return (
            empty_html(str(archive.folder.resolve()), language)
            if role is Role.ADMINISTRATOR
            else none_html(role, language)
        )
    offered = suggestions_html(examples or (), say(language, "examples"))
    wanting = " data-wanting" if examples is None else ""
    return (
        f'<div class="yj-welcome"{wanting}><h2>{text_html(language, "welcome")}</h2>'
        f"<p>{text_html(language, 'welcome_hint')}</p>{offered}</div>"
    )


def none_html(role: Role, language: Language) -> str:
    """Says to whom no report is shown what to do; where the archive lies is not his business."""
    way = f'<p><a href="{address_of(REPORTS, language)}">{text_html(language, "nav_reports")}</a></p>'
    return (
        f'<div class="yj-welcome yj-empty"><h2>{text_html(language, "empty_title")}</h2>'
        f"<p>{text_html(language, f'empty_for_{role.value}')}</p>{way if role.at_least(REPORTS.least) else ''}</div>"
    )


def empty_html(path: str, language: Language) -> str:
    """How to add reports, with the command to type for this archive."""
    from indexer.readers import READERS

    named = f'"{path}"' if " " in path else path
    command = f"youju index {say(language, 'empty_reports')} --archive {named}"
    formats = say(language, "empty_formats", suffixes=say(language, "list_comma").join(sorted(READERS)))
    return (
        f'<div class="yj-welcome yj-empty"><h2>{text_html(language, "empty_title")}</h2>'
        f"<p>{text_html(language, 'empty_hint')}</p><pre><code>{escape(command)}</code></pre>"
        f"<p>{escape(formats)}</p></div>"
    )


def toast_html(sentence: str, language: Language, *, back: str = "", address: str = "", bad: bool = False) -> str:
    """A short line of confirmation, with the button that takes it back or the way to what was made."""
    undo = (
        f'<button type="button" data-back="{escape(back)}">{text_html(language, "take_back")}</button>' if back else ""
    )
    way = f'<a href="{escape(address)}">{text_html(language, "to_draft_open")}</a>' if address else ""
    kind = " yj-bad" if bad else ""
    at = time.monotonic_ns()  # the same line said twice is said twice
    return (
        f'<p class="yj-toast yj-on{kind}" role="status" data-at="{at}"><span>{escape(sentence)}</span>{undo}{way}</p>'
    )
