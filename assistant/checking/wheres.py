"""The place that a number of a draft is about: by the words before it, else its paragraph, its headings, the title."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.held_names import HeldNames
from assistant.places import ancestors
from indexer.fold import fold
from indexer.lexicon.terms import Lexicon
from indexer.segment import Segmenter
from indexer.types import Figure, ReportInfo, Span

NATION = "全国"
COMPARED = re.compile(r"(?:居|占|列|位列|排|高于|低于|快于|高出|好于|优于|超过|比|较|在)$")
RANKED = re.compile(r"第|前[列茅\d一二三四五六七八九十]|首|最|平均|领先|之|性|级|重点|唯一|排名|率先|占比|比重")
TOGETHER = re.compile(r"[两二三四五六七八九十几各]+(?:个)?(?:省区|省市|省|地|市|县|区|家)")
SUMMED = re.compile(r"合计|总共|一共|共计|之和|加起来|平均")
EACH = re.compile(r"分别|依次|各为|各是")
STOP = re.compile(r"[。;！？!?\n]")


@dataclass(frozen=True, slots=True)
class Where:
    """The places that a number may be about, the likeliest first; `sure` where the draft leaves no other.

    Without places the draft names none; `several` where it is of several places together.
    """

    places: tuple[str, ...]
    sure: bool
    several: bool = False


@dataclass(frozen=True)
class Wheres:
    """Finds the places of a draft's numbers, over the places that the lexicon and the archive know."""

    lexicon: Lexicon
    segmenter: Segmenter
    names: HeldNames
    home: str | None  # the one place whose reports the archive holds, or the nation where it holds its
    text: str = ""
    mentions: tuple[tuple[Span, str], ...] = ()
    starts: tuple[int, ...] = ()  # of the mentions
    everywhere: tuple[str, ...] = ()  # the places of the mentions, each once
    title: tuple[str, ...] = ()

    @classmethod
    def of(cls, reports: Sequence[ReportInfo], lexicon: Lexicon, segmenter: Segmenter) -> Wheres:
        """The places of an archive."""
        held = {report.place for report in reports}
        home = next(iter(held)) if len(held) == 1 else NATION if NATION in held else None
        return cls(lexicon, segmenter, HeldNames.of(reports, lexicon), home)

    def over(self, text: str, title: str) -> Wheres:
        """These places, in a draft."""
        folded = fold(text)
        title_places = tuple(dict.fromkeys(place for _, place in self.places_in(fold(title))))
        mentions = tuple(self.places_in(folded))
        starts = tuple(span.start for span, _ in mentions)
        everywhere = tuple(dict.fromkeys(place for _, place in mentions))
        return replace(self, text=folded, mentions=mentions, starts=starts, everywhere=everywhere, title=title_places)

    def places_in(self, text: str) -> list[tuple[Span, str]]:
        """The places that a folded text names, in order."""
        ours = self.names.places_in(text)
        words = [token.word for token in self.segmenter.tokens(text)]
        others = [(Span(m.start, m.end), m.canonical) for m in self.lexicon.places(text, words)]
        return sorted(
            [*ours, *(o for o in others if not any(s.start < o[0].end and o[0].start < s.end for s, _ in ours))]
        )

    def without_places(self, text: str) -> str:
        """The text with the places taken out."""
        for span, _ in reversed(self.places_in(text)):
            text = text[: span.start] + text[span.end :]
        return text

    def of_figure(self, figure: Figure, line: int, headings: Sequence[str], *, in_table: bool) -> Where:
        """The place of a figure (offsets of the draft) in the paragraph that starts at `line`."""
        if in_table and (named := self._named(figure.scope or "") or self._named(figure.subject_text)):
            return Where(named, len(named) == 1)
        near = self.mentions[bisect_left(self.starts, line) : bisect_right(self.starts, figure.start)]
        here = [m for m in near if m[0].end <= figure.start and self._holds(m[0])]
        if any(place != NATION for place in (*self.title, *(m[1] for m in here))):  # 全国 holds within its clause
            here = [m for m in here if m[1] != NATION or m[0].start >= figure.clause.start]
        mine = [m for m in here if m[0].start >= figure.sentence.start]
        together = self._together(figure, here)
        if together is not None:
            return together
        fallback = self._fallback(headings)
        if mine:
            place = mine[-1][1]
            within = any(other in fallback.places for other in ancestors(place, self.lexicon))
            sure = place in fallback.places or within or place == NATION or len(fallback.places) != 1
            return Where((place,), sure or not self.title)
        if not here:
            return fallback
        named = tuple(dict.fromkeys([here[-1][1], *fallback.places]))
        return Where(named, len({place for _, place in here}) == 1)

    def _holds(self, span: Span) -> bool:
        compared = COMPARED.search(self.text[max(0, span.start - 4) : span.start])
        return compared is None and RANKED.match(self.text, span.end) is None

    def _named(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(place for _, place in self.places_in(fold(text))))

    def _fallback(self, headings: Sequence[str]) -> Where:
        for words in reversed(headings):
            if named := self._named(words):
                return Where(named, len(named) == 1)
        if self.title:
            return Where(self.title, len(self.title) == 1)
        if len(self.everywhere) == 1:
            return Where(self.everywhere, True)
        if not self.everywhere and self.home is not None:
            return Where((self.home,), True)
        return Where(self.everywhere, False)

    def _together(self, figure: Figure, here: Sequence[tuple[Span, str]]) -> Where | None:
        """Of 两地分别为A和B the place of each; of 三省合计 none; None where nothing of the kind is said."""
        before = self.text[figure.sentence.start : figure.start]
        found = list(TOGETHER.finditer(before))
        at = figure.sentence.start + found[-1].end() if found else -1
        if at < 0 or any(span.start >= at for span, _ in here):
            return self._listed(figure, here)
        if SUMMED.search(self.text[at : figure.start]) or not EACH.search(self.text[at : figure.start]):
            return Where((), False, several=True)
        listed = list(dict.fromkeys(place for span, place in here if span.start < at))
        listed = listed if len(listed) > 1 else list(self.title)
        return self._nth(figure, listed, self.text[at : figure.start])

    def _listed(self, figure: Figure, here: Sequence[tuple[Span, str]]) -> Where | None:
        """Of 湖北、重庆分别增长A和B the place of each."""
        before = self.text[figure.clause.start : figure.start]
        each = EACH.search(before)
        if each is None:
            return None
        listed = [
            place for span, place in here if figure.clause.start <= span.start < figure.clause.start + each.start()
        ]
        return self._nth(figure, list(dict.fromkeys(listed)), before[each.start() :]) if len(listed) > 1 else None

    def _nth(self, figure: Figure, listed: Sequence[str], between: str) -> Where:
        nth = len(re.findall(r"\d(?:[^、和与及]*?)[、和与及]", between))
        return Where((listed[nth],), True) if nth < len(listed) else Where((), False, several=True)
