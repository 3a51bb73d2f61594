"""`youju user`: the accounts of the web application, kept from the command line; no password is ever shown or echoed."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from assistant.types import Language
from indexer.account_names import account_name
from indexer.accounts import Account, Accounts
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from indexer.errors import AccountError
from indexer.passwords import one_time_password
from indexer.viewer import Role
from ui.console import print_table
from ui.text import say

_YES = {"y", "yes", "是"}


def run(options: argparse.Namespace) -> int:
    """Do what is asked with one account, or list them; 1 where the user says no."""
    with Archive.open(options.archive, create=options.verb == "add") as archive:
        language = Language(options.lang)
        if options.verb == "list":
            _list(archive.accounts, language, as_json=options.json)
            return 0
        name = account_name(options.name)
        if options.verb != "add":
            archive.accounts.get(name)  # before anything is asked for
        if options.verb == "remove" and not options.yes and sys.stdin.isatty() and not _confirmed(name, language):
            print(say(language, "user_not_removed"), file=sys.stderr)
            return 1
        told = _VERBS[options.verb](archive.accounts, name, options, language)
        done = "reset" if options.verb == "passwd" else options.verb  # as the page 账户 calls it
        archive.audit.record(COMMAND_LINE, f"account_{done}", name)
        print(told)
    return 0


def _add(accounts: Accounts, name: str, options: argparse.Namespace, language: Language) -> str:
    password, shown = _password(options, language)
    made = accounts.create(name, Role(options.role), password, must_change=bool(shown))
    told = say(language, "user_added", name=made.name, role=say(language, f"role_{made.role.value}"))
    return told + shown


def _passwd(accounts: Accounts, name: str, options: argparse.Namespace, language: Language) -> str:
    password, shown = _password(options, language)
    accounts.set_password(name, password, must_change=bool(shown))
    return say(language, "user_password_set", name=name) + shown


def _role(accounts: Accounts, name: str, options: argparse.Namespace, language: Language) -> str:
    accounts.set_role(name, Role(options.role))
    return say(language, "user_role_set", name=name, role=say(language, f"role_{options.role}"))


def _disable(accounts: Accounts, name: str, options: argparse.Namespace, language: Language) -> str:
    accounts.disable(name)
    return say(language, "user_disabled", name=name)


def _enable(accounts: Accounts, name: str, options: argparse.Namespace, language: Language) -> str:
    accounts.enable(name)
    return say(language, "user_enabled", name=name)


def _remove(accounts: Accounts, name: str, options: argparse.Namespace, language: Language) -> str:
    accounts.remove(name)
    return say(language, "user_removed", name=name)


_VERBS: Mapping[str, Callable[[Accounts, str, argparse.Namespace, Language], str]] = {
    "add": _add,
    "passwd": _passwd,
    "role": _role,
    "disable": _disable,
    "enable": _enable,
    "remove": _remove,
}


def _password(options: argparse.Namespace, language: Language) -> tuple[str, str]:
    """The password to be set and, for a one-time password, the line that shows it. Raises AccountError."""
    if options.one_time:
        made = one_time_password()
        return made, "\n" + say(language, "user_one_time", password=made)
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n"), ""
    if not sys.stdin.isatty():
        raise AccountError(say(language, "user_no_terminal"))
    try:
        typed = getpass.getpass(say(language, "user_password"))
        again = getpass.getpass(say(language, "user_password_again"))
    except EOFError as error:
        raise AccountError(say(language, "user_no_password")) from error
    if typed != again:
        raise AccountError(say(language, "user_passwords_differ"))
    return typed, ""


def _confirmed(name: str, language: Language) -> bool:
    try:
        return input(say(language, "user_remove_asks", name=name)).strip().lower() in _YES
    except EOFError:
        return False


def _list(accounts: Accounts, language: Language, *, as_json: bool) -> None:
    found = accounts.list()
    if as_json:
        for account in found:
            print(json.dumps(asdict(account), ensure_ascii=False, default=datetime.isoformat))
        return
    headings = [say(language, f"user_head_{name}") for name in ("name", "role", "state", "created", "seen")]
    print_table(headings, [_row(account, language) for account in found])
    if not found:
        print(say(language, "user_none"), file=sys.stderr)


def _row(account: Account, language: Language) -> list[str]:
    role = say(language, f"role_{account.role.value}")
    seen = _local(account.last_seen) if account.last_seen else "—"
    return [account.name, role, _state(account, language), _local(account.created), seen]


def _state(account: Account, language: Language) -> str:
    now = datetime.now(UTC).replace(tzinfo=None)
    if account.disabled:
        return say(language, "user_state_disabled")
    if account.locked_until is not None and account.locked_until > now:
        return say(language, "user_state_locked", until=_local(account.locked_until))
    return say(language, "user_state_must_change" if account.must_change else "user_state_active")


def _local(moment: datetime) -> str:
    """A time of the records (UTC) as the clock on the wall shows it."""
    return moment.replace(tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M")
