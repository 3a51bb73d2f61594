"""Noun phrases beside a number: the one that begins behind it and the one that ends before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.figures.phrase_starts import with_bound, with_number
from indexer.figures.subject_words import SubjectWords
from indexer.figures.verb_of_name import BARE, OF_ACTIVITY, wants_verb
from indexer.figures.word_kinds import EACH, is_base_of_a_rate, is_noun, is_verb, parallel_verbs
from indexer.figures.words import Word, tag_words
from indexer.types import Span

LONGEST: Final = 26  # characters of a subject
_AND: Final = frozenset({"及", "和", "与"})
_NEGATIONS: Final = frozenset({"不", "未", "非", "无"})
_CLOSERS: Final = "”’)》"
_PLACES: Final = frozenset("中前后上下内外间里旁")
MASKED: Final = "*"
SHORT_HEAD: Final = 3  # a head of fewer characters takes in the 的 phrase before it
_OVER: Final = frozenset({"以上", "以下", "以内", "以外"})
_WHOLLY: Final = "基本"  # 基本生活费: an attribute of a noun, else an adverb (基本完成)
_CHANGES: Final = frozenset({"多出", "增长", "增加", "下降", "减少", "提高", "达到", "超过"})
_MANNERS: Final = frozenset({"a", "ad", "an"})
_INTO: Final = ("进", "成", "于", "入")  # 受灾群众|住进新居
_INPUT: Final = "投入"  # 经费投入: the name ends with it, but never goes on over it
_GIVING: Final = frozenset({"移送", "移交", "返还", "退还", "发还"})  # 移送公安6起: cases, not police
_RECEIVING: Final = frozenset(
    {"公安", "公安机关", "司法", "司法机关", "检察机关", "法院", "纪检监察机关", "群众", "受害人", "被害人"}
)
_PAID: Final = frozenset({"发放", "支付", "投资", "采购"})
_FUNDS: Final = frozenset({"资金", "费用", "经费", "标准", "支出", "收入"})  # 救助资金
_SHARE: Final = "占比"
_AVERAGE: Final = "平均"
_MUST: Final = frozenset({"需", "须", "应", "要", "仍", "正", "已", "未", "尚", "因", "由于", "被"})
_ITEM: Final = re.compile(r"[一二三四五六七八九十]+[是要](?=..)")  # 一是|工业投资占比低
_BECAUSE: Final = re.compile(r"因(?![素果子])")  # 3个|因征迁未完成
_COMPARABLE: Final = "可比"  # 税收可比增长13.2%
_UP_TO: Final = ("到", "至")
LONGEST_TAIL: Final = 6  # characters behind a verb that still belong to one name


def phrase_behind(text: str, start: int, end: int, lists: SubjectWords) -> Span | None:
    """The noun phrase that begins right at `start` (5处|古厝保护修缮); None where something else follows the number."""
    if start < end and text[start] == "的":
        start += 1
    if start >= end or text[start] in "、:;,。)":
        return None
    words = tag_words(text, start, min(end, start + LONGEST + 14))
    if words[0].tag.startswith("v") and (words[0].text.endswith(_UP_TO + _INTO) or words[0].text in _CHANGES):
        return None  # 6处|增至高峰时的, 3.5个|多出一点, 其余54处|列入清单
    if (words[0].text in _MUST and not _opens_attribute(words, 0)) or _BECAUSE.match(text, start):
        return None  # 另有3个|需长期坚持
    taken: list[Word] = []
    for index, word in enumerate(words):
        if not _goes_on(words, index, taken, lists):
            break
        taken.append(word)
    if len(taken) == 1 and taken[0].tag.startswith(("a", "d")):
        return None  # 22.9万人|稳定消除返贫风险
    following = words[len(taken)] if len(taken) < len(words) else None
    if len(taken) > 1 and taken[-1].tag in _MANNERS and following is not None and following.tag.startswith("v"):
        taken.pop()  # 286件政协提案|高效办结
    return _trimmed(text, taken, lists)


def _goes_on(words: Sequence[Word], index: int, taken: Sequence[Word], lists: SubjectWords) -> bool:
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else None
    if word.text in "“”‘’":
        return bool(taken) or following is not None
    if word.text == _SHARE:
        return False
    if word.text == "的":  # 违规经营的供应站点 goes on, 三十多个国家的领导人 does not
        only_nouns = all(other.tag.startswith(("n", "l", "j")) for other in taken)
        return bool(taken) and following is not None and is_noun(following) and not only_nouns
    if (word.tag == "t" and taken) or (is_verb(word) and following is not None and following.text in "了着过到"):
        return False
    if following is not None and following.text in {"型", "性", "式"}:
        return True
    if word.text in lists.stop:
        if taken and word.text in lists.nominal and (word.tag == "vn" or not _takes_object(words, index)):
            return True
        return not taken and _opens_attribute(words, index)
    if is_verb(word):
        if not taken:
            return following is not None and (is_noun(following) or _opens_attribute(words, index))
        leads = word.text.endswith(_INTO) and word.text not in lists.nominal
        return not leads and not _takes_object(words, index)
    return is_noun(word) or (word.tag == "m" and word.text[0] not in "0123456789" and following is not None)


def _takes_object(words: Sequence[Word], index: int) -> bool:
    """Whether a verb behind a noun has an object, rather than being part of a name (古厝 活化 利用 项目)."""
    rest = words[index + 1 :]
    if not rest or not is_noun(rest[0]):
        return False
    length = 0
    for word in rest:
        if not (is_noun(word) or is_verb(word)):
            break
        length += len(word.text)
    return length > LONGEST_TAIL


def _opens_attribute(words: Sequence[Word], index: int) -> bool:
    """Whether a verb begins an attribute that a 的 closes soon: 违规经营的供应站点."""
    for word in words[index + 1 : index + 6]:
        if word.text == "的":
            return True
        if word.tag.startswith(("x", "m", "w", "d", "p")) or word.text in {"到", "至", "为", "了"}:
            return False
    return False


def phrase_before(text: str, start: int, end: int, lists: SubjectWords) -> Span | None:
    """The noun phrase that ends before the number at `end`, past words like 达到 and 增长; None where there is none."""
    words = tag_words(text, max(start, end - 60), end)
    last = _end_of_phrase(words, lists)
    first = last
    while first and _reaches_back(words, first - 1, last, lists):
        first -= 1
    first = with_number(words, _past_leading_verb(words, first, last, lists), last)
    if _is_bare_verb(words[first:last]) and words[first].text not in lists.nominal:
        return _widened(text, words, first, last, lists)
    if first < last and first and words[first - 1].text in _NEGATIONS:
        first -= 1
    found = _trimmed(text, words[first:last], lists)
    return None if found is None else with_bound(text, start, found, lists)


def _past_leading_verb(words: Sequence[Word], first: int, last: int, lists: SubjectWords) -> int:
    """Where the phrase begins without 全县 and without a verb whose object it is: 农户厕所 of 全县排查农户厕所."""
    while first < last - 1:
        word, following = words[first], words[first + 1]
        place = word.text in lists.scopes and word.text[0] in "全我本"
        verb = (word.text in lists.stop or is_verb(word)) and not _names_activity(following, lists)
        verb = verb and word.text not in lists.attributive and word.text != _WHOLLY
        single = verb and first == last - 2 and len(following.text) == 1
        if not (place or (verb and not single) or word.text in lists.edges):
            break
        head = "".join(other.text for other in words[first + 1 : last])
        wanted = (
            head in BARE
            or (word.text in _GIVING and head in _RECEIVING)
            or (head in _FUNDS and word.text in lists.nominal - _PAID)
        )
        wanted = wanted or (head in lists.relational and (word.text not in lists.stop or head in OF_ACTIVITY))
        if wanted or (verb and wants_verb(head, word, words[first - 1] if first else None, lists)):
            break  # 信访总量, not a bare 总量
        first += 1
    return first


def says_nothing_alone(text: str, span: Span, lists: SubjectWords) -> bool:
    """Whether the phrase is only a verb, so that what stands behind the number is counted: 发展4万亩林下经济."""
    words = tag_words(text, span.start, span.end)
    if text[span.start : span.end] in lists.relational:
        return False
    if len(words) == 1:
        return words[0].tag.startswith("v")
    return all(word.text in lists.stop or word.text in lists.edges or word.tag == "d" for word in words)


def _end_of_phrase(words: Sequence[Word], lists: SubjectWords) -> int:
    last = len(words)
    while last and (
        _passed_over(words[last - 1], words[last - 2] if last > 1 else None, lists)
        or _arrives(words, last - 1)
        or is_base_of_a_rate(words, last - 1)
    ):
        last -= 1
    return last


def _arrives(words: Sequence[Word], index: int) -> bool:
    """Whether a verb of one character leads to the number with the 到 behind it: 扩|到, 压|减至."""
    following = words[index + 1].text if index + 1 < len(words) else ""
    return words[index].tag[0] == "v" and len(words[index].text) == 1 and following.endswith(_UP_TO)


def _passed_over(word: Word, before: Word | None, lists: SubjectWords) -> bool:
    nominal = word.text in lists.nominal or word.text == _INPUT
    if nominal and before is not None and is_noun(before) and before.text not in lists.scopes:
        return False
    if before is not None and before.text == EACH and word.tag == "q":  # 县道每公里
        return True
    if word.tag.startswith("v") and len(word.text) > 1 and word.text.endswith(_UP_TO):  # 提到, 压减至
        return True
    if word.text in lists.reach or word.text in "、:;,。 的了来" or word.text == _COMPARABLE:
        return True
    if word.tag.startswith("t"):
        return True
    loose = word.tag.startswith(("d", "p", "c", "u", "r", "y", "x", "m")) and word.text not in _CLOSERS + MASKED
    return loose and not is_noun(word)


def _reaches_back(words: Sequence[Word], index: int, last: int, lists: SubjectWords) -> bool:
    word = words[index]
    before = words[index - 1] if index else None
    taken = words[index + 1 : last]
    if words[last - 1].end - word.start > LONGEST:
        return False
    joined = _by_its_marks(words, index, taken)
    if joined is not None:
        return joined
    if word.text in lists.nominal or (word.text in lists.attributive and taken):
        return True
    if word.text in _GIVING and "".join(other.text for other in taken) in _RECEIVING:
        return True
    if word.text == _INPUT:
        return before is not None and is_noun(before)
    if word.text == _WHOLLY:
        return bool(taken) and not is_verb(taken[0])
    if word.text == _AVERAGE and taken and taken[0].tag == "n":  # 社工平均月薪
        return before is not None and before.tag == "n" and before.text not in lists.scopes
    if taken and wants_verb("".join(other.text for other in taken), word, before, lists):
        return True
    behind_noun = before is not None and is_noun(before) and before.text not in lists.scopes
    if word.text in {"增长", "预期"}:  # 经济增长预期目标
        return bool(taken) and before is not None and (behind_noun or before.text == "增长")
    if word.text in lists.stop or word.text in lists.reach:
        return False
    if is_verb(word):
        return not taken or behind_noun or (before is not None and before.text == "的")
    if word.text == "的":
        return bool(taken) and sum(len(other.text) for other in taken) < SHORT_HEAD and behind_noun
    return is_noun(word)


def _by_its_marks(words: Sequence[Word], index: int, taken: Sequence[Word]) -> bool | None:
    """Whether quotes, masks, bounds and 和 carry the phrase on over the word; None where they do not decide."""
    word, before = words[index], words[index - 1] if index else None
    if word.text in "“”‘’":
        return True
    if word.text == MASKED:
        return bool(taken)
    if taken and taken[0].text in _OVER:  # 百岁以上, 病变及以上
        return word.tag[0] in "mv" or is_noun(word) or word.text in _AND
    if word.text in _AND:
        parallel = index > 1 and bool(taken) and parallel_verbs(words[index - 2 : index + 2])
        return parallel or (bool(taken) and before is not None and is_noun(before) and not is_verb(taken[0]))
    if index and taken and taken[0].text in _AND and parallel_verbs(words[index - 1 : index + 3]):
        return True
    return None


def _names_activity(word: Word, lists: SubjectWords) -> bool:
    return is_verb(word) or word.text in lists.nominal


def _is_bare_verb(words: Sequence[Word]) -> bool:
    return len(words) == 1 and words[0].tag.startswith("v") and len(words[0].text) <= 2


def _widened(text: str, words: Sequence[Word], first: int, last: int, lists: SubjectWords) -> Span | None:
    """城镇新增就业 for a lone 就业: the noun and verb before it belong to the name."""
    begin = first
    while begin and last - begin < 4 and words[begin - 1].tag.startswith(("v", "n", "b", "s")):
        if words[begin - 1].text in lists.scopes and words[begin - 1].text[0] in "全我本":
            break
        begin -= 1
    return _trimmed(text, words[begin:last], lists)


def _trimmed(text: str, words: Sequence[Word], lists: SubjectWords) -> Span | None:
    """The span of the words without the edge words at either end; None where nothing is left."""
    first, last = 0, len(words)
    while first < last and (words[first].text in lists.edges or words[first].text.isspace()):
        first += 1
    while last > first and (words[last - 1].text in lists.edges - {"”", "’"} or words[last - 1].text.isspace()):
        last -= 1
    if first == last or (last - first == 1 and words[first].text in _PLACES):
        return None
    start, end = words[first].start, words[last - 1].end
    item = _ITEM.match(text, start, end)
    start = start if item is None else item.end()
    inside = text[start:end]
    if "”" in inside and "“" not in inside.partition("”")[0] and text[start - 1 : start] == "“":
        start -= 1
    return Span(start, end)


def leading_phrase(text: str, start: int, end: int, lists: SubjectWords) -> Span | None:
    """The noun phrase that a clause begins with, past words like 全年 and 目前: what the clause is about."""
    words = tag_words(text, start, min(end, start + 40))
    for word in words:
        if word.text not in lists.edges and not word.tag.startswith(("d", "t", "x", "m", "c")):
            return phrase_behind(text, word.start, end, lists)
    return None
