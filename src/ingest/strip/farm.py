"""Link farms and injected keywords: what a hijacked site carries for search engines and no reader."""

import re
from collections import Counter
from collections.abc import Iterator

from ingest.model import Label
from ingest.strip.farm_places import is_place, levels, provinces
from ingest.strip.label_view import Verdict, View
from ingest.strip.label_words import words

# What joins the items, surest first: no sentence of an article is joined by bars. Commas and white space may be.
_BARS = ("|", "｜", "丨", ";", "；", "_", "-", "–", "—", "·", "•", "/", "\t", ",", "，", " ", "\u3000")
_BAR = re.compile("[" + re.escape("".join(_BARS)) + "]")
_LOOSE = frozenset({",", "，", " ", "\u3000", "\t", "/", "·", "\n"})
_FEWEST = 8  # items; the farm of a real page had 41
_LONGEST_ITEM = 12  # characters, of an item that is no place
_SHORT_SHARE = 0.95
_PLACE_SHARE = 0.6  # a spammer's other words stand between the places
_LONGEST_LINE = 20_000
_SCATTERED = 4  # provinces; the places of an article's list lie in one or two
_STOP = re.compile(r"[。！？：:、“”《》%（(]|\d")
_WORD = r"[^\s，。：；！？、|_\-–—]{2,20}"
_JOINED = re.compile(rf"{_WORD}(?:[-_|–—]{_WORD}){{2,60}}[-_|–—]?(?:[|\s]\S{{4,40}})?")
_JOINT = re.compile(r"[-_|–—]+")
_JOINTS = 4  # a page's title has its site and sections joined to it, seldom four of them
_SPAM_JOINED = 2  # words of spam that tell a shorter line: 某某精品_某某视频_某某免费
_SPAM = 5
_LIST_MARK = re.compile(r"^[•·●\-*|｜_\s]+|[|｜_,，\s]+$")


def link_farms(view: View) -> Iterator[Verdict]:
    """Lines that list place names for no reader: levels mixed, a name twice, or a bar dangling."""
    for index in view.left:
        if reason := farm_reason(view.texts[index]):
            yield Verdict(index, Label.LINK_FARM, reason)
    yield from _stacked(view)


def farm_reason(text: str) -> str:
    """Return why a line is a link farm, or an empty string.

    Eight items or more, short, most of them places, no sentence; and what no honest list has: provinces beside
    counties, a name twice, a bar at the end. A list joined as sentences are (commas, white space) must also be
    strewn over the country.
    """
    text = text.strip()[:_LONGEST_LINE]
    if len(text) < _FEWEST * 2 or _STOP.search(text):
        return ""
    bars = _BAR.findall(text)
    if len(bars) < _FEWEST - 1:
        return ""
    counts = Counter(bars)
    bar = next((b for b in _BARS if counts[b] >= _FEWEST - 1), "")
    if not bar:
        return ""
    items = [i.strip() for i in text.split(bar)]
    dangling = bar not in _LOOSE and not (items[0] and items[-1])
    return _reason([i for i in items if i], bar, dangling=dangling)


def _reason(items: list[str], bar: str, *, dangling: bool) -> str:
    places = [i for i in items if is_place(i)]
    short = len(places) + sum(len(i) <= _LONGEST_ITEM for i in items if not is_place(i))
    if len(items) < _FEWEST or short < _SHORT_SHARE * len(items):
        return ""
    if len(places) < _PLACE_SHARE * len(items):
        return ""
    strewn = len(provinces(places))
    seen = {
        "levels mixed": len(levels(places)) > 1,
        "a name twice": len(set(items)) < len(items),
        "a bar dangling": dangling,
        f"strewn over {strewn} provinces": strewn >= 2 * _SCATTERED and "county" in levels(places),
    }
    signs = [sign for sign, found in seen.items() if found]
    if not signs or (bar in _LOOSE and strewn < _SCATTERED):
        return ""
    return f"{len(items)} items joined by {bar!r}, {len(places)} of them places; {', '.join(signs)}"


def _stacked(view: View) -> Iterator[Verdict]:
    """A farm of one name to the line, or to the element."""
    run: list[int] = []
    for index in view.left:
        text = view.texts[index]
        if text and len(text) <= _LONGEST_ITEM * 2 and not _STOP.search(text):
            if run and run[-1] != index - 1:
                yield from _of_run(view, run)
                run = []
            run.append(index)
    yield from _of_run(view, run)


def _of_run(view: View, run: list[int]) -> Iterator[Verdict]:
    """The farm in a run of short lines, from its first place to its last, or to an end of the page."""
    if len(run) < _FEWEST:
        return
    names = {i: _LIST_MARK.sub("", view.texts[i]) for i in run}
    places = [i for i in run if is_place(names[i])]
    if len(places) < _FEWEST:
        return
    end = run[-1] if run[-1] == len(view.texts) - 1 else places[-1]
    start = 0 if run[0] == 0 else places[0]
    part = [i for i in run if start <= i <= end]
    reason = _reason([names[i] for i in part], "\n", dangling=False)
    if reason:
        yield from (Verdict(i, Label.LINK_FARM, reason) for i in part)


def keyword_lines(view: View) -> Iterator[Verdict]:
    """Lines of search keywords above the first paragraph or below the last: joined by - or _, or full of spam words."""
    first, last = view.first_prose(), view.last_prose()
    for index, text in enumerate(view.texts):
        outside = index < first or index > last
        if outside and view.open(index) and len(text) <= _LONGEST_LINE and (reason := _keywords(text)):
            yield Verdict(index, Label.KEYWORDS, reason)


def _keywords(text: str) -> str:
    spam = sum(word in text for word in words("strip_text_spam_words"))
    if _JOINED.fullmatch(text) and (spam >= _SPAM_JOINED or len(_JOINT.findall(text)) >= _JOINTS):
        return "search keywords joined by hyphens or underscores, outside the text"
    if spam >= _SPAM and not _STOP.search(text.replace(":", "")):
        return f"{spam} words of search spam, outside the text"
    return ""
