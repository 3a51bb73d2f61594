"""A folder of made reports that go through the whole chain."""

from __future__ import annotations

from pathlib import Path


def report_text(year: int, place: str, cylinders: int, *, length: int = 1) -> str:
    """A work summary with `length` paragraphs of review and one of plans."""
    review = "".join(
        f"加强燃气安全管理第{number}阶段，全年共查扣气瓶{cylinders + number}个，整治河道{53 + number}条，新建绿道{120 + number}公里。\n"
        for number in range(length)
    )
    return f"{place}{year}年工作总结\n一、{year}年工作回顾\n{review}二、{year + 1}年工作思路\n计划查扣气瓶{cylinders * 2}个。\n"


def write_reports(folder: Path, years: range, *, place: str = "杭州市", length: int = 1) -> list[Path]:
    """One file a year."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for year in years:
        files.append(folder / f"{place}{year}年工作总结.txt")
        files[-1].write_text(report_text(year, place, year - 2000, length=length), encoding="utf-8")
    return files
