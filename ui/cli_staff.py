"""The commands for staff who draft and check: compare, plans, draft, figures, correct, fill, verify."""

from __future__ import annotations

import argparse
from pathlib import Path

from ui.cli_parts import Commands, command_for, day, positive


def add_staff_commands(commands: Commands) -> None:
    """All of them, in the order in which help lists them."""
    for add in (_add_compare, _add_plans, _add_draft, _add_figures, _add_correct, _add_fill, _add_verify):
        add(commands)


def _add_force(command: argparse.ArgumentParser) -> None:
    command.add_argument("--force", action="store_true", help="write over a file that is there already")


def _add_compare(commands: Commands) -> None:
    command = command_for(
        commands,
        "compare",
        "compare",
        "lay a subject side by side over years and places, with differences, notes and sources",
        "  youju compare 棚户区改造 --years 2014-2018\n"
        "  youju compare 粮食产量 --place 湖北 --place 安徽 --out 粮食.xlsx\n"
        "  youju compare 城镇新增就业 --out 走势.svg              all years held, as a chart",
    )
    command.add_argument(
        "subject", metavar="指标", help="what is compared; other names of the same series are found too"
    )
    command.add_argument("--years", metavar="YEARS", help="2014-2018 or 2014,2016 (default: all years held)")
    command.add_argument("--place", action="append", metavar="地区", help="a place or an office; may be given again")
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="write it: .docx, .xlsx, .csv, .md, or the chart as .svg"
    )
    _add_force(command)
    command.add_argument("--json", action="store_true", help="print it as one JSON object")
    command.add_argument("--limit", type=positive, default=100, metavar="N", help="rows a page (default 100)")
    command.add_argument("--page", type=positive, default=1, metavar="N", help="the page to show (default 1)")
    command.add_argument("--today", type=day, metavar="DATE", help="the day from which on years lie in the future")
    command.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language of the output (default zh)")


def _add_plans(commands: Commands) -> None:
    command = command_for(
        commands,
        "plans",
        "plans",
        "lay planned against done: each commitment of a report, and what the next report of the office says of it",
        "  youju plans --from 2024 --to 2025\n"
        "  youju plans --from 2021 --to 2024 --place 澜江区 --out 计划完成情况.xlsx\n"
        "  youju plans --place 全国 --from 2016 --numbers --json",
    )
    command.add_argument(
        "--from", dest="first", type=int, metavar="YEAR", help="the report with the plan (default: newest)"
    )
    command.add_argument(
        "--to", dest="last", type=int, metavar="YEAR", help="the report with the results (default: the next)"
    )
    command.add_argument("--place", metavar="地区", help="only this place's reports")
    command.add_argument("--office", metavar="单位", help="only this office's reports; a part of its name will do")
    command.add_argument("--numbers", action="store_true", help="only commitments with a number")
    command.add_argument("--out", type=Path, metavar="FILE", help="write it: .xlsx, .csv or .md")
    _add_force(command)
    command.add_argument("--json", action="store_true", help="print it as JSON")
    command.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language of the output (default zh)")


def _add_draft(commands: Commands) -> None:
    command = command_for(
        commands,
        "draft",
        "draft",
        "write a document with a footnote for every number: answers to questions, or indicators side by side",
        "  youju draft 问题.txt --out 查询情况.docx               one question a line\n"
        "  youju draft --subject 城镇新增就业 --subject 赤字率 --years 2014-2023 --out 对比.docx",
    )
    command.add_argument("questions", nargs="?", type=Path, metavar="QUESTIONS.txt", help="questions, one a line")
    command.add_argument("--subject", action="append", metavar="指标", help="an indicator; may be given again")
    command.add_argument("--years", metavar="YEARS", help="2014-2018 or 2014,2016 (default: all years held)")
    command.add_argument("--place", action="append", metavar="地区", help="a place or an office; may be given again")
    command.add_argument("--out", type=Path, metavar="FILE", required=True, help=".docx, .md, .xlsx or .csv")
    _add_force(command)
    command.add_argument("--today", type=day, metavar="DATE", help="the day that 去年 and 今年 count from: 2024-03-01")
    command.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language of the draft (default zh)")


