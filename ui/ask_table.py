"""The table of an answer with several figures: by place, time and indicator, or planned beside done; each cell a citation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.fulfilment import fulfilment
from assistant.plan_words import label_of
from assistant.types import Answer, AnsweredFigure, Intent, Language, Status
from indexer.types import Role
from ui import view
from ui.ask_card import Card, escape

PLANNED = frozenset({Role.PLAN, Role.REQUIREMENT})
GAP = "—"
LEAST, LONGEST = 2, 24  # figures in a table; characters of an indicator in it


@dataclass(frozen=True, slots=True)
class Side:
    """What figures may differ in, and the text key of its heading."""

    heading: str
    of: Callable[[AnsweredFigure], str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A planned figure with the one that tells what became of it."""

    planned: AnsweredFigure
    done: AnsweredFigure | None = None


def table_html(card: Card) -> str:
    """The table; "" for an answer that is none."""
    if not has_table(card.answer):
        return ""
    pairs = pairs_of(card.answer)
    return _plan_table(card, pairs) if pairs else _figure_table(card)


def has_table(answer: Answer) -> bool:
    """Whether an answer lays several figures side by side: none of them a disagreement, no place to be chosen."""
    stated = answer.figures
    if len(stated) < LEAST or view.is_conflict(answer) or any(figure.parts for figure in stated):
        return False
    if answer.status is Status.AMBIGUOUS:
        return bool(pairs_of(answer))
    return answer.status in {Status.ANSWERED, Status.MASKED}


def pairs_of(answer: Answer) -> tuple[Pair, ...]:
    """Each planned figure with the result behind it, where the question asks what became of plans; else none."""
    if answer.question.intent is not Intent.PLAN_VS_DONE:
        return ()
    pairs: list[Pair] = []
    for stated in answer.figures:
        if stated.figure.role in PLANNED:
            pairs.append(Pair(stated))
        elif pairs and pairs[-1].done is None:
            pairs[-1] = Pair(pairs[-1].planned, stated)
        else:
            return ()
    return tuple(pairs)


def _figure_table(card: Card) -> str:
    """Rows by what differs; where two things differ and nothing is there twice, one goes across."""
    sides = _sides(card)
    stated = card.answer.figures
    differing = [side for side in sides if len({side.of(one) for one in stated}) > 1] or [sides[0]]
    if len(differing) == 2 and len({(differing[0].of(one), differing[1].of(one)) for one in stated}) == len(stated):
        return _crossed(card, *differing)
    head = "".join(f"<th>{card.label(side.heading)}</th>" for side in differing)
    rows = "".join(
        f"<tr>{''.join(f'<th scope=row>{escape(side.of(one))}</th>' for side in differing)}<td>{card.cell(one)}</td></tr>"
        for one in stated
    )
    return _table(f'{head}<th class="yj-right">{card.label("table_number")}</th>', rows)


def _crossed(card: Card, down: Side, across: Side) -> str:
    stated = card.answer.figures
    columns = list(dict.fromkeys(across.of(one) for one in stated))
    cells = {(down.of(one), across.of(one)): card.cell(one) for one in stated}
    head = f"<th>{card.label(down.heading)}</th>" + "".join(
        f'<th class="yj-right">{escape(name)}</th>' for name in columns
    )
    rows = []
    for row in dict.fromkeys(down.of(one) for one in stated):
        told = "".join(f"<td>{cells.get((row, name), GAP)}</td>" for name in columns)
        rows.append(f"<tr><th scope=row>{escape(row)}</th>{told}</tr>")
    return _table(head, "".join(rows))


def _sides(card: Card) -> Sequence[Side]:
    def period(stated: AnsweredFigure) -> str:
        label = view.period_label(stated.figure.period or stated.report.period, card.language)
        return f"{label} {view.role_label(stated, card.language)}".strip()

    return (
        Side("table_period", period),
        Side("table_place", view.place_label),
        Side("table_subject", lambda stated: _short(stated.figure.subject_text)),
    )


def _plan_table(card: Card, pairs: Sequence[Pair]) -> str:
    several = len({view.place_label(pair.planned) for pair in pairs}) > 1
    keys = ("table_place", "table_subject") if several else ("table_subject",)
    head = "".join(f"<th>{card.label(key)}</th>" for key in keys)
    head += "".join(f'<th class="yj-right">{card.label(key)}</th>' for key in ("table_planned", "table_done"))
    rows = "".join(_plan_row(card, pair, several=several) for pair in pairs)
    return _table(f"{head}<th>{card.label('table_verdict')}</th>", rows)


def _plan_row(card: Card, pair: Pair, *, several: bool) -> str:
    planned, done = pair.planned, pair.done
    place = f"<th scope=row>{escape(view.place_label(planned))}</th>" if several else ""
    return (
        f"<tr>{place}<th scope=row>{escape(_short(planned.figure.subject_text))}</th><td>{card.cell(planned)}</td>"
        f"<td>{card.cell(done) if done else GAP}</td><td class=yj-verdict>{escape(_verdict(card, pair))}</td></tr>"
    )


def _verdict(card: Card, pair: Pair) -> str:
    if pair.done is None:
        return ""
    before = view.text_before(card.answer, pair.planned)
    return label_of(fulfilment(pair.planned.figure, pair.done.figure, before).verdict, card.language)


def _short(subject: str) -> str:
    return subject if len(subject) <= LONGEST else "…" + subject[-LONGEST:]


def _table(head: str, rows: str) -> str:
    return (
        f'<div class="yj-figures" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def sentence_beside(answer: Answer, language: Language) -> str:
    """What of the answer's text stands beside its table: what the table does not say.

    Of a list of plans how many ended how; of rows of figures what follows them, where each of them is in the table.
    """
    stop = "。" if language is Language.CHINESE else ". "
    first, found, rest = answer.text.partition(stop)
    if pairs_of(answer):
        return first + found if len(pairs_of(answer)) > LEAST and answer.status is not Status.AMBIGUOUS else answer.text
    rows = first.split("；" if language is Language.CHINESE else "; ")
    stated = all(one.figure.written in row for row, one in zip(rows, answer.figures, strict=False))
    return rest if stated and len(rows) == len(answer.figures) else answer.text
