"""Drafts: kept by account, put in order, made afresh as one Word document with footnotes that hold."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from assistant.chain import answer_chain
from assistant.types import Language
from indexer.archive import Archive
from indexer.basket import DraftItem
from indexer.errors import ExportError
from indexer.types import Visibility
from indexer.viewer import LOCAL, Role, Viewer
from ui.drafts_desk import DraftDesk
from ui.drafts_file import document_of
from ui.drafts_items import Maker, comparison_item, name_of, plans_item
from ui.drafts_view import drafts_html
from ui.files_in import plain_name
from ui.site import Site

SEIZED = "2023年累计查扣燃气行业违规气瓶多少个？"
READER = Viewer("reader", Role.READER)
HOSTILE = "<script>alert(1)</script>${alert(2)}{{value}}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("drafts") / "archive"
    shutil.copytree(sample_folder, folder)
    with Archive.open(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(archive: Archive) -> Site:
    return Site(archive, answer_chain)


@pytest.fixture
def desk(site: Site, archive: Archive) -> Iterator[DraftDesk]:
    yield DraftDesk(site, Language.CHINESE)
    for account in ("", READER.account):
        for draft in archive.basket.list(account):
            archive.basket.delete(account, draft.id)


def item(kind: str, content: dict[str, object], name: str = "i") -> DraftItem:
    return DraftItem(name, kind, content, ())


def answer(question: str) -> dict[str, object]:
    return {"kind": "answer", "question": question, "scope": {}, "said": "449个"}


def saved(desk: DraftDesk, site: Site, draft: int, kind: str, viewer: Viewer = LOCAL) -> tuple[str, bytes]:
    """What the page says of an export, and the file."""
    *_, told = desk.save(viewer, draft, kind)
    address = re.search(r'href="/download/([^"]+)"', told)
    made = site.outbox.get(viewer, address[1], seen=site.archive_of(viewer)) if address else None
    return told, made.content if made else b""


def test_answers_comparisons_and_plans_become_one_document(desk: DraftDesk, site: Site, archive: Archive) -> None:
    basket = archive.basket
    draft = basket.new("", "城建情况")
    basket.add("", draft, "answer", answer(SEIZED))
    basket.add("", draft, "comparison", comparison_item(["老旧小区改造"], "2021", "2024", ["澜江区"]))
    basket.add("", draft, "plans", plans_item("lanjiang-2022", "2023年计划", numbers=True))
    basket.add("", draft, "comparison", comparison_item(["加装电梯"], "2021", "2024", ["澜江区"]))
    told, content = saved(desk, site, draft, "docx")
    assert "城建情况.docx" in told
    written = Document(BytesIO(content))
    text = [paragraph.text for paragraph in written.paragraphs if paragraph.text.strip()]
    assert text[0] == "城建情况"
    assert [line.split("、")[0] for line in text if re.match(r"^[一二三四五]、", line)] == ["一", "二", "三", "四"]
    assert [line for line in text if line.startswith("（一）")] == ["（一）数据", "（一）数据"]
    captions = [line for line in text if re.match(r"^表\d", line)]
    assert [line[:2] for line in captions] == [f"表{number}" for number in range(1, len(captions) + 1)]
    assert len(captions) >= 3
    assert len(written.tables) >= 3
    notes = ZipFile(BytesIO(content)).read("word/footnotes.xml").decode()
    assert "累计查扣燃气行业违规气瓶449个" in notes
    assert "没有写入" not in told


def test_an_export_is_made_from_the_archive_as_it_is_now(desk: DraftDesk, site: Site, archive: Archive) -> None:
    draft = archive.basket.new("", "过期")
    archive.basket.add("", draft, "answer", answer(SEIZED))  # cites nothing by itself
    archive.basket.add("", draft, "answer", answer("澜江区2022年新建污水管道多少公里？"))
    archive.remove("lanjiang-2023")
    try:
        told, content = saved(desk, site, draft, "md")
    finally:
        archive.restore("lanjiang-2023")
    assert f"有 1 项现在答不出来，没有写入：{SEIZED[:30]}。" in told
    assert "449" not in content.decode()
    assert "26.7公里" in content.decode()
    assert "449个" in saved(desk, site, draft, "md")[1].decode()


def test_a_limited_report_is_in_nobodys_draft_who_may_not_see_it(desk: DraftDesk, site: Site, archive: Archive) -> None:
    draft = archive.basket.new(READER.account, "读者的")
    archive.basket.add(READER.account, draft, "answer", answer(SEIZED), cites=["lanjiang-2023"])
    archive.basket.add(READER.account, draft, "answer", answer("2023年累计查扣违规气瓶多少个？"))
    archive.set_visibility("lanjiang-2023", Visibility.INTERNAL)
    try:
        shown = desk.look(READER, draft).body
        told, content = saved(desk, site, draft, "docx", READER)
    finally:
        archive.set_visibility("lanjiang-2023", Visibility.PUBLIC)
    assert shown.count("<li data-item") == 1
    assert content == b""
    assert "没有可以导出的内容" in told


def test_nobody_touches_the_draft_of_another_account(desk: DraftDesk, archive: Archive) -> None:
    draft = archive.basket.new(READER.account, "别人的")
    number = str(draft)
    for event in ("rename", "delete", "remove", "up", "sure"):
        told = desk.do(LOCAL, event, {"draft": number, "title": "x", "item": "i"})
        assert "别人的" not in told.body + told.told
    assert [one.title for one in archive.basket.list(READER.account)] == ["别人的"]


def test_items_move_leave_and_come_back_to_their_place(desk: DraftDesk, archive: Archive) -> None:
    draft = archive.basket.new("", "次序")
    ids = [archive.basket.add("", draft, "answer", answer(name)) for name in ("甲？", "乙？", "丙？")]

    def order() -> list[str]:
        kept = archive.basket.get("", draft, seen=archive)
        return [str(one.content["question"]) for one in kept.content]

    sent = {"draft": str(draft)}
    desk.do(LOCAL, "down", {**sent, "item": ids[0]})
    assert order() == ["乙？", "甲？", "丙？"]
    desk.do(LOCAL, "up", {**sent, "item": ids[1]})
    assert order() == ["乙？", "甲？", "丙？"]  # the first stays the first
    told = desk.do(LOCAL, "remove", {**sent, "item": ids[0]}).told
    assert order() == ["乙？", "丙？"]
    back = re.search(r'data-back="(\w+)"', told)
    assert back is not None
    assert "已放回" in desk.do(LOCAL, "back", {"back": back[1]}).told
    assert order() == ["乙？", "甲？", "丙？"]
    assert "yj-bad" in desk.do(LOCAL, "back", {"back": back[1]}).told
    assert "yj-bad" in desk.do(LOCAL, "remove", {**sent, "item": "unknown"}).told
    assert "yj-bad" in desk.do(LOCAL, "rename", {**sent, "title": " "}).told
    assert "已删除《次序》" in desk.do(LOCAL, "delete", sent).told


def test_items_move_past_those_that_may_not_be_seen(desk: DraftDesk, archive: Archive) -> None:
    draft = archive.basket.new(READER.account, "次序")
    hidden = ["lanjiang-2023"]
    cites = {"甲？": (), "密一？": hidden, "密二？": hidden, "乙？": ()}
    ids = {name: archive.basket.add(READER.account, draft, "answer", answer(name), cites=cites[name]) for name in cites}

    def order() -> list[str]:
        return [str(one.content["question"]) for one in archive.basket.get(READER.account, draft, seen=archive).content]

    archive.set_visibility("lanjiang-2023", Visibility.INTERNAL)
    try:
        desk.do(READER, "down", {"draft": str(draft), "item": ids["甲？"]})
        moved = desk.look(READER, draft).body
        refused = desk.do(READER, "remove", {"draft": str(draft), "item": ids["密一？"]})
    finally:
        archive.set_visibility("lanjiang-2023", Visibility.PUBLIC)
    assert moved.index("乙？") < moved.index("甲？")
    assert "yj-bad" in refused.told
    assert order() == ["密一？", "密二？", "乙？", "甲？"]


def test_an_empty_page_says_how_things_get_in(desk: DraftDesk) -> None:
    assert "在“问答”里答出数字后点“加入草稿”" in desk.look(LOCAL, None).body
    assert "<li" not in desk.look(LOCAL, None).body
    assert "Ask a question and press" in drafts_html((), None, Language.ENGLISH)


def test_titles_and_items_are_shown_as_text(desk: DraftDesk, archive: Archive) -> None:
    draft = archive.basket.new("", HOSTILE)
    archive.basket.add("", draft, "answer", {"kind": "answer", "question": HOSTILE, "said": HOSTILE})
    archive.basket.add("", draft, HOSTILE, {"title": HOSTILE})
    for shown in (desk.look(LOCAL, draft), desk.do(LOCAL, "sure", {"draft": str(draft)})):
        assert "<script" not in shown.body + shown.told
        assert "${" not in shown.body + shown.told
        assert "{{" not in shown.body + shown.told


def test_items_are_called_by_what_they_show() -> None:
    assert name_of(item("answer", answer(SEIZED)), Language.CHINESE) == SEIZED
    made = comparison_item(["老旧小区改造", "加装电梯"], "2021", "2024", ["澜江区"])
    assert name_of(item("comparison", made), Language.CHINESE) == "老旧小区改造、加装电梯 · 2021—2024 · 澜江区"
    assert name_of(item("comparison", comparison_item(["甲"], "", "", [])), Language.CHINESE) == "甲"
    assert name_of(item("plans", plans_item("r", "2023年计划", numbers=False)), Language.CHINESE) == "2023年计划"
    assert name_of(item("other", {}), Language.CHINESE) == "不认识的内容"


def test_what_cannot_be_made_any_more_is_none(archive: Archive) -> None:
    maker = Maker(archive, answer_chain(archive), Language.CHINESE, date(2025, 6, 1))
    assert maker.make(item("answer", answer("地铁运营里程多少公里？"))) is None
    assert maker.make(item("answer", {})) is None
    assert maker.make(item("comparison", comparison_item(["地铁运营里程"], "2021", "2024", []))) is None
    assert maker.make(item("comparison", {"subjects": 7, "first": "x"})) is None
    assert maker.make(item("plans", plans_item("no-such-report", "", numbers=True))) is None
    assert maker.make(item("other", {})) is None
    with pytest.raises(ExportError):
        document_of("空", [], archive, "docx", Language.CHINESE)
    with pytest.raises(ExportError):
        document_of("错", [maker.make(item("answer", answer(SEIZED)))], archive, "exe", Language.CHINESE)  # type: ignore[list-item]
    assert plain_name("甲/乙.docx") != "甲/乙.docx"