def _add_figures(commands: Commands) -> None:
    command = command_for(
        commands,
        "figures",
        "figures",
        "list the figures of the ledger (指标台账) by filters, or export them to Excel or CSV",
        "  youju figures --subject 停车泊位 --year 2021-2024 --place 澜江区\n"
        "  youju figures --year 2024 --role 计划 --out 台账.xlsx\n"
        "  youju figures --masked --report yunling-2022-h1 --out 脱敏.csv",
    )
    command.add_argument(
        "--subject", metavar="指标", help="what is counted; words that say the same are looked for too"
    )
    command.add_argument("--year", metavar="YEAR", help="the year that the figure is about: 2023, 2019-2022, 去年")
    command.add_argument("--place", metavar="地区", help="the place, or a part of the office's name")
    command.add_argument("--role", metavar="口径", help="完成, 计划, 预计, 要求 (result, plan, estimate, requirement)")
    command.add_argument("--unit", metavar="单位", help="the unit as written, or its base unit: 万元, 公里, %%")
    command.add_argument("--masked", action="store_true", help="only figures that the source masks")
    command.add_argument("--report", metavar="ID", help="only this report's figures")
    command.add_argument("--out", type=Path, metavar="FILE", help="write all to FILE: .xlsx or .csv")
    _add_force(command)
    command.add_argument("--json", action="store_true", help="print one JSON object a line")
    command.add_argument("--limit", type=positive, default=50, metavar="N", help="figures a page (default 50)")
    command.add_argument("--page", type=positive, default=1, metavar="N", help="the page to show (default 1)")
    command.add_argument("--today", type=day, metavar="DATE", help="the day that 去年 and 今年 count from: 2024-03-01")
    command.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language of the headings (default zh)")


def _add_correct(commands: Commands) -> None:
    command = command_for(
        commands,
        "correct",
        "correct",
        "mark a figure as corrected (已更正，以…为准), undo that, or list the corrections of a report",
        "  youju correct lanjiang-2022 18 --value 1860个 --reason 2023年报告更正\n"
        "  youju correct lanjiang-2022 1680个 --undo\n"
        "  youju correct lanjiang-2022                  the corrections of the report",
    )
    command.add_argument("report", metavar="REPORT", help="the report's id, as `youju reports` prints it")
    command.add_argument("figure", nargs="?", metavar="FIGURE", help="its number in `youju figures`, or as written")
    command.add_argument("--value", metavar="NUMBER", help="what holds instead, with its unit: 1860个")
    command.add_argument("--reason", metavar="TEXT", help="why")
    command.add_argument("--undo", action="store_true", help="take the correction back")
    command.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language of the output (default zh)")


def _add_fill(commands: Commands) -> None:
    command = command_for(
        commands,
        "fill",
        "fill",
        "fill the empty cells of a table (indicators by years or places) with figures and their sources",
        "  youju fill 年鉴表.xlsx --out 年鉴表-已填.xlsx\n  youju fill 年鉴表.xlsx --place 澜江区 --json",
    )
    command.add_argument("table", type=Path, metavar="TABLE.xlsx", help="the workbook; it is not changed itself")
    command.add_argument("--out", type=Path, metavar="FILE", help="where it goes (default: TABLE-已填.xlsx beside it)")
    _add_force(command)
    command.add_argument("--place", metavar="地区", help="the place of the figures, where the table names none")
    command.add_argument("--sheet", metavar="NAME", help="only this sheet (default: every sheet with a table)")
    command.add_argument("--json", action="store_true", help="print what was filled and what not as one JSON object")
    command.add_argument("--today", type=day, metavar="DATE", help="the day that 去年 and 今年 count from: 2024-03-01")
    command.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language of the output (default zh)")


def _add_verify(commands: Commands) -> None:
    command = command_for(
        commands,
        "verify",
        "verify",
        "check every number of a draft against the archive: exit status 3 where one contradicts it",
        "  youju verify 讲话稿.docx\n"
        "  youju verify 讲话稿.docx --out 讲话稿-核.docx       a copy with a comment on each number\n"
        "  youju verify 初稿.md --json",
    )
    command.add_argument("draft", type=Path, metavar="DRAFT", help="the draft: .docx, .txt or .md; it is never changed")
    command.add_argument("--out", type=Path, metavar="COPY.docx", help="a copy in Word with a comment on each number")
    _add_force(command)
    command.add_argument("--json", action="store_true", help="print the numbers with their verdicts as one JSON object")
    command.add_argument("--today", type=day, metavar="DATE", help="the day that 去年 and 今年 count from: 2024-03-01")
    command.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language of the output (default zh)")
