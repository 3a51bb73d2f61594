"""The command `youju`: what it understands, and how it ends (0 an answer, 2 bad use, 1 a failure, 130 interrupted)."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from indexer.errors import QuestionError, YoujuError
from ui.cli_parts import Commands, command_for, day, port
from ui.cli_people import add_people_commands
from ui.cli_staff import add_staff_commands

DEFAULT_ARCHIVE = ".youju"

_DESCRIPTION = "Answers questions over an archive of Chinese government reports, each figure with its sentence."
_EXAMPLES = """examples:
  youju index 报告/ --archive 档案               add or refresh a folder of reports
  youju ask "2023年没收了多少个煤气罐？" --archive 档案
  youju ask "how many gas cylinders were seized" --archive 档案 --json
  youju ask --archive 档案                       a prompt; 接着可以追问：那2022年呢？
  youju compare 棚户区改造 --years 2014-2018      years and places side by side, differences computed
  youju figures --subject 气瓶 --out 台账.xlsx    the figure ledger by filters, to Excel or CSV
  youju fill 表.xlsx --archive 档案              fill a table, each cell with its source
  youju serve --archive 档案                     the page, at http://127.0.0.1:7860

The archive is --archive, else the environment's YOUJU_ARCHIVE, else .youju in the current folder.
Exit status: 0 for any answer, 2 for bad use, 1 for a failure."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status; a `YoujuError` becomes one sentence on standard error."""
    commands = parser()
    options = commands.parse_args(arguments)
    if options.room == "index" and bool(options.paths) == options.rebuild:
        commands.error("index takes files or folders, or --rebuild alone")
    if options.room == "serve":
        _count_alone()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an office terminal in GBK prints what it can
    try:
        return int(importlib.import_module(f"ui.commands.{options.room}").run(options))
    except YoujuError as error:
        print(f"youju: {error}", file=sys.stderr)
        return 2 if isinstance(error, QuestionError) else 1
    except KeyboardInterrupt:
        print("\nyouju: 已中断，档案没有损坏。(interrupted; the archive is intact)", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `youju reports | head` ends quietly
        return 0


def _count_alone() -> None:
    """Keep numpy and faiss, which are not loaded yet, to one thread each: a question's vectors are too small to share.

    With many questions at once their threads only wait for one another, which took a third of the processor.
    """
    for library in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(library, "1")


def parser() -> argparse.ArgumentParser:
    """All commands with their options; each command's code is imported only when it runs."""
    top = argparse.ArgumentParser(
        prog="youju",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    default = Path(os.environ.get("YOUJU_ARCHIVE") or DEFAULT_ARCHIVE)
    top.add_argument("--archive", type=Path, metavar="DIR", default=default, help="the archive's folder")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_index(commands)
    _add_ask(commands)
    _add_reports(commands)
    _add_show(commands)
    _add_remove(commands)
    _add_check(commands)
    _add_eval(commands)
    _add_feedback(commands)
    add_staff_commands(commands)
    _add_serve(commands)
    add_people_commands(commands)
    return top


def _add_index(commands: Commands) -> None:
    command = command_for(
        commands,
        "index",
        "index",
        "add or refresh reports: files and folders; unchanged ones are skipped",
        "  youju index 报告/\n  youju index 2023年工作总结.docx 2024/ --archive 档案",
    )
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a report, or a folder of reports")
    command.add_argument(
        "--rebuild",
        action="store_true",
        help="take every report in again from its kept original, with the settings of now",
    )


def _add_ask(commands: Commands) -> None:
    command = command_for(
        commands,
        "ask",
        "ask",
        "answer a question with the sentence it stands in; without a question, open a prompt",
        '  youju ask "2023年没收了多少个煤气罐？"\n'
        '  youju ask "去年建成多少公里绿道" --today 2024-03-01 --json\n'
        "  youju ask                                     a prompt; exit 或 Ctrl-D 离开\n"
        '  youju ask --batch 问题.jsonl --out 答案.jsonl   lines {"id","q"} or {"id","turns":[..]}',
    )
    command.add_argument("question", nargs="?", metavar="问题", help="the question, in Chinese or English")
    command.add_argument("--json", action="store_true", help="print the answer as one JSON object")
    command.add_argument("--today", type=day, metavar="DATE", help="the day that 去年 and 今年 count from: 2024-03-01")
    command.add_argument("--explain", action="store_true", help="also print the candidates that were weighed")
    command.add_argument("--batch", type=Path, metavar="FILE", help="answer every line of a JSONL file")
    command.add_argument("--out", type=Path, metavar="FILE", help="where the answers of --batch go, as JSONL")


def _add_reports(commands: Commands) -> None:
    command = command_for(commands, "reports", "reports", "list the reports of the archive")
    command.add_argument("--json", action="store_true", help="print one JSON object a line")


def _add_show(commands: Commands) -> None:
    command = command_for(commands, "show", "show", "show what is known of one report, and its sections")
    command.add_argument("id", metavar="ID", help="the report's id, as `youju reports` prints it")
    command.add_argument("--text", action="store_true", help="print the report's text instead")


def _add_remove(commands: Commands) -> None:
    command = command_for(commands, "remove", "remove", "take a report out of the archive, and out of answers at once")
    command.add_argument("id", metavar="ID", help="the report's id, as `youju reports` prints it")
    command.add_argument("--purge", action="store_true", help="erase it for good, its original file included")
    command.add_argument("--yes", action="store_true", help="do not ask for confirmation")


def _add_check(commands: Commands) -> None:
    command = command_for(commands, "check", "check", "verify the archive and repair its search index")
    command.add_argument("--repair", action=argparse.BooleanOptionalAction, default=True, help="repair what can be")


def _add_eval(commands: Commands) -> None:
    command = command_for(
        commands,
        "eval",
        "evaluate",
        "answer a file of questions with known answers, print the metrics, and compare with the last run",
        "  youju eval 问题.jsonl --archive 档案\n"
        "  youju eval 问题.jsonl --failures 错题.txt       what went wrong, worst first, to work through\n"
        '  a line: {"id": "1", "kind": "figure", "q": "2023年查扣了多少气瓶？", "values": ["449"], "unit": "个",\n'
        '           "report": "2023年工作总结.txt", "evidence": "查扣燃气行业违规气瓶449个"}',
    )
    command.add_argument("questions", type=Path, metavar="QUESTIONS", help="a JSONL file of questions with answers")
    command.add_argument("--failures", type=Path, metavar="FILE", help="write what went wrong: .jsonl, or text to read")
    command.add_argument("--save", type=Path, metavar="FILE", help="where the run is kept (default: in the archive)")
    command.add_argument("--json", action="store_true", help="print the metrics as one JSON object")
    command.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language of the tables (default zh)")
    command.add_argument("--today", type=day, metavar="DATE", help="the day that 去年 and 今年 count from: 2024-03-01")


def _add_feedback(commands: Commands) -> None:
    command = command_for(
        commands,
        "feedback",
        "feedback",
        "show what people said of answers, or make questions for youju eval of it",
        "  youju feedback --archive 档案\n"
        "  youju feedback --wrong                        what was called wrong, with the reasons\n"
        "  youju feedback --out 问题.jsonl && youju eval 问题.jsonl",
    )
    command.add_argument("--wrong", action="store_true", help="only answers that were called wrong")
    command.add_argument("--out", type=Path, metavar="FILE", help="write the answers that were called right, for eval")
    command.add_argument("--force", action="store_true", help="write over a file that is there already")
    command.add_argument("--json", action="store_true", help="print one JSON object a line")
    command.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language of the output (default zh)")


def _add_serve(commands: Commands) -> None:
    command = command_for(
        commands,
        "serve",
        "serve",
        "serve the web page on this machine",
        "  youju serve\n  youju serve --archive 档案 --host 0.0.0.0 --port 8000 --no-browser\n"
        "  youju serve --no-auth                        on this machine alone, without accounts",
    )
    command.add_argument("--host", metavar="HOST", help="the address to listen on (default 127.0.0.1)")
    command.add_argument("--port", type=port, metavar="PORT", help="the port (default 7860; if taken, the next free)")
    command.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")
    command.add_argument(
        "--auth",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="people sign in (the default; the first start makes the administrator); --no-auth: for this machine only",
    )


if __name__ == "__main__":
    sys.exit(main())
