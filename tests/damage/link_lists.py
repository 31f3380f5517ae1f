"""Link farms of any trade, in the shapes of text and of HTML, from words that no list of ours was made of."""

import random
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

_WORDS = Path(__file__).parent / "data" / "link_words.tsv"
TEXT_SHAPES = (
    "line", "bullet", "numbered", "dated", "few-to-a-line", "bar", "enumeration", "space", "dot", "comma", "hyphen",
)  # fmt: skip
HTML_SHAPES = ("ul", "table", "grid", "paragraphs", "divs", "spans", "one-block", "breaks", "headings", "dl", "bare")
_JOIN = {"bar": " | ", "enumeration": "、", "space": " ", "dot": " · ", "comma": "，", "hyphen": "-"}
_HIDING = (
    'style="display:none"',
    'style="position:absolute;left:-9999px"',
    'style="font-size:0"',
    'style="color:#fff;background:#fff"',
    'style="height:0;overflow:hidden"',
)


class Trade(NamedTuple):
    """A trade's phrases. ``woven``: made of ``first`` and ``second``; else ``first`` are the items."""

    half: str
    name: str
    woven: bool
    first: tuple[str, ...]
    second: tuple[str, ...]

    def items(self, count: int, rng: random.Random) -> list[str]:
        """Return ``count`` phrases, drawn without repeats as far as they go."""
        whole = [a + b for a in self.first for b in self.second] if self.woven else list(self.first)
        drawn: list[str] = []
        while len(drawn) < count:
            drawn += rng.sample(whole, min(len(whole), count - len(drawn)))
        return drawn


@cache
def trades(half: str) -> tuple[Trade, ...]:
    """Return the trades of one half of the trials: ``tune``, which rules may be made on, or ``held``."""
    rows = (line.split("\t") for line in _WORDS.read_text("utf-8").splitlines()[1:])
    cells = ((*row, "") if len(row) == 4 else tuple(row) for row in rows)
    found = (Trade(h, n, how == "woven", tuple(a.split()), tuple(b.split())) for h, n, how, a, b in cells)
    return tuple(t for t in found if t.half == half)


def as_text(items: list[str], shape: str, rng: random.Random) -> list[str]:
    """Return a farm as lines of text.

    Raises:
        KeyError: ``shape`` is none of ``TEXT_SHAPES``.
    """
    if shape == "line":
        return items
    if shape == "bullet":
        return [f"• {x}" for x in items]
    if shape == "numbered":
        return [f"{n}. {x}" for n, x in enumerate(items, 1)]
    if shape == "dated":
        return [f"{x} 2026-0{rng.randint(1, 9)}-{rng.randint(10, 28)}" for x in items]
    if shape == "few-to-a-line":
        return [" ".join(items[n : n + 4]) for n in range(0, len(items), 4)]
    return [_JOIN[shape].join(items)]


def as_html(items: list[str], shape: str, rng: random.Random, *, hidden: bool = False) -> str:
    """Return a farm as HTML; ``hidden`` by one of the usual tricks.

    Raises:
        KeyError: ``shape`` is none of ``HTML_SHAPES``.
    """
    links = [
        f'<a href="http://{rng.randrange(16**8):08x}.example/{n}.html">{escape(x)}</a>' for n, x in enumerate(items)
    ]
    made = {
        "ul": lambda: "<ul>" + "".join(f"<li>{a}</li>" for a in links) + "</ul>",
        "table": lambda: "<table>" + "".join(f"<tr><td>{a}</td></tr>" for a in links) + "</table>",
        "grid": lambda: _grid(links),
        "paragraphs": lambda: "".join(f"<p>{a}</p>" for a in links),
        "divs": lambda: "".join(f"<div><div>{a}</div></div>" for a in links),
        "spans": lambda: "<div>" + " ".join(f"<span>{a}</span>" for a in links) + "</div>",
        "one-block": lambda: "<p>" + " | ".join(links) + "</p>",
        "breaks": lambda: "<p>" + "<br>".join(links) + "</p>",
        "headings": lambda: "".join(f"<h4>{a}</h4>" for a in links),
        "dl": lambda: "<dl>" + "".join(f"<dd>{a}</dd>" for a in links) + "</dl>",
        "bare": lambda: "<ul>" + "".join(f"<li>{escape(x)}</li>" for x in items) + "</ul>",
    }[shape]()  # fmt: skip
    return f"<div {rng.choice(_HIDING)}>{made}</div>" if hidden else made


def _grid(links: list[str]) -> str:
    rows = ("".join(f"<td>{a}</td>" for a in links[n : n + 4]) for n in range(0, len(links), 4))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
