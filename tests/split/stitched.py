"""Pages of several articles, made from invented healthy ones."""

import random
import re
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).parent / "data"


class Story(NamedTuple):
    """A headline and its paragraphs; the headings among them begin with a hash."""

    title: str
    lines: tuple[str, ...]


def stories(name: str) -> tuple[Story, ...]:
    """Return the articles of ``data/<name>.txt``; its first line says where they come from."""
    _, *chunks = re.split(r"^= ", (_DATA / f"{name}.txt").read_text("utf-8"), flags=re.MULTILINE)
    found = (chunk.strip().splitlines() for chunk in chunks)
    return tuple(Story(title, tuple(re.sub("^# ", "#", line) for line in lines)) for title, *lines in found)


STORIES = stories("stories")
UNSEEN = stories("unseen")
NAMES = ("王 强 李晓明", "陈思远 赵敏", "孙丽", "周建国 吴小燕 郑 义")


class Page(NamedTuple):
    """A page's source and the numbers (1-based) of the lines that open an article."""

    source: str
    opening: set[int]


def stitched(count: int, rng: random.Random, style: str, stories: tuple[Story, ...] = STORIES) -> Page:
    """Return a page of ``count`` articles.

    ``style``: ``bare`` (headline and paragraphs), ``names`` (a line of names under the headline), ``dateline``
    (本报讯 and a reporter), ``signed`` (names behind the last paragraph), or ``mixed``.
    """
    lines: list[str] = []
    opening: set[int] = set()
    for story in rng.sample(stories, count):
        chosen = rng.choice(["bare", "names", "dateline", "signed"]) if style == "mixed" else style
        paragraphs = [line.removeprefix("#") for line in story.lines]
        names = rng.choice(NAMES)
        if chosen == "dateline":
            paragraphs[0] = f"本报讯（记者 {names}） {paragraphs[0]}"
        if chosen == "signed":
            paragraphs[-1] = f"{paragraphs[-1]} {names}"
        opening.add(len(lines) + 1)
        lines += [story.title, *([names] if chosen == "names" else []), *paragraphs]
    return Page("\n".join(lines), opening)
