"""An answer as the JSON of the outside contract, which scripts and scorers rely on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistant.types import Answer, AnsweredFigure, Candidate, Computed


def answer_json(answer: Answer, id: str | None = None) -> dict[str, Any]:
    """The answer as plain JSON values; decimals are strings in the written unit (万 and 亿 stay in the unit)."""
    found: dict[str, Any] = {
        "id": id,
        "status": answer.status.value,
        "answer": answer.text,
        "figures": [_figure(item) for item in answer.figures],
        "computed": [_computed(item) for item in answer.computed],
        "citations": [
            {
                "report": citation.report.file_name,
                "report_id": citation.report.id,
                "section": " › ".join(citation.section),
                "quote": citation.quote,
                "start": citation.start,
                "end": citation.end,
            }
            for citation in answer.citations
        ],
        "searched": {
            "reports": answer.searched.reports,
            "years": list(answer.searched.years),
            "places": list(answer.searched.places),
            "note": answer.searched.note,
        },
        "question": answer.question.standalone,
        "notes": list(answer.notes),
        "suggestions": list(answer.suggestions),
        "took_ms": round(answer.took_ms, 1),
    }
    if answer.candidates:
        found["candidates"] = [_candidate(item) for item in answer.candidates]
    return found


def _figure(item: AnsweredFigure) -> dict[str, Any]:
    figure = item.figure
    return {
        "value": _decimal(figure.value),
        "unit": figure.unit,
        "low": _decimal(figure.low),
        "high": _decimal(figure.high),
        "approximate": figure.approximate,
        "written": figure.written,
        "subject": figure.subject_text,
        "period": figure.period.label if figure.period else None,
        "role": figure.role.value,
        "measure": figure.measure.value,
        "report": item.report.file_name,
        "report_id": item.report.id,
        "citation": item.citation,
        "masked": figure.masked,
        "part_link": figure.part_link.value if figure.part_link else None,
        "parts": [_figure(part) for part in item.parts],
    }


def _computed(item: Computed) -> dict[str, Any]:
    return {"op": item.op, "value": _decimal(item.value), "unit": item.unit, "from": list(item.operands)}


def _candidate(item: Candidate) -> dict[str, Any]:
    features = {name: round(value, 3) for name, value in item.features.items()}
    return {"text": item.text, "report_id": item.report, "score": round(item.score, 3), "features": features}


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize() if value == value.to_integral() else value, "f")
