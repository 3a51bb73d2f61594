"""Every text is said somewhere, in both languages with the same placeholders; every recorded action has a name."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.types import Language
from indexer.audit import ACTION
from ui.text import TEXTS

ROOT = Path(__file__).parents[1]
SOURCES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for package in ("indexer", "assistant", "ui")
    for path in sorted((ROOT / package).rglob("*.py"))
    if not path.name.startswith("text") or package != "ui"
]
KEYS = sorted(TEXTS[Language.CHINESE])
LEAST = 3  # letters that a key put together from parts must have in its source


def named() -> set[str]:
    return {
        node.value
        for tree in SOURCES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def put_together() -> Iterator[re.Pattern[str]]:
    """What keys such as f"role_{role.value}" may be, as patterns."""
    for node in (node for tree in SOURCES for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
        parts = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
        said = "".join(part for part in parts if part)
        if len(said) >= LEAST and re.fullmatch(r"[a-z0-9_]+", said):
            yield re.compile("".join(".+" if part is None else re.escape(part) for part in parts))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_text_is_left_that_nobody_says() -> None:
    known, patterns = named(), list(put_together())
    audited = {key for key in KEYS if key.startswith("act_")}  # the last test looks at them
    left = [key for key in KEYS if key not in known | audited and not any(one.fullmatch(key) for one in patterns)]
    assert left == []


@pytest.mark.parametrize("language", list(Language))
def test_both_languages_say_the_same_things(language: Language) -> None:
    assert sorted(TEXTS[language]) == KEYS
    assert [key for key in KEYS if not TEXTS[language][key].strip()] == []


def test_a_text_has_the_same_placeholders_in_both_languages() -> None:
    chinese, english = TEXTS[Language.CHINESE], TEXTS[Language.ENGLISH]
    assert [key for key in KEYS if placeholders(chinese[key]) != placeholders(english[key])] == []


def recorded() -> set[str]:
    """The actions that the code records: the literal before the object in note(viewer, "ask", …), record("", "ask", …)."""
    found = set()
    for tree in SOURCES:
        for node in ast.walk(tree):
            name = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            if isinstance(node, ast.Call) and name in {"note", "record", "record_all"} and len(node.args) > 1:
                action = node.args[1]
                if isinstance(action, ast.Constant) and ACTION.fullmatch(str(action.value)):
                    found.add(str(action.value))
    return found


def test_every_recorded_action_has_a_name_and_no_other() -> None:
    named_ones = {key.removeprefix("act_") for key in KEYS if key.startswith("act_")}
    of_accounts = {one for one in named_ones if one.startswith("account_")}
    assert named_ones - of_accounts == recorded()
    assert {"account_add", "account_role", "account_reset", "account_remove"} <= of_accounts
