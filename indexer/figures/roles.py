"""Whether a figure is a result, a plan, an estimate or a requirement: from the words around it, else its section."""

from __future__ import annotations

import re
from typing import Final

from indexer.types import Role, SectionKind

_VERBS: Final = "|".join(
    [
        *("总投资", "投资", "完成", "新建", "建设", "实施", "改造", "开工", "安排", "今年", "年内", "新增", "建成"),
        *("推出", "发行", "出台", "打造", "培育", "引进", "招收", "提高", "达到", "生产", "增加", "发放", "举办"),
        *(
            "新开工",
            "竣工",
            "完工",
            "投产",
            "投用",
            "通车",
            "引进",
            "招聘",
            "招录",
            "争取",
            "谋划",
            "整改",
            "造林",
            "植树",
            "扩建",
            "续建",
        ),
        *(
            "拆除",
            "清理",
            "铺设",
            "安装",
            "加装",
            "发展",
            "落实",
            "实现",
            "筹集",
            "交付",
            "启动",
            "出让",
            "供应",
            "组织",
            "转移",
            "增长",
            "下降",
        ),
        *("更新", "更换", "整治", "治理", "创建", "建立", "培训", "检查", "抽检", "购置"),
        *("每年", "开展", "拨", "筹", "共", "把", "将", "生", "于", "在", "到", "用"),
    ]
)
# 完成计划, 超过年度计划, 占计划 and 比计划 measure by a plan what was done.
_NOT_AGAINST: Final = "".join(
    f"(?<!{verb}{year})"
    for verb in ("完成", "超过", "超", "占", "占到", "比", "较", "为", "达", "达到", "达成", "兑现")
    for year in ("", "年", "年度", "全年", "年初", "原")
)
# Each cue is a word with what must, or must not, stand behind it: 五年计划 plans nothing, 计划投资 does.
_PLAN: Final = (
    rf"(?<!行动){_NOT_AGAINST}计划(?!生育)(?=(?:{_VERBS}|[约为\d*]|[一-龥]{{1,8}}的$))",
    r"拟(?=[^定人态合])",
    r"力争|确保|下一步|今后|未来(?=[一二两三四五六七八九十几\d,将要我])|努力",
    r"争取(?=[^到了资支])",
    r"目标(?=[是为])",
    r"目标(?=[约\d*]|$|增长|下降|达到|控制在)",
    r"预期(?!寿命)",
    r"规划(?=[到建投])",
    rf"{_NOT_AGAINST}(?:年初|年度|年内)(?:安排|确定|下达|计划)",
    r"将(?:要|会)?(?:比[^,。;]{0,12})?(?:增长|增加|减少|下降|达到)",
    r"安排(?=[^了])",
    r"预算(?=[为安])",
    rf"将(?=(?:[一-龥]{{0,8}}(?:{_VERBS}|达|增|减|提|建|有|新|投|完)))",
    r"到二?[〇零○\d]{0,4}年(?=[底末]?,?(?:实现|力争|全))",
    r"(?:底|末|月|日|内)前(?:将|要|全部|基本)?(?:完成|建成|实现|开)?",
)
_ESTIMATE: Final = (
    r"预计|预测(?!预警|预报|机制|模型)|估计|有望|估算|测算",
    r"(?<!许)可(?:以)?(?:使|减|增|节|新增|带动|实现)",
)
_REQUIREMENT: Final = (
    r"要求(?![,、的])",
    r"不得(?=低|少|超|高|多)",
    r"必须|应当|须",
    r"应(?=[完达不]|于|该)",
    r"(?<!平均)(?<!必)(?<!急)需(?=完成|达|在|于|要|改)",
    r"(?<!超)(?<!超额)任务(?=为|$)",
    r"下达(?=[^,。;]{0,20}任务)",
    r"规定(?=[^,的、\d])",
)
_RESULT: Final = (
    r"已(?!知)",
    r"目前|截至|一年来|年来",
    r"(?:完成|实现|达到|增长|提高|增加|减少|下降)了",
    r"(?<![比较按与同从由])(?:去年|过去(?!的)|上年)",
    r"实际(?=[建完达安支收投])|实际增(?!长)|(?<![一-龥])实际(?=增长|下降)",
)
_CUES: Final = re.compile(
    "|".join(
        f"(?P<{role}>{'|'.join(cues)})"
        for role, cues in (
            (Role.PLAN, _PLAN),
            (Role.ESTIMATE, _ESTIMATE),
            (Role.REQUIREMENT, _REQUIREMENT),
            (Role.RESULT, _RESULT),
        )
    )
)
_CARRIED: Final = frozenset({Role.PLAN, Role.ESTIMATE, Role.REQUIREMENT})
_PLAN_SECTIONS: Final = frozenset({SectionKind.PLAN, SectionKind.TARGETS, SectionKind.GUIDELINES})
# 确保 and 安排 also tell of things done; they make a plan only where no review speaks.
_WEAK_IN_REVIEW: Final = ("争取", "确保", "安排", "努力", "将", "底前", "末前", "月前", "日前", "内前", "预期")


