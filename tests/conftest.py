"""What several tests need: the folder of real reports where it is at hand, and no network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ("browsing",)

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real reports and question sets; tests that need it are skipped where it is absent."""
    if not (SHARED / "archive").is_dir():
        pytest.skip("needs the real reports in ../shared, which are not at hand")
    return SHARED


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample corpus that ships with the product."""
    return ROOT / "corpus"


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Any connection beyond this machine fails the test that tries it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOOPBACK:
            raise AssertionError(f"a connection to {address[0]} was tried: Youju works without a network")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]
