"""A cited sentence in its context as HTML: the section around it, the sentence and its figures marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from assistant.types import Language
from indexer.types import Report, ReportInfo, Section, Span
from ui import view
from ui.render import escape, marked_html
from ui.text import say

ENOUGH = 600  # characters of context; a shorter section is shown with its neighbours under the same heading


@dataclass(frozen=True, slots=True)
class Cited:
    """What is shown of a report: the cited stretch and the figures in it, in the sections around it."""

    report: Report
    sections: Sequence[Section]
    span: Span  # lies in the report's text
    marks: Sequence[Span]  # those that lie outside of `span` are not shown
    language: Language

    @property
    def section(self) -> Section | None:
        """The section that the cited stretch begins in."""
        return next((one for one in self.sections if one.start <= self.span.start < one.end), None)


def source_html(cited: Cited) -> str:
    """The source panel: title, heading path, what the report is, the download link, the context with the sentence."""
    report, language = cited.report, cited.language
    path = cited.section.path if cited.section else ()
    label = escape(say(language, "source_download"))
    download = f'<a class="yj-download" href="{original_address(report)}" download>{label}</a>'
    return (
        f'<article class="yj-source"><header><h2>{escape(view.title_of(report, language))}</h2>'
        f'<p class="yj-path">{escape(view.heading_of(path, language))}</p>'
        f'<p class="yj-meta">{_about(report, language)}{download}</p></header>'
        f'<div class="yj-context" tabindex="0">{_paragraphs(cited, path)}</div></article>'
    )


def original_address(report: ReportInfo) -> str:
    """Where every page fetches the report's original file."""
    return f"/original/{quote(report.id, safe='')}"


def context_of(sections: Sequence[Section], section: Section | None, cited: Span) -> Span:
    """The stretch to show: the section, widened to its neighbours below the same headings while it is short."""
    if section is None:
        return cited
    start, end = section.start, section.end
    for depth in range(len(section.path) - 1, 0, -1):
        if end - start >= ENOUGH:
            break
        kin = list(_run_around(sections, section, depth))
        start, end = min(one.start for one in kin), max(one.end for one in kin)
    return Span(start, max(end, cited.end))


def _run_around(sections: Sequence[Section], section: Section, depth: int) -> Iterator[Section]:
    """The sections next to one another, `section` among them, that share its first `depth` headings."""
    heading = section.path[:depth]
    here = sections.index(section)
    first = last = here
    while first > 0 and sections[first - 1].path[:depth] == heading:
        first -= 1
    while last + 1 < len(sections) and sections[last + 1].path[:depth] == heading:
        last += 1
    yield from sections[first : last + 1]


def _about(report: ReportInfo, language: Language) -> str:
    facts = (
        report.place or "",
        say(language, f"genre_{report.genre.value}"),
        report.file_name,
    )
    return "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)


def _paragraphs(cited: Cited, path: tuple[str, ...]) -> str:
    context = context_of(cited.sections, cited.section, cited.span)
    headings = {heading.strip() for heading in path}
    shown: list[str] = []
    at = context.start
    for line in cited.report.text[context.start : context.end].split("\n"):
        here = Span(at, at + len(line))
        at = here.end + 1
        if line.strip():
            kind = ' class="yj-heading"' if line.strip() in headings else ""
            shown.append(f"<p{kind}>{_paragraph(cited, here)}</p>")
    return "".join(shown)


def _paragraph(cited: Cited, here: Span) -> str:
    text = cited.report.text
    start, end = max(here.start, cited.span.start), min(here.end, cited.span.end)
    if start >= end:
        return escape(text[here.start : here.end])
    within = [mark for mark in cited.marks if start <= mark.start and mark.end <= end]
    return (
        f"{escape(text[here.start : start])}"
        f'<span class="yj-cited" title="{escape(say(cited.language, "source_cited"))}">'
        f"{marked_html(text[start:end], start, within)}</span>{escape(text[end : here.end])}"
    )
