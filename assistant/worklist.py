"""What was done about a topic in a year: every sentence of the reviews that is on it, by report and section, each cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.cite import Citations
from assistant.plan_reports import PLAN_PARTS
from assistant.plan_summary import office_name, searched_in
from assistant.scope import of_places
from assistant.topic import Said, Topic, topic_of
from assistant.types import Answer, Concept, Question, Status
from indexer.archive import Archive
from indexer.fold import fold
from indexer.sentences import split_clauses, split_sentences
from indexer.types import ReportInfo, Section, Span

ASKED = re.compile(
    r"(?:做了|做过|开展了?|采取了?|推进了?|落实了?)(?:哪些|什么)(?:主要|重点|具体)?(?:工作|措施|举措|行动|事)"
    r"|\bwhat (?:work|steps|measures|action) (?:was|were) (?:done|taken)\b",
    re.IGNORECASE,
)
IDLE = frozenset({"工作", "做", "措施", "情况", "方面", "开展", "主要", "重点", "采取", "推进", "work", "done"})
HEADING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]|[一二三四五六七八九十]是)\s*")
MOST_ITEMS = 12  # sentences cited
LONGEST = 280  # characters of all items
SHORTEST_ITEM, LONGEST_ITEM = 8, 40


def work_done(question: Question, archive: Archive) -> Answer | None:
    """The list for a question such as 2023年燃气安全做了哪些工作？; None where it is none, or no sentence is on its topic."""
    years = {year for period in question.periods for year in period.years}
    if not ASKED.search(question.standalone) or not years:
        return None
    topics = [topic_of(concept.word, archive) for concept in question.concepts if _is_topic(concept)]
    reports = [report for report in of_places(question, archive.reports()) if _reviews(report, years)]
    said = [item for report in reports for item in _on(report, topics, archive)] if topics else []
    if not said:
        return None
    citations = Citations()
    for item in said[:MOST_ITEMS]:
        citations.add(archive.report(item.report.id), item.report, item.section, item.span, item.span)
    text = _text(said[:MOST_ITEMS], several=len({item.report.id for item in said}) > 1)
    return Answer(Status.ANSWERED, text, question, citations=citations.all(), searched=searched_in(reports))


def _is_topic(concept: Concept) -> bool:
    return concept.word not in IDLE and len(concept.word) > 1 and concept.weight > 0.2


def _reviews(report: ReportInfo, years: set[int]) -> bool:
    return report.period is not None and bool(years & set(report.period.years))


def _on(report: ReportInfo, topics: Sequence[Topic], archive: Archive) -> Iterator[Said]:
    """The sentences of the review on all of the topics: of a section or a line that is headed by them, or that say them."""
    text = archive.report(report.id).text
    for section in archive.sections(report.id):
        if section.kind in PLAN_PARTS:
            continue
        headed = bool(section.path) and _says(topics, section.path[-1])
        for line in _lines(text, section):
            sentences = split_sentences(text, line.start, line.end)
            opened = bool(sentences) and _says(topics, text[sentences[0].start : sentences[0].end])
            for number, span in enumerate(sentences):
                words = text[span.start : span.end].strip()
                is_title = any(_bare(words) == _bare(heading) for heading in section.path)
                is_opening = number == 0 and len(sentences) > 1 and opened and len(words) <= LONGEST_ITEM
                if not is_title and not is_opening and (headed or opened or _says(topics, words)):
                    yield Said(report, section, span, words)


def _says(topics: Sequence[Topic], words: str) -> bool:
    folded = fold(words).lower()
    return all(topic.is_said(folded) for topic in topics)


def _lines(text: str, section: Section) -> Iterator[Span]:
    start = section.start
    while start < section.end:
        end = text.find("\n", start, section.end)
        stop = section.end if end < 0 else end + 1
        if text[start:stop].strip():
            yield Span(start, stop)
        start = stop


def _text(said: Sequence[Said], *, several: bool) -> str:
    """The first clause of each sentence, under its section; with the office where there are several."""
    parts: list[str] = []
    length, last = 0, None
    for item in said:
        words = _first_words(item.text)
        heading = _bare_heading(item.section)
        lead = (f"{office_name(item.report)}：" if several else "") + (f"【{heading}】" if heading else "")
        shown = words if lead == last else f"{lead}{words}"
        if length + len(shown) > LONGEST:
            break
        parts.append(shown)
        length, last = length + len(shown) + 1, lead
    return "；".join(parts)


def _first_words(text: str) -> str:
    """The first clause, with the next one where it is only a circumstance (今年以来)."""
    for clause in split_clauses(text):
        words = HEADING.sub("", text[: clause.end]).strip().rstrip("，。；;,")
        if len(words) >= SHORTEST_ITEM:
            return words if len(words) <= LONGEST_ITEM else words[:LONGEST_ITEM]
    return text.strip()[:LONGEST_ITEM]


def _bare_heading(section: Section) -> str:
    """The section's heading without its number; "" where it holds digits, which no quote would prove."""
    heading = HEADING.sub("", section.path[-1]).strip() if section.path else ""
    return "" if any(map(str.isdigit, heading)) or len(heading) > LONGEST_ITEM else heading


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
