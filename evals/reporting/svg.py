"""Plots as inline SVG: an interval on a line from 0 to 1, and a curve."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evals.statistics.means import Mean

_WIDTH, _HEIGHT = 160, 16
_SMALL = 72
_SIDE, _EDGE = 280, 36


def interval(mean: Mean, label: str = "", small: bool = False) -> str:
    """A mean of shares (0..1) with its interval; without a label it is hidden from screen readers."""
    width = _SMALL if small else _WIDTH
    low, high, at = (_x(v, width) for v in (mean.low, mean.high, mean.value))
    named = f'role="img"><title>{escape(label)}</title>' if label else 'aria-hidden="true">'
    return (
        f'<svg width="{width}" height="{_HEIGHT}" viewBox="0 0 {width} {_HEIGHT}" {named}'
        f'<path d="M{_x(0, width)},8H{_x(1, width)}" stroke="var(--line)"/>'
        f'<path d="M{low},8H{high}" stroke="var(--bar)" stroke-width="4"/>'
        f'<circle cx="{at}" cy="8" r="{3 if small else 4}" fill="var(--ink)"/></svg>'
    )


def _x(share: float, width: int) -> float:
    return round(4 + min(1.0, max(0.0, share)) * (width - 8), 1)


def curve(points: Sequence[tuple[float, float]], title: str, across: str, up: str) -> str:
    """Points (0..1, 0..1) as a line, with both axes named."""
    inner = _SIDE - 2 * _EDGE
    path = " ".join(f"{_EDGE + x * inner:.1f},{_SIDE - _EDGE - y * inner:.1f}" for x, y in points)
    bottom = _SIDE - _EDGE
    ticks = "".join(
        f'<text x="{_EDGE + t * inner}" y="{bottom + 14}" text-anchor="middle">{t:g}</text>'
        f'<text x="{_EDGE - 4}" y="{bottom - t * inner + 4}" text-anchor="end">{t:g}</text>'
        for t in (0, 0.5, 1)
    )
    return (
        f'<svg role="img" class="curve" width="{_SIDE}" height="{_SIDE}" viewBox="0 0 {_SIDE} {_SIDE}"'
        f' font-size="11" fill="var(--ink)"><title>{escape(title)}</title>'
        f'<path d="M{_EDGE},{_EDGE} V{bottom} H{_SIDE - _EDGE}" fill="none" stroke="var(--soft)"/>'
        f'<polyline points="{path}" fill="none" stroke="var(--bar)" stroke-width="2"/>{ticks}'
        f'<text x="{_SIDE / 2}" y="{_SIDE - 4}" text-anchor="middle">{escape(across)}</text>'
        f'<text x="12" y="{_SIDE / 2}" text-anchor="middle" transform="rotate(-90 12 {_SIDE / 2})">'
        f"{escape(up)}</text></svg>"
    )
