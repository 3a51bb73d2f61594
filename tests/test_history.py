"""What an account asked, said and drafted: its own only, shown as far as it may still be seen, erased with the report."""

from __future__ import annotations

import dataclasses
import json
import threading
from pathlib import Path

import pytest
from made_archive import MadeEmbedder, made_report

from assistant.question_sets import read_questions
from indexer import basket as basket_room
from indexer.archive import Archive
from indexer.errors import DraftError
from indexer.feedback import Verdict
from indexer.history import History
from indexer.records import Records
from indexer.types import Visibility
from indexer.viewer import Role, Viewer

SECRET = "绝密"
READER = Viewer("zhang", Role.READER)


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive", create=True, embedder=MadeEmbedder()) as opened:
        opened.add(made_report(), made_report("b.txt", (f"{SECRET}气瓶7个。",), year=2022))
        yield opened


class Everything:
    """An archive that holds every report."""

    def holds(self, report_ids) -> bool:
        return True


@pytest.fixture
def history(tmp_path):
    records = Records.open(tmp_path, create=True)
    yield History(records, 500)
    records.close()


def asked(history: History, account: str, question: str, said: str = "449个", **more) -> int:
    return history.add(account, question, {"answer": said}, said=said, status="answered", **more)


def questions(history: History, account: str, words: str = "", **more) -> list[str]:
    return [entry.question for entry in history.search(account, words, seen=Everything(), **more)]


def answer(*reports: str) -> dict[str, object]:
    return {"status": "answered", "citations": [{"report_id": one, "quote": "……"} for one in reports]}


def test_the_oldest_questions_of_an_account_go_when_it_has_asked_more_than_is_kept(tmp_path) -> None:
    records = Records.open(tmp_path, create=True)
    history = History(records, 3)
    asked(history, "li", "别人的")
    for number in range(5):
        asked(history, "zhang", f"第{number}问")
    assert questions(history, "zhang") == ["第4问", "第3问", "第2问"]
    assert questions(history, "li") == ["别人的"]
    records.close()


def test_an_entry_comes_back_as_it_was_kept(history) -> None:
    turns = ["2023年查扣了多少气瓶？"]
    shown = {"answer": "7个", "figures": [{"value": "7", "parts": [{"report_id": "b"}]}], "报告": [["x"]]}
    number = history.add("zhang", "那2022年呢？", shown, said="7个", status="answered", turns=turns, cites=["a"])
    (entry,) = history.search("zhang", seen=Everything())
    assert entry == history.get("zhang", number, seen=Everything())
    assert (entry.id, entry.question, entry.turns, entry.answer) == (1, "那2022年呢？", tuple(turns), shown)
    assert (entry.said, entry.status, entry.cites) == ("7个", "answered", ("a", "b"))


def test_nobody_gets_what_another_account_asked(history) -> None:
    number = asked(history, "zhang", "气瓶？")
    assert questions(history, "li") == questions(history, "") == []
    assert history.get("li", number, seen=Everything()) is None
    assert not history.delete("li", number)
    assert history.delete_all("li") == 0
    assert questions(history, "zhang") == ["气瓶？"]


def test_history_is_searched_by_words_newest_first(history) -> None:
    asked(history, "zhang", "2023年查扣了多少气瓶？", "449个")
    asked(history, "zhang", "整治了多少条河道？", "53条")
    asked(history, "zhang", "100%_ how many Cylinders?", "449")
    assert questions(history, "zhang") == [
        "100%_ how many Cylinders?", "整治了多少条河道？", "2023年查扣了多少气瓶？",
    ]  # fmt: skip
    assert questions(history, "zhang", "449") == ["100%_ how many Cylinders?", "2023年查扣了多少气瓶？"]
    assert questions(history, "zhang", " 449  气瓶 ") == ["2023年查扣了多少气瓶？"]
    assert (
        questions(history, "zhang", "CYLINDERS") == questions(history, "zhang", "%_") == ["100%_ how many Cylinders?"]
    )
    assert questions(history, "zhang", "'; DROP TABLE history") == []
    assert questions(history, "zhang", limit=1) == ["100%_ how many Cylinders?"]
    assert questions(history, "zhang", limit=1, before=3) == ["整治了多少条河道？"]


def test_history_is_deleted_one_by_one_and_as_a_whole(history) -> None:
    numbers = [asked(history, "zhang", f"第{number}问") for number in range(3)]
    assert history.delete("zhang", numbers[1])
    assert not history.delete("zhang", numbers[1])
    assert questions(history, "zhang") == ["第2问", "第0问"]
    assert history.delete_all("zhang") == 2
    assert questions(history, "zhang") == []
    assert asked(history, "zhang", "再问") == 4  # a number is never used twice


