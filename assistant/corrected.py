"""What a clerk has corrected, said beside the figures that an answer or a table states: the correction first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.types import AnsweredFigure, Language
from indexer.archive import Archive
from indexer.corrections import Correction
from indexer.types import Figure


def corrections_of(archive: Archive, figures: Iterable[Figure]) -> Mapping[tuple[str, int], Correction]:
    """The corrections in force of these figures, by report id and ordinal."""
    reports: dict[str, list[int]] = {}
    for figure in figures:
        reports.setdefault(figure.report, []).append(figure.ordinal)
    found = {}
    for report, ordinals in reports.items():
        fit, _ = archive.corrections(report)
        found.update({(report, ordinal): fit[ordinal] for ordinal in ordinals if ordinal in fit})
    return found


def correction_words(correction: Correction, figure: Figure, language: Language) -> str:
    """The correction, what the report states, and why."""
    if language is Language.ENGLISH:
        stated = f"the report states {figure.written}; reason: {correction.reason}"
        return f"Corrected: {correction.value} holds ({stated})."
    subject = figure.subject_text
    return f"已更正：{subject}以{correction.value}为准（报告原文为{figure.written}；理由：{correction.reason}）。"


def correction_notes(archive: Archive, items: Iterable[AnsweredFigure], language: Language) -> list[str]:
    """A note for each figure of an answer, or part of one, that a clerk has corrected."""
    figures = [part.figure for item in items for part in (item, *item.parts)]
    corrections = corrections_of(archive, figures)
    return [
        correction_words(corrections[key], figure, language)
        for figure in figures
        if (key := (figure.report, figure.ordinal)) in corrections
    ]
