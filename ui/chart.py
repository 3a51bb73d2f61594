"""The chart of a comparison as SVG, drawn by hand: a missing year is a gap, a plan is hollow, a masked one marked ×."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

from assistant.comparison import Comparison, Held, Row
from assistant.wording import decimal_words
from ui.comparison import title_of
from ui.render import escape
from ui.text import say

WIDTH, HEIGHT = 900, 420
LEFT, RIGHT, TOP, BOTTOM = 84, 24, 48, 76
COLOURS = ("#1f5fa8", "#b5482a", "#3b7d3a", "#7a4d9e", "#a07a12", "#2a8a8a", "#a8326b", "#555555")
TICKS = 5
LABELS = 14  # along the years


@dataclass(frozen=True, slots=True)
class Frame:
    """Where values and years lie on the page."""

    years: Sequence[int]
    low: float
    high: float
    step: float  # between two lines of the grid

    def x(self, year: int) -> float:
        """The middle of a year."""
        step = (WIDTH - LEFT - RIGHT) / max(1, len(self.years) - 1)
        at = (year - self.years[0]) * step if len(self.years) > 1 else (WIDTH - LEFT - RIGHT) / 2
        return LEFT + at

    def y(self, value: Decimal | float) -> float:
        """The height of a value."""
        return TOP + (self.high - float(value)) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)


def chart_svg(made: Comparison) -> str:
    """The chart of all rows, a line for each place and role; nothing is drawn between years that have a gap."""
    drawn = [row for row in made.rows if row.held is not Held.MISSING]
    years = [row.period.end.year for row in made.rows] or [0]
    frame = Frame(range(min(years), max(years) + 1), *_span([row.value for row in drawn if row.value is not None]))
    body = [*_axes(made, frame)]
    for number, place in enumerate(made.places):
        colour = COLOURS[number % len(COLOURS)]
        of_place = [row for row in drawn if row.place == place]
        body += _line([row for row in of_place if not row.is_plan], frame, colour, hollow=False)
        body += _line([row for row in of_place if row.is_plan], frame, colour, hollow=True)
    body += _legend(made)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="Noto Sans CJK SC, Source Han Sans SC, SimSun, sans-serif" font-size="13" role="img">\n'
        f"<title>{escape(title_of(made))}</title>\n"
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _span(values: Sequence[Decimal]) -> tuple[float, float, float]:
    """The ends of the axis: from zero, or below the least, to a round number above the greatest."""
    if not values:
        return 0.0, 1.0, 0.2
    least, most = float(min(values)), float(max(values))
    low = min(0.0, least)
    if low == 0.0 and least > 0.6 * most:
        low = least - (most - least or most * 0.1)
    step = _round_step((most - low or abs(most) or 1.0) / TICKS)
    low = floor(low / step) * step
    high = low
    while high < most + step * 0.2:
        high += step
    return low, high, step


def _round_step(rough: float) -> float:
    """1, 2 or 5 times a power of ten, not less than `rough`."""
    power = 10.0 ** floor(log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)


def _axes(made: Comparison, frame: Frame) -> Iterator[str]:
    yield f'<text class="name" x="{LEFT}" y="26" font-size="16" font-weight="bold">{escape(title_of(made))}</text>'
    for number in range(round((frame.high - frame.low) / frame.step) + 1):
        value = Decimal(repr(round(frame.low + number * frame.step, 10)))
        y = frame.y(value)
        yield f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#e3e3e3"/>'
        yield f'<text class="scale" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#555">{decimal_words(value)}</text>'
    every = max(1, -(-len(frame.years) // LABELS))
    for year in frame.years:
        if (year - frame.years[0]) % every == 0:
            yield f'<text class="scale" x="{frame.x(year):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#555">{year}</text>'


def _line(rows: Sequence[Row], frame: Frame, colour: str, *, hollow: bool) -> Iterator[str]:
    """The points of one place and role, joined where one year follows the other."""
    stated = {row.period.end.year: row for row in rows if row.value is not None}
    dash = ' stroke-dasharray="5 4"' if hollow else ""
    for year, row in stated.items():
        after = stated.get(year + 1)
        if after is not None and row.value is not None and after.value is not None:
            yield (
                f'<line x1="{frame.x(year):.1f}" y1="{frame.y(row.value):.1f}" x2="{frame.x(year + 1):.1f}" '
                f'y2="{frame.y(after.value):.1f}" stroke="{colour}" stroke-width="2"{dash}/>'
            )
    for row in rows:
        x = frame.x(row.period.end.year)
        if row.value is None:
            yield f'<text class="masked" x="{x:.1f}" y="{HEIGHT - BOTTOM - 4}" text-anchor="middle" fill="{colour}">×</text>'
            continue
        label = escape(f"{row.period.label} {row.written}")
        fill, kind = ("#ffffff", "plan") if hollow else (colour, "result")
        yield (
            f'<circle class="{kind}" cx="{x:.1f}" cy="{frame.y(row.value):.1f}" r="4.5" fill="{fill}" stroke="{colour}" '
            f'stroke-width="2"><title>{label}</title></circle>'
        )


def _legend(made: Comparison) -> Iterator[str]:
    """The places with their colours, and what hollow points and crosses mean, as far as they occur."""
    y, x = HEIGHT - 18, LEFT
    for number, place in enumerate(made.places[: len(COLOURS)]):
        if place and len(made.places) > 1:
            yield f'<circle cx="{x}" cy="{y - 4}" r="5" fill="{COLOURS[number]}"/>'
            yield f'<text class="name" x="{x + 10}" y="{y}">{escape(place)}</text>'
            x += 26 + 13 * len(place)
    keys = [
        ("compare_legend_plan", any(row.is_plan and row.value is not None for row in made.rows)),
        ("compare_legend_masked", any(row.held is Held.MASKED for row in made.rows)),
        ("compare_gap", any(row.held is Held.MISSING for row in made.rows)),
    ]
    words = "　".join(say(made.language, key) for key, occurs in keys if occurs)
    yield f'<text class="scale" x="{WIDTH - RIGHT}" y="{y}" text-anchor="end" fill="#555">{escape(words)}</text>'
