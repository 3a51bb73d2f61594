"""Draws stated confidence against the share right: one panel a set of questions, a dot a bin, its 95 % interval a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from benchmarks.reliability import Bin

SIDE, LEFT, TOP, GAP, BELOW = 280, 56, 40, 44, 56  # pixels: a panel's square, and what lies around it
TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
INK, FAINT, DOT = "#333333", "#cccccc", "#1f5fa8"


def drawing(panels: Mapping[str, Sequence[Bin]]) -> str:
    """The drawing as SVG. On the diagonal, what is stated is what is found; the larger a dot, the more questions."""
    width = LEFT + len(panels) * (SIDE + GAP) - GAP + 24
    height = TOP + SIDE + BELOW
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="12" fill="{INK}">',
        "<title>Stated confidence against the share right</title>",
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="14" y="{TOP + SIDE / 2}" transform="rotate(-90 14 {TOP + SIDE / 2})" text-anchor="middle">share right</text>',
    ]
    for number, (title, bins) in enumerate(panels.items()):
        lines += _panel(title, bins, LEFT + number * (SIDE + GAP))
    return "\n".join([*lines, "</svg>"]) + "\n"


def _panel(title: str, bins: Sequence[Bin], left: int) -> Iterator[str]:
    middle, bottom = left + SIDE / 2, TOP + SIDE
    yield f'<text x="{middle}" y="{TOP - 16}" text-anchor="middle" font-weight="bold">{escape(title)}</text>'
    yield f'<rect x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{FAINT}"/>'
    for tick in TICKS:
        x, y = left + tick * SIDE, bottom - tick * SIDE
        yield f'<path d="M{x:.0f} {TOP}V{bottom}M{left} {y:.0f}H{left + SIDE}" stroke="{FAINT}" stroke-width="0.5"/>'
        yield f'<text x="{x:.0f}" y="{bottom + 18}" text-anchor="middle">{tick:g}</text>'
        yield f'<text x="{left - 6}" y="{y + 4:.0f}" text-anchor="end">{tick:g}</text>'
    yield f'<path d="M{left} {bottom}L{left + SIDE} {TOP}" stroke="{INK}" stroke-dasharray="4 4"/>'
    most = max((one.right.of for one in bins), default=1)
    for one in bins:
        yield from _dot(one, left, most)
    yield f'<text x="{middle}" y="{bottom + 40}" text-anchor="middle">stated confidence</text>'


def _dot(one: Bin, left: int, most: int) -> Iterator[str]:
    """A bin: its dot, of an area by its number of questions, its interval, and that number."""
    x = left + one.stated * SIDE
    y, low, high = (TOP + SIDE - share * SIDE for share in (one.right.value, *one.right.interval))
    radius = 3 + 6 * (one.right.of / most) ** 0.5
    yield f'<path d="M{x:.1f} {low:.1f}V{high:.1f}" stroke="{DOT}" stroke-width="1.5"/>'
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{DOT}"><title>{one.right.hits} of {one.right.of}</title></circle>'
    yield f'<text x="{x + radius + 3:.1f}" y="{y + 12:.1f}" font-size="10">{one.right.of}</text>'
