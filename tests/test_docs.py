"""What the documents say is so: settings and commands exist, code runs, pictures and links lead somewhere, limits hold."""

from __future__ import annotations

import argparse
import re
import shlex
import struct
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.chain import answer_chain
from assistant.plan_words import LABELS
from assistant.types import Answer, Language, Status
from benchmarks.screenshot_scenes import SCENES
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.keeping import RESTORABLE
from indexer.passwords import SHORTEST
from indexer.settings import FILE_NAME, Settings, load_settings
from indexer.sign_in import FAILURES, LOCKED, LOCKED_LONGEST
from indexer.viewer import Role
from ui.cli import parser
from ui.files_out import KEPT_SECONDS
from ui.history_undo import SECONDS
from ui.pages import PAGES, page_at
from ui.text import TEXTS, say

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
IMAGES = DOCS / "images"
TEXT_FILES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
LARGEST = 150 * 1024  # bytes of a page's picture
QUESTION = re.compile(r"^- “([^”]+[？?])”", re.MULTILINE)
# What the guide puts into quotation marks that is no text of the product: examples, words of reports, file names.
NOT_OURS = frozenset({"……以内", "左右", "约", "其中", "CPU", "打印", "English", "拿不准，请人工核对"})


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def as_table(settings: Any) -> dict[str, Any]:
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    return {name: as_table(value) if is_dataclass(value) else value for name, value in values.items()}


def subcommands(of: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found[0].choices) if found else {}


