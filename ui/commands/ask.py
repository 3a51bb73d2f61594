"""`youju ask`: one question, a prompt, or a file of questions; the answer as text or as JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.types import Answer, Language
from indexer.errors import QuestionError, YoujuError
from ui.terminal import Style, answer_text
from ui.text import say

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.chain import ChainSteps
    from assistant.explain import Explanation

TURNS_KNOWN = 8  # earlier questions that a follow-up may refer to
_LEAVE = {"exit", "quit", "退出"}


def run(options: argparse.Namespace) -> int:
    """Answer as the options ask; 0 for any answer, 2 for options that do not go together."""
    if options.batch is not None or options.out is not None:
        return _run_batch(options)
    from assistant.chain import ChainSteps
    from indexer.archive import Archive

    with Archive.open(options.archive) as archive:
        steps = ChainSteps(archive)
        if options.question is not None:
            _answer(steps, options.question, (), options)
        else:
            _talk(steps, options)
    return 0


def _run_batch(options: argparse.Namespace) -> int:
    from assistant.chain import answer_chain
    from indexer.archive import Archive

    if options.batch is None or options.out is None or options.question is not None:
        print("youju ask: --batch FILE and --out FILE go together, without a question", file=sys.stderr)
        return 2
    lines = read_lines(options.batch)
    with Archive.open(options.archive) as archive:
        answered, failed = answer_lines(
            answer_chain(archive), lines, options.out, options.today, name=str(options.batch)
        )
    print(f"{options.out}: {answered} answered, {failed} not", file=sys.stderr)
    return 1 if failed and not answered else 0


def _answer(steps: ChainSteps, question: str, turns: Sequence[str], options: argparse.Namespace) -> None:
    """Answer one question and print the answer, with how the reader chose where that is asked for."""
    asked = {"question": question, "turns": list(turns), "today": options.today, "explain": options.explain}
    answer = steps.ask(asked)
    explained: Sequence[Explanation] = ()
    if options.explain:
        from assistant.explain import explain

        explained = explain(steps, asked)
    _print(answer, explained, options)


def _print(answer: Answer, explained: Sequence[Explanation], options: argparse.Namespace) -> None:
    if options.json:
        from assistant.contract import answer_json

        found = answer_json(answer)
        if options.explain:
            found["explained"] = [explanation_json(part) for part in explained]
        print(json.dumps(found, ensure_ascii=False))
        return
    style = Style(sys.stdout.isatty() and "NO_COLOR" not in os.environ)
    lines: list[str] = []
    if options.explain:
        from ui.explain import explanation_lines

        lines = explanation_lines(explained, answer.question.language, style, answer)
    print(answer_text(answer, style=style, explained=lines), flush=True)


def explanation_json(part: Explanation) -> dict[str, Any]:
    """How sure the reader was of the best candidate of a question, or of one part of it, as plain JSON values."""
    return {
        "question": part.room.question.standalone,
        "confidence": None if part.confidence is None else round(part.confidence, 3),
        "threshold": part.threshold,
        "refused_for": part.refusal and part.refusal.value,
    }


def _talk(steps: ChainSteps, options: argparse.Namespace) -> None:
    """Ask for questions until the user leaves; each may refer to those before it. Nothing is kept afterwards."""
    import contextlib

    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - gives input() its editing and its history of this session
    turns: list[str] = []
    asked = sys.stdin.isatty()
    if asked:
        print(say(Language.CHINESE, "prompt_hint"))
    while True:
        try:
            question = input(say(Language.CHINESE, "prompt") if asked else "").strip()
        except EOFError:
            if asked:
                print()
            return
        if question.lower() in _LEAVE:
            return
        if not question:
            continue
        try:
            _answer(steps, question, turns[-TURNS_KNOWN:], options)
        except QuestionError as error:
            print(f"youju: {error}", file=sys.stderr)
            continue
        turns.append(question)


def read_lines(path: Path) -> list[str]:
    """The lines of a file of questions; YoujuError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise YoujuError(f"{path} cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise YoujuError(f"{path} is not UTF-8; save it as UTF-8") from error


def answer_lines(
    chain: Runnable[Any, Answer], lines: Sequence[str], out: Path, today: date | None, *, name: str = "line"
) -> tuple[int, int]:
    """Write one JSON answer a line to `out`, which is replaced only when all are done.

    Gives how many lines were answered and how many were not; each of those is reported with its number.
    """
    from assistant.contract import answer_json

    answered = failed = 0
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    id_, turns = asked_in(line)
                    asked = {"question": turns[-1], "turns": turns[:-1], "today": today, "explain": False}
                    file.write(json.dumps(answer_json(chain.invoke(asked), id_), ensure_ascii=False) + "\n")
                    answered += 1
                except YoujuError as error:
                    failed += 1
                    print(f"{name}:{number}: {error}", file=sys.stderr)
        part.replace(out)
    except OSError as error:
        raise YoujuError(f"{out} cannot be written ({error.strerror}); name another file with --out") from error
    finally:
        part.unlink(missing_ok=True)
    return answered, failed


def asked_in(line: str) -> tuple[str | None, list[str]]:
    """The id and the turns of one line, {"id","q"} or {"id","turns":[..]}; QuestionError where it holds neither."""
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionError(f"not JSON ({error.msg}); write one object a line") from error
    if not isinstance(found, Mapping):
        raise QuestionError('not an object; write {"id": …, "q": …}')
    turns = found.get("turns") or [found.get("q")]
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise QuestionError('no question; write {"id": …, "q": "…"} or {"id": …, "turns": ["…"]}')
    id_ = found.get("id")
    return (None if id_ is None else str(id_)), turns
