"""The command for who keeps the accounts: user, with its own commands add, list, passwd, role, disable, enable, remove."""

from __future__ import annotations

import argparse
from pathlib import Path

from indexer.viewer import Role
from ui.cli_parts import Commands, command_for

ROLES = tuple(role.value for role in Role)
_EXAMPLES = """  youju user add 张三 --role clerk                     asks for a password, twice
  youju user add 张三 --one-time                       makes one, to be changed at the first sign-in
  printf %s "$PASSWORD" | youju user add 张三 --password-stdin
  youju user list
  youju user passwd 张三
  youju user role 张三 administrator
  youju user disable 张三                              he can sign in no more; his drafts stay
  youju user remove 张三                               with his history and his drafts"""


def add_people_commands(commands: Commands) -> None:
    """The command `user` with its own commands."""
    command = command_for(commands, "user", "user", "keep the accounts of the web application", _EXAMPLES)
    verbs = command.add_subparsers(title="commands", metavar="COMMAND", dest="verb", required=True)
    add = _verb(verbs, "add", "make an account", "  youju user add 张三 --role clerk\n  youju user add 李四 --one-time")
    add.add_argument("--role", choices=ROLES, default=Role.READER.value, help="(default reader)")
    _takes_password(add)
    listing = _verb(verbs, "list", "list the accounts", "  youju user list --json", named=False)
    listing.add_argument("--json", action="store_true", help="print one JSON object a line")
    _takes_password(
        _verb(verbs, "passwd", "give another password, which ends every session", "  youju user passwd 张三")
    )
    role = _verb(verbs, "role", "give another role, in force at once", "  youju user role 张三 clerk")
    role.add_argument("role", choices=ROLES, help="reader, clerk or administrator")
    _verb(verbs, "disable", "let an account sign in no more, and end its sessions", "  youju user disable 张三")
    _verb(verbs, "enable", "let an account sign in again; ends a lock-out too", "  youju user enable 张三")
    remove = _verb(verbs, "remove", "take an account away with its history and its drafts", "  youju user remove 张三")
    remove.add_argument("--yes", action="store_true", help="do not ask for confirmation")


def _verb(verbs: Commands, name: str, says: str, examples: str, *, named: bool = True) -> argparse.ArgumentParser:
    verb = verbs.add_parser(
        name,
        help=says,
        description=says,
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if named:
        verb.add_argument("name", metavar="NAME", help="the account's name; capital letters make no difference")
    verb.add_argument("--archive", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="the archive's folder")
    verb.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language of the output (default zh)")
    return verb


def _takes_password(verb: argparse.ArgumentParser) -> None:
    ways = verb.add_mutually_exclusive_group()
    ways.add_argument("--password-stdin", action="store_true", help="read the password from standard input, one line")
    ways.add_argument("--one-time", action="store_true", help="make a password that must be changed at first sign-in")
