"""The page 问答: a conversation on the left, the source of what it cites on the right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.types import Answer, Language
from indexer.errors import YoujuError
from ui.examples import Examples
from ui.render import answer_html, error_html, escape, suggestions_html, turn_html
from ui.text import say

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from indexer.archive import Archive

TURNS_SHOWN = 40  # older ones leave the page
TURNS_KNOWN = 8  # earlier questions that a follow-up may refer to

# A button with a question asks it; the event's name in quotes is what Gradio binds `.ask` to.
_ON_LOAD = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('.yj-ask');
  if (button) trigger('ask', { question: button.dataset.question });
});
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with the HTML of its reply; `answered` is false where the question could not be worked on."""

    question: str
    reply: str
    answered: bool


Turns = tuple[Turn, ...]


def build(page: gr.Blocks, archive: Archive, chain: Runnable[dict[str, object], Answer], language: Language) -> None:
    """Lay the page out in the open `page` and connect it to the chain."""
    examples = Examples(archive, chain)
    welcome = welcome_html(archive, examples, language)

    def ask(question: str, turns: Turns) -> Iterator[tuple[str, Turns]]:
        for reply in replies(chain, question, turns):
            now = (*turns, reply)[-TURNS_SHOWN:]
            yield conversation_html(now), now

    def send(question: str, turns: Turns) -> Iterator[tuple[Any, Any, Any]]:
        yield gr.skip(), gr.skip(), ""  # the box is free at once: what is typed meanwhile stays
        for shown_now, turns_now in ask(question, turns):
            yield shown_now, turns_now, gr.skip()

    def ask_button(turns: Turns, event: gr.EventData) -> Iterator[tuple[str, Turns]]:
        yield from ask(str(event.question), turns)

    def clear() -> tuple[str, Turns]:
        return welcome_html(archive, examples, language), ()

    def refresh(turns: Turns) -> tuple[str, Any]:
        """What the archive holds by now; a conversation, or what is typed already, is left alone."""
        fresh = welcome_html(archive, examples, language)
        return header_html(archive, language), gr.skip() if turns or fresh == welcome else fresh

    header = gr.HTML(header_html(archive, language), elem_id="yj-header", apply_default_css=False)
    with gr.Row(elem_id="yj-main", equal_height=False):
        with gr.Column(elem_id="yj-left"):
            thread = gr.HTML(
                welcome,
                elem_id="yj-thread",
                apply_default_css=False,
                js_on_load=_ON_LOAD,
            )
            with gr.Row(elem_id="yj-composer"):
                box = gr.Textbox(
                    label=say(language, "ask_label"),
                    placeholder=say(language, "ask_placeholder"),
                    show_label=False,
                    lines=1,
                    max_lines=5,
                    autofocus=True,
                    elem_id="yj-box",
                    submit_btn=say(language, "ask_send"),
                )
                new = gr.Button(say(language, "ask_clear"), elem_id="yj-clear", variant="secondary")
        with gr.Column(elem_id="yj-right"):
            gr.HTML(source_room_html(language), elem_id="yj-source", apply_default_css=False)
    turns = gr.State(())
    quiet = {"show_progress": "hidden", "api_visibility": "private"}
    box.submit(send, [box, turns], [thread, turns, box], **quiet)
    thread.ask(ask_button, [turns], [thread, turns], **quiet)
    new.click(clear, None, [thread, turns], queue=False, **quiet)
    page.load(refresh, [turns], [header, thread], queue=False, **quiet)


def replies(chain: Runnable[dict[str, object], Answer], question: str, turns: Turns) -> Iterator[Turn]:
    """The turn as it grows while the chain answers, the last one complete; a `YoujuError` is a turn that says it."""
    earlier = [turn.question for turn in turns if turn.answered][-TURNS_KNOWN:]
    try:
        for answer in chain.stream({"question": question, "turns": earlier, "today": None, "explain": False}):
            yield Turn(question, answer_html(answer), answered=True)
    except YoujuError as error:
        yield Turn(question, error_html(str(error)), answered=False)


def conversation_html(turns: Turns) -> str:
    """The turns from the first to the newest, which the page scrolls to."""
    return "".join(turn_html(turn.question, turn.reply) for turn in turns)


def header_html(archive: Archive, language: Language) -> str:
    """The bar on top: the product's name and what the archive holds."""
    reports = archive.reports()
    years = [report.year for report in reports if report.year is not None]
    held = [say(language, "archive_held", reports=len(reports))] if reports else []
    if years:
        key = "archive_year" if min(years) == max(years) else "archive_years"
        held.append(say(language, key, first=min(years), last=max(years)))
    facts = "".join(f"<span>{escape(fact)}</span>" for fact in held)
    return (
        f'<div class="yj-brand"><h1>{escape(say(language, "product"))}</h1>'
        f'<span>{escape(say(language, "tagline"))}</span></div><div class="yj-held">{facts}</div>'
    )


def welcome_html(archive: Archive, examples: Examples, language: Language) -> str:
    """What stands where the conversation will be: example questions, or how to add reports to an empty archive."""
    if not archive.reports():
        return empty_html(str(archive.folder.resolve()), language)
    offered = suggestions_html(examples.questions(), say(language, "examples"))
    return (
        f'<div class="yj-welcome"><h2>{escape(say(language, "welcome"))}</h2>'
        f"<p>{escape(say(language, 'welcome_hint'))}</p>{offered}</div>"
    )


def empty_html(path: str, language: Language) -> str:
    """How to add reports, with the command to type for this archive."""
    from indexer.readers import READERS

    named = f'"{path}"' if " " in path else path
    command = f"youju index {say(language, 'empty_reports')} --archive {named}"
    formats = say(language, "empty_formats", suffixes=say(language, "list_comma").join(sorted(READERS)))
    return (
        f'<div class="yj-welcome yj-empty"><h2>{escape(say(language, "empty_title"))}</h2>'
        f"<p>{escape(say(language, 'empty_hint'))}</p><pre><code>{escape(command)}</code></pre>"
        f"<p>{escape(formats)}</p></div>"
    )


def source_room_html(language: Language) -> str:
    """The room of the source panel, which the page's script fills when a citation is opened."""
    close, failed = escape(say(language, "source_close")), escape(say(language, "source_failed"))
    return (
        f'<div class="yj-panel" role="region" aria-label="{escape(say(language, "source"))}">'
        f'<button type="button" class="yj-close" aria-label="{close}">×</button>'
        f'<div class="yj-room" data-language="{language.value}" data-failed="{failed}">'
        f'<p class="yj-hint">{escape(say(language, "source_hint"))}</p></div></div>'
    )