def anchors(path: Path) -> set[str]:
    """How GitHub calls the headings of a file in links."""
    headings = re.findall(r"^#+ (.+)$", read(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """The sample corpus as an archive."""
    made = tmp_path_factory.mktemp("docs") / "archive"
    with Archive.open(made, create=True) as archive:
        index_paths(archive, [corpus])
    return made


@pytest.fixture(scope="module")
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.open(folder) as opened:
        yield opened


def test_the_settings_page_lists_every_setting_with_its_default() -> None:
    block = re.search(r"```toml\n(.*?)```", read(DOCS / "settings.md"), re.DOTALL)
    assert block
    assert tomllib.loads(block[1]) == as_table(Settings())


def test_the_block_of_the_settings_page_can_be_used_as_it_stands(tmp_path: Path) -> None:
    block = re.search(r"```toml\n(.*?)```", read(DOCS / "settings.md"), re.DOTALL)
    assert block
    (tmp_path / FILE_NAME).write_text(block[1].replace("idle_hours = 8.0", "idle_hours = 2.5"), encoding="utf-8")
    assert load_settings(tmp_path, env={}).accounts.idle_hours == 2.5


def test_the_settings_that_the_documents_name_exist() -> None:
    table = as_table(Settings())
    named = {
        (section, key)
        for path in TEXT_FILES
        for section, key in re.findall(rf"`({'|'.join(table)})\.([a-z_]+)`", read(path))
    } - {("archive", "db")}  # the file
    assert {("server", "port"), ("load", "limit_mb"), ("accounts", "idle_hours")} <= named
    assert {(section, key) for section, key in named if key not in table[section]} == set()


@pytest.mark.parametrize("path", TEXT_FILES, ids=lambda path: path.name)
def test_every_command_that_is_shown_is_understood(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each `$ youju …` line with its options, and each `youju word` in the text."""
    top = parser()
    for line in re.findall(r"^\$ (?:\S*/)?youju (.+)$", read(path), re.MULTILINE):
        words = shlex.split(line, comments=True)
        if "--help" in words:
            continue
        try:
            top.parse_args(words)
        except SystemExit:
            pytest.fail(f"{path.name}: youju {line}\n{capsys.readouterr().err}")
    known = subcommands(top)
    named = re.findall(r"`youju ([a-z]+)(?: ([a-z]+)\b)?", read(path))
    assert {command for command, _ in named} <= set(known)
    assert {verb for command, verb in named if command == "user" and verb} <= set(subcommands(known["user"]))


def test_the_readme_tells_of_every_command() -> None:
    told = set(re.findall(r"`youju ([a-z]+)", read(ROOT / "README.md")))
    assert told == set(subcommands(parser()))


def test_links_and_pictures_lead_somewhere() -> None:
    broken = []
    for path in TEXT_FILES:
        links = re.findall(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"", read(path))
        for target in (one or other for one, other in links):
            if target.startswith("http"):
                continue
            file, _, anchor = target.partition("#")
            to = (path.parent / file).resolve() if file else path
            if not to.exists() or (anchor and anchor not in anchors(to)):
                broken.append(f"{path.name}: {target}")
    assert broken == []


def test_there_is_a_small_picture_of_each_scene_and_no_other() -> None:
    taken = {path.name: path for path in IMAGES.glob("page-*.png")}
    assert set(taken) == {f"page-{scene.name}.png" for scene in SCENES}
    texts = "".join(read(path) for path in TEXT_FILES)
    for scene in SCENES:
        content = taken[f"page-{scene.name}.png"].read_bytes()
        size = struct.unpack(">II", content[16:24])
        assert size == ((390, 844) if scene.phone else (1366, 768)), scene.name
        assert len(content) <= LARGEST, scene.name
        assert f"images/page-{scene.name}.png" in texts, scene.name


def test_every_page_has_its_section_and_its_picture() -> None:
    headings = re.findall(r"^## (.+)$", read(DOCS / "guide.md"), re.MULTILINE)
    names = [say(Language.CHINESE, page.name) for page in PAGES]
    assert [heading for heading in headings if heading in names] == names
    assert headings[-1] == "出了问题怎么办"
    shown = {page_at(scene.path.partition("?")[0]) for scene in SCENES} | {
        page for page in PAGES if page.path in {scene.name for scene in SCENES}
    }
    assert set(PAGES) <= shown
    english = read(DOCS / "guide.en.md")
    assert [page.name for page in PAGES if say(Language.ENGLISH, page.name) not in english] == []


def test_the_words_that_the_guide_quotes_stand_on_the_pages() -> None:
    """“新对话” must be what the button says; questions and what reports say are left out."""
    ours = "\n".join(re.sub(r"\{\w+\}", "", text) for text in TEXTS[Language.CHINESE].values())
    quoted = {word for word in re.findall(r"“([^”]{1,14})”", read(DOCS / "guide.md")) if not word.endswith(("？", "?"))}
    assert len(quoted) > 40
    assert {word for word in quoted - NOT_OURS if word not in ours} == set()


def test_the_limits_that_the_guide_names_are_those_of_the_product() -> None:
    guide, operations = read(DOCS / "guide.md"), read(DOCS / "operations.md")
    settings = Settings()
    minutes, hours = LOCKED.seconds // 60, LOCKED_LONGEST.seconds // 3600
    for text in (
        f"至少{SHORTEST}个字符",
        f"连续输错{FAILURES}次，账号锁定{minutes}分钟",
        f"最长{hours}小时",
        f"离开{settings.accounts.idle_hours:g}小时没有操作，或登录满{settings.accounts.session_days:g}天",
        f"{SECONDS:g}秒内可以撤销",
        f"不超过{settings.load.limit_mb} MB",
        f".zip 不超过{settings.load.zip_mb} MB",
        f"保留最近{settings.accounts.history:,}条",
        f"{RESTORABLE.days}天内可以在“已移除”里恢复",
        f"只留{KEPT_SECONDS / 3600:g}小时",
    ):
        assert text in guide, text
    assert f"连续输错{FAILURES}次锁定{minutes}分钟" in operations
    assert f"15分钟内输错{settings.accounts.address_failures}次" in operations
    assert f"{RESTORABLE.days}天后" in operations
    assert all(role.chinese in guide and role.chinese in operations for role in Role)
    assert all(label in guide for label, _ in LABELS.values())


def test_the_questions_that_the_guide_proposes_are_answered(archive: Archive) -> None:
    questions = QUESTION.findall(read(DOCS / "guide.md"))
    assert len(questions) >= 7
    chain = answer_chain(archive)
    answers: dict[str, Answer] = {question: chain.invoke(question) for question in questions}
    assert {question: answer.status for question, answer in answers.items()} == dict.fromkeys(
        questions, Status.ANSWERED
    )
    assert "449" in answers["一共没收了多少煤气罐？"].text
    assert "减少7.8公里" in answers["澜江区2022年和2023年新建污水管道各多少公里，增加多少？"].text


def test_an_archive_comes_back_from_its_database_file_alone(folder: Path, tmp_path: Path) -> None:
    """docs/operations.md: what must be kept is archive.db, copied while it is in use; the rest is made anew."""
    import sqlite3

    (tmp_path / "restored").mkdir()
    with (
        sqlite3.connect(folder / "archive.db") as source,
        sqlite3.connect(tmp_path / "restored" / "archive.db") as target,
    ):
        source.backup(target)
    with Archive.open(tmp_path / "restored") as restored:
        assert restored.check(repair=True).sound
        assert "449" in answer_chain(restored).invoke("一共没收了多少煤气罐？").text


def test_the_langchain_page_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    block = re.search(r"```python\n(.*?)```", read(DOCS / "langchain.md"), re.DOTALL)
    assert block
    names: dict[str, Any] = {}
    exec(block[1].replace('Path(".youju")', f"Path({str(folder)!r})"), names)
    assert isinstance(names["answer"], Answer)
    assert "449" in capsys.readouterr().out
    assert names["follow_up"].question.standalone.startswith("2022年")
    names["archive"].close()


def test_the_makefile_lists_its_commands() -> None:
    makefile = read(ROOT / "Makefile")
    commands = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
    assert {"help", "setup", "serve", "test", "lint", "format", "bench", "eval", "train-embedder"} <= commands
    shown = {word for path in TEXT_FILES for word in re.findall(r"^(?:\$ )?make ([a-z-]+)", read(path), re.MULTILINE)}
    assert {"serve", "test", "lint"} <= shown <= commands
