"""Noun phrases beside a number: the one that begins behind it and the one that ends before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.figures.subject_words import SubjectWords
from indexer.figures.words import Word, tag_words
from indexer.types import Span

LONGEST: Final = 26  # characters of a subject
_NOUN_TAGS: Final = ("n", "vn", "a", "b", "j", "l", "k", "i", "s", "g", "z", "eng", "f", "h", "q")
_SUFFIXES: Final = frozenset("率度量额费值数类户")  # what jieba cuts off a name: 安全隐患|率
_ATTRIBUTES: Final = frozenset(
    ("日常", "专项", "集中", "定期", "常态化", "一般", "公共", "综合", "长期", "新型", "特别", "自主")
)
_AND: Final = frozenset({"及", "和", "与"})
_RATE: Final = "率"
OF_ACTIVITY: Final = ("时间", "时限", "用时", "金额", "人数", "面积", "次数")  # measures of what is done
_CASES: Final = ("案件", "行为", "事件", "问题")
_OTHERS: Final = frozenset({"其他", "其它"})
_NEGATIONS: Final = frozenset({"不", "未", "非", "无"})
_OPENS_BOUND: Final = re.compile(r"(?:及?以[上下内外]|及以[上下])的")
_BOUND: Final = re.compile(r"(?:以[上下内外]|及以[上下])的$")
_CLOSERS: Final = "”’)》"
_PLACES: Final = frozenset("中前后上下内外间里旁")
MASKED: Final = "*"
LONGEST_BOUND: Final = 20  # characters of a subject with a bound in it: 使用15年以上的电梯
SHORT_HEAD: Final = 3  # a head of fewer characters takes in the 的 phrase before it
LONGEST_TAIL: Final = 6  # characters behind a verb that still belong to one name


def phrase_behind(text: str, start: int, end: int, lists: SubjectWords) -> Span | None:
    """The noun phrase that begins right at `start` (5处|古厝保护修缮); None where something else follows the number."""
    if start < end and text[start] == "的":
        start += 1
    if start >= end or text[start] in "、:;,。)":
        return None
    words = tag_words(text, start, min(end, start + LONGEST + 14))
    taken: list[Word] = []
    for index, word in enumerate(words):
        if not _goes_on(words, index, taken, lists):
            break
        taken.append(word)
    if len(taken) == 1 and taken[0].tag.startswith(("a", "d")):
        return None  # 22.9万人|稳定消除返贫风险
    return _trimmed(text, taken, lists)


def _goes_on(words: Sequence[Word], index: int, taken: Sequence[Word], lists: SubjectWords) -> bool:
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else None
    if word.text in "“”‘’":
        return bool(taken) or following is not None
    if word.text == "的":  # 违规经营的供应站点 goes on, 三十多个国家的领导人 does not
        only_nouns = all(other.tag.startswith(("n", "l", "j")) for other in taken)
        return bool(taken) and following is not None and _is_noun(following) and not only_nouns
    if (word.tag == "t" and taken) or (_is_verb(word) and following is not None and following.text in "了着过到"):
        return False
    if following is not None and following.text in {"型", "性", "式"}:
        return True
    if word.text in lists.stop:
        if taken and word.text in lists.nominal and (word.tag == "vn" or not _takes_object(words, index)):
            return True
        return not taken and _opens_attribute(words, index)
    if _is_verb(word):
        if not taken:
            return following is not None and (_is_noun(following) or _opens_attribute(words, index))
        return not _takes_object(words, index)
    return _is_noun(word) or (word.tag == "m" and word.text[0] not in "0123456789" and following is not None)


def _takes_object(words: Sequence[Word], index: int) -> bool:
    """Whether a verb behind a noun has an object, rather than being part of a name (古厝 活化 利用 项目)."""
    rest = words[index + 1 :]
    if not rest or not _is_noun(rest[0]):
        return False
    length = 0
    for word in rest:
        if not (_is_noun(word) or _is_verb(word)):
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
    first = _past_leading_verb(words, first, last, lists)
    if _is_bare_verb(words[first:last]) and words[first].text not in lists.nominal:
        return _widened(text, words, first, last, lists)
    if first < last and first and words[first - 1].text in _NEGATIONS:
        first -= 1
    found = _trimmed(text, words[first:last], lists)
    return None if found is None else _with_bound(text, start, found, lists)


def _with_bound(text: str, start: int, found: Span, lists: SubjectWords) -> Span:
    """使用15年以上的电梯 for 电梯: what an 以上的 bounds is not counted without it."""
    bound = _BOUND.search(text, start, found.start) or _OPENS_BOUND.match(text, found.start, found.end)
    if bound is None or found.end - start > LONGEST_BOUND or bound.end() < found.start:
        return found
    words = tag_words(text, start, found.end)
    first = next((word for word in words if word.text not in lists.edges and not word.tag.startswith(("t", "d"))), None)
    return found if first is None else Span(first.start, found.end)


def _past_leading_verb(words: Sequence[Word], first: int, last: int, lists: SubjectWords) -> int:
    """Where the phrase begins without 全县 and without a verb whose object it is: 农户厕所 of 全县排查农户厕所."""
    while first < last - 1:
        word, following = words[first], words[first + 1]
        place = word.text in lists.scopes and word.text[0] in "全我本"
        verb = (word.text in lists.stop or _is_verb(word)) and not _names_activity(following, lists)
        verb = verb and word.text not in lists.attributive
        single = verb and first == last - 2 and len(following.text) == 1
        if not (place or (verb and not single) or word.text in lists.edges):
            break
        head = "".join(other.text for other in words[first + 1 : last])
        wanted = head in lists.relational and (word.text not in lists.stop or head in OF_ACTIVITY)
        if wanted or (verb and _wants_verb(head, word, words[first - 1] if first else None, lists)):
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


def verb_before(text: str, start: int, end: int, lists: SubjectWords) -> Span | None:
    """The verb that the number at `end` completes where no noun stands between (出动245人次, 竣工5户)."""
    for word in reversed(tag_words(text, max(start, end - 12), end)):
        if _is_verb(word) and word.text not in lists.reach and len(word.text) > 1:
            return Span(word.start, word.end)
        if _is_noun(word) and word.text not in lists.reach | lists.edges:
            return None
    return None


def ends_with_transitive(text: str, start: int, end: int, lists: SubjectWords) -> bool:
    """Whether a verb that wants an object stands right before the number: 建成4100公里高铁."""
    for word in reversed(tag_words(text, max(start, end - 12), end)):
        if word.text in lists.stop and word.text not in {"达", "达到", "超过", "增长", "下降", "增加", "减少", "提高"}:
            return True
        if not word.tag.startswith(("d", "u")) and word.text not in lists.edges:
            return False
    return False


def _end_of_phrase(words: Sequence[Word], lists: SubjectWords) -> int:
    last = len(words)
    while last and _passed_over(words[last - 1], words[last - 2] if last > 1 else None, lists):
        last -= 1
    return last


def _passed_over(word: Word, before: Word | None, lists: SubjectWords) -> bool:
    if word.text in lists.nominal and before is not None and _is_noun(before) and before.text not in lists.scopes:
        return False
    if word.text in lists.reach or word.text in "、:;,。 的了":
        return True
    if word.tag.startswith("t"):
        return True
    loose = word.tag.startswith(("d", "p", "c", "u", "r", "y", "x", "m")) and word.text not in _CLOSERS + MASKED
    return loose and not _is_noun(word)


def _reaches_back(words: Sequence[Word], index: int, last: int, lists: SubjectWords) -> bool:
    word = words[index]
    before = words[index - 1] if index else None
    taken = words[index + 1 : last]
    if words[last - 1].end - word.start > LONGEST:
        return False
    if word.text in "“”‘’":
        return True
    if word.text == MASKED:
        return bool(taken)
    if word.text in _AND:
        parallel = index > 1 and bool(taken) and _parallel(words[index - 2 : index + 2])
        return parallel or (bool(taken) and before is not None and _is_noun(before) and not _is_verb(taken[0]))
    if index and taken and taken[0].text in _AND and _parallel(words[index - 1 : index + 3]):
        return True
    if word.text in lists.nominal or (word.text in lists.attributive and taken):
        return True
    if taken and _wants_verb("".join(other.text for other in taken), word, before, lists):
        return True
    behind_noun = before is not None and _is_noun(before) and before.text not in lists.scopes
    if word.text in {"增长", "预期"}:  # 经济增长预期目标
        return bool(taken) and before is not None and (behind_noun or before.text == "增长")
    if word.text in lists.stop or word.text in lists.reach:
        return False
    if _is_verb(word):
        return not taken or behind_noun or (before is not None and before.text == "的")
    if word.text == "的":
        return bool(taken) and sum(len(other.text) for other in taken) < SHORT_HEAD and behind_noun
    return _is_noun(word)


def _wants_verb(head: str, verb: Word, before: Word | None, lists: SubjectWords) -> bool:
    """Whether a verb belongs to the noun behind it: 处罚金额, 信息报送及时率, (查处)违规使用农药案件."""
    averaged = verb.tag == "d" and before is not None and before.text == "平均"
    if (
        verb.text in lists.reach
        or verb.text.endswith("是")
        or not (_is_verb(verb) or verb.text in lists.stop or averaged)
    ):
        return False
    if verb.text not in lists.stop and (head in lists.relational or head.endswith(_RATE)):
        return True
    if head in OF_ACTIVITY:
        return True
    describes = before is not None and (before.tag == "vn" or before.text in lists.attributive)
    names = describes or len(verb.text) == 1 or (verb.text not in lists.stop and not head.endswith("问题"))
    return head.endswith(_CASES) and names


def _parallel(words: Sequence[Word]) -> bool:
    """Whether the words are a noun with two verbs that 与 joins: 农机 购置 与 应用."""
    return len(words) == 4 and _is_noun(words[0]) and words[1].tag[0] == words[3].tag[0] == "v"


def _is_noun(word: Word) -> bool:
    if word.tag.startswith(_NOUN_TAGS):
        return any(map(str.isalnum, word.text))
    return (
        word.text in _SUFFIXES
        or word.text in _ATTRIBUTES
        or word.text in _OTHERS
        or (word.tag == "r" and word.text[:1] == "各" and len(word.text) > 1)
    )


def _is_verb(word: Word) -> bool:
    return word.tag.startswith("v") and word.tag != "vn"


def _names_activity(word: Word, lists: SubjectWords) -> bool:
    return _is_verb(word) or word.text in lists.nominal


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
