"""`youju serve`: the web page on this machine."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import threading
import webbrowser

from assistant.types import Language
from indexer.archive import Archive
from indexer.errors import ArchiveError, SettingsError
from indexer.settings import load_settings
from ui.text import say

READS_AHEAD = 0.02  # seconds between two reports that are read before anybody asks: the first page goes first


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C; the address is printed once the page can be fetched, and opened in a browser if there is one.

    An archive that is not there yet is made, empty: the page says how to add reports. People sign in unless --no-auth
    is given, which only this machine's own address takes; the first start makes the administrator and prints his
    one-time password once.
    """
    from assistant.chain import answer_chain
    from indexer.accounts import FIRST
    from ui.answer_crew import beside
    from ui.expiry import erasing_daily
    from ui.same_origin import is_loopback
    from ui.server import open_socket, serve, web_application

    settings = load_settings(options.archive, flags={"server.host": options.host, "server.port": options.port})
    host, port = settings.server.host, settings.server.port
    if not options.auth and not is_loopback(host):
        raise SettingsError(say(Language.CHINESE, "no_auth_host", host=host))
    with Archive.open(options.archive, settings=settings, create=True) as archive, open_socket(host, port) as listener:
        taken = listener.getsockname()[1]
        if taken != port:
            print(say(Language.CHINESE, "port_taken", port=port, taken=taken), file=sys.stderr)
        address = f"http://{_named(host)}:{taken}/"
        first = archive.accounts.first_administrator() if options.auth else None
        app = web_application(
            archive,
            None if options.auth else answer_chain(archive),
            accounts=options.auth,
            only_here=not options.auth,
            beside=beside(settings),
        )

        def announce() -> None:
            if first is not None:
                print(say(Language.CHINESE, "first_administrator", name=FIRST, password=first))
            print(say(Language.CHINESE, "serving", address=address), flush=True)
            if not options.auth:
                print(say(Language.CHINESE, "no_auth"), flush=True)
            if not options.no_browser and _has_screen():
                webbrowser.open(address)
            threading.Thread(target=_read_ahead, args=(archive,), daemon=True).start()

        with erasing_daily(archive):
            serve(app, listener, announce)
    return 0


def _read_ahead(archive: Archive) -> None:
    with contextlib.suppress(ArchiveError):  # whoever asks is told what is wrong
        archive.read_ahead(READS_AHEAD)


def _named(host: str) -> str:
    """The host as it stands in an address that a browser on this machine can open."""
    if host in {"0.0.0.0", "::", ""}:  # all addresses of the machine; this one always works here
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _has_screen() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
