"""The house keeps its plan: imports go one way, each library has its room, every file says its purpose."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("indexer", "assistant", "ui")
ALLOWED = {"indexer": {"indexer"}, "assistant": {"indexer", "assistant"}, "ui": {"indexer", "assistant", "ui"}}
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
ROOMS = {
    "charset_normalizer": {"indexer/readers/text.py"},
    "docx": {"assistant/checking/word_asides.py", "assistant/checking/word_draft.py", "indexer/readers/docx.py"},
    "faiss": {"indexer/search/dense.py"},
    "filelock": {"indexer/lock.py"},
    "gradio": {
        "ui/acts.py",
        "ui/app.py",
        "ui/site.py",
        *(f"ui/{path.name}" for path in (ROOT / "ui").glob("page_*.py")),
    },
    "jieba": {"indexer/segment.py"},
    "lxml": {
        "assistant/checking/word_asides.py",
        "assistant/checking/word_draft.py",
        "assistant/xlsx_comments.py",
        "assistant/xlsx_package.py",
        "assistant/xlsx_patch.py",
        "indexer/readers/docx.py",
        "indexer/readers/html.py",
    },
    "pypinyin": {"indexer/naming.py"},
    "rjieba": {"indexer/figures/words.py"},
    "sentence_transformers": {"indexer/embed.py", "indexer/train_embedder.py"},
    "tantivy": {"indexer/search/keyword.py", "indexer/search/local.py"},
    "trafilatura": {"indexer/readers/html.py"},
}
LEAVES = {
    "indexer/types.py", "indexer/errors.py", "indexer/fold.py", "indexer/sentences.py", "indexer/headings.py",
}  # fmt: skip


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
    return found


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_go_from_ui_to_assistant_to_indexer(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    ours = {module.split(".")[0] for module in imports_of(path)} & {*PACKAGES, "tests", "benchmarks"}
    assert ours <= ALLOWED[package]


@pytest.mark.parametrize("library", ROOMS)
def test_each_library_has_its_room(library: str) -> None:
    users = {name(path) for path in FILES if library in {module.split(".")[0] for module in imports_of(path)}}
    assert users == ROOMS[library]


@pytest.mark.parametrize("path", [ROOT / leaf for leaf in sorted(LEAVES)], ids=name)
def test_leaves_import_only_leaves(path: Path) -> None:
    ours = {module for module in imports_of(path) if module.split(".")[0] in PACKAGES}
    assert {f"{module.replace('.', '/')}.py" for module in ours} <= LEAVES


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_file_says_its_purpose_and_has_one_subject(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), "the first line of a file says its one purpose"
    assert source.count("\n") <= 300, "past 300 lines: look for the second subject"


def test_no_pickle_and_no_swallowed_errors() -> None:
    for path in FILES:
        assert not {"pickle", "shelve", "dill", "joblib"} & {module.split(".")[0] for module in imports_of(path)}, name(
            path
        )
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"{name(path)}:{node.lineno} catches everything"
