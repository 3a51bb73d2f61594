"""The words at a number of a draft that say when, of whom, in which role: never what is counted."""

from __future__ import annotations

import re

from indexer.figures.measures import DOWN_WORDS, UP_WORDS

# Words of a subject that say when, how or of whom, not what.
ASIDE = re.compile(
    r"[“\"][十一二三四五六七八九]+五[”\"](?:时期|期间)?|(?:\d{2,4})?年[初末底]?(?=拟|计划|预算|安排)|(?:19|20)\d\d年?[初末底中]?|"
    r"[上去今前明本同当]年(?:同期|末|底)?|年[初末底]|[两三四五六七八九十]+(?:省|地|市|县|区|年|省区|省市)|全[国省市区县年]|各[地年省市区县]|年度|下表|列出|如下|见下|期间|同期|上述|此外|另外|其中"
)
PLAN_WORDS = re.compile(
    r"^(?:年)?(?:拟|计划|预计|预期|目标|任务|实际|安排|从)+"
    r"|(?:拟|计划|预期|目标|任务|实际|安排)*(?:(?:确|设|制)?定[为在]|设为)?$"
)
WHOSE = re.compile(r"^[^,。;]{0,10}?(?:把|将)(?=[一-龥]{2})")  # 国务院把城镇新增就业目标定为
NUMBER_ALONE = re.compile(r"\d[\d.,]*\s*[十百千万亿]*[\u4e00-\u9fff%]{0,3}(?:以上|以下|以内|左右)?")
NUMBERED = re.compile(r"^\(?\d{1,2}[.)、]\s*")
EMPTY = re.compile(
    r"(?:[万亿千百]?[人元吨户个]?(?:以上|以下|左右)|[上下]调|回[到升落]|[增降升减提]|达到?|至|突破|超过?|接近|保持|维持|稳定|水平|"
    r"[的在与和为是到]|经|比|较|又|再|则|仅|只|控制在?|压在|结果|最终|最后|后来|实绩|完成|目标|预期|计划|实际|年初|[(),:;、])+"
)
BEHIND = re.compile(r"[一-龥(](?<![的以左多])")
TRENDS = (
    UP_WORDS
    | DOWN_WORDS
    | frozenset(
        [
            "达到",
            "达",
            "突破",
            "超过",
            "实现",
            "完成",
            "新增",
            "安排",
            "实际",
            "预计",
            "计划",
            "目标",
            "全年",
            "分别",
            "年均",
            "平均",
            "累计",
            "总量",
        ]
    )
)
OF_TARGET = re.compile(r"(?:以上|左右|以内|以下)?的(?:年度|全年|预期|既定|年初)*(?:目标|任务|计划)")
CAPTION = re.compile(r"表|数据|情况|核对|一览|指标|统计|对比|比较|汇总|走势|材料|摘录|概况|历年")
HELD = re.compile(r"控制在|控制目标|预期|上限|控制到|不超过|以内$")
ANSWERED = re.compile(r"[^,。;\d]{0,4}[,;]\s*(?:但)?(?:实际|结果|最终|执行结果|全年实际)")
QUOTES = re.compile("[“”\"'‘’《》()（）]")
