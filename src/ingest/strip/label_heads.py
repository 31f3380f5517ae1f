"""Headline or heading: does a short line between paragraphs open another article?"""

import math
import re
from collections.abc import Callable
from functools import cache

from ingest.strip.label_cohesion import Cohesion
from ingest.strip.label_heads_signs import is_cut, is_less, is_opened, place, shape
from ingest.strip.label_heads_topic import Signs, Topic
from ingest.strip.label_view import View, breaks_off
from ingest.strip.label_words import groups

_ENUMERATED = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}(?:[)）、]|[.．](?!\d))|第[一二三四五六七八九十\d]+[章节条部分]|[①-⑳]|[•·●▪]|"
    r"(?:亮点|案例|看点|链接|附件|问|答|图|表)[一二三四五六七八九十\d]{0,2}[：:])"
)
# 图书馆 opens a headline, 图为 and 图1 a caption.
_ASIDE = re.compile(
    r"^(?:[（(]|原标题|原题|来源|图(?:为|片|表|解|源|注|[\s\d：:/／一二三四五六七八九十])|注[：:]|编者按|[—–-]{2})|[—–：:，,、；;。]$"
)
_RUNS_ON = re.compile("[，。、；：）”》%]")
# A digest's title covers all its news, which change their topic at each heading.
_DIGEST = re.compile(r"汇总|一览|盘点|集锦|早知道|速览|简报|[一二三四五六七八九十\d]大(?:新闻|看点|亮点|热点)")
_SHORTEST, _LONGEST = 4, 60
_LIST = 5  # items; a line of so many is a list: 某大学　某大学　…
_MANY = 300  # short lines; a page with more is a list or a log, and none of them is asked

# Odds, as logarithms, that a page holds several articles before any line of it is looked at: a text page is often a
# newspaper's, an HTML page almost always one article. At 0 a slogan between the paragraphs of a brief made it two.
_SEVERAL_TEXT, _SEVERAL_HTML = -0.5, -2.0
_LEAST, _MOST = 0.3, 0.95  # the share of headlines among such a page's short lines
_ROUNDS = 5  # enough for that share to settle
# Of 24 articles on which nothing was fitted, stitched: precision .960 and recall .980 at a half, .972 and .972 at this.
_LIKELY = 0.6
_FARTHEST = 6.0  # no line alone is surer than this


def headlines(view: View, title: int | None) -> list[int]:
    """Return the short lines between paragraphs that open another article of the page.

    ``title`` is the index of the page's first headline.
    """
    prose = [p and view.open(i) and view.inside(i) for i, p in enumerate(view.prose)]
    lines = _lines(view, prose)
    head = view.blocks[title] if title is not None else None
    digest = head is not None and _DIGEST.search(head.text) is not None
    lines = [i for i in lines if is_opened(view, i) or not (digest or (view.markup and is_less(view.blocks[i], head)))]
    if not lines or len(lines) > _MANY:
        return []
    weights, sums = _weights(), list[float]()

    def opens(_: int, signs: Signs) -> bool:
        sums.append(weights["bias"] + sum(weights[name] * value for name, value in signs.items()))
        return sums[-1] > 0

    found = all_signs(view, lines, prose, title, opens)
    several = _SEVERAL_HTML if view.markup else _SEVERAL_TEXT
    told = [not signs["told nowhere"] for signs in found]
    return _without_neighbours(lines, sums, _chosen(sums, told, several))


def _lines(view: View, prose: list[bool]) -> list[int]:
    """The lines that may be headlines: short, between paragraphs, and no list's."""
    first = next((i for i, p in enumerate(prose) if p), len(prose))
    last = next((i for i in range(len(prose) - 1, -1, -1) if prose[i]), -1)
    open_ = (i for i in range(first + 1, last) if not prose[i] and view.open(i) and view.inside(i))
    return [i for i in open_ if _may_be(view.texts[i]) and (is_opened(view, i) or not _goes_on(view, i))]


def _goes_on(view: View, index: int) -> bool:
    """Whether a line is announced by the one above or runs on in the one below: a cut paragraph."""
    above, text, below = view.texts[index - 1], view.texts[index], view.texts[index + 1]
    return above.endswith(("：", ":")) or breaks_off(text) or is_cut(text) or _RUNS_ON.match(below) is not None


def _may_be(text: str) -> bool:
    if not _SHORTEST <= len(text) <= _LONGEST or _ENUMERATED.match(text) or _ASIDE.search(text):
        return False
    return len(text.split()) < _LIST and text.count("、") < _LIST and "\t" not in text


def all_signs(
    view: View, lines: list[int], prose: list[bool], title: int | None, opens: Callable[[int, Signs], bool]
) -> list[Signs]:
    """Return the signs of each line, by name.

    ``opens`` says by its signs, of each line in turn, whether it opens an article: the words of the next lines are
    compared with those of the article that they stand in.
    """
    head = view.blocks[title] if title is not None else None
    texts = [view.texts[i] for i in lines]
    topic = Topic(Cohesion(view.texts, prose), lines, texts, head.text if head else "")
    found: list[Signs] = []
    for number, index in enumerate(lines):
        form = shape(texts[number])
        found.append({**form, **place(view, index, head), **topic.signs(number, form["everyday words"])})
        if opens(number, found[-1]):
            topic.opens(number)
    return found


def _chosen(sums: list[float], told: list[bool], several: float) -> list[bool]:
    """Which lines are headlines, seen together: one sure headline makes a page of several articles.

    ``several`` are the odds, as a logarithm, of such a page. On one, the share of headlines among the lines is found
    by turns with the lines' own odds (expectation and maximisation). A line whose words the text never says (``told``)
    makes no such page: it may be a slogan.
    """
    odds = [math.exp(max(-_FARTHEST, min(_FARTHEST, s))) for s in sums]
    share = 0.5
    for _ in range(_ROUNDS):
        found = sum(share * o / (1 - share + share * o) for o in odds) / len(odds)
        share = max(_LEAST, min(_MOST, found))
    page = several + sum(math.log((1 + o) / 2) for o, t in zip(odds, told, strict=True) if t or o < 1)
    return [page > 0 and share * o / (1 - share + share * o) > _LIKELY for o in odds]


def _without_neighbours(lines: list[int], sums: list[float], chosen: list[bool]) -> list[int]:
    """Of headlines with nothing between them the likeliest: the others are its kicker, its subtitle, a leftover."""
    found: list[int] = []
    best = dict(zip(lines, sums, strict=True))
    for index in (i for i, c in zip(lines, chosen, strict=True) if c):
        if found and found[-1] == index - 1:
            if best[index] > best[found[-1]]:
                found[-1] = index
            continue
        found.append(index)
    return found


@cache
def _weights() -> dict[str, float]:
    return {name: float(weight) for name, (weight,) in groups("strip_text_headline_signs").items()}
