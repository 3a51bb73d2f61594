"""The time a question asks about."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.periods import asked_time
from indexer.types import Period

TODAY = date(2026, 11, 20)
YEAR, YEARS, MONTHS = Period.of_year, Period.of_years, Period.of_months


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2023年查扣了多少气瓶？", (YEAR(2023),)),
        ("县里2022年上半年水费收了多少", (MONTHS(2022, 1, 6),)),
        ("2022年下半年准备扩建哪个厂", (MONTHS(2022, 7, 12),)),
        ("2022年第一季度", (MONTHS(2022, 1, 3),)),
        ("2022年1—5月商品房销售面积", (MONTHS(2022, 1, 5),)),
        ("2019—2022年粮食产量", tuple(map(YEAR, range(2019, 2023)))),
        ("2019—2022年累计投资", (YEARS(2019, 2022),)),
        ("9999年查扣了多少", (YEAR(9999),)),
        ("从2019年到2021年", tuple(map(YEAR, range(2019, 2022)))),
        ("2014年和2015年棚改", (YEAR(2014), YEAR(2015))),
        ("2014、2015年棚改", (YEAR(2014), YEAR(2015))),
        ("二〇二三年", (YEAR(2023),)),
        ("二零二三年", (YEAR(2023),)),
        ("23年查扣了多少", (YEAR(2023),)),
        ("过去20年里修了多少公里", ()),
        ("“十三五”时期新建多少", (YEARS(2016, 2020),)),
        ("十四五期间", (YEARS(2021, 2025),)),
        ("一五期间建了多少厂", (YEARS(1953, 1957),)),
        ("in the first half of 2022", (MONTHS(2022, 1, 6),)),
        ("by the end of 2024", (YEAR(2024),)),
        ("from 2016 to 2018", tuple(map(YEAR, range(2016, 2019)))),
        ("查扣了多少气瓶", ()),
        ("投资2000万元的项目有几个", ()),
    ],
)
def test_periods(text: str, periods: tuple[Period, ...]) -> None:
    assert asked_time(text, today=TODAY).periods == periods


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023年国务院报告说过去五年减税多少", (2023,)),
        ("2021年、2022年、2025年国务院报告拟安排的赤字率", (2021, 2022, 2025)),
        ("2000年报告和2001年报告分别是多少", (2000, 2001)),
        ("2025年辽宁省报告里提到什么", (2025,)),
        ("according to the 2003 national report", (2003,)),
        ("the 2021 and 2022 national reports", (2021, 2022)),
        ("2022年住建局报告了多少起事故", ()),
        ("2023年工作总结里的道路", (2023,)),
    ],
)
def test_the_year_of_a_report_is_not_the_year_it_is_about(text: str, years: tuple[int, ...]) -> None:
    time = asked_time(text, today=TODAY)
    assert time.report_years == years
    assert time.periods == (() if years else (YEAR(2022),))


def test_both_years_are_told_apart_in_one_question() -> None:
    time = asked_time("2021年和2022年新增就业（见2022年、2023年报告）分别多少", today=TODAY)
    assert time.periods == (YEAR(2021), YEAR(2022))
    assert time.report_years == (2022, 2023)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("去年", YEAR(2025)),
        ("今年", YEAR(2026)),
        ("前年", YEAR(2024)),
        ("今年上半年", MONTHS(2026, 1, 6)),
        ("last year", YEAR(2025)),
    ],
)
def test_relative_years_follow_the_clock(text: str, period: Period) -> None:
    time = asked_time(f"{text}查扣了多少", today=TODAY)
    assert (time.periods, time.relative) == ((period,), True)


def test_recent_years_and_spans_of_years_are_left_to_the_archive() -> None:
    assert asked_time("近三年新增就业", today=TODAY).recent_years == 3
    assert asked_time("the last three years", today=TODAY).recent_years == 3
    assert asked_time("五年累计减税多少", today=TODAY).spans_years == 5
    assert asked_time("过去五年一共少收了多少税", today=TODAY).spans_years == 5
    assert asked_time("十五年来", today=TODAY).spans_years is None


def test_what_says_the_time_leaves_the_query() -> None:
    text = "县里2022年上半年水费收了多少"
    (span,) = asked_time(text, today=TODAY).spans
    assert text[span.start : span.end] == "2022年上半年"
