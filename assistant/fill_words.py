"""The words of a filled table: comments of its cells, the sheet of sources, the list of what stays empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.fill_cell import Filled, Left, NotFilled, Source
from assistant.types import Language
from indexer.types import Role

CHINESE: Mapping[str, str] = {
    "sources": "来源",
    "left": "未填",
    "source_heads": "工作表|单元格|指标|地区|时期|口径|填入值|单位|原文写法|折算或更正|报告|文件|章节|原句",
    "left_heads": "工作表|单元格|指标|地区|时期|口径|单位|原因|相关原句",
    "comment": "来源：{report} › {section}\n原句：{quote}",
    "converted": "原文{written}，折算为{value}{unit}",
    "corrected": "已更正，以{value}为准（原文{written}；理由：{reason}）",
    "hedged": "原文写作“{written}”",
    "estimate": "原文为预计数",
    "result": "完成",
    "plan": "计划",
    "no_report": "档案里没有这个地区或年份的报告",
    "not_found": "档案里没有找到",
    "masked": "原文已脱敏（以*代替）",
    "conflict": "几份报告不一致：{words}",
    "places": "几个地区都有，请写明地区：{words}",
    "range": "原文是一个区间：{words}",
    "unit": "单位不能折算：原文{words}",
    "role": "只有{other}的数：{words}",
    "period": "只有其他时期的数：{words}",
    "unsure": "拿不准，请人工核对：{words}",
    "joiner": "；",
}
ENGLISH: Mapping[str, str] = {
    "sources": "Sources",
    "left": "Left empty",
    "source_heads": "sheet|cell|indicator|place|period|role|value|unit|as written|conversion|report|file|section|quote",
    "left_heads": "sheet|cell|indicator|place|period|role|unit|reason|sentence",
    "comment": "Source: {report} › {section}\nQuote: {quote}",
    "converted": "{written} in the source, converted to {value} {unit}",
    "corrected": "corrected to {value} (the source states {written}; reason: {reason})",
    "hedged": "“{written}” in the source",
    "estimate": "an estimate in the source",
    "result": "result",
    "plan": "plan",
    "no_report": "no report of this place or year",
    "not_found": "not found in the archive",
    "masked": "masked (*) in the source",
    "conflict": "reports disagree: {words}",
    "places": "several places state it; name one: {words}",
    "range": "a range in the source: {words}",
    "unit": "the units do not convert: {words}",
    "role": "only a {other} is stated: {words}",
    "period": "only stated for another period: {words}",
    "unsure": "not sure, please check: {words}",
    "joiner": "; ",
}
MOST_WORDS = 4  # figures named in a reason


@dataclass(frozen=True, slots=True)
class FillWords:
    """The words in one language."""

    language: Language

    @property
    def _texts(self) -> Mapping[str, str]:
        return CHINESE if self.language is Language.CHINESE else ENGLISH

    @property
    def source_title(self) -> str:
        """The name of the sheet of sources."""
        return self._texts["sources"]

    @property
    def left_title(self) -> str:
        """The name of the sheet that lists what stays empty."""
        return self._texts["left"]

    @property
    def source_heads(self) -> list[str | int | Decimal | None]:
        """The headings of the sheet of sources."""
        return [*self._texts["source_heads"].split("|")]

    @property
    def left_heads(self) -> list[str | int | Decimal | None]:
        """The headings of the list of what stays empty."""
        return [*self._texts["left_heads"].split("|")]

    def comment(self, found: Filled) -> str:
        """The comment of a filled cell: report, section, sentence, and what was done to the number."""
        source = found.source
        title = f"《{source.report.title}》" if source.report.title else source.report.file_name
        text = self._texts["comment"].format(report=title, section=" › ".join(source.section), quote=source.quote)
        return "\n".join(part for part in (self.remark(found), text) if part)

    def remark(self, found: Filled) -> str:
        """What is to be known of the number: corrected, converted, hedged, an estimate; "" where nothing is."""
        texts, source = self._texts, found.source
        said = []
        if found.correction:
            corrected = {"value": found.correction.value, "reason": found.correction.reason}
            said.append(texts["corrected"].format(written=source.words, **corrected))
        if found.converted and found.correction is None:
            value = format(found.value, "f")
            said.append(texts["converted"].format(written=source.words, value=value, unit=found.unit))
        figure = source.figure
        hedged = figure.approximate or figure.low != figure.high or (figure.low is None) is not (figure.high is None)
        if hedged and found.correction is None:
            said.append(texts["hedged"].format(written=_with_hedges(source)))
        if figure.role is Role.ESTIMATE:
            said.append(texts["estimate"])
        return texts["joiner"].join(said)

    def source_row(self, sheet: str, reference: str, found: Filled) -> list[str | int | Decimal | None]:
        """A filled cell under `source_heads`."""
        asked, source = found.asked, found.source
        period = asked.period.label if asked.period else None
        where: list[str | int | Decimal | None] = [sheet, reference, asked.indicator, asked.place, period]
        number: list[str | int | Decimal | None] = [self._role(asked.role), found.value, found.unit, source.words]
        report = source.report.title or source.report.file_name
        section = " › ".join(source.section)
        return [*where, *number, self.remark(found), report, source.report.file_name, section, source.quote]

    def left_row(self, sheet: str, reference: str, found: NotFilled) -> list[str | int | Decimal | None]:
        """An empty cell under `left_heads`."""
        asked = found.asked
        period = asked.period.label if asked.period else None
        unit = asked.unit.written if asked.unit else None
        quotes = "\n".join(
            f"{one.report.title or one.report.file_name}：{one.quote}" for one in found.sources[:MOST_WORDS]
        )
        return [
            sheet, reference, asked.indicator, asked.place, period, self._role(asked.role), unit, self.why(found), quotes,
        ]  # fmt: skip

    def why(self, found: NotFilled) -> str:
        """Why a cell stays empty, with what the archive says all the same."""
        words = self._texts["joiner"].join(self._named(found, source) for source in found.sources[:MOST_WORDS])
        other = self._role(Role.RESULT if found.asked.role is Role.PLAN else Role.PLAN)
        return self._texts[found.why.value].format(words=words, other=other)

    def _named(self, found: NotFilled, source: Source) -> str:
        """The figure with what tells it from the others: its place, its report or its period."""
        figure = source.figure
        period = figure.period or source.report.period
        if found.why is Left.PLACES:
            return f"{source.report.place or source.report.issuer or ''} {source.words}".strip()
        if found.why is Left.CONFLICT:
            return f"{source.report.title or source.report.file_name} {source.words}"
        when = period.label if period and found.why is not Left.RANGE else ""
        return " ".join(part for part in (when, figure.subject_text, source.words) if part)

    def _role(self, role: Role) -> str:
        return self._texts["plan" if role is Role.PLAN else "result"]


def _with_hedges(source: Source) -> str:
    """The figure with the hedges that stand behind it: 1500个以上, 8%左右."""
    behind = [word for word in source.figure.qualifiers if word in {"以上", "左右", "以内", "以下", "之间", "上下"}]
    return source.words + (behind[0] if behind else "")
