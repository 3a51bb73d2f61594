"""What the commands' parsers share: one subcommand, and the kinds of values that options take."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def command_for(commands: Commands, name: str, room: str, says: str, examples: str = "") -> argparse.ArgumentParser:
    """One subcommand that takes --archive too; `room` is the module of `ui.commands` that runs it."""
    command = commands.add_parser(
        name,
        help=says,
        description=says,
        epilog=f"examples:\n{examples}" if examples else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--archive", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="the archive's folder")
    command.set_defaults(room=room)
    return command


def day(text: str) -> date:
    """An option's date. Raises ArgumentTypeError for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2024-03-01") from error


def positive(text: str) -> int:
    """An option's count, 1 or more. Raises ArgumentTypeError for what is none."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a count; write a number from 1 on")
    return int(text)


def port(text: str) -> int:
    """An option's port, 1 to 65535. Raises ArgumentTypeError for what is none."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; write a number from 1 to 65535")
    return int(text)
