"""Trials of link farms: put at the head, in the middle, at the tail of healthy pages, and what is left of both.

``python -m tests.damage.link_trials held 600`` prints what is found, by shape and by place.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import ingest
from tests.damage.link_lists import HTML_SHAPES, TEXT_SHAPES, Trade, as_html, as_text, trades
from tests.split.stitched import STORIES, UNSEEN

PLACES = ("top", "under-title", "middle", "between", "tail", "bottom")
_SPREAD = (8, 9, 12, 17, 24, 40, 60)
_NAMES = ("2026-05-06 10:00 来源：某某日报", "来源：某某网 作者：张晓明")
_BELOW = ("（责任编辑：李四）", "返回列表")


class Trial(NamedTuple):
    """A page with a farm, the farm's items, and the paragraphs that must survive."""

    kind: str
    place: str
    source: str
    items: list[str]
    paragraphs: list[str]


class Outcome(NamedTuple):
    """``out``: no item is in an article; ``whole``: every paragraph is one; ``labelled``: all of it as a farm."""

    out: bool
    whole: bool
    labelled: bool


def trial(rng: random.Random, trade: Trade, *, markup: bool) -> Trial:
    """Return one page, drawn at random."""
    story = rng.choice(STORIES + UNSEEN)
    paragraphs = [line.removeprefix("#") for line in story.lines]
    items = trade.items(rng.choice(_SPREAD), rng)
    place = rng.choice(PLACES)
    hidden = markup and rng.random() < 0.4
    shape = rng.choice(HTML_SHAPES if markup else TEXT_SHAPES)
    farm = [as_html(items, shape, rng, hidden=hidden)] if markup else as_text(items, shape, rng)
    source = (
        _html(story.title, paragraphs, farm[0], place, rng)
        if markup
        else _text(story.title, paragraphs, farm, place, rng)
    )
    return Trial(
        f"{'html' if markup else 'text'} {shape}{' hidden' if hidden else ''}", place, source, items, paragraphs
    )


def _text(title: str, paragraphs: list[str], farm: list[str], place: str, rng: random.Random) -> str:
    lines = [title, rng.choice(_NAMES), *paragraphs, *_BELOW]
    last = 2 + len(paragraphs)
    at = {"top": 0, "under-title": 2, "middle": 3, "between": last - 1, "tail": last, "bottom": len(lines)}[place]
    return "\n".join([*lines[:at], *farm, *lines[at:]]) + "\n"


def _html(title: str, paragraphs: list[str], farm: str, place: str, rng: random.Random) -> str:
    body = [f"<p>{p}</p>" for p in paragraphs]
    at = {"under-title": 0, "middle": 1, "between": len(body) - 1, "tail": len(body)}.get(place)
    if at is not None:
        body.insert(at, farm)
    menu = '<div class="nav"><a href="/">首页</a> <a href="/n">新闻</a> <a href="/z">政务</a></div>'
    text = f'<div class="content">{"".join(body)}</div>'
    top, bottom = (farm if place == p else "" for p in ("top", "bottom"))
    return (
        f"<html><head><title>{title}_某某网</title></head><body>{top}{menu}<h1>{title}</h1>"
        f'<div class="info">{rng.choice(_NAMES)}</div>{text}'
        f'<div class="foot">版权所有 某某网</div>{bottom}</body></html>'
    )


def outcome(made: Trial) -> Outcome:
    """Read a trial's page and say what became of the farm and of the article."""
    page = ingest.read_page(made.source.encode())
    kept = [p for a in page.articles for p in a.paragraphs]
    whole = "\n".join([*kept, *(a.title or "" for a in page.articles)])
    farm = {b.index for b in page.blocks if b.label.value in ("link-farm", "hidden", "keywords")}
    inside = [b for b in page.blocks if b.index not in farm and any(x in b.text for x in made.items)]
    return Outcome(
        out=not any(x in whole for x in made.items),
        whole=len(page.articles) == 1 and all(p in kept for p in made.paragraphs),
        labelled=not inside,
    )


def trials(half: str, count: int, seed: str) -> Iterator[Trial]:
    """Return ``count`` trials, text and HTML by turns, the same for the same seed."""
    rng = random.Random(seed)
    listed = trades(half)
    for number in range(count):
        yield trial(rng, rng.choice(listed), markup=number % 2 == 1)


def main(half: str, count: int, seed: str, show: Callable[[Trial, Outcome], None] | None = None) -> None:
    """Print shares by kind and by place."""
    tables: dict[str, Counter[str]] = {}
    for made in trials(half, count, seed):
        result = outcome(made)
        if show and not all(result[:2]):
            show(made, result)
        for key in (made.kind, f"at {made.place}", "all text" if made.kind.startswith("text") else "all html"):
            table = tables.setdefault(key, Counter())
            table["n"] += 1
            table.update(name for name in Outcome._fields if getattr(result, name))
    for key, table in sorted(tables.items()):
        print(f"{key:28}{table['n']:5}", *(f"{name} {table[name] / table['n']:.3f}" for name in Outcome._fields))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "farms")
