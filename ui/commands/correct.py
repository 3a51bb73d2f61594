"""`youju correct`: mark a figure 已更正，以…为准, take that back, or list the corrections of a report."""

from __future__ import annotations

import argparse

from assistant.types import Language
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from indexer.corrections import Correction
from indexer.errors import CorrectionError, QuestionError
from indexer.types import Figure
from ui.text import say

MOST_NAMED = 5  # figures named where one form stands for several


def run(options: argparse.Namespace) -> int:
    """Correct, undo or list."""
    language = Language(options.lang)
    with Archive.open(options.archive) as archive:
        if options.figure is None:
            if options.undo or options.value or options.reason:
                raise QuestionError("请写明是哪个数字：编号（youju figures 所列）或原文写法。(Name the figure.)")
            print("\n".join(_listed(archive, options.report, language)))
        else:
            done = (_undo if options.undo else _correct)(archive, options, language)
            archive.audit.record(COMMAND_LINE, "correct", options.report)
            print(done)
    return 0


def _correct(archive: Archive, options: argparse.Namespace, language: Language) -> str:
    if not options.value or not options.reason:
        raise QuestionError("更正要写明 --value 和 --reason。(A correction needs --value and --reason.)")
    figure = _figure(archive, options.report, options.figure)
    made = archive.correct(options.report, figure.ordinal, value=options.value, reason=options.reason)
    return say(
        language,
        "correct_made",
        report=options.report,
        figure=figure.ordinal,
        written=figure.written,
        value=made.value,
        reason=made.reason,
    )


def _undo(archive: Archive, options: argparse.Namespace, language: Language) -> str:
    fit, unfit = archive.corrections(options.report)
    name = options.figure.lstrip("#")
    found = [fit[int(name)]] if name.isdecimal() and int(name) in fit else []
    found = found or [one for one in (*fit.values(), *unfit) if one.written == options.figure]
    if len(found) != 1:
        why = "有几处更正" if found else "没有更正"
        raise CorrectionError(
            f"{options.report} 的“{options.figure}”{why}；用 youju correct {options.report} 查看。(See its corrections.)"
        )
    archive.undo_correction(options.report, found[0])
    return say(language, "correct_undone", report=options.report, written=found[0].written, value=found[0].value)


def _listed(archive: Archive, report: str, language: Language) -> list[str]:
    fit, unfit = archive.corrections(report)

    def line(key: str, one: Correction, figure: int | str) -> str:
        at = one.at.date().isoformat()
        values = {"written": one.written, "value": one.value, "reason": one.reason, "quote": one.quote}
        return say(language, key, figure=figure, at=at, **values)

    lines = [line("correct_line", one, ordinal) for ordinal, one in sorted(fit.items())]
    lines += [line("correct_unfit", one, "") for one in unfit]
    return lines or [say(language, "correct_none", report=report)]


def _figure(archive: Archive, report: str, name: str) -> Figure:
    """The figure of that number, or written so. Raises CorrectionError where there is none, or several are."""
    figures = archive.figures_of(report)
    number = name.lstrip("#")
    wanted = ("ordinal", int(number)) if number.isdecimal() else ("written", name)
    found = [figure for figure in figures if getattr(figure, wanted[0]) == wanted[1]]
    if len(found) == 1:
        return found[0]
    see = f"用 youju figures --report {report} 查看编号"
    if not found:
        raise CorrectionError(f"{report} 没有数字“{name}”；{see}。(The report has no such figure.)")
    named = "、".join(f"#{figure.ordinal} {figure.subject_text}" for figure in found[:MOST_NAMED])
    raise CorrectionError(f"{report} 有{len(found)}处“{name}”（{named}），请写编号。(Several figures are written so.)")
