"""A small chart of outcomes as an SVG that markdown can hold: a bar for each run, or for each source."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape

from ingest.model import Outcome

# Colours that people with the common colour blindnesses can tell apart: Okabe and Ito, 2008.
_COLOURS = {
    Outcome.NEW: "#009e73",
    Outcome.UPDATED: "#56b4e9",
    Outcome.UNCHANGED: "#b8b8b8",
    Outcome.SKIPPED: "#f0e442",
    Outcome.FAILED: "#d55e00",
    Outcome.QUARANTINED: "#cc79a7",
}
_WIDTH, _ROW, _LABEL, _HEAD = 640, 20, 150, 26  # pixels
_MOST = 30  # bars


def chart(bars: Sequence[tuple[str, Mapping[str, int]]]) -> str:
    """Return a chart as markdown: each bar has a label and how many targets had each outcome. Empty without bars."""
    shown = [(label, counts) for label, counts in bars[:_MOST] if sum(counts.values())]
    if not shown:
        return ""
    most = max(sum(counts.values()) for _, counts in shown)
    rows = [_bar(number, label, counts, most) for number, (label, counts) in enumerate(shown)]
    height = _HEAD + _ROW * len(rows) + 6
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" font-size="11">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{_legend()}{"".join(rows)}</svg>'
    )
    return f"![outcomes](data:image/svg+xml;base64,{b64encode(svg.encode()).decode()})"


def _legend() -> str:
    step = (_WIDTH - 10) // len(_COLOURS)
    return "".join(
        f'<rect x="{6 + place * step}" y="7" width="10" height="10" fill="{colour}"/>'
        f'<text x="{20 + place * step}" y="16" fill="#222222">{outcome.value}</text>'
        for place, (outcome, colour) in enumerate(_COLOURS.items())
    )


def _bar(number: int, label: str, counts: Mapping[str, int], most: int) -> str:
    top = _HEAD + number * _ROW
    total = sum(counts.values())
    parts = [f'<text x="6" y="{top + 14}" fill="#222222">{escape(label[:22])}</text>']
    left = float(_LABEL)
    for outcome, colour in _COLOURS.items():
        width = (_WIDTH - _LABEL - 60) * counts.get(outcome.value, 0) / most
        if width:
            parts.append(f'<rect x="{left:.1f}" y="{top + 3}" width="{width:.1f}" height="14" fill="{colour}"/>')
            left += width
    return "".join([*parts, f'<text x="{left + 5:.1f}" y="{top + 14}" fill="#222222">{total}</text>'])
