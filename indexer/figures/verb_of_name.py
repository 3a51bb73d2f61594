"""Whether a verb belongs to the name behind it: 处罚金额, 信息报送及时率, 违规使用农药案件."""

from __future__ import annotations

from typing import Final

from indexer.figures.subject_words import SubjectWords
from indexer.figures.word_kinds import is_verb
from indexer.figures.words import Word

_RATE: Final = "率"
OF_ACTIVITY: Final = ("时间", "时限", "用时", "金额", "人数", "面积", "次数")  # measures of what is done
_CASES: Final = ("案件", "行为", "事件", "问题")
BARE: Final = frozenset({"个人", "单位"})  # 处罚个人, 检查单位


def wants_verb(head: str, verb: Word, before: Word | None, lists: SubjectWords) -> bool:
    """Whether a verb belongs to the noun behind it: 处罚金额, 信息报送及时率, (查处)违规使用农药案件."""
    if head in BARE and is_verb(verb) and verb.text not in lists.reach:
        return True
    averaged = verb.tag == "d" and before is not None and before.text == "平均"
    if (
        verb.text in lists.reach
        or verb.text.endswith("是")
        or not (is_verb(verb) or verb.text in lists.stop or averaged)
    ):
        return False
    if verb.text not in lists.stop and (head in lists.relational or head.endswith(_RATE)):
        return True
    if head in OF_ACTIVITY:
        return True
    describes = before is not None and (before.tag == "vn" or before.text in lists.attributive)
    names = describes or len(verb.text) == 1 or (verb.text not in lists.stop and not head.endswith("问题"))
    return head.endswith(_CASES) and names
