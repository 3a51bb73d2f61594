"""Whether a figure is a result, a plan, an estimate or a requirement: from the words around it, else its section."""

from __future__ import annotations

import re
from typing import Final

from indexer.types import Role, SectionKind

_VERBS: Final = (
    "总投资|投资|完成|新建|建设|实施|改造|开工|安排|于|在|到|用|今年|年内|新增|建成|推出|发行|出台|打造|培育|引进|招收|提高|达到|生产|增加|拨|发放|举办|共|每年|开展|筹|把|将|生"
)
_CUES: Final = re.compile(
    rf"(?P<plan>计划(?=(?:{_VERBS}|[约为\d*]))|拟(?=[^定人态合])|力争|争取(?=[^到了资支])|目标(?=[是为])|预期(?!寿命)|规划(?=[到建投])|安排(?=[^了])|"
    rf"确保|将(?=(?:[一-龥]{{0,8}}(?:{_VERBS}|达|增|减|提|建|把|有|新|投|完)))|下一步|今后|未来|努力|预算(?=[为安])|到二?[〇零○\d]{{0,4}}年(?=[底末]?[,]?(?:实现|力争|全))|(?:底|末|月|日|内)前(?:将|要|全部|基本)?(?:完成|建成|实现|开)?)"
    r"|(?P<estimate>预计|预测|估计|有望|估算|测算|可(?:以)?(?:使|减|增|节|新增|带动|实现))"
    r"|(?P<requirement>要求(?![,、的])|不得(?=低|少|超|高|多)|必须|应当|应(?=[完达不]|于|该)|须|需(?=完成|达|在|于|要|改)|任务(?=[为\d*])|下达(?=[^,。;]{0,20}任务)|规定(?=[^,的]))"
    r"|(?P<result>已(?!知)|目前|截至|完成了|实现了|达到了|(?<![比较按与同])(?:去年|过去(?!的)|上年)|实际(?=[建完达增安支收投])|一年来|年来|增长了|提高了|增加了|减少了|下降了)"
)
_INHERITED: Final = frozenset({"plan", "estimate", "requirement"})
_ROLES: Final = {"plan": Role.PLAN, "estimate": Role.ESTIMATE, "requirement": Role.REQUIREMENT, "result": Role.RESULT}
_PLAN_SECTIONS: Final = frozenset({SectionKind.PLAN, SectionKind.TARGETS, SectionKind.GUIDELINES})
# 确保 and 安排 also tell of things done; they make a plan only where no review speaks.
_WEAK_IN_REVIEW: Final = ("争取", "确保", "安排", "努力", "将", "底前", "末前", "月前", "日前", "内前", "预期")


def role_of(clause_before: str, sentence_before: str, kind: SectionKind) -> Role:
    """The role told by the last cue before the figure in its clause, else in its sentence, else by the section's kind.

    `clause_before` and `sentence_before` are the folded texts up to the figure, the latter without the clause; of the
    sentence only the part behind the last ； counts, and only plans, estimates and requirements are carried over.
    """
    cue = _last_cue(clause_before, kind)
    if cue is None:
        carried = _last_cue(sentence_before.rpartition(";")[2], kind)
        cue = carried if carried in _INHERITED else None
    if cue is not None:
        return _ROLES[cue]
    return Role.PLAN if kind in _PLAN_SECTIONS else Role.RESULT


def _last_cue(text: str, kind: SectionKind) -> str | None:
    last: str | None = None
    for match in _CUES.finditer(text):
        if kind is SectionKind.REVIEW and match.lastgroup == "plan" and match[0].startswith(_WEAK_IN_REVIEW):
            continue
        last = match.lastgroup
    return last
