"""A draft as a document: its items in their order, each under a numbered heading, with one set of footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.draft import archive_state, finished, form_of
from assistant.drafting.answers import answers_draft
from assistant.drafting.compare import comparison_draft, heading, title_of
from assistant.drafting.model import Block, Chart, Draft, Paragraph, Run, Style, Table
from assistant.drafting.plans import plans_draft
from assistant.drafting.sources import Sources
from assistant.types import Answer, Language
from indexer.archive import Archive
from indexer.errors import ExportError
from ui.drafts_items import Made
from ui.files_in import plain_name
from ui.text import say

KINDS = ("docx", "md")
_BENEATH = {Style.HEADING_1: Style.HEADING_2, Style.HEADING_2: Style.HEADING_3, Style.HEADING_3: Style.HEADING_3}
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\. )")
_NAMED = {Table: re.compile(r"(表\s?|Table )(\d+)"), Chart: re.compile(r"(图\s?|Figure )(\d+)")}


@dataclass(frozen=True, slots=True)
class Document:
    """A file made of a draft."""

    name: str
    content: bytes
    left_out: int  # numbers that were not written, because no verified citation holds them


def document_of(title: str, items: Sequence[Made], archive: Archive, kind: str, language: Language) -> Document:
    """The document of a draft's items, Word or Markdown. Raises ExportError where nothing can be written."""
    if not items or kind not in KINDS:
        raise ExportError(say(language, "drafts_nothing"))
    draft = draft_of(title, items, archive, language)
    name = plain_name(f"{title}.{kind}")
    return Document(name, form_of(Path(f"draft.{kind}"))(draft), draft.left_out)


def draft_of(title: str, items: Sequence[Made], archive: Archive, language: Language) -> Draft:
    """The items as one draft; every number has been checked against its source."""
    sources, state = Sources(archive.report), archive_state(archive)
    blocks: list[Block] = [Paragraph(Style.BODY, (Run(say(language, "drafts_opening")),))]
    counted = {Table: 0, Chart: 0}
    for number, item in enumerate(items, start=1):
        if isinstance(item, Answer):
            name, part = item.question.standalone, answers_draft([item], sources, state, language)
            inner = part.blocks[2:]  # behind its opening and its heading
        elif isinstance(item, tuple):
            name, part = title_of(item, language), comparison_draft(item, sources, state)
            inner = part.blocks[1:]
        else:
            part = plans_draft([item], sources, state, language)
            name, inner = part.title, part.blocks[2:]
        blocks.append(heading(Style.HEADING_1, number, name, language))
        blocks += _counted_on(tuple(_beneath(inner, language)), counted)
    return finished(Draft(title, language, tuple(blocks), (), state), sources)


def _beneath(blocks: Sequence[Block], language: Language) -> Iterator[Block]:
    """The blocks with their headings one step lower, numbered in the manner of that step."""
    counts = {Style.HEADING_2: 0, Style.HEADING_3: 0}
    for block in blocks:
        if not isinstance(block, Paragraph) or block.style not in _BENEATH:
            yield block
            continue
        style = _BENEATH[block.style]
        counts[style] += 1
        if style is Style.HEADING_2:
            counts[Style.HEADING_3] = 0
        yield heading(style, counts[style], _NUMBER.sub("", block.text), language)


def _counted_on(blocks: Sequence[Block], counted: dict[type[Table] | type[Chart], int]) -> list[Block]:
    """The blocks of an item with their tables and charts numbered on from those before it."""
    shifted = [_shifted(block, counted) for block in blocks]
    for kind in counted:
        counted[kind] += sum(isinstance(block, kind) for block in blocks)
    return shifted


def _shifted(block: Block, by: dict[type[Table] | type[Chart], int]) -> Block:
    if isinstance(block, Table):
        return replace(block, name=_renamed(block.name, by), caption=_renamed(block.caption, by))
    if isinstance(block, Chart):
        return replace(block, caption=_renamed(block.caption, by))
    runs = (run if run.sources else replace(run, text=_renamed(run.text, by)) for run in block.runs)
    return replace(block, runs=tuple(runs))


def _renamed(text: str, by: dict[type[Table] | type[Chart], int]) -> str:
    """The text with 表1 and 图1 as so many more."""
    for kind, named in _NAMED.items():
        more = by[kind]
        for found in reversed(list(named.finditer(text))):
            text = f"{text[: found.start()]}{found[1]}{int(found[2]) + more}{text[found.end() :]}"
    return text