def test_many_ask_at_once_and_each_entry_gets_its_own_number(history) -> None:
    numbers: list[int] = []
    threads = [threading.Thread(target=lambda: numbers.append(asked(history, "zhang", "？"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 17))


def test_an_entry_is_shown_only_while_every_report_in_it_may_be_seen(archive) -> None:
    archive.history.add("zhang", "只引公开的", answer("hangzhou-2023"), said="", status="answered")
    number = archive.history.add(
        "zhang", "两份都引", answer("hangzhou-2023", "hangzhou-2022"), said="", status="answered"
    )

    def shown() -> list[str]:
        found = archive.history.search("zhang", seen=archive.seen_by(READER))
        one = archive.history.get("zhang", number, seen=archive.seen_by(READER))
        assert (one is not None) == ("两份都引" in [entry.question for entry in found])
        return [entry.question for entry in found]

    both = ["两份都引", "只引公开的"]
    assert shown() == both
    archive.set_visibility("hangzhou-2022", Visibility.INTERNAL)
    assert shown() == ["只引公开的"]
    archive.set_visibility("hangzhou-2022", Visibility.PUBLIC)
    assert shown() == both
    archive.remove("hangzhou-2022")
    assert shown() == ["只引公开的"]
    archive.restore("hangzhou-2022")
    assert shown() == both


def test_entries_that_may_not_be_seen_take_no_place_on_a_page(archive) -> None:
    archive.history.add("zhang", "最早的", answer("hangzhou-2023"), said="", status="answered")
    for _ in range(210):  # more than are read at a time
        archive.history.add("zhang", "引内部的", answer("hangzhou-2022"), said="", status="answered")
    archive.set_visibility("hangzhou-2022", Visibility.INTERNAL)
    view = archive.seen_by(READER)
    assert [entry.question for entry in archive.history.search("zhang", seen=view, limit=5)] == ["最早的"]


def test_erasing_a_report_erases_what_shows_it_and_nothing_else(archive, tmp_path) -> None:
    shown, other = answer("hangzhou-2022"), answer("hangzhou-2023")
    archive.history.add("zhang", f"{SECRET}？", shown, said=SECRET, status="answered")
    archive.history.add("zhang", "气瓶？", other, said="449个", status="answered")
    archive.feedback.add("zhang", f"{SECRET}？", SECRET, Verdict.DOWN, told=shown, reason=SECRET)
    archive.feedback.add("zhang", "气瓶？", "449个", Verdict.UP, told=other)
    draft = archive.basket.new("li", "草稿")
    for content in (shown | {"text": SECRET}, other):
        archive.basket.add("li", draft, "answer", content)
    archive.basket.add("li", draft, "note", {"text": SECRET}, cites=["hangzhou-2022"])
    archive.remove("hangzhou-2022")
    assert len(archive.feedback.all()) == 2  # what is only removed can come back
    archive.remove("hangzhou-2022", purge=True)
    assert [entry.question for entry in archive.history.search("zhang", seen=archive)] == ["气瓶？"]
    assert [entry.question for entry in archive.feedback.all()] == ["气瓶？"]
    kept = archive.basket.get("li", draft, seen=archive)
    assert [item.content for item in kept.content] == [other]
    assert kept.items == 1
    for path in (tmp_path / "archive").rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path


def test_what_expires_takes_along_what_shows_it(archive) -> None:
    archive.history.add("zhang", "？", answer("hangzhou-2022"), said="", status="answered")
    archive.remove("hangzhou-2022")
    (removed,) = archive.removed()
    archive.purge_expired(removed.until.replace(year=removed.until.year + 1))
    archive.add(made_report("b.txt", ("新的1个。",), year=2022))  # its path brings its id back
    assert archive.report("hangzhou-2022").text.endswith("新的1个。")
    assert archive.history.search("zhang", seen=archive) == ()


def figure_told(value: str, report: str = "某区2023.txt") -> dict[str, object]:
    citations = [{"report": report, "report_id": "hangzhou-2023", "quote": "全年查扣气瓶449个。"}]
    return {"status": "answered", "figures": [{"value": value, "unit": "个"}], "citations": citations}


def test_what_was_called_right_becomes_questions_for_eval(archive, tmp_path) -> None:
    add = archive.feedback.add
    add("zhang", "那2023年呢？", "449个", Verdict.UP, standalone="2023年查扣了多少气瓶？", told=figure_told("449"))
    add("zhang", "错的？", "1个", Verdict.DOWN, told=figure_told("1"), reason=" 不是\n这个数 ")
    add("li", "还有呢？", "整治河道。", Verdict.UP, told={"status": "answered", "citations": []})
    add("li", "脱敏？", "原文已脱敏", Verdict.UP, told={"status": "masked"})
    add("li", "没有？", "没有找到", Verdict.UP, told={"status": "not_found"})
    add("li", "改主意？", "2个", Verdict.UP, told=figure_told("2"))
    add("li", "改主意？", "2个", Verdict.DOWN, told=figure_told("2"))
    add("li", "哪里？", "几处", Verdict.UP, told={"status": "ambiguous"})
    rows = archive.feedback.eval_rows()
    assert rows == [
        {
            "id": "feedback-1", "q": "2023年查扣了多少气瓶？", "kind": "figure", "values": ["449"], "unit": "个",
            "report": "某区2023.txt", "evidence": "全年查扣气瓶449个。",
        },
        {"id": "feedback-3", "q": "还有呢？", "kind": "text", "contains": ["整治河道。"]},
        {"id": "feedback-4", "q": "脱敏？", "kind": "masked"},
        {"id": "feedback-5", "q": "没有？", "kind": "absent"},
    ]  # fmt: skip
    file = Path(tmp_path, "questions.jsonl")
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    assert read_questions(file) == rows
    wrong = archive.feedback.all()[1]
    assert (wrong.account, wrong.verdict, wrong.reason, wrong.answer) == ("zhang", Verdict.DOWN, "不是 这个数", "1个")
    with pytest.raises(ValueError, match="sideways"):
        add("li", "？", "", "sideways")


def test_a_draft_holds_its_items_in_the_order_given(archive) -> None:
    basket = archive.basket
    draft = basket.new("zhang", " 季度 汇报 ")
    first, second, third = (basket.add("zhang", draft, "answer", {"n": number}) for number in (1, 2, 3))

    def order() -> list[int]:
        return [item.content["n"] for item in basket.get("zhang", draft, seen=archive).content]

    assert order() == [1, 2, 3]
    basket.move("zhang", draft, third, 0)
    assert order() == [3, 1, 2]
    basket.move("zhang", draft, third, 99)
    assert order() == [1, 2, 3]
    basket.move("zhang", draft, first, -5)
    basket.remove("zhang", draft, second)
    assert order() == [1, 3]
    basket.rename("zhang", draft, "年度汇报")
    assert [(one.id, one.title, one.items) for one in basket.list("zhang")] == [(draft, "年度汇报", 2)]
    for change in (lambda: basket.move("zhang", draft, second, 0), lambda: basket.remove("zhang", draft, second)):
        with pytest.raises(DraftError, match="没有这一项"):
            change()
    basket.delete("zhang", draft)
    assert basket.list("zhang") == ()


def test_drafts_are_listed_the_last_changed_first(archive) -> None:
    basket = archive.basket
    old, new = basket.new("zhang", "旧"), basket.new("zhang", "新")
    assert [one.id for one in basket.list("zhang")] == [new, old]
    basket.add("zhang", old, "note", {})
    assert [one.id for one in basket.list("zhang")] == [old, new]


def test_nobody_reaches_the_draft_of_another_account(archive) -> None:
    basket = archive.basket
    draft = basket.new("zhang", "草稿")
    item = basket.add("zhang", draft, "note", {})
    assert basket.list("li") == ()
    for reach in (
        lambda: basket.get("li", draft, seen=archive),
        lambda: basket.add("li", draft, "note", {}),
        lambda: basket.move("li", draft, item, 0),
        lambda: basket.remove("li", draft, item),
        lambda: basket.rename("li", draft, "x"),
        lambda: basket.delete("li", draft),
    ):
        with pytest.raises(DraftError, match="没有这份草稿"):
            reach()
    assert basket.get("zhang", draft, seen=archive).content[0].id == item


def test_items_that_may_no_longer_be_seen_are_left_out_and_stay(archive) -> None:
    basket = archive.basket
    draft = basket.new("zhang", "草稿")
    for report in ("hangzhou-2023", "hangzhou-2022"):
        basket.add("zhang", draft, "answer", answer(report))
    archive.set_visibility("hangzhou-2022", Visibility.INTERNAL)
    kept = basket.get("zhang", draft, seen=archive.seen_by(READER))
    assert (kept.items, [item.cites for item in kept.content]) == (2, [("hangzhou-2023",)])
    archive.set_visibility("hangzhou-2022", Visibility.PUBLIC)
    assert len(basket.get("zhang", draft, seen=archive.seen_by(READER)).content) == 2


def test_items_put_in_at_once_are_all_there(archive) -> None:
    draft = archive.basket.new("zhang", "草稿")
    threads = [
        threading.Thread(target=lambda n=n: archive.basket.add("zhang", draft, "note", {"n": n})) for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = archive.basket.get("zhang", draft, seen=archive)
    assert sorted(item.content["n"] for item in kept.content) == list(range(12))


def test_drafts_have_bounds(archive, monkeypatch) -> None:
    for title in ("", "  ", "x" * 101, "a\x00b"):
        with pytest.raises(DraftError, match="草稿名"):
            archive.basket.new("zhang", title)
    monkeypatch.setattr(basket_room, "MOST_ITEMS", 2)
    monkeypatch.setattr(basket_room, "MOST_DRAFTS", 1)
    draft = archive.basket.new("zhang", "草稿")
    with pytest.raises(DraftError, match="草稿已有1份"):
        archive.basket.new("zhang", "又一份")
    archive.basket.new("li", "别人的")
    for _ in range(2):
        archive.basket.add("zhang", draft, "note", {})
    with pytest.raises(DraftError, match="最多2项"):
        archive.basket.add("zhang", draft, "note", {})
    with pytest.raises(DraftError, match="草稿名"):
        archive.basket.rename("zhang", draft, "")
    assert dataclasses.astuple(archive.basket.list("zhang")[0])[:3] == (draft, "草稿", 2)
