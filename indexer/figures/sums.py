"""Parts found by adding up: figures behind a total, in its paragraph and unit, that together make exactly as much.

A few numbers often add up by chance (3 = 1 + 2), so a sum alone is not believed: the longer the number and the more
parts, the less can it be chance; words such as 其余 and 按类别分, and parts named alike, speak for it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from indexer.types import Basis, Figure, Measure, PartLink, Role

SHORTEST_HEAD: Final = 2  # characters that the subjects of a whole and its parts share at their ends
MOST_PARTS: Final = 12
LONGEST_CALL: Final = 8  # characters from the comma before 合计 to its number
LONGEST_GAP: Final = 150  # characters between a total and its first part
LONGEST_STEP: Final = 40  # characters between a part and the next
# How many steps of its last digit a total must have to be believed (78 has 78, 31.40 has 314), by the number of parts.
SURE_PAIR: Final = 1000
SURE_LIST: Final = 200
LIKELY: Final = 20

_TOTAL: Final = re.compile(r"累计|合计|总计|共计|一共|总共|(?<![公中])共|总")
_ADDED_UP: Final = re.compile(r"[,、;:](?:以上|三项|两项|三者|两者)?(?:合计|共计|总计|总共|共)(?:为|达|约)?$")
_REST: Final = re.compile(r"其余|其他|其它|余下|剩余|另有|另外|尚有|还有|未")
_BALANCE: Final = re.compile(r"结余|结存|相抵|盈余|赤字|[终收]结")  # income less spending is no part of the income
_BREAKDOWN: Final = re.compile(r"按[^,。;]{1,12}[分看]|分[^,。;]{1,6}[看]|[:(]|包括|分为|构成|均为")

_INCLUDING: Final = re.compile(r"[,(]?包括|[,(]?包含")


def link_sums(text: str, figures: list[Figure]) -> None:
    """Fills in `part_of` of the figures that add up to an earlier one of their paragraph; `text` is folded."""
    wholes = {figure.part_of for figure in figures}
    for index, total in enumerate(figures):
        if total.ordinal in wholes or not _exact(total) or total.measure is not Measure.LEVEL:
            continue
        for part in _told_before(text, figures, index) or _parts(text, figures, index):
            figures[part] = replace(figures[part], part_of=total.ordinal, part_link=PartLink.INFERRED_BY_SUM)


def _told_before(text: str, figures: Sequence[Figure], index: int) -> Sequence[int]:
    """The figures right before a total that it adds up: 罚款个人312起、单位97起,合计409起; empty where it does not."""
    total = figures[index]
    if not _ADDED_UP.search(text, max(total.sentence.start, total.start - LONGEST_CALL), total.start):
        return ()
    together, parts = Decimal(0), list[int]()
    for earlier in range(index - 1, -1, -1):
        part = figures[earlier]
        if part.sentence != total.sentence or together >= _amount(total):
            break
        like = part.base_unit == total.base_unit and part.dimension == total.dimension
        if like and part.measure is Measure.LEVEL and _exact(part) and part.part_of is None:
            together += _amount(part)
            parts.append(earlier)
    return parts[::-1] if len(parts) > 1 and together == _amount(total) else ()


def _parts(text: str, figures: Sequence[Figure], index: int) -> Sequence[int]:
    total = figures[index]
    followers = list(_followers(text, figures, index))
    if _is_stated_total(text, total):
        alike = [later for later in followers if _share_head(total, figures[later]) and total.role is Role.RESULT]
        for first in range(len(alike)):
            run = _adding_up(figures, alike[first:], _amount(total))
            if run:
                return run
    run = _adding_up(figures, followers, _amount(total))
    return run if run and _believed(text, total, [figures[part] for part in run]) else ()


def _followers(text: str, figures: Sequence[Figure], index: int) -> Iterator[int]:
    """The figures behind a total, in its paragraph, that could be its parts by unit and measure."""
    total = figures[index]
    stop = text.find("\n", total.end)
    for later in range(index + 1, len(figures)):
        part = figures[later]
        if 0 <= stop <= part.start:
            return
        like = part.base_unit == total.base_unit and part.dimension == total.dimension
        if like and part.measure is Measure.LEVEL and _exact(part) and part.part_of is None:
            yield later


def _adding_up(figures: Sequence[Figure], candidates: Sequence[int], amount: Decimal) -> Sequence[int]:
    """The candidates from the first on whose amounts add up to `amount`, at least two; empty where they do not."""
    together = Decimal(0)
    for count, candidate in enumerate(candidates[:MOST_PARTS], 1):
        together += _amount(figures[candidate])
        if together >= amount:
            return candidates[:count] if together == amount and count > 1 else ()
    return ()


def _believed(text: str, total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the sum is no chance: many digits, many parts, or words that say so."""
    if parts[0].start - total.end > LONGEST_GAP or any(b.start - a.end > LONGEST_STEP for a, b in pairwise(parts)):
        return False
    rest = _REST.search(text, parts[-2].end, parts[-1].end) is not None
    if _BALANCE.search(text, total.end, parts[-1].end):
        return False
    roles = {figure.role for figure in (total, *parts)}
    if len(roles) > 1 and not rest:
        return False
    steps = _amount(total) / min(_step(figure) for figure in (total, *parts))
    said = rest or _BREAKDOWN.search(text, total.end, parts[0].start) is not None
    if not said and not _told_apart(total, parts):
        return False
    if _INCLUDING.match(text, total.end):
        return True  # 完工12个,包括续建2个、新开工10个
    if steps >= (SURE_PAIR if len(parts) == 2 else SURE_LIST):
        return True
    return steps >= LIKELY and (said or len(parts) > 2 or _alike(parts))


def _told_apart(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether each part counts something of its own."""
    named = {part.subject for part in parts}
    return len(named) == len(parts) and None not in named and total.subject not in named


def _alike(parts: Sequence[Figure]) -> bool:
    """Whether the parts are named alike, as in 夏粮 and 秋粮."""
    return all(a.subject_text[-1:] == b.subject_text[-1:] for a, b in pairwise(parts))


def _is_stated_total(text: str, figure: Figure) -> bool:
    return figure.basis is Basis.CUMULATIVE or bool(_TOTAL.search(text, figure.clause.start, figure.start))


def _share_head(total: Figure, part: Figure) -> bool:
    head = total.subject_text[-SHORTEST_HEAD:]
    return total.subject != part.subject and len(head) == SHORTEST_HEAD and part.subject_text.endswith(head)


def _exact(figure: Figure) -> bool:
    return figure.low is not None and figure.low == figure.high and not figure.approximate and figure.low > 0


def _amount(figure: Figure) -> Decimal:
    return (figure.low or Decimal(0)) * figure.scale


def _step(figure: Figure) -> Decimal:
    """What the last digit that is not 0 is worth, in base units: 0.01 × 10,000 t for 31.42万吨."""
    digits = _amount(figure).normalize().as_tuple()
    return Decimal(1).scaleb(int(digits.exponent))
