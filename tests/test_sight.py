"""Whose something is, and for how long: an account made anew inherits nothing, a role that changed ends what it began."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.chain import answer_chain
from assistant.types import Language
from indexer.archive import Archive
from indexer.errors import NotPermittedError, UploadError
from indexer.types import Visibility
from indexer.viewer import Role, Viewer
from tests.made_archive import MadeEmbedder, made_report
from ui.ask_talk import Turn
from ui.ask_unsent import Left
from ui.compare_desk import CompareDesk
from ui.dropped import Dropped, worked_on
from ui.server import web_application
from ui.sign_in import COOKIE
from ui.site import Site

PASSWORD = "a quiet morning"
TALK = "0" * 32


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, create=True, embedder=MadeEmbedder()) as opened:
        opened.add(made_report("a.txt", year=2022), made_report("b.txt", year=2023))
        opened.accounts.create("guan", Role.ADMINISTRATOR, PASSWORD)
        opened.accounts.create("zhang", Role.ADMINISTRATOR, PASSWORD)
        yield opened


@pytest.fixture
def site(archive: Archive) -> Iterator[Site]:
    site = Site(archive, answer_chain, accounts=True)
    yield site
    site.intake.close()
    site.inbox.close()


def signed_in(archive: Archive, name: str) -> Viewer:
    now = datetime.now(UTC)
    viewer = archive.accounts.viewer_of(archive.accounts.sign_in(name, PASSWORD, now), now)
    assert viewer is not None
    return viewer


def test_an_account_made_anew_under_an_old_name_inherits_nothing(site: Site, archive: Archive) -> None:
    old = signed_in(archive, "zhang")
    address = site.hand_out(site.sight_of(old), "a.csv", b"1").removeprefix("/download/")
    sent = site.inbox.take(old, "a.txt", io.BytesIO(b"x"), limit_mb=1)
    site.unsent.put(old.owner, TALK, Left("问到一半"))
    job = site.intake.start(archive.seen_by(old), old, site.inbox, [], lambda report: None)
    talk = site.talks.of(old, TALK)
    assert site.talks.of(old, TALK) is talk
    archive.accounts.remove("zhang")
    archive.history.add(
        "zhang", "一个迟到的回答", {}, said="", status="answered"
    )  # written after the account was removed
    archive.basket.new("zhang", "迟到的草稿")
    archive.accounts.create("zhang", Role.ADMINISTRATOR, PASSWORD)
    new = signed_in(archive, "zhang")
    assert site.outbox.get(old, address, seen=archive) is not None
    assert site.outbox.get(new, address, seen=archive) is None
    with pytest.raises(UploadError):
        site.inbox.get(new, sent.token)
    assert site.unsent.take(new.owner, TALK) is None
    assert site.intake.jobs_of(old) == (job,)
    assert site.intake.jobs_of(new) == ()
    assert site.talks.of(new, TALK) is not talk
    assert archive.history.search("zhang", seen=archive) == ()
    assert archive.basket.list("zhang") == ()


@pytest.mark.parametrize("change", ["set_role", "disable", "remove"])
def test_what_an_administrator_began_ends_when_he_is_none_any_more(site: Site, archive: Archive, change: str) -> None:
    viewer = signed_in(archive, "zhang")
    sight = site.sight_of(viewer)
    token = site.inbox.take(viewer, "稿.txt", io.BytesIO(b"x"), limit_mb=1).token

    def work(dropped: Dropped) -> Iterator[str]:
        yield "first"
        getattr(archive.accounts, change)("zhang", *([Role.READER] if change == "set_role" else []))
        yield "机密"

    told = list(worked_on(site, viewer, token, work, reading="…", language=Language.CHINESE))
    assert told[1] == "first"
    assert "账号的权限刚有变动" in told[2]
    assert "机密" not in "".join(told)
    with pytest.raises(NotPermittedError):
        site.hand_out(sight, "a.csv", b"1")
    with pytest.raises(UploadError):
        site.inbox.get(viewer, token)  # and the file is gone


def test_an_answer_on_its_way_is_not_given_once_its_report_is_limited(archive: Archive) -> None:
    archive.accounts.create("du", Role.READER, PASSWORD)
    slow = answer_chain(archive.seen_by(signed_in(archive, "du")))

    class Limiting:
        """The chain, while which answers a report is limited."""

        def stream(self, asked: object) -> Iterator[object]:
            for answer in slow.stream(asked):
                archive.set_visibility("hangzhou-2023", Visibility.INTERNAL)
                yield answer

    site = Site(archive, lambda seen: Limiting(), accounts=True)  # type: ignore[arg-type,return-value]
    viewer = signed_in(archive, "du")
    *_, talk = site.talks.ask(viewer, TALK, Turn("k", "2023年查扣气瓶多少个？"))
    assert (talk.turns[0].answer, "请再做一次" in talk.turns[0].error) == (None, True)
    assert archive.history.search("du", seen=archive) == ()


def test_work_on_a_file_is_stopped_by_who_sent_it_and_nobody_else(site: Site, archive: Archive) -> None:
    viewer, other = signed_in(archive, "zhang"), signed_in(archive, "guan")
    token = site.inbox.take(viewer, "稿.txt", io.BytesIO(b"x"), limit_mb=1).token

    def work(dropped: Dropped) -> Iterator[str]:
        def endless(tell) -> str:
            for number in range(10**9):
                tell("verify_step", number, 10**9)
            return ""

        yield from dropped.steps(endless, str)

    told: list[str] = []
    for shown in worked_on(site, viewer, token, work, reading="…", language=Language.CHINESE):
        told.append(shown)
        if 'data-do="stop"' in shown and len(told) == 2:
            assert re.search(rf'data-do="stop" data-token="{token}"', shown)
            site.underway.stop(other, token)
        elif len(told) == 3:
            assert "<progress" in shown  # it went on
            site.underway.stop(viewer, token)
    assert "已停止，没有做完" in told[-1]
    site.underway.stop(viewer, token)  # late, and nothing happens


@pytest.mark.parametrize("change", ["limited", "removed", "demoted"])
def test_a_link_to_a_file_is_no_good_once_a_report_in_it_may_not_be_seen(archive: Archive, change: str) -> None:
    app = web_application(archive, accounts=True)
    with TestClient(app) as client:
        archive.accounts.create("du", Role.CLERK, PASSWORD)
        archive.set_visibility("hangzhou-2022", Visibility.INTERNAL)
        client.post("/sign-in", data={"name": "du", "password": PASSWORD}, follow_redirects=False)
        viewer = archive.accounts.viewer_of(client.cookies[COOKIE], datetime.now(UTC))
        assert viewer is not None
        desk = CompareDesk(app.state.site, Language.CHINESE)
        *_, told = desk.save(viewer, {"subjects": ["查扣气瓶"], "kind": "csv"})
        link = re.search(r'href="(/download/[^"]+)"', told)
        assert link is not None, told
        assert "449" in client.get(link[1]).content.decode("utf-8-sig")
        if change == "limited":
            archive.set_visibility("hangzhou-2022", Visibility.LISTED, ["zhang"])
        elif change == "removed":
            archive.remove("hangzhou-2022")
        else:
            archive.accounts.set_role("du", Role.READER)
        gone = client.get(link[1])
        assert (gone.status_code, "449" in gone.text) == (404, False)
        assert "现在不能查看" in gone.text


def test_a_file_made_while_a_report_is_limited_is_not_handed_out(site: Site, archive: Archive) -> None:
    archive.accounts.create("du", Role.READER, PASSWORD)
    sight = site.sight_of(signed_in(archive, "du"))
    archive.set_visibility("hangzhou-2022", Visibility.INTERNAL)
    with pytest.raises(NotPermittedError, match="请再做一次"):
        site.hand_out(sight, "a.csv", b"1")
