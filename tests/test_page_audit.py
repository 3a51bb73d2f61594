"""Looking at a comparison or a plan, and deleting what one asked or drafted, is recorded by ids and never by a text."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import ui
from assistant.chain import answer_chain
from assistant.types import Language
from indexer.archive import Archive
from indexer.viewer import Role, Viewer
from ui.ask_doing import Doing
from ui.ask_talk import Turn
from ui.compare_desk import CompareDesk
from ui.drafts_desk import DraftDesk
from ui.plans_desk import PlansDesk
from ui.site import Site
from ui.text import TEXTS

ZH = Language.CHINESE
READER = Viewer("du", Role.READER)
SEIZED = "2023年累计查扣燃气行业违规气瓶多少个？"
TALK = "a" * 32


@pytest.fixture
def site(tmp_path: Path, sample_folder: Path) -> Iterator[Site]:
    shutil.copytree(sample_folder, tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as archive:
        yield Site(archive, answer_chain)


def noted(site: Site) -> list[tuple[str, str]]:
    """What the reader did, oldest first."""
    return [(one.action, one.object) for one in reversed(site.whole.audit.newest(99)) if one.account == READER.account]


def test_looks_are_recorded_and_what_shows_nothing_is_not(site: Site) -> None:
    compare, plans = CompareDesk(site, ZH), PlansDesk(site, ZH)
    assert "yj-chart" in list(compare.look(READER, {"subjects": ["建筑业总产值"], "places": ["云岭县"]}))[-1]
    list(compare.look(READER, {"subjects": []}))  # the page as it begins
    list(compare.look(READER, {"subjects": ["甲"], "first": "3021"}))  # a sentence that it cannot be
    list(plans.look(READER, {"plan": "lanjiang-2022"}))
    list(plans.look(READER, {"plan": "no-such-report"}))
    list(plans.look(READER, {"plan": ""}))
    assert noted(site) == [("compare", ""), ("plans", "lanjiang-2022")]


def test_what_is_deleted_from_the_history_and_the_drafts_is_recorded(site: Site) -> None:
    doing, drafts = Doing(site, site.talks, ZH), DraftDesk(site, ZH)
    for _ in site.talks.ask(READER, TALK, Turn("k", SEIZED)):
        pass
    (entry,) = site.whole.history.search(READER.account, seen=site.whole)
    told = doing.forget(READER, entry.id)
    assert "没有" not in told
    doing.forget(READER, entry.id)  # gone already
    back = re.search(r'data-back="(\w+)"', told)
    assert back is not None
    doing.take_back(READER, back[1])
    (again,) = site.whole.history.search(READER.account, seen=site.whole)
    doing.take_back(READER, back[1])  # once only
    doing.forget_all(READER)
    drafts.do(READER, "new", {"title": "材料"})
    draft = site.whole.basket.list(READER.account)[0].id
    drafts.do(READER, "delete", {"draft": str(draft)})
    assert noted(site) == [
        ("ask", str(entry.id)),
        ("history_delete", str(entry.id)),
        ("history_restore", str(again.id)),
        ("history_delete_all", ""),
        ("draft_delete", str(draft)),
    ]
    assert SEIZED not in repr(site.whole.audit.newest(99))


@pytest.mark.parametrize("language", list(Language))
def test_every_action_that_is_recorded_has_a_name(language: Language) -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in Path(ui.__file__).parent.rglob("*.py"))
    actions = set(re.findall(r'note\(\s*(?:[\w.]+|Viewer\(.*\)),\s*"(\w+)"', written))
    actions |= set(re.findall(r'COMMAND_LINE, "(\w+)"', written)) | {"expire", "purge", "upload"}
    assert {"compare", "plans", "history_delete", "sign_in", "ask", "export"} <= actions
    assert {f"act_{one}" for one in actions} - set(TEXTS[language]) == set()
