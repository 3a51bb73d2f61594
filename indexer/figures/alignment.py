"""Lists of figures: each of 分别增长4.6%、6.6% is given its own of the things named before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.figures.phrases import phrase_before
from indexer.figures.spots import Spot
from indexer.figures.subject_words import SubjectWords
from indexer.figures.words import Word, tag_words
from indexer.types import Span

CONJUNCTION: Final = re.compile(r"、|以及|和|与|及")
LONGEST_LOOSE: Final = 3  # characters from which a word is part of a name whatever its tag
_COMMA: Final = re.compile("、")
_PLACE: Final = re.compile(r"[一-龥]{1,10}?(?:(?<![小园社厂景校库灾])区|[省市县州盟旗镇乡]|街道)")
_LAST_PLACE: Final = re.compile(
    r"\s*(?P<place>[一-龥]{1,7}?(?=(?P<many>[两二三四五六七八九十]个?[省市县区州镇乡地])|[一-龥])"
    r"(?(many)|(?:(?<![小园社厂景校库灾])区|[省市县州盟旗镇乡](?![区县级场属委政])|街道)))"
    r"(?(many)[两二三四五六七八九十]个?[省市县区州镇乡地])(?P<rest>[^,。;]*)$"
)
_SCOPE_BEFORE: Final = re.compile(r"^(?:全[省市区县]|其中|我[省市区县]|:)+")
_RESPECTIVELY: Final = "分别"
_MEASURE_ENDS: Final = frozenset("次率额量值数入资积程度比重价产口费款金长高")
_SHARED_ENDS: Final = frozenset("资口润出款速")
_PER: Final = re.compile(r"(?:最低)?每[\d.]*[一-龥]{1,3}$")  # 早籼稻、粳稻每50公斤|分别提高3元和10元
_WHOSE: Final = ("患者", "居民", "企业", "人员", "群众", "儿童", "家庭", "单位", "机构", "学校")
_VERB_AT_END: Final = re.compile(
    r"(?:同比|年均)?(?:增长|增加|下降|提高|达到|达|完成|为|超过|突破|减少)(?:了|到|至)?[约近超]?$"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted: where it stands, and its words (a bare 总长度 is given its topic: 河道总长度).

    `core` is the thing without what is done to it (保障性租赁住房 of 保障性租赁住房开工), where the two differ.
    """

    span: Span
    text: str
    core: str = ""
    place: str | None = None  # where it is one of a list of places: 栖河区 of 栖河区、东岸区安装率分别为…

    @property
    def thing(self) -> str:
        """The words without the activity: what another figure of the same thing goes on from."""
        return self.core or self.text


def align_lists(
    text: str, spots: Sequence[Spot], subjects: Sequence[Subject | None], lists: SubjectWords
) -> list[Subject | None]:
    """The subjects with lists set right: A、B和C分别增长1%、2%、3%, and A、B产量达到1吨、2吨."""
    result = list(subjects)
    before = index = 0
    while index < len(spots):
        last = index + 1
        while last < len(spots) and spots[last].continues:
            last += 1
        result[index:last] = _of_list(text, spots, result, lists, before=before, index=index, last=last)
        before, index = index, last
    return result


def _of_list(
    text: str,
    spots: Sequence[Spot],
    subjects: Sequence[Subject | None],
    lists: SubjectWords,
    *,
    before: int,
    index: int,
    last: int,
) -> Sequence[Subject | None]:
    """The subjects of the list of quantities from `index` to `last`; the list before it begins at `before`."""
    count = last - index
    parts: Sequence[Subject | None] | None = of_places(text, spots[index], count, subjects[index], lists)
    parts = parts or _conjuncts(text, spots[index], count, lists) or _pair(subjects[index], count, lists)
    if parts is None and count > 1:
        if index - before == count and _inherited(subjects[index], spots[index]):
            return subjects[before:index]  # 分别为774亿元、536亿元,增长29.2%、39.4%
        parts = _each_before(text, spots, subjects, index, count)
    if parts is not None:
        return parts
    own = zip(subjects[index:last], spots[index:last], strict=True)
    return [subject if _names_its_own(subject, spot) else subjects[index] for subject, spot in own]


