"""An answer as JSON that can be read back: what the history keeps of it, so that it is shown again as it was."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from assistant.types import Answer, Searched
from indexer.cited import REPORT_KEY
from indexer.types import ReportInfo
from ui.render import version_of

Infos = Mapping[str, ReportInfo]  # by id


def answer_kept(answer: Answer) -> dict[str, Any]:
    """The answer as JSON values, without the evidence that was looked at; of a report only its id and version."""
    kept = _plain(dataclasses.replace(answer, evidence=(), candidates=()))
    return dict(kept)


def answer_again(kept: Mapping[str, Any], infos: Infos) -> Answer | None:
    """The answer as it was kept; None where a report of it is not among `infos`, or what is kept is no answer."""
    try:
        answer = _Reader(infos).read(Answer, kept)
    except (ArithmeticError, KeyError, TypeError, ValueError):  # a number that is none is an ArithmeticError
        return None
    return answer if isinstance(answer, Answer) else None


def answer_alone(answer: Answer) -> Answer | None:
    """What an answer says by its citations alone, without what else was found, offered and searched; None without any."""
    if not answer.citations:
        return None
    return dataclasses.replace(answer, suggestions=(), notes=(), missing=None, searched=Searched(0, (), ()))


def _plain(value: Any) -> Any:
    if isinstance(value, ReportInfo):
        return {REPORT_KEY: value.id, "version": version_of(value)}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(found)
            for field in dataclasses.fields(value)
            if (found := getattr(value, field.name)) != field.default
        }
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal | date):
        return str(value)
    return value


class _Reader:
    """Reads JSON values as the types that they were."""

    def __init__(self, infos: Infos) -> None:
        self._infos = infos
        self._hints: dict[type, dict[str, Any]] = {}

    def read(self, kind: Any, value: Any) -> Any:
        """The value of the type `kind`. Raises ArithmeticError, KeyError, TypeError or ValueError where it cannot be one."""
        if value is None or kind is Any:
            return value
        origin, inner = get_origin(kind), get_args(kind)
        if origin in {Union, types.UnionType}:
            return self.read(next(one for one in inner if one is not types.NoneType), value)
        if origin is tuple:
            kinds = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
            return tuple(self.read(one, item) for one, item in zip(kinds, value, strict=True))
        if origin is dict:
            return {key: self.read(inner[1], item) for key, item in value.items()}
        if isinstance(kind, type) and issubclass(kind, ReportInfo):
            return self._report(value)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self._fields(kind, value)
        return date.fromisoformat(value) if kind is date else kind(value)

    def _fields(self, kind: type, value: Mapping[str, Any]) -> Any:
        hints = self._hints.setdefault(kind, {}) or get_type_hints(kind)
        self._hints[kind] = hints
        return kind(**{name: self.read(hints[name], found) for name, found in value.items()})

    def _report(self, value: Mapping[str, Any]) -> ReportInfo:
        """The report as it is described now; of another version it keeps the old mark, so that its source says so."""
        info = self._infos[value[REPORT_KEY]]
        version = str(value["version"])
        return info if version_of(info) == version else dataclasses.replace(info, source_hash=version)