# In a review, a clause that begins so tells what came of the plan before it: 计划改造60台，完成46台.
_DONE: Final = re.compile(r"[\s,，]*(?:实际|共|累计)?(?:完工|竣工|完成|建成|办结|到位)(?!率)")
_DONE_CLAUSE: Final = re.compile(r",(?:实际|共|累计|已)*(?:完工|竣工|完成|建成|办结|到位|开工|增长)(?!率)")
# So does what follows the planned number at once: 计划更新的60台电梯完成46台.
_DONE_WITHIN: Final = re.compile(
    r"\d[^,。;年月日天\d]{0,14}?(?:实际|已|累计)?(?:完成|建成|完工|竣工|办结|到位)了?(?=[约近超]?[\d*]|$)"
)


_TASK: Final = "任务"
_TARGET: Final = "目标"
_MEASURED_BY: Final = re.compile(
    r"(?:超|高于|低于|优于|好于|[比较离距差占]|完成|实现|达到|突破)[^,。;]{0,8}$"
)  # 超年度计划|目标
_MET: Final = re.compile(r"(?<!未)(?<!未能)(?<!没有)(?:完成|实现|达成|兑现|达到)了?$")  # 实现|年初确定的主要目标
_FULFILLED: Final = re.compile(r"(?<!未)(?:完成|落实|兑现)[^,。;]{0,16}$")


def role_of(clause_before: str, sentence_before: str, kind: SectionKind) -> Role:
    """The role told by the last cue before the figure in its clause, else in its sentence, else by the section's kind.

    `clause_before` and `sentence_before` are the folded texts up to the figure, the latter without the clause; of the
    sentence only the part behind the last ； counts, and only plans, estimates and requirements are carried over.
    """
    cue = cue_of(clause_before, sentence_before, kind)
    if cue is not None:
        return cue
    return Role.PLAN if kind in _PLAN_SECTIONS else Role.RESULT


def cue_of(clause_before: str, sentence_before: str, kind: SectionKind) -> Role | None:
    """The role that the words before a figure tell, as for `role_of`; None where they tell none."""
    cue = _last_cue(clause_before, kind)
    if cue is None:
        since = sentence_before.rpartition(";")[2]
        carried = _last_cue(since, kind)
        done = kind is SectionKind.REVIEW and carried is not Role.ESTIMATE and _is_done(since)
        cue = carried if carried in _CARRIED and not done else None
    return cue


def _is_done(text: str) -> bool:
    """Whether a clause behind the last cue tells what came of the plan: 目标3200人,完成3416人,(完成率106.8%)."""
    last = max((match.end() for match in _CUES.finditer(text) if match.lastgroup in _CARRIED), default=0)
    return _DONE_CLAUSE.search(text, last) is not None


def _last_cue(text: str, kind: SectionKind) -> Role | None:
    review = kind is SectionKind.REVIEW
    last: Role | None = Role.RESULT if review and _DONE.match(text) else None
    end = -1
    for match in _CUES.finditer(text):
        role = Role(match.lastgroup or Role.RESULT)
        if review and match[0] == _TASK and _FULFILLED.search(text, 0, match.start()):
            continue  # 完成六期建设任务910万亩
        if review and role is Role.PLAN and (_is_weak(match[0]) or _MET.search(text, 0, match.start())):
            continue
        if match[0] == _TARGET and _MEASURED_BY.search(text, 0, match.start()):
            continue
        if role is Role.PLAN and match[0].startswith("将") and last is Role.ESTIMATE:
            continue  # 预计全年将达到5亿元
        last, end = role, match.end()
    done = _DONE_WITHIN.search(text, max(end, 0)) if review and last in _CARRIED else None
    return last if done is None else Role.RESULT


def _is_weak(cue: str) -> bool:
    return cue == "将" or (cue.startswith(_WEAK_IN_REVIEW) and not cue.startswith("将"))