def _each_before(
    text: str, spots: Sequence[Spot], subjects: Sequence[Subject | None], index: int, count: int
) -> Sequence[Subject | None] | None:
    """The subjects of the `count` figures before, where 分别 refers to them: 收入5元,支出3元,分别增长10%和7%."""
    earlier = subjects[max(0, index - count) : index]
    own = text[spots[index].before.start : spots[index].before.end]
    inherited = _inherited(subjects[index], spots[index])
    distinct = len(set(earlier)) == count and None not in earlier
    return earlier if _RESPECTIVELY in own and inherited and distinct else None


def _pair(subject: Subject | None, count: int, lists: SubjectWords) -> list[Subject | None] | None:
    """城镇居民收入 and 农村居民收入 for 城乡居民收入分别增长4.7%、6.6%: two names drawn together in one."""
    if subject is None or count != 2:
        return None
    for pair in lists.pairs:
        joined, _, names = pair.partition("=")
        if joined in subject.text:
            return [replace(subject, text=subject.text.replace(joined, name, 1)) for name in names.split("/")]
    return None


def of_places(
    text: str, spot: Spot, count: int, own: Subject | None, lists: SubjectWords
) -> list[Subject | None] | None:
    """One subject for each of `count` places named before a list: 栖河区、东岸区安装率分别为98%、97%.

    None where no such list of places stands there. What is counted stands behind the last place, or behind 分别, else
    it is what the figure was about anyway.
    """
    if count < 2:
        return None
    start, before = spot.before.start, text[spot.before.start : spot.before.end]
    stretch, said, behind = before.partition(_RESPECTIVELY)
    pieces = _pieces(stretch, _COMMA)
    pieces = pieces if len(pieces) == count else _pieces(stretch, CONJUNCTION)
    last = _LAST_PLACE.match(stretch, pieces[-1].start, pieces[-1].end)
    named = [stretch[piece.start : piece.end].strip() for piece in pieces[:-1]]
    if len(pieces) != count or last is None or not (said or last["rest"]):
        return None
    if last["many"] is None and not all(_PLACE.fullmatch(name) for name in named):
        return None
    head = phrase_before(text, start + last.end("place"), start + len(stretch), lists) if last["rest"] else None
    if head is not None and text[head.start : head.end] in lists.scopes:  # 全国|排名
        head = Span(start + last.start("rest"), start + last.end("rest"))
    if head is None and behind:
        head = phrase_before(text, spot.before.end - len(behind), spot.before.end, lists)
    thing = own if head is None else Subject(head, text[head.start : head.end])
    if thing is None:
        return None
    places = [*(_SCOPE_BEFORE.sub("", name) for name in named), last["place"]]
    return [replace(thing, place=place) for place in places]


def _inherited(subject: Subject | None, spot: Spot) -> bool:
    """Whether the subject stands in none of the words about the quantity."""
    return subject is None or subject.span.start < spot.before.start


def _names_its_own(subject: Subject | None, spot: Spot) -> bool:
    """Whether the subject stands right behind the quantity, as in 5处古厝、3处码头."""
    return subject is not None and spot.quantity.end <= subject.span.start < spot.after.end


def _conjuncts(text: str, spot: Spot, count: int, lists: SubjectWords) -> list[Subject | None] | None:
    """The `count` phrases joined by 、 and 和 before the first quantity of a list; None where they are not as many."""
    if count < 2:
        return None
    start, before = spot.before.start, text[spot.before.start : spot.before.end]
    stretch = before.partition(_RESPECTIVELY)[0] if _RESPECTIVELY in before else _VERB_AT_END.sub("", before)
    if _RESPECTIVELY in before and not stretch.strip(", ") and start == spot.clause.start:
        stop = start  # 诉求集中于噪声、油烟,|分别为39件、31件
        start = max(spot.sentence.start, *(text.rfind(mark, 0, stop - 1) + 1 for mark in ",;:"))
        stretch = text[start:stop].rstrip(", ")
        if any(char.isdigit() for char in stretch):
            return None
    stretch = _PER.sub("", stretch)
    pieces = _pieces(stretch, _COMMA)
    if len(pieces) != count:
        pieces = _pieces(stretch, CONJUNCTION)[-count:]
    if len(pieces) != count:
        return None
    first = phrase_before(text, start + pieces[0].start, start + pieces[0].end, lists)
    rest = pieces if first is None else pieces[1:]
    spans = [first, *(_stripped(text, start + piece.start, start + piece.end) for piece in rest)]
    found = [span for span in spans if span is not None]
    return _share_head(text, found, lists) if len(found) == count else None


