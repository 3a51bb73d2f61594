"""Real footnotes: each number's source with its report, section and quote; a source quoted before is named shortly."""

from __future__ import annotations

from assistant.drafting.model import Run, Source
from assistant.drafting.words import word
from assistant.types import Citation, Language
from assistant.word.marks import DECLARATION, NAMESPACES, paragraph, run
from indexer.types import Level

LONGEST_HEADING = 18  # characters
REFERENCE = '<w:rStyle w:val="FootnoteReference"/>'


def source_words(source: Source, language: Language) -> str:
    """Report, section and quote of a source: 《政府工作报告》（2015年）“一、…”部分：“…”."""
    citation = source.citation
    title = citation.report.title or citation.report.file_name
    section = word(language, "section", path=_heading(citation.section[-1])) if citation.section else ""
    about = "，".join(_about(citation, title))
    key = "source_of" if about else "source"
    return word(language, key, title=title, about=about, section=section, quote=" ".join(source.quote.split()))


class Notes:
    """Collects the notes of a document while its text is put together; numbered from 1 in the order of the text."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.texts: list[str] = []
        self._first: dict[tuple[str, int, int, str], int] = {}  # the note that quotes this source

    def add(self, noted: Run) -> int:
        """The number of the note behind a run."""
        number = len(self.texts) + 1
        if noted.calculation and not noted.sources:
            self.texts.append(word(self.language, "count", says=noted.calculation))
        elif noted.calculation:
            parts = [word(self.language, "calculation", says=noted.calculation), *self._operands(noted)]
            self.texts.append("".join(parts) if self.language is Language.CHINESE else " ".join(parts))
        else:
            self.texts.append("；".join(self._words(source, number) for source in noted.sources))
        return number

    def _words(self, source: Source, number: int) -> str:
        first = self._first.setdefault(_key(source), number)
        if first != number:
            return word(self.language, "same_as", number=first, quote=" ".join(source.quote.split()))
        return source_words(source, self.language)

    def _operands(self, noted: Run) -> list[str]:
        """Where the operands of a calculation are from: the notes that quote them, else their sources in full."""
        known, new = [], []
        for source in dict.fromkeys(noted.sources):
            number = self._first.get(_key(source))
            if number is None:
                new.append(source_words(source, self.language))
            else:
                known.append(str(number))
        english = self.language is Language.ENGLISH
        said = [f"Sources: note {', '.join(known)}." if english else f"原数见注{'、'.join(known)}。"] if known else []
        return [*said, *new]

    def xml(self) -> str:
        """The part footnotes.xml, with the separators that Word asks for."""
        notes = "".join(
            f'<w:footnote w:id="{number}">'
            + paragraph("FootnoteText", f"<w:r><w:rPr>{REFERENCE}</w:rPr><w:footnoteRef/></w:r>{run(' ' + text)}")
            + "</w:footnote>"
            for number, text in enumerate(self.texts, start=1)
        )
        bare = '<w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/></w:pPr><w:r><w:{mark}/></w:r></w:p>'
        separators = (
            f'<w:footnote w:type="separator" w:id="-1">{bare.format(mark="separator")}</w:footnote>'
            f'<w:footnote w:type="continuationSeparator" w:id="0">{bare.format(mark="continuationSeparator")}</w:footnote>'
        )
        return f"{DECLARATION}<w:footnotes {NAMESPACES}>{separators}{notes}</w:footnotes>"


def reference(number: int) -> str:
    """The mark in the text that a note belongs to."""
    return f'<w:r><w:rPr>{REFERENCE}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def _heading(text: str) -> str:
    """The heading that a quote stands under, its beginning where it is long."""
    text = " ".join(text.split()).strip("—-： ")
    return text if len(text) <= LONGEST_HEADING else f"{text[:LONGEST_HEADING]}……"


def _about(citation: Citation, title: str) -> list[str]:
    """Year and place, as far as the title does not name them."""
    report = citation.report
    year = f"{report.year}年" if report.year and str(report.year) not in title else ""
    place = report.place if report.place and report.place not in title and report.level is not Level.NATION else ""
    return [part for part in (year, place or "") if part]


def _key(source: Source) -> tuple[str, int, int, str]:
    return source.citation.report.id, source.citation.start, source.citation.end, source.quote
