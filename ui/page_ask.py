"""The page 问答: a conversation on the left, the source of what it cites on the right, the history in a drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from assistant.types import Language
from indexer.recent import Recent
from indexer.viewer import Viewer
from ui.acts import number_in
from ui.ask_doing import Doing, Judged
from ui.ask_talk import Talks, Turn
from ui.ask_view import composer_html, conversation_html, left_html, scope_html, tools_html, welcome_html
from ui.examples import Examples
from ui.history_view import drawer_html
from ui.site import CHAINS_KEPT, Site, viewer_of
from ui.source_panel import source_room

if TYPE_CHECKING:
    from indexer.archive import Archive

# What the page's script (ui/assets/ask.js) wants done; an event's name in quotes is what Gradio binds `.name` to.
_ON_LOAD = """
const names = ['open', 'examples', 'judge', 'pick', 'keep', 'past', 'forget', 'back', 'forget_all'];
element.addEventListener('yj-do', (event) => {
  if (names.includes(event.detail.name)) trigger(event.detail.name, event.detail);
});
window.youju.ask(element);
"""
# What a question brings (ui/ask_route.py) becomes the value of the conversation, as if an event had brought it.
_SHOWS = "window.youju.showTalk = (html) => { props.value = html; };"

LONGEST_SENT = 20_000  # characters; longer than any question that is worked on


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page` and connect it to the chain of whoever asks."""
    talks = site.talks
    shelf = ExampleShelf(site)
    room = _Room(site, talks, Doing(site, talks, language), language, shelf)
    with gr.Row(elem_id="yj-main", equal_height=False):
        with gr.Column(elem_id="yj-past"):
            _html(drawer_html(language, site.whole.settings.accounts.history), "yj-history")
            entries = _html("", "yj-entries")
        with gr.Column(elem_id="yj-left"):
            before = () if site.accounts else site.whole.reports()  # painted at once, before the server is asked
            welcome = _html(welcome_html(site.whole, (), language) if before else "", "yj-start")
            thread = gr.HTML("", elem_id="yj-thread", apply_default_css=False, js_on_load=_SHOWS)
            with gr.Row(elem_id="yj-around"):
                _html(tools_html(language), "yj-tools")
                scope = _html("", "yj-scope")
            left = _html("", "yj-left-behind")
            box = gr.HTML(composer_html(language), elem_id="yj-composer", apply_default_css=False, js_on_load=_ON_LOAD)
        with gr.Column(elem_id="yj-right"):
            _html(source_room(language), "yj-source")
        panel = _html("", "yj-panel-draft")
        toast = _html("", "yj-said-last")
    soon = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple", "queue": False}
    box.open(room.open, None, [thread, welcome, scope, left], **soon)
    box.examples(room.examples, None, [welcome], **soon)
    box.judge(room.judge, None, [toast], **soon)
    box.pick(room.pick, None, [panel], **soon)
    box.keep(room.keep, None, [toast, panel], **soon)
    box.past(room.past, None, [entries], **soon)
    box.forget(room.forget, None, [toast, entries, thread], **soon)
    box.back(room.back, None, [toast, entries, thread], **soon)
    box.forget_all(room.forget_all, None, [toast, entries, thread], **soon)


def _html(value: str, name: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=None)


class ExampleShelf:
    """The example questions for viewers who see different reports."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept: Recent[Archive, Examples] = Recent(CHAINS_KEPT)

    def examples_of(self, viewer: Viewer) -> Examples:
        """The examples made from what the viewer may see."""
        archive = self._site.archive_of(viewer)
        examples = self._kept.get(archive)
        if examples is None:
            examples = Examples(archive, self._site.chain_of(viewer))
            self._kept.put(archive, examples)
        return examples


class _Room:
    """The page's events; what the browser sends is read here and nowhere else."""

    def __init__(self, site: Site, talks: Talks, doing: Doing, language: Language, shelf: ExampleShelf) -> None:
        self._site = site
        self._talks = talks
        self._doing = doing
        self._language = language
        self._shelf = shelf

    def open(self, request: gr.Request, event: gr.EventData) -> tuple[str, str, str, str]:
        """The conversation of this tab, what stands where it will be, what a question can be kept to, what was typed."""
        viewer = viewer_of(request)
        archive, examples = self._site.archive_of(viewer), self._shelf.examples_of(viewer)
        talk = self._talks.of(viewer, _text(event, "talk"))
        talk.settle()
        start = welcome_html(archive, examples.ready(), self._language)
        scope = scope_html(archive.reports(), self._language)
        left = self._site.unsent.take(viewer.owner, talk.name)
        behind = "" if left is None or talk.find(left.key) else left_html(left, self._language)
        return self._shown(viewer, talk.turns), start, scope, behind

    def examples(self, request: gr.Request) -> str:
        """What stands where the conversation will be, with the examples, which take a moment when reports have changed."""
        viewer = viewer_of(request)
        questions = self._shelf.examples_of(viewer).questions()
        return welcome_html(self._site.archive_of(viewer), questions, self._language)

    def judge(self, request: gr.Request, event: gr.EventData) -> str:
        """What is thought of an answer."""
        judged = Judged(_text(event, "verdict"), _text(event, "reason"), _text(event, "more"))
        return self._doing.judge(viewer_of(request), _text(event, "talk"), _text(event, "key"), judged)

    def pick(self, request: gr.Request, event: gr.EventData) -> str:
        """The panel in which a draft is chosen."""
        return self._doing.pick_draft(viewer_of(request), _text(event, "key"))

    def keep(self, request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        """An answer into a draft; the panel goes."""
        viewer, number = viewer_of(request), number_in(_text(event, "draft"))
        talk, key, title = (_text(event, name) for name in ("talk", "key", "title"))
        return self._doing.keep(viewer, talk, key, draft=number, title=title), ""

    def past(self, request: gr.Request, event: gr.EventData) -> str:
        """What was asked before."""
        return self._past(viewer_of(request), event)

    def forget(self, request: gr.Request, event: gr.EventData) -> tuple[str, str, str]:
        """One question deleted."""
        viewer, entry = viewer_of(request), number_in(_text(event, "entry"))
        said = self._doing.forget(viewer, -1 if entry is None else entry)
        return said, self._past(viewer, event), self._here(viewer, event)

    def back(self, request: gr.Request, event: gr.EventData) -> tuple[str, str, str]:
        """What was deleted last, put back."""
        viewer = viewer_of(request)
        said = self._doing.take_back(viewer, _text(event, "back"))
        return said, self._past(viewer, event), self._here(viewer, event)

    def forget_all(self, request: gr.Request, event: gr.EventData) -> tuple[str, str, str]:
        """The whole history deleted."""
        viewer = viewer_of(request)
        said = self._doing.forget_all(viewer)
        return said, self._past(viewer, event), self._here(viewer, event)

    def _past(self, viewer: Viewer, event: gr.EventData) -> str:
        shown = number_in(_text(event, "shown")) or 0
        return self._doing.history(viewer, _text(event, "words"), shown)

    def _here(self, viewer: Viewer, event: gr.EventData) -> str:
        return self._shown(viewer, self._talks.of(viewer, _text(event, "talk")).turns)

    def _shown(self, viewer: Viewer, turns: tuple[Turn, ...]) -> str:
        return conversation_html(turns, self._site.archive_of(viewer).holds, self._language)


def _text(event: gr.EventData, name: str) -> str:
    value = getattr(event, name, None)  # what the page's script sent under that name
    return "" if value is None else str(value)[:LONGEST_SENT]
