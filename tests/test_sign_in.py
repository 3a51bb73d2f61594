"""Signing in over HTTP: who gets in, what is closed to whom, sessions that end at once, requests from other sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import made_answers as made
import pytest
from fastapi.testclient import TestClient
from httpx import Response
from starlette.datastructures import Headers

from indexer.archive import Archive
from indexer.audit import AuditFilter
from indexer.parsed import ParsedReport
from indexer.viewer import Role
from ui.pages import PAGES
from ui.same_origin import host_of, is_foreign, is_loopback
from ui.server import web_application
from ui.sign_in import COOKIE, local_path
from ui.spoken import in_language

PASSWORD = "青山-绿水-2026-好"
NAMES = {"du": Role.READER, "dang": Role.CLERK, "guan": Role.ADMINISTRATOR}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("archive"), create=True) as opened:
        opened.add(ParsedReport(made.REPORT, made.TEXT.encode(), made.SECTIONS, (), ()))
        for name, role in NAMES.items():
            opened.accounts.create(name, role, PASSWORD)
        yield opened


@pytest.fixture(scope="module")
def site(archive: Archive) -> Iterator[TestClient]:
    with TestClient(web_application(archive, accounts=True)) as client:
        yield client


@pytest.fixture
def client(site: TestClient) -> TestClient:
    site.cookies.clear()
    return site


def sign_in(client: TestClient, name: str, password: str = PASSWORD, **more: str) -> Response:
    form = {"name": name, "password": password, **more}
    return client.post("/sign-in", data=form, follow_redirects=False)


@pytest.mark.parametrize("path", [f"/{page.path}" for page in PAGES] + ["/en", "/en/ledger"])
def test_a_page_leads_to_the_sign_in_and_back(client: TestClient, path: str) -> None:
    response = client.get(path, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, f"/sign-in?to={path}")
    shown = client.get(response.headers["location"])
    assert "非涉密系统，严禁上传涉密文件" in shown.text or "Not for classified material" in shown.text
    signed_in = sign_in(client, "guan", to=path)
    assert (signed_in.status_code, signed_in.headers["location"]) == (303, path)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/source/r?span=0-1"),
        ("GET", "/original/r"),
        ("GET", "/download/x"),
        ("POST", "/upload"),
        ("GET", "/config"),
        ("GET", "/gradio_api/info"),
        ("POST", "/gradio_api/queue/join"),
        ("GET", "/gradio_api/queue/data?session_hash=a"),
        ("GET", "/theme.css"),
        ("GET", "/gradio_api/file=/etc/hostname"),
        ("GET", "/nowhere"),
    ],
)
def test_without_a_session_there_is_a_sentence_and_nothing_else(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path, follow_redirects=False)
    assert response.status_code == 401
    assert response.json()["error"] == "登录已过期，请重新登录。"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient, archive: Archive) -> None:
    cookie = sign_in(client, "du").headers["set-cookie"]
    assert re.match(rf"{COOKIE}=[\w-]{{43}};", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    secure = client.post(
        "/sign-in",
        data={"name": "du", "password": PASSWORD},
        headers={"x-forwarded-proto": "https"},
        follow_redirects=False,
    )
    assert "Secure" in secure.headers["set-cookie"]
    token = client.cookies[COOKIE].encode()
    assert all(token not in path.read_bytes() for path in archive.folder.glob("archive.db*"))


def test_a_wrong_password_is_a_sentence_that_keeps_the_name_and_not_the_password(client: TestClient) -> None:
    response = sign_in(client, "du", 'falsch"><script>')
    assert response.status_code == 401
    assert "账号或密码不对" in response.text
    assert 'value="du"' in response.text
    assert "falsch" not in response.text
    assert client.cookies.get(COOKIE) is None
    hostile = sign_in(client, '"><script>alert(1)</script>{{x}}')
    assert "<script>" not in hostile.text
    english = sign_in(client, "du", "wrong", language="en")
    assert "The name or the password is wrong" in english.text
    assert "账号" not in english.text


def test_a_name_is_locked_after_five_failures_for_a_quarter_of_an_hour(client: TestClient, archive: Archive) -> None:
    archive.accounts.create("locked", Role.READER, PASSWORD)
    for _ in range(5):
        assert sign_in(client, "locked", "wrong password").status_code == 401
    refused = sign_in(client, "locked")
    assert "请15分钟后再试" in refused.text
    assert client.cookies.get(COOKIE) is None


def test_a_given_password_must_be_changed_before_anything_is_shown(client: TestClient, archive: Archive) -> None:
    archive.accounts.create("new", Role.READER, "given-password-1", must_change=True)
    response = sign_in(client, "new", "given-password-1", to="/ledger")
    assert (response.status_code, "只有自己知道的密码" in response.text) == (200, True)
    assert client.get("/ledger", follow_redirects=False).status_code == 303
    for first, again, words in (("another-pass", "other", "不一样"), ("short", "short", "至少10个字符")):
        refused = client.post("/sign-in/password", data={"new": first, "again": again, "to": "/ledger"})
        assert (refused.status_code, words in refused.text) == (400, True)
    done = client.post(
        "/sign-in/password",
        data={"new": "my own words", "again": "my own words", "to": "/ledger"},
        follow_redirects=False,
    )
    assert (done.status_code, done.headers["location"]) == (303, "/ledger")
    assert client.get("/ledger", follow_redirects=False).status_code == 200
    again = client.post("/sign-in/password", data={"new": "third words!", "again": "third words!"})
    assert again.status_code == 401
    client.cookies.clear()
    assert sign_in(client, "new", "given-password-1").status_code == 401
    assert sign_in(client, "new", "my own words").status_code == 303


def test_each_page_is_open_to_its_role_only(client: TestClient) -> None:
    for name, role in NAMES.items():
        client.cookies.clear()
        sign_in(client, name)
        for page in PAGES:
            response = client.get(f"/{page.path}", follow_redirects=False)
            assert response.status_code == (200 if role.at_least(page.least) else 403), (name, page.path)
            assert response.headers["cache-control"] == "no-store"
            if response.status_code == 403:
                assert f"只对“{page.least.chinese}”开放，当前账号是“{role.chinese}”" in response.text


def test_an_event_of_a_page_is_run_for_its_role_only(client: TestClient) -> None:
    sign_in(client, "guan")
    pages = {page.path: page for page in PAGES}
    seen: dict[str, int] = {}
    for path in pages:
        found = re.search(r'"dependencies":\[\{"id":(\d+)', client.get(f"/{path}").text)
        assert found is not None, path
        seen[path] = int(found[1])
    for name, role in NAMES.items():
        client.cookies.clear()
        sign_in(client, name)
        for path, number in seen.items():
            body = {"data": [], "event_data": None, "fn_index": number, "session_hash": f"s-{name}"}
            status = client.post("/gradio_api/run/predict", json=body).status_code
            assert (status == 403) == (not role.at_least(pages[path].least)), (name, path)
    unknown = client.post("/gradio_api/run/predict", json={"data": [], "fn_index": 99_999, "session_hash": "s-guan"})
    assert unknown.status_code == 404


def test_what_one_account_began_is_not_heard_by_another(client: TestClient) -> None:
    sign_in(client, "du")
    body = {"data": [], "event_data": None, "fn_index": 0, "session_hash": "talk-of-du"}
    client.post("/gradio_api/run/predict", json=body)
    client.cookies.clear()
    sign_in(client, "guan")
    assert client.get("/gradio_api/queue/data", params={"session_hash": "talk-of-du"}).status_code == 403
    assert client.get("/gradio_api/heartbeat/talk-of-du").status_code == 403
    assert client.post("/gradio_api/run/predict", json=body).status_code == 403


@pytest.mark.parametrize(
    "path", ["upload", "component_server", "call/x", "call/v2/x", "api/predict", "run/x", "process_recording"]
)
def test_gradio_runs_nothing_that_no_page_asks_for(client: TestClient, path: str) -> None:
    sign_in(client, "guan")
    assert client.post(f"/gradio_api/{path}", json={"data": [], "session_hash": "x"}).status_code == 404
    assert client.post(f"/en/gradio_api/{path}", json={"data": [], "session_hash": "x"}).status_code == 404


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"fn_index": "0"}', b'{"fn_index": true}', b"\xff"])
def test_an_event_that_is_none_is_refused(client: TestClient, body: bytes) -> None:
    sign_in(client, "guan")
    assert client.post("/gradio_api/queue/join", content=body).status_code in {400, 404}


def test_a_session_ends_at_once_where_the_account_is_disabled_or_the_role_changes(
    client: TestClient, archive: Archive
) -> None:
    archive.accounts.create("changing", Role.ADMINISTRATOR, PASSWORD)
    sign_in(client, "changing")
    assert client.get("/accounts", follow_redirects=False).status_code == 200
    archive.accounts.set_role("changing", Role.READER)
    assert client.get("/accounts", follow_redirects=False).status_code == 403
    archive.accounts.disable("changing")
    assert client.get("/", follow_redirects=False).status_code == 303
    assert "已停用" in sign_in(client, "changing").text


def test_signing_out_ends_the_session_for_good(client: TestClient) -> None:
    sign_in(client, "du")
    token = client.cookies[COOKIE]
    left = client.post("/sign-out", data={"to": "/ledger"}, follow_redirects=False)
    assert (left.status_code, left.headers["location"]) == (303, "/sign-in?to=/ledger")
    client.cookies.set(COOKIE, token)
    assert client.get("/", follow_redirects=False).status_code == 303


def test_a_second_sign_in_leaves_the_first_and_each_can_be_ended(client: TestClient, archive: Archive) -> None:
    archive.accounts.create("two", Role.READER, PASSWORD)
    sign_in(client, "two")
    first = client.cookies[COOKIE]
    client.cookies.clear()
    sign_in(client, "two")
    second = client.cookies[COOKIE]
    now = datetime.now(UTC)
    listed = archive.sessions.of("two", now, token=second)
    assert [one.is_this for one in listed].count(True) == 1
    assert len(listed) == 2
    other = next(one for one in listed if not one.is_this)
    archive.sessions.end("du", other.mark, now)  # another account's name ends nothing
    assert len(archive.sessions.of("two", now)) == 2
    archive.sessions.end("two", other.mark, now)
    assert client.get("/", follow_redirects=False).status_code == 200
    client.cookies.clear()
    client.cookies.set(COOKIE, first)
    assert client.get("/", follow_redirects=False).status_code == 303
    archive.sessions.end_others("two", second, now)
    assert [one.is_this for one in archive.sessions.of("two", now, token=second)] == [True]


@pytest.mark.parametrize("cookie", ["", "x", "x" * 5000, "é", "..", '"', "a b"])
def test_a_made_up_session_is_none(client: TestClient, cookie: str) -> None:
    response = client.get("/config", headers={"cookie": f"{COOKIE}={cookie}".encode()}, follow_redirects=False)
    assert response.status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/upload", "/gradio_api/queue/join"])
def test_what_another_sites_page_sends_is_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    sign_in(client, "guan")
    response = client.post(path, headers=headers, follow_redirects=False)
    assert response.status_code == 403
    assert "不是从本系统的页面发出的" in response.json()["error"]
    assert client.get("/config").status_code == 200


def test_a_request_from_our_own_page_behind_a_proxy_is_ours() -> None:
    assert not is_foreign(Headers({"host": "10.0.0.8:7860", "origin": "http://10.0.0.8:7860"}))
    assert not is_foreign(
        Headers({"host": "127.0.0.1", "x-forwarded-host": "youju.gov", "origin": "https://youju.gov"})
    )
    assert is_foreign(Headers({"host": "10.0.0.8:7860", "origin": "http://10.0.0.8:7861"}))
    assert is_foreign(Headers({"host": "", "origin": "null"}))


def test_without_sign_in_only_this_machine_by_its_own_name_is_answered(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        app = web_application(archive, only_here=True)
        with TestClient(app, base_url="http://127.0.0.1:7860") as here:
            assert here.get("/config").status_code == 200
            assert here.get("/config", headers={"host": "rebound.example:7860"}).status_code == 403
    hosts = {
        "127.0.0.1:7860": True,
        "localhost": True,
        "[::1]:7860": True,
        "10.0.0.8": False,
        "localhost.evil": False,
        "": False,
    }
    assert {header: is_loopback(host_of(header)) for header in hosts} == hosts


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("/ledger", "/ledger"),
        ("/en/ledger", "/en/ledger"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/ledger\r\nSet-Cookie: a=b", "/"),
        ("/nowhere", "/"),
        ("/sign-out", "/"),
        ("/ledger?x=//evil", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_stays_on_this_site(to: str, expected: str) -> None:
    assert local_path(to) == expected


def test_what_is_done_is_recorded_by_ids(client: TestClient, archive: Archive) -> None:
    report = archive.reports()[0].id
    sign_in(client, "du", "wrong password")
    sign_in(client, "secret typed as name", "x")
    sign_in(client, "du")
    client.get(f"/source/{report}", params={"span": "0-5"})
    client.get(f"/original/{report}")
    client.get("/source/guessed", params={"span": "0-5"})
    client.post("/sign-out")
    newest = [(one.account, one.action, one.object, one.ok) for one in archive.audit.newest(7)]
    assert newest == [
        ("du", "sign_out", "", True),
        ("du", "open", "guessed", False),
        ("du", "original", report, True),
        ("du", "open", report, True),
        ("du", "sign_in", "", True),
        ("", "sign_in", "", False),
        ("du", "sign_in", "", False),
    ]
    assert archive.audit.newest(9, AuditFilter(account="secret typed as name")) == ()


def test_a_sentence_in_both_languages_is_said_in_one() -> None:
    from assistant.types import Language

    both = "账号或密码不对。(The name or the password is wrong.)"
    assert in_language(both, Language.CHINESE) == "账号或密码不对。"
    assert in_language(both, Language.ENGLISH) == "The name or the password is wrong."
    assert in_language("只有一种", Language.ENGLISH) == "只有一种"


def test_the_sign_and_a_sign_of_life_need_no_session(client: TestClient) -> None:
    assert client.get("/favicon.svg").headers["content-type"] == "image/svg+xml"
    assert client.get("/alive").status_code == 204


def test_the_ticket_for_a_first_password_is_good_once(client: TestClient, archive: Archive) -> None:
    archive.accounts.create("once", Role.READER, "given-password-1", must_change=True)
    sign_in(client, "once", "given-password-1")
    ticket = client.cookies["youju_first"]
    short = {"new": "short", "again": "short"}
    assert client.post("/sign-in/password", data=short, follow_redirects=False).status_code == 400
    mine = {"new": "my own words", "again": "my own words"}
    assert client.post("/sign-in/password", data=mine, follow_redirects=False).status_code == 303
    archive.accounts.set_password("once", "given-password-2", must_change=True)
    client.cookies.clear()
    client.cookies.set("youju_first", ticket, path="/sign-in")
    theirs = {"new": "not my words", "again": "not my words"}
    refused = client.post("/sign-in/password", data=theirs, follow_redirects=False)
    assert (refused.status_code, "请重新登录" in refused.text) == (401, True)
    client.cookies.clear()
    assert sign_in(client, "once", "not my words").status_code == 401


@pytest.mark.parametrize("change", ["disable", "remove", "set_password"])
def test_a_first_password_is_not_for_an_account_that_is_disabled_gone_or_given_another(
    client: TestClient, archive: Archive, change: str
) -> None:
    archive.accounts.create(f"late-{change}", Role.READER, "given-password-1", must_change=True)
    sign_in(client, f"late-{change}", "given-password-1")
    more = {"password": "given-password-2", "must_change": True} if change == "set_password" else {}
    getattr(archive.accounts, change)(f"late-{change}", **more)
    mine = {"new": "my own words", "again": "my own words"}
    refused = client.post("/sign-in/password", data=mine, follow_redirects=False)
    assert (refused.status_code, "请重新登录" in refused.text) == (401, True)


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/password", "/account/password"])
def test_what_was_typed_is_never_said_again(client: TestClient, path: str) -> None:
    sign_in(client, "du")
    secret = "hunter2-" + "x" * 400
    fields = dict.fromkeys(("name", "password", "old", "new", "again"), secret)
    for language, said in (("", "送来的内容不完整"), ("en", "not complete")):
        address, files = f"{path}?language={language}", dict.fromkeys(fields, (secret, secret))
        answers = [
            client.post(address, data={**fields, "again": "y"}, follow_redirects=False),
            client.post(address, files=files),
            client.post(address, files=files, headers={"accept": "text/html"}),
        ]
        assert [answer.status_code for answer in answers[1:]] == [422, 422]
        assert all(said in answer.text for answer in answers[1:])
        assert all("hunter2" not in answer.text.replace(f'value="{secret[:64]}"', "") for answer in answers)


def test_what_is_typed_when_a_session_ends_waits_for_the_next_and_opens_nothing(
    client: TestClient, archive: Archive
) -> None:
    archive.accounts.create("typing", Role.READER, PASSWORD)
    sign_in(client, "typing")
    archive.accounts.end_all("typing")
    talk = "0" * 32
    assert client.post("/unsent", json={"talk": talk, "text": "问到一半"}).status_code == 204
    assert client.get("/unsent").status_code == 401
    assert client.post("/upload", files={"file": ("a.txt", b"x")}).status_code == 401
    archive.accounts.disable("typing")
    assert client.post("/unsent", json={"talk": talk, "text": "x"}).status_code == 401
    client.cookies.clear()
    assert client.post("/unsent", json={"talk": talk, "text": "x"}).status_code == 401


def test_what_the_archive_holds_is_told_for_the_bar_to_who_is_signed_in(client: TestClient) -> None:
    assert client.get("/held").status_code == 401
    sign_in(client, "du")
    assert client.get("/held").text.startswith('<span class="yj-fact">1 份报告</span>')
    assert ">1 report" in client.get("/held?language=en").text
