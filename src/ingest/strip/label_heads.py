"""Headline or heading: does a short line between paragraphs open another article?"""

import re

from ingest.model import Label
from ingest.strip.label_cohesion import Cohesion
from ingest.strip.label_view import View
from ingest.strip.label_words import words

_ENUMERATED = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十\d]+[章节条部分]|[①-⑳]|[•·●▪]|"
    r"(?:亮点|案例|看点|链接|附件|问|答|图|表)[一二三四五六七八九十\d]{0,2}[：:])"
)
_ASIDE = re.compile(r"^(?:[（(]|原标题|原题|来源|图|注[：:]|编者按|[—–-]{2})|[—–：:，,、；;。]$")
_SUBTITLE = re.compile(r"^(?:——|--)\S")
_SUBJECT = re.compile(r"^[^，。：:“”]{2,14}[：:]\s?\S{4,}")
_ASKS = re.compile(r"[！？…!?]$")
_DATED = re.compile(r"^(?:\d{1,2}月\d{1,2}日|(?:19|20)\d\d年\d{1,2}月|\d{1,2}日|当地时间|北京时间)")
_SHORTEST, _LONGEST = 6, 60
_LONG_CLAUSES = 28  # characters; a line of this length with two commas or 近日 is a paragraph that was cut
_MANY = 300  # short lines; a page with more is a list or a log, and none of them is asked

# Weights of a logistic regression on pages stitched from 2 to 7 of 75 news articles, headings included; with whole
# articles held out, the sum finds .89 of bare headlines (no byline, no dateline) and .92 of what it finds are such.
_BIAS = -1.65
_CARRIED = -5.0  # the topic goes on across the line
_NEW = 2.4  # its words stand below it and not above it
_KNOWN = -2.35  # its rare words stand above it
_COLON = 2.25  # 某高新区：…
_UP_TO_16, _UP_TO_12 = -2.2, -1.8  # characters: headings are short
_PER_20 = 0.9
_COMMA = -1.55
_CALLS = 1.0  # ends in ！ or ？
_QUOTES = 0.7
_OPENED = 1.5  # the paragraph below begins as news does: 近日, 5月6日
_ABOVE, _BELOW = 0.75, 1.3  # a paragraph stands right above, right below
_ACROSS = -0.9
# A clean break: nothing goes on, and the line's words are new and told at once. Of 2,153 short headings of the same
# pages 43 had it, all of them in digests of several reports; so it outweighs that a line is short.
_CLEAN = 3.0
_NOT_CARRIED, _UNKNOWN, _TOLD_AT_ONCE = 0.15, 0.1, 0.25
# Not learnt, as stitched articles have none: what a newspaper prints between two articles.
_TOLD = 0.15  # share of a headline's words that its article repeats at the least
_DATELINE = 5.0  # 本报讯, names or a photo's credit right below
_SIGNED = 3.0  # names or a credit right above
_OPENING = frozenset({Label.DATELINE, Label.BYLINE, Label.CREDIT})
_ENOUGH = -0.4
_ALONE = 0.6  # for a page that shows no other sign of a second article
_SURE = 3.0  # such a sign
_MARKUP = 1.4  # for a line that an HTML page does not print apart, beside one that it does


def headlines(view: View) -> list[int]:
    """Return the short lines between paragraphs that open another article of the page."""
    prose = [p and view.open(i) and view.inside(i) for i, p in enumerate(view.prose)]
    first = next((i for i, p in enumerate(prose) if p), len(prose))
    short = (i for i in range(first + 1, len(prose)) if view.open(i) and view.inside(i) and not prose[i])
    lines = [i for i in short if _may_be(view.texts[i]) and not view.texts[i - 1].endswith(("：", ":"))]
    apart = [i for i in lines if _printed_apart(view, i)] if view.markup else lines
    if not apart or len(lines) > _MANY:
        return []
    cohesion = Cohesion(view.texts, prose)
    scores = {i: score(view, cohesion, i) for i in apart}
    if max(scores.values()) < _SURE:
        return [i for i, found in scores.items() if found >= _ALONE]
    scores |= {i: score(view, cohesion, i) - _MARKUP for i in lines if i not in scores}
    return [i for i, found in sorted(scores.items()) if found >= _ENOUGH]


def _printed_apart(view: View, index: int) -> bool:
    """Whether an HTML page prints a headline as it does its title, or a dateline or byline below it.

    Such a page holds one article almost always, so a change of topic is not enough.
    """
    below = view.labels.get(index + 1)
    if below is not None and below.label in {Label.DATELINE, Label.BYLINE}:
        return True
    title = next((b for b in view.blocks if b.label is Label.TITLE), None)
    level = view.blocks[index].heading
    return title is not None and level > 0 and level == title.heading


def _may_be(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and not _ENUMERATED.match(text) and not _ASIDE.search(text)


def _is_cut(text: str) -> bool:
    """Whether a line is rather a paragraph that a column's end cut."""
    return len(text) >= _LONG_CLAUSES and (text.count("，") > 1 or _opens(text))


def score(view: View, cohesion: Cohesion, index: int) -> float:
    """Return how much speaks for a headline: by its shape, what stands round it, and whether the topic changes."""
    below = cohesion.below(index, 4)
    signs = _signs(view, index)
    if not below:
        return -_DATELINE
    if signs < _DATELINE and (_is_cut(view.texts[index]) or cohesion.told(index, below) < _TOLD):
        return -_DATELINE
    return _BIAS + _shape(view.texts[index]) + signs + _topic(cohesion, index, below)


def _shape(text: str) -> float:
    found = _PER_20 * min(len(text), 40) / 20
    found += _UP_TO_16 if len(text) <= 16 else 0.0
    found += _UP_TO_12 if len(text) <= 12 else 0.0
    found += _COLON if _SUBJECT.match(text) else 0.0
    found += _COMMA if "，" in text else 0.0
    found += _CALLS if _ASKS.search(text) else 0.0
    return found + (_QUOTES if "“" in text else 0.0)


def _signs(view: View, index: int) -> float:
    found = _ABOVE if view.prose[index - 1] else 0.0
    above = view.labels.get(index - 1)
    if index + 2 < len(view.texts) and _SUBTITLE.match(view.texts[index + 1]):
        index += 1
    below = view.labels.get(index + 1)
    if above and above.label in {Label.BYLINE, Label.CREDIT}:
        found += _SIGNED
    if below and below.label in _OPENING:
        return found + _DATELINE
    if index + 1 < len(view.prose) and view.prose[index + 1]:
        found += _BELOW + (_OPENED if _opens(view.texts[index + 1]) else 0.0)
    return found


def _opens(text: str) -> bool:
    return _DATED.match(text) is not None or any(text.startswith(w) for w in words("strip_text_openers"))


def _topic(cohesion: Cohesion, index: int, below: list[int]) -> float:
    above = cohesion.above(index, 6)
    carried, known = cohesion.carried(index), cohesion.known(index, above)
    told_below, told_above = cohesion.told(index, below[:1]), cohesion.told(index, above[:4])
    found = _CARRIED * carried + _ACROSS * cohesion.across(index) + _KNOWN * known
    clean = carried < _NOT_CARRIED and known <= _UNKNOWN and told_above <= _UNKNOWN and told_below >= _TOLD_AT_ONCE
    return found + _NEW * (told_below - told_above) + (_CLEAN if clean else 0.0)
