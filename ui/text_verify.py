"""The texts of `youju verify`, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

CHINESE: Mapping[str, str] = {
    "verdict_agrees": "相符",
    "verdict_contradicts": "不符",
    "verdict_not_held": "档案中没有",
    "verdict_masked": "原文已脱敏",
    "verify_right": "档案写的是{right}",
    "verify_source": "出处：{report}",
    "verify_computed": "由档案数字算出：{how}",
    "verify_says": "【{verdict}】{says}",
    "verify_total": "核对 {count} 个数字：相符 {agrees} · 不符 {contradicts} · "
    "档案中没有 {not_held} · 原文已脱敏 {masked}",
    "verify_none": "稿中没有要核对的数字。",
    "verify_out": "已写入带批注的副本：{path}",
    "verify_unplaced": "{count} 个数字的批注放不进原稿，请看清单。",
}
ENGLISH: Mapping[str, str] = {
    "verdict_agrees": "agrees",
    "verdict_contradicts": "contradicts",
    "verdict_not_held": "not in the archive",
    "verdict_masked": "masked in the source",
    "verify_right": "the archive says {right}",
    "verify_source": "source: {report}",
    "verify_computed": "computed from the archive: {how}",
    "verify_says": "[{verdict}] {says}",
    "verify_total": "{count} numbers checked: {agrees} agree · {contradicts} contradict · "
    "{not_held} not in the archive · {masked} masked in the source",
    "verify_none": "The draft states no numbers to check.",
    "verify_out": "A copy with comments was written: {path}",
    "verify_unplaced": "{count} numbers could not be commented on in the copy; see the list.",
}
