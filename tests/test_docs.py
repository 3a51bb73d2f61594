"""What the documents say is so: settings exist with their defaults, commands exist, code blocks run."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from assistant.types import Answer
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.settings import Settings
from ui.cli import parser

ROOT = Path(__file__).parents[1]


def as_table(settings: Any) -> dict[str, Any]:
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    return {name: as_table(value) if is_dataclass(value) else value for name, value in values.items()}


def test_the_settings_page_lists_every_setting_with_its_default() -> None:
    block = re.search(r"```toml\n(.*?)```", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block
    assert tomllib.loads(block[1]) == as_table(Settings())


def test_the_commands_of_the_readme_exist() -> None:
    named = set(re.findall(r"youju ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    help_text = parser().format_help()
    assert named
    assert all(re.search(rf"\b{command}\b", help_text) for command in named)


def test_the_langchain_page_runs(tmp_path: Path, corpus: Path, capsys) -> None:
    block = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "langchain.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block
    with Archive.open(tmp_path / "archive", create=True) as archive:
        index_paths(archive, [corpus])
    names: dict[str, Any] = {}
    exec(block[1].replace('Path(".youju")', f"Path({str(tmp_path / 'archive')!r})"), names)
    assert isinstance(names["answer"], Answer)
    assert "449" in capsys.readouterr().out
    assert names["follow_up"].question.standalone.startswith("2022年")
    names["archive"].close()


def test_the_makefile_lists_its_commands() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
    assert {"help", "setup", "serve", "test", "lint", "format", "bench", "eval", "train-embedder"} <= commands
