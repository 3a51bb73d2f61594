"""What the pages for staff are made of, as HTML: the way to a source, files to save, the place to drop a file, progress."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.types import Citation, Language
from indexer.errors import YoujuError
from indexer.types import ReportInfo, Span
from ui import view
from ui.render import escape, version_of
from ui.spoken import in_language
from ui.text import say

# What the element with a page's form runs; the names in quotes are the events that Gradio binds: form.look(...).
ON_LOAD = (
    "youju.staff(element, (name, sent) => trigger(name, sent)); // 'look' 'suggest' 'save' 'pick' 'keep' 'sent' 'stop'"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a report that can be opened, with what is marked in it."""

    report: ReportInfo
    start: int
    end: int
    marks: tuple[Span, ...] = ()

    @classmethod
    def of(cls, citation: Citation, marks: Iterable[Span] = ()) -> Place:
        """The stretch that a citation quotes."""
        return cls(citation.report, citation.start, citation.end, tuple(marks))


def open_html(place: Place, number: int, inner: str, language: Language, *, kind: str = "yj-open") -> str:
    """A button with `inner` (HTML) that opens the source of a number; `number` tells it from the page's others."""
    title = view.title_of(place.report, language)
    marks = ",".join(f"{mark.start}-{mark.end}" for mark in place.marks)
    return (
        f'<button type="button" class="{kind}" title="{escape(title)}" data-cite="{number}" '
        f'data-report="{escape(place.report.id)}" data-span="{place.start}-{place.end}" data-marks="{marks}" '
        f'data-version="{version_of(place.report)}">{inner}</button>'
    )


def do_html(name: str, label: str, *, main: bool = False, **values: str) -> str:
    """A button that sends the page's event `name` with the values."""
    sent = "".join(f' data-{key}="{escape(value)}"' for key, value in values.items())
    kind = "yj-button yj-main" if main else "yj-button"
    return f'<button type="button" class="{kind}" data-do="{name}"{sent}>{escape(label)}</button>'


def save_html(kinds: Sequence[str], language: Language) -> str:
    """The buttons that make files of the kinds (docx, xlsx …), and the one that puts it into a draft."""
    made = "".join(do_html("save", say(language, f"save_{kind}"), kind=kind) for kind in kinds)
    label = escape(say(language, "save_label"))
    kept = do_html("pick", say(language, "to_draft"))
    return f'<div class="yj-saves" role="group" aria-label="{label}">{made}{kept}</div>'


def file_html(address: str, name: str, language: Language, *, now: bool = True) -> str:
    """The link to a file that was made; the page saves it at once with `now`."""
    at_once = " data-now" if now else ""
    label = escape(say(language, "save_file", name=name))
    return f'<a class="yj-button yj-file" href="{escape(address)}" download{at_once}>{label}</a>'


def said_html(sentence: str, *, bad: bool = False) -> str:
    """A sentence that the page says, told to who cannot see it too."""
    kind, role = ("yj-said yj-bad", "alert") if bad else ("yj-said", "status")
    return f'<p class="{kind}" role="{role}">{escape(sentence)}</p>'


def failed_html(error: YoujuError, language: Language) -> str:
    """Why something could not be done, in the language of the page."""
    return said_html(in_language(error, language), bad=True)


def progress_html(sentence: str, done: int, total: int, *, more: str = "") -> str:
    """How far a long piece of work has come; `more` is HTML beside it."""
    bar = f'<progress max="{max(total, 1)}" value="{done}" aria-label="{escape(sentence)}"></progress>'
    return f'<div class="yj-progress" role="status"><p>{escape(sentence)}</p>{bar}{more}</div>'


def drop_html(language: Language, suffixes: Sequence[str], *, hint: str, notice: str) -> str:
    """The place to drop one file of these kinds, with the notice above it."""
    texts = {key: escape(say(language, f"upload_{key}")) for key in ("drop", "sending", "failed")}
    return (
        f'<p class="yj-notice">{escape(notice)}</p>'
        f'<label class="yj-drop" data-sending="{texts["sending"]}" data-failed="{texts["failed"]}">'
        f'<input type="file" accept="{",".join(suffixes)}"><strong>{texts["drop"]}</strong>'
        f'<span class="yj-drop-hint">{escape(hint)}</span>'
        f'<span class="yj-drop-status" role="status"></span></label>'
    )


def fold_html(language: Language) -> str:
    """The button that shows the filters beyond the first, which a narrow page folds away (assets/phone.css)."""
    label = escape(say(language, "filters_more"))
    return f'<button type="button" class="yj-button yj-unfold" data-fold aria-expanded="false">{label}</button>'


def title_html(key: str, language: Language) -> str:
    """The heading of a page with what it is for."""
    return f'<header class="yj-title"><h2>{escape(say(language, f"nav_{key}"))}</h2><p class="yj-lead">{escape(say(language, f"{key}_lead"))}</p></header>'
