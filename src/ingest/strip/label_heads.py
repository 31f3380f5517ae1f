"""Headline or heading: does a short line between paragraphs open another article?"""

import math
import re
from collections.abc import Callable
from itertools import groupby

from ingest.strip import label_heads_net
from ingest.strip.label_cohesion import Cohesion
from ingest.strip.label_heads_signs import are_names, is_cut, is_less, is_opened, place, shape
from ingest.strip.label_heads_topic import Signs, Topic
from ingest.strip.label_view import View, breaks_off

_ENUMERATED = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}(?:[)）、]|[.．](?!\d))|第[一二三四五六七八九十\d]+[章节条部分]|[①-⑳]|[•·●▪]|"
    r"(?:亮点|案例|看点|链接|附件|问|答|图|表)[一二三四五六七八九十\d]{0,2}[：:])"
)
# 图书馆 opens a headline, 图为 and 图1 a caption.
_ASIDE = re.compile(
    r"^(?:[（(]|原标题|原题|来源|图(?:为|片|表|解|源|注|[\s\d：:/／一二三四五六七八九十])|注[：:]|编者按|[—–-]{2})|[—–：:，,、；;。]$"
)
# Ends behind which nothing is missing though a word of grammar stands there: 经理人是怎样炼成的, 如何应对, 达成意向.
_WHOLE = re.compile(r"(?:怎样|怎么|如何|为何|为什么|谁|哪).{1,10}的$|(?:应对|面对|意向|方向|动向|走向|言和|\d对)$")
_RUNS_ON = re.compile("[，。、；：）”》%]")
# A digest's title covers all its news, which change their topic at each heading.
_DIGEST = re.compile(r"汇总|一览|盘点|集锦|早知道|速览|简报|[一二三四五六七八九十\d]大(?:新闻|看点|亮点|热点)")
_SHORTEST, _LONGEST = 4, 60
_FEWEST = 2  # paragraphs, between which a headline may stand
_LIST = 5  # items; a line of so many is a list: 某大学　某大学　…
_MANY = 300  # short lines; a page with more is a list or a log, and none of them is asked
# Characters; a page with more is a book or a dump, and none of its lines is asked: ten million took three seconds and
# more of a page's ten. A whole issue of a daily has some 200,000.
_BOOK = 1_000_000

# Odds, as logarithms, that a page holds several articles before any line of it is looked at: a text page is often a
# newspaper's, an HTML page almost always one article. At -.5 a slogan between the paragraphs of a brief made it two.
_SEVERAL_TEXT, _SEVERAL_HTML = -1.0, -1.5
_LEAST, _MOST = 0.3, 0.7  # the share of headlines among such a page's short lines
_ROUNDS = 5  # enough for that share to settle
# Taken off for a line whose words its section never says: 抽屉里翻出来的历史 heads a section of a brief on bills, and
# the network has seen few like it. Of 24 articles on which nothing else was fitted, stitched: precision .90 and recall
# .98 without this, .98 and .97 with it; a stranger's articles lose nothing.
_UNTOLD = 1.0
_LIKELY = 0.6
_FARTHEST = 6.0  # no line alone is surer than this


def headlines(view: View, title: int | None) -> list[int]:
    """Return the short lines between paragraphs that open another article of the page.

    ``title`` is the index of the page's first headline.
    """
    own = {i for i in view.paragraphs if view.open(i) and view.inside(i)}
    lines = _lines(view, own)
    head = view.blocks[title] if title is not None else None
    digest = head is not None and _DIGEST.search(head.text) is not None
    lines = [i for i in lines if is_opened(view, i) or not (digest or (view.markup and is_less(view.blocks[i], head)))]
    if not lines or len(lines) > _MANY or sum(map(len, view.texts)) > _BOOK:
        return []
    prose = [i in own for i in range(len(view.texts))]
    weigh, sums = label_heads_net.weigher(), list[float]()

    def speaks(_: int, signs: Signs) -> float:
        sums.append(weigh(signs))
        return sums[-1]

    found = all_signs(view, lines, prose, title, speaks)
    several = _SEVERAL_HTML if view.markup else _SEVERAL_TEXT
    likely = _likeliest(lines, sums)
    told = [not found[n]["told nowhere"] for n in likely]
    odds = [sums[n] - (0.0 if t else _UNTOLD) for n, t in zip(likely, told, strict=True)]
    chosen = _chosen(odds, told, several)
    return [lines[n] for n, c in zip(likely, chosen, strict=True) if c]


def _lines(view: View, own: set[int]) -> list[int]:
    """The lines that may be headlines: short, between the article's ``own`` paragraphs, and no list's."""
    if len(own) < _FEWEST:
        return []
    between = (i for i in range(min(own) + 1, max(own)) if i not in own and _SHORTEST <= len(view.texts[i]) <= _LONGEST)
    open_ = (i for i in between if view.open(i) and view.inside(i))
    return [i for i in open_ if _may_be(view.texts[i]) and (is_opened(view, i) or not _goes_on(view, i))]


def _goes_on(view: View, index: int) -> bool:
    """Whether a line is announced by the one above or runs on in the one below: a cut paragraph."""
    above, text, below = view.texts[index - 1], view.texts[index], view.texts[index + 1]
    if breaks_off(text) and not _WHOLE.search(text):
        return True
    return above.endswith(("：", ":")) or is_cut(text) or _RUNS_ON.match(below) is not None


def _may_be(text: str) -> bool:
    if _ENUMERATED.match(text) or _ASIDE.search(text):
        return False
    return len(text.split()) < _LIST and text.count("、") < _LIST and "\t" not in text


def all_signs(
    view: View, lines: list[int], prose: list[bool], title: int | None, speaks: Callable[[int, Signs], float]
) -> list[Signs]:
    """Return the signs of each line, by name.

    ``speaks`` says by its signs, of each line in turn, how much speaks for its opening an article, above 0 that it
    does: the words of the next lines are compared with those of the article that they stand in. Of lines without a
    paragraph between them, as a column's label and a headline are, the likeliest opens it.
    """
    head = view.blocks[title] if title is not None else None
    texts = [view.texts[i] for i in lines]
    cohesion = Cohesion(view.texts, prose)
    topic = Topic(cohesion, lines, texts, head.text if head else "")
    found: list[Signs] = []
    for _, together in groupby(range(len(lines)), key=lambda number: cohesion.rank(lines[number])):
        group = list(together)
        likely, best = 0.0, -1
        for number in group:
            form = shape(texts[number])
            signs = {
                **form,
                **place(view, lines[number], head),
                **topic.signs(number, form["everyday words"]),
                "a short line above": float(number > group[0]),
                "a short line below": float(number < group[-1] and not are_names(view, lines[number] + 1)),
            }
            found.append(signs)
            said = speaks(number, signs)
            if said > likely:
                likely, best = said, number
        if best >= 0:
            topic.opens(best)
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


def _likeliest(lines: list[int], sums: list[float]) -> list[int]:
    """The lines by number, of those with nothing between them the likeliest: others are its kicker, a signature."""
    found: list[int] = []
    for number, index in enumerate(lines):
        if not number or lines[number - 1] != index - 1:
            found.append(number)
        elif sums[number] > sums[found[-1]]:
            found[-1] = number
    return found
