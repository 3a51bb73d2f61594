"""Conversations on the page 问答: nothing twice, nothing lost, nothing of another account, only what may be seen."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.chain import answer_chain
from assistant.types import Language, Status
from indexer.archive import Archive
from indexer.errors import QuestionError
from indexer.types import Visibility
from indexer.viewer import LOCAL, Role, Viewer
from ui.ask_doing import Doing, Judged
from ui.ask_scope import Chosen, choices_of
from ui.ask_talk import Talks, Turn
from ui.ask_unsent import Left, Unsent
from ui.ask_view import conversation_html, scope_html, welcome_html
from ui.history_undo import Undo
from ui.site import Site

SEIZED = "2023年累计查扣燃气行业违规气瓶多少个？"
SEWERS = "澜江区2023年新建污水管道多少公里？"
TALK, OTHER_TALK = "a" * 32, "b" * 32
READER = Viewer("reader", Role.READER)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("talks") / "archive"
    shutil.copytree(sample_folder, folder)
    with Archive.open(folder) as opened:
        yield opened


@pytest.fixture
def site(archive: Archive) -> Iterator[Site]:
    chain = answer_chain(archive)
    yield Site(archive, lambda seen: chain if seen is archive else answer_chain(seen))
    for account in ("", READER.account):
        archive.history.delete_all(account)


def ask(
    talks: Talks, question: str, *, viewer: Viewer = LOCAL, talk: str = TALK, key: str = "", **more: Chosen
) -> Turn:
    """The turn of a question that was asked."""
    for now in talks.ask(viewer, talk, Turn(key or question, question, **more)):
        turns = now.turns
    return turns[-1]


def test_a_question_that_is_sent_twice_is_answered_once(site: Site) -> None:
    talks = Talks(site)
    ask(talks, SEIZED, key="k1")
    ask(talks, SEIZED, key="k1")
    assert [turn.question for turn in talks.of(LOCAL, TALK).turns] == [SEIZED]
    assert len(site.whole.history.search("", seen=site.whole)) == 1
    ask(talks, SEIZED, key="k2")  # asked again on purpose
    assert len(talks.of(LOCAL, TALK).turns) == 2


def test_a_conversation_is_the_same_after_the_server_began_anew(site: Site) -> None:
    first = Talks(site)
    ask(first, SEWERS)
    follow_up = ask(first, "那2022年呢？")
    ask(first, SEIZED, talk=OTHER_TALK)
    kept = first.of(LOCAL, TALK).turns
    again = Talks(site).of(LOCAL, TALK).turns
    assert [(turn.key, turn.question, turn.entry, turn.reply) for turn in again] == [
        (turn.key, turn.question, turn.entry, turn.reply) for turn in kept
    ]
    assert follow_up.answer is not None
    assert follow_up.answer.figures[0].figure.written == "26.7公里"
    third = ask(Talks(site), "2021年呢？")
    assert third.answer is not None
    assert third.answer.question.standalone == "澜江区2021年新建污水管道多少公里？"


def test_nobody_gets_the_conversation_of_another_account(site: Site) -> None:
    talks = Talks(site)
    ask(talks, SEIZED)
    assert talks.of(READER, TALK).turns == ()
    assert Talks(site).of(READER, TALK).turns == ()
    assert talks.of(LOCAL, "not a name").turns == ()


def test_an_answer_goes_from_view_with_its_report_and_comes_back_with_it(site: Site, archive: Archive) -> None:
    talks = Talks(site)
    turn = ask(talks, SEIZED, viewer=READER)
    assert turn.cites == {"lanjiang-2023"}

    def shown() -> str:
        return conversation_html(talks.of(READER, TALK).turns, site.archive_of(READER).holds, Language.CHINESE)

    assert "449" in shown()
    archive.set_visibility("lanjiang-2023", Visibility.INTERNAL)
    try:
        assert "449" not in shown()
        assert "现在不能查看" in shown()
        assert Talks(site).of(READER, TALK).turns == ()
        assert Doing(site, talks, Language.CHINESE).history(READER, "气瓶", 0).count("yj-entry") == 0
    finally:
        archive.set_visibility("lanjiang-2023", Visibility.PUBLIC)
    assert "449" in shown()


def test_an_error_is_said_in_the_place_of_an_answer_and_not_kept(site: Site) -> None:
    talks = Talks(site)
    turn = ask(talks, "个" * 5000)
    assert turn.answer is None
    assert "5000" in turn.error.replace(",", "")
    assert site.whole.history.search("", seen=site.whole) == ()
    assert ask(talks, SEIZED).answer is not None


def test_a_question_whose_answer_fails_leaves_no_trace(archive: Archive) -> None:
    def broken(_: object) -> Iterator[object]:
        raise MemoryError

    site = Site(archive, lambda seen: SimpleNamespace(stream=broken))  # type: ignore[arg-type,return-value]
    talks = Talks(site)
    with pytest.raises(MemoryError):
        ask(talks, SEIZED)
    assert talks.of(LOCAL, TALK).turns == ()


def test_a_page_that_is_opened_anew_waits_for_the_answer_on_its_way(site: Site) -> None:
    talk = Talks(site).of(LOCAL, TALK)
    talk.begin(Turn("k", SEIZED))
    done = threading.Timer(0.2, lambda: talk.put(Turn("k", SEIZED, error="x")))
    done.start()
    talk.settle()
    assert talk.turns[0].is_settled


def test_what_is_deleted_is_gone_from_the_page_too_and_can_be_taken_back_once_by_its_owner(site: Site) -> None:
    talks = Talks(site)
    doing = Doing(site, talks, Language.CHINESE)
    entry = ask(talks, SEIZED).entry
    assert entry is not None
    assert doing.forget(READER, entry).count("yj-bad") == 1  # not his
    told = doing.forget(LOCAL, entry)
    back = told.split('data-back="')[1].split('"')[0]
    assert talks.of(LOCAL, TALK).turns == ()
    assert "yj-bad" in doing.take_back(READER, back)
    assert "已恢复" in doing.take_back(LOCAL, back)
    assert [turn.question for turn in talks.of(LOCAL, TALK).turns] == [SEIZED]
    assert "yj-bad" in doing.take_back(LOCAL, back)
    assert "已删除1条" in doing.forget_all(LOCAL)
    assert talks.of(LOCAL, TALK).turns == ()


def test_a_verdict_is_kept_with_the_answer_it_is_about(site: Site) -> None:
    talks = Talks(site)
    doing = Doing(site, talks, Language.CHINESE)
    before = len(site.whole.feedback.all())
    ask(talks, SEIZED, key="k")
    assert "已记下" in doing.judge(LOCAL, TALK, "k", Judged("up"))
    assert "yj-bad" in doing.judge(LOCAL, TALK, "unknown", Judged("up"))
    assert "yj-bad" in doing.judge(LOCAL, TALK, "k", Judged("sideways"))
    kept = site.whole.feedback.all()[before:]
    assert [(one.verdict.value, one.standalone, one.told["status"]) for one in kept] == [("up", SEIZED, "answered")]
    row = next(row for row in site.whole.feedback.eval_rows() if row["q"] == SEIZED)
    assert row["values"] == ["449"]
    assert 'aria-pressed="true"' in conversation_html(talks.of(LOCAL, TALK).turns, site.whole.holds, Language.CHINESE)


def test_a_question_is_kept_exactly_to_the_reports_chosen(site: Site, archive: Archive) -> None:
    talks = Talks(site)
    county = Chosen((2023,), ("云岭县住房和城乡建设局",))
    assert county.ids(archive.reports()) == ("yunling-2023",)
    assert Chosen().ids(archive.reports()) is None
    turn = ask(talks, "新增停车泊位多少个？", chosen=county)
    assert turn.answer is not None
    assert (turn.answer.status, turn.answer.searched.reports) == (Status.ANSWERED, 1)
    assert turn.answer.figures[0].figure.written == "480个"
    absent = ask(talks, SEIZED, key="2", chosen=county)
    assert absent.answer is not None
    assert absent.answer.status is Status.NOT_FOUND
    assert absent.answer.suggestions == ()  # what other reports hold is not looked at either
    nothing = ask(talks, SEIZED, key="3", chosen=Chosen((1999,)))
    assert "放宽范围" in nothing.error
    assert Chosen.of(county.sent()) == county
    assert Chosen.of({"year": ["二〇", "99999"], "genre": ["x"], "office": "y"}) == Chosen()
    assert Chosen.of(["year"]) == Chosen()


def test_a_chain_is_narrowed_for_comparisons_coverage_and_follow_ups_alike(archive: Archive) -> None:
    chain = answer_chain(archive)
    scope = ["yunling-2021", "yunling-2022"]
    asked = {"question": "哪几年提到装配式建筑？", "scope": scope}
    assert chain.invoke(asked).text.startswith("2份报告中有")
    compared = chain.invoke({"question": "2021年和2022年新增停车泊位各多少个？", "scope": scope})
    assert {figure.report.id for figure in compared.figures} <= set(scope)
    follow_up = chain.invoke({"question": "2023年呢？", "turns": ["新增停车泊位多少个？"], "scope": ["lanjiang-2023"]})
    assert {figure.report.id for figure in follow_up.figures} <= {"lanjiang-2023"}
    with pytest.raises(QuestionError):
        chain.invoke({"question": SEIZED, "scope": ["no-such-report"]})
    assert chain.invoke(SEIZED).searched.reports > len(scope)


def test_what_can_be_chosen_is_what_the_reports_are(archive: Archive) -> None:
    choices = {
        choice.sort: [value for value, _ in choice.options]
        for choice in choices_of(archive.reports(), Language.CHINESE)
    }
    assert choices["year"] == ["2024", "2023", "2022", "2021"]
    assert "澜江区城乡建设局" in choices["office"]
    assert "genre" not in choices  # all are work summaries
    assert scope_html((), Language.CHINESE) == ""
    assert "<img" not in scope_html(archive.reports(), Language.CHINESE)


def test_what_was_left_behind_comes_back_once_to_its_account() -> None:
    unsent = Unsent()
    unsent.put("a", TALK, Left("半句"))
    assert unsent.take("b", TALK) is None
    assert unsent.take("a", TALK) == Left("半句")
    assert unsent.take("a", TALK) is None
    late = Unsent(seconds=-1)
    late.put("a", TALK, Left("半句"))
    assert late.take("a", TALK) is None


def test_a_deleted_thing_can_be_taken_back_only_in_time() -> None:
    undo: Undo[str] = Undo(seconds=-1)
    assert undo.take("a", undo.put("a", "x")) is None


@pytest.mark.parametrize(("role", "has_path", "has_way"), [("reader", 0, 0), ("clerk", 0, 1), ("administrator", 1, 0)])
def test_where_an_archive_lies_is_told_to_administrators_only(
    tmp_path: Path, role: str, has_path: int, has_way: int
) -> None:
    with Archive.open(tmp_path / "档案", create=True) as opened:
        shown = welcome_html(opened.seen_by(Viewer("w", Role(role))), (), Language.CHINESE)
        assert shown.count(str(opened.folder.resolve())) == has_path
    assert shown.count('href="/reports"') == has_way
    assert "档案里还没有报告" in shown
