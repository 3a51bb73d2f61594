"""Labels: short sentences at the head of what they name (加强燃气行业管理。2022年上半年，…): unmarked headings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.headings import Heading, Style
from indexer.kinds import HEADINGS
from indexer.sentences import split_sentences
from indexer.types import Span

LONGEST: Final = 20  # characters, what stands in brackets and quotes not counted
FEWEST: Final = 3  # labels in one block; fewer may be chance
FEWEST_ASIDES: Final = 2
ENCLOSED: Final = re.compile(r"“[^”]*”|\([^)]*\)|《[^》]*》")
NOT_IN_LABEL: Final = re.compile(r"[,;:?!…*\d]")
ASIDE: Final = re.compile(r"([^\s,。;:!?\d*“”]{2,10}):(?=[^\s])")


@dataclass(frozen=True, slots=True)
class LabelWords:
    """How labels begin and end, and what no label holds."""

    starts: tuple[str, ...]
    ends: tuple[str, ...]
    not_within: re.Pattern[str]
    not_a_label: re.Pattern[str]


def _read_label_words() -> LabelWords:
    table = tomllib.loads(HEADINGS.read_text(encoding="utf-8"))["labels"]
    not_within, not_a_label = (re.compile("|".join(table[name])) for name in ("not_within", "not_a_label"))
    return LabelWords(tuple(table["starts"]), tuple(table["ends"]), not_within, not_a_label)


_WORDS: Final = _read_label_words()


def find_labels(
    text: str, folded: str, block: Span, taken: Collection[int], *, within_paragraphs: bool
) -> list[Heading]:
    """The labels of a block of text between two headings; none where they are too few to be a habit of the writer.

    `taken` are the starts of sentences that begin with a heading of their own (一是). Labels are looked for at the
    beginnings of paragraphs; `within_paragraphs` also at those of other sentences.
    """
    sentences = [span for span in split_sentences(text, block.start, block.end) if folded[slice_of(span)].strip()]
    starts = [_first_character(folded, span) for span in sentences]
    shaped = [start not in taken and _is_label(folded, span) for start, span in zip(starts, sentences, strict=True)]
    heads = [
        i
        for i in range(len(sentences) - 1)
        if shaped[i] and (_opens_paragraph(folded, starts[i]) or (within_paragraphs and not shaped[i + 1]))
    ]
    labels = [_heading(text, folded, sentences[i], starts[i]) for i in heads] if len(heads) >= FEWEST else []
    asides = _asides(text, folded, starts, block) if within_paragraphs else []
    return sorted(labels + asides, key=lambda heading: heading.start)


def slice_of(span: Span) -> slice:
    """The span as a slice."""
    return slice(span.start, span.end)


def _first_character(folded: str, span: Span) -> int:
    sentence = folded[slice_of(span)]
    return span.start + len(sentence) - len(sentence.lstrip())


def _is_label(folded: str, span: Span) -> bool:
    sentence = folded[slice_of(span)]
    if not sentence.rstrip().endswith("。") and not sentence.endswith("\n"):
        return False
    bare = ENCLOSED.sub("", sentence.strip().rstrip("。"))
    if not 4 <= len(bare) <= LONGEST or NOT_IN_LABEL.search(bare) or _WORDS.not_within.search(bare):
        return False
    return bare.startswith(_WORDS.starts) or bare.endswith(_WORDS.ends)


def _opens_paragraph(folded: str, start: int) -> bool:
    before = folded.rfind("\n", 0, start)
    return before >= 0 and not folded[before:start].strip()


def _heading(text: str, folded: str, span: Span, start: int) -> Heading:
    words = text[start : span.end].strip().rstrip("。")
    run_in = not folded[slice_of(span)].endswith("\n")
    return Heading(start, span.end, Style.LABEL, words, run_in, inline=not _opens_paragraph(folded, start))


def _asides(text: str, folded: str, starts: Sequence[int], block: Span) -> list[Heading]:
    """Labels that end in a colon (建筑业：进一步加强…), where a block has two of them or more."""
    found = [match for start in starts if (match := ASIDE.match(folded, start, block.end))]
    found = [match for match in found if not _WORDS.not_a_label.search(match[1])]
    if len(found) < FEWEST_ASIDES:
        return []
    return [
        Heading(match.start(), match.end(), Style.ASIDE, text[slice(*match.span(1))], run_in=True) for match in found
    ]
