"""How often one address may fail: counted by address and network, for a quarter of an hour, right passwords apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from indexer.archive import Archive
from indexer.errors import SignInError
from indexer.settings import load_settings
from indexer.viewer import Role
from ui.server import web_application
from ui.sign_in_limit import AddressLimit, place_of

NOON = datetime(2026, 3, 2, 12, 0)
MINUTE = timedelta(minutes=1)
PASSWORD = "青山-绿水-2026-好"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("archive")
    settings = load_settings(folder, flags={"accounts.address_failures": 6})
    with Archive.open(folder, settings=settings, create=True) as archive:
        archive.accounts.create("du", Role.READER, PASSWORD)
        with TestClient(web_application(archive, accounts=True)) as client:
            yield client


def test_after_so_many_failures_an_address_waits_and_others_do_not() -> None:
    limit = AddressLimit(3)
    for minute in range(3):
        limit.enter("10.0.0.1", NOON + minute * MINUTE)
    with pytest.raises(SignInError, match="请12分钟后再试"):
        limit.enter("10.0.0.1", NOON + 3 * MINUTE)
    limit.enter("10.0.0.2", NOON + 3 * MINUTE)
    with pytest.raises(SignInError, match="请1分钟后再试"):
        limit.enter("10.0.0.1", NOON + 14.5 * MINUTE)
    limit.enter("10.0.0.1", NOON + 15 * MINUTE)  # the first failure is forgotten
    with pytest.raises(SignInError, match="请1分钟后再试"):
        limit.enter("10.0.0.1", NOON + 15 * MINUTE)


def test_a_right_password_is_no_failure_and_forgives_none() -> None:
    limit = AddressLimit(2)
    for minute in range(20):
        limit.enter("10.0.0.1", NOON + minute * MINUTE / 10)
        limit.right("10.0.0.1", NOON + minute * MINUTE / 10)
    limit.enter("10.0.0.1", NOON + 3 * MINUTE)
    limit.enter("10.0.0.1", NOON + 4 * MINUTE)
    limit.right("10.0.0.1", NOON + 4 * MINUTE)  # with an account of one's own nothing is wiped out
    limit.enter("10.0.0.1", NOON + 5 * MINUTE)
    with pytest.raises(SignInError):
        limit.enter("10.0.0.1", NOON + 5 * MINUTE)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_the_machines_of_one_network_of_ipv6_are_one_place(address: str, place: str) -> None:
    assert place_of(address) == place


def test_who_tries_many_names_is_refused_even_with_a_right_password(client: TestClient) -> None:
    def sign_in(name: str, password: str, **more: str) -> tuple[int, str]:
        form = {"name": name, "password": password, **more}
        response = client.post("/sign-in", data=form, follow_redirects=False)
        return response.status_code, response.text

    for number in range(6):
        status, text = sign_in(f"name{number}", "a wrong password")
        assert (status, "账号或密码不对" in text) == (401, True)
    status, text = sign_in("du", PASSWORD)
    assert (status, "从这个网络地址登录失败的次数过多，请15分钟后再试" in text) == (401, True)
    assert "Too many failures from this address" in sign_in("du", PASSWORD, language="en")[1]
    elsewhere = TestClient(client.app, client=("10.9.8.7", 5000))
    form = {"name": "du", "password": PASSWORD}
    assert elsewhere.post("/sign-in", data=form, follow_redirects=False).status_code == 303
