"""The texts of `youju plans`, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

CHINESE: Mapping[str, str] = {
    "plans_title": "{office}：{year}年计划完成情况",
    "plans_counts": "共{total}项：{counts}",
    "plans_item": "事项",
    "plans_planned": "计划",
    "plans_done": "实际",
    "plans_verdict": "结果",
    "plans_degree": "完成计划的%",
    "plans_gap": "与计划相差",
    "plans_unit": "单位",
    "plans_office": "单位名称",
    "plans_year": "计划年份",
    "plans_planned_value": "计划值",
    "plans_done_value": "实际值",
    "plans_planned_report": "计划出自",
    "plans_planned_quote": "计划原句",
    "plans_done_report": "结果出自",
    "plans_done_quote": "结果原句",
    "plans_ceiling": "上限",
    "plans_nothing": "档案中没有可以前后对照的两份报告{asked}，现有：{held}。",
    "plans_without_later": "{title}：档案中没有其后的报告，无从对照。",
    "plans_written_out": "已写入 {path}：{rows} 项。",
    "plans_sources": "出处",
    "plans_rule": "判定：达到计划为完成，超过为超额完成；不足但达到六成以上为部分完成，再少为未完成；失业率、涨幅、以内一类为上限；左右、约允许差百分之三。",
}
ENGLISH: Mapping[str, str] = {
    "plans_title": "{office}: what became of the plan for {year}",
    "plans_counts": "{total} commitments: {counts}",
    "plans_item": "commitment",
    "plans_planned": "planned",
    "plans_done": "done",
    "plans_verdict": "verdict",
    "plans_degree": "% of the plan",
    "plans_gap": "result − plan",
    "plans_unit": "unit",
    "plans_office": "office",
    "plans_year": "planned for",
    "plans_planned_value": "planned value",
    "plans_done_value": "result value",
    "plans_planned_report": "planned in",
    "plans_planned_quote": "sentence of the plan",
    "plans_done_report": "reported in",
    "plans_done_quote": "sentence of the result",
    "plans_ceiling": "ceiling",
    "plans_nothing": "The archive holds no two reports that can be laid side by side{asked}; it holds: {held}.",
    "plans_without_later": "{title}: the next report is not in the archive.",
    "plans_written_out": "{path} written: {rows} commitments.",
    "plans_sources": "Sources",
    "plans_rule": "Verdicts: reached is done, more is exceeded; from 60 % of the plan on partly, below missed; unemployment, "
    "price rises and 以内 are ceilings; 左右 and 约 allow 3 %.",
}