def _pieces(stretch: str, separator: re.Pattern[str]) -> list[Span]:
    """What stands between the separators."""
    cuts = [0, *(edge for match in separator.finditer(stretch) for edge in match.span()), len(stretch)]
    return [Span(cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2)]


def _stripped(text: str, start: int, end: int) -> Span | None:
    words = [word for word in tag_words(text, start, end) if not _is_loose(word)]
    return Span(words[0].start, words[-1].end) if words else None


def _is_loose(word: Word) -> bool:
    return word.tag[0] in "xupdtmcr" and len(word.text) < LONGEST_LOOSE and word.text[0] != "第"


def _share_head(text: str, spans: Sequence[Span], lists: SubjectWords) -> list[Subject | None]:
    """The conjuncts with what only the last or the first carries: 城镇和农村居民收入, 危险品生产、经营、使用企业."""
    last = tag_words(text, spans[-1].start, spans[-1].end)
    measured = len(last) > 1 and last[-1].text[-1] in _MEASURE_ENDS | _SHARED_ENDS
    first = tag_words(text, spans[0].start, spans[0].end)
    activities = len(last) == 2 and last[0].tag[0] == "v" and all(_ends_in_activity(text, span) for span in spans[:-1])
    common = _joined(first[:-1]) if activities and first[0].tag[0] != "v" else ""
    subjects: list[Subject | None] = []
    for span in spans:
        words = text[span.start : span.end]
        own = tag_words(text, span.start, span.end)
        if activities:
            words = f"{common if span != spans[0] else ''}{words}{last[-1].text if span != spans[-1] else ''}"
        elif measured and span != spans[-1] and words[-1] not in _MEASURE_ENDS and own[-1].text != last[-1].text:
            words += _tail(words, own, last, lists)
        subjects.append(Subject(span, words))
    return subjects


def _without_scope(words: str, lists: SubjectWords) -> str:
    """居民人均可支配收入 of 农村居民人均可支配收入."""
    return words[max((len(scope) for scope in lists.scopes if words.startswith(scope)), default=0) :]


def _tail(words: str, own: Sequence[Word], last: Sequence[Word], lists: SubjectWords) -> str:
    """What a conjunct takes from the last one of the list: 播种面积 of 小麦播种面积, else one word."""
    if words in lists.scopes:  # 城镇 and 农村|居民收入
        return _without_scope(_joined(last), lists)
    size = max(1, len(last) - len(own))
    if len(own) == 1 and own[0].tag == last[0].tag and any(map(_tells_of_activity, last[1:])):
        size = len(last) - 1  # 高血压 and 糖尿病|规范管理人数
        whose = next((whose for whose in _WHOSE if last[0].text.endswith(whose) and last[0].text != whose), "")
        return whose + _joined(last[-size:])  # 乙肝患者, one word to the tagger
    if not own[-1].tag.startswith(("ns", "s", "b", "f")):
        size = next((n for n in range(size, 1, -1) if _joined(last[-n:]) in lists.relational), 1)
    return _joined(last[-size:])


def _tells_of_activity(word: Word) -> bool:
    return word.tag == "vn" or (word.text.endswith("率") and len(word.text) > LONGEST_LOOSE - 1)


def _joined(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def _ends_in_activity(text: str, span: Span) -> bool:
    """Whether the words end in a verb: the head that they want stands elsewhere."""
    return tag_words(text, span.start, span.end)[-1].tag[0] == "v"
