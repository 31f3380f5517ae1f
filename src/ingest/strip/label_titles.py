"""The lines above an article: kicker, title, subtitle; and the headlines that open further articles of a page."""

import re
from collections.abc import Iterator

from ingest.model import Label
from ingest.strip.label_heads import headlines
from ingest.strip.label_view import Verdict, View, breaks_off
from ingest.strip.label_words import covered, words

_LONGEST = 60  # characters of a headline
_LONGEST_KICKER = 30
_SHORTEST_SUBTITLE = 8
_LONGEST_SUBTITLE = 30
_MENU = 3  # open lines above the title; more are a menu, and none of them is a kicker
_TELLING = re.compile(r"[：:“”！？!?]")
_LABEL = re.compile(r"[\u4e00-\u9fff]{3,6}")  # 园区动态; a longer line between two articles is none
_DASH = re.compile(r"^(?:—|--|–)")
_SITE = re.compile(
    r"(?:网|报|台|社|在线|传媒|门户|平台|客户端|有限公司|委员会|管委会|人民政府)(?:网站|官网|门户网站)?$"
)
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}[章节条部编]|[(（]?[一二三四五六七八九十]{1,3}[)）、]"
)  # 第三章 附则
_PRINTED = frozenset({Label.BYLINE, Label.CREDIT, Label.DATELINE})


def titles(view: View) -> Iterator[Verdict]:
    """Headlines of a text page: the one above the first paragraph, and those that open another article."""
    first = view.first_prose()
    title = None
    above = [i for i in range(first) if view.open(i) and len(view.texts[i]) <= _LONGEST]
    if above:
        byline = min((i for i, v in view.labels.items() if v.label is Label.BYLINE), default=len(view.texts))
        title = max(above, key=lambda i: (_likely(view, i, byline), -i))
        yield Verdict(title, Label.TITLE, "the headline above the first paragraph")
        yield from _kickers(view, [i for i in above if i < title], title)
        yield from _subtitles(view, [i for i in above if i > title], title)
    yield from _other_titles(view, title)


def more_titles(view: View) -> Iterator[Verdict]:
    """Headlines of an HTML page that open another article than its first."""
    yield from _other_titles(view, next((i for i, b in enumerate(view.blocks) if b.label is Label.TITLE), None))


def _other_titles(view: View, title: int | None) -> Iterator[Verdict]:
    """Headlines that open another article of the page, with the column's label above and the subtitle below them."""
    for index in headlines(view, title):
        yield Verdict(index, Label.TITLE, "headline of another article of the page")
        if view.markup:
            continue
        if index > 1 and view.open(index - 1) and _LABEL.fullmatch(view.texts[index - 1]):
            yield Verdict(index - 1, Label.KICKER, "a column's label above another article's title")
        if view.open(index + 1) and _DASH.match(view.texts[index + 1]):
            yield Verdict(index + 1, Label.SUBTITLE, "the line below another article's title")


def _likely(view: View, index: int, byline: int) -> float:
    """Return how much a line above the first paragraph looks like the title: headlines have 8 to 45 characters."""
    text = view.texts[index]
    found = min(len(text), 16) / 16
    found += 1.0 if 8 <= len(text) <= 45 else 0.0
    found += 0.5 if _TELLING.search(text) else 0.0
    found -= 2.0 if _DASH.match(text) else 0.0
    found -= 1.0 if view.blocks[index].bullet else 0.0
    found += 1.0 if index < byline else 0.0  # what stands under the byline is no title
    return found - (1.0 if _SITE.search(text) else 0.0)


def _kickers(view: View, above: list[int], title: int) -> Iterator[Verdict]:
    """The line right above the title, unless it is one of a menu or the name of the site."""
    if len(above) > _MENU or not above or above[-1] != title - 1:
        return
    text = view.texts[above[-1]]
    if len(text) <= _LONGEST_KICKER and not _SITE.search(text) and not view.blocks[above[-1]].bullet:
        yield Verdict(above[-1], Label.KICKER, "the line above the title")


def _subtitles(view: View, below: list[int], title: int) -> Iterator[Verdict]:
    """The lines right below the title; what stands below the byline is a heading of the text."""
    reached = title
    printed = min((i for i, v in view.labels.items() if i > title and v.label in _PRINTED), default=len(view.texts))
    for index in below:
        text = view.texts[index]
        if index + 1 == len(view.texts) or breaks_off(text) or (view.prose[index + 1] and not _may_be_title(text)):
            yield Verdict(index, Label.BODY, "the first paragraph, cut")
        elif len(text) < _SHORTEST_SUBTITLE and not (index > printed and _NUMBERED.match(text)):
            continue
        elif index == reached + 1:
            reached = index
            yield Verdict(index, Label.SUBTITLE, "the line below the title")
        elif index > printed:
            yield Verdict(index, Label.HEADING, "a short line between the byline and the first paragraph")


def _may_be_title(text: str) -> bool:
    """Whether a line may be a subtitle; one of this length with a comma is rather a paragraph that was cut."""
    return len(text) <= _LONGEST_SUBTITLE or "，" not in text or _DASH.match(text) is not None


def near_title(view: View) -> Iterator[Verdict]:
    """Kicker and subtitle of an HTML page: right above and right below the title, in the same element as it."""
    title = next((i for i, b in enumerate(view.blocks) if b.label is Label.TITLE), None)
    if title is None:
        return
    if _beside(view, title, title - 1) and 2 <= len(view.texts[title - 1]) <= _LONGEST_KICKER:
        yield Verdict(title - 1, Label.KICKER, "right above the title, in the same element")
    if _beside(view, title, title + 1) and _SHORTEST_SUBTITLE <= len(view.texts[title + 1]) <= _LONGEST:
        yield Verdict(title + 1, Label.SUBTITLE, "right below the title, in the same element")


def _beside(view: View, title: int, index: int) -> bool:
    """Whether a block stands in the title's element and says something of its own."""
    if not 0 <= index < len(view.blocks) or not view.open(index) or view.prose[index]:
        return False
    block, text = view.blocks[index], view.texts[index]
    plain = re.sub(r"[A-Za-z\s]+", "", text)
    if block.links > 0 or block.hidden or not plain or covered(plain, words("strip_text_sections")):
        return False
    known = block.label in {Label.FURNITURE, Label.BODY, Label.HEADING} and not _SITE.search(text)
    return known and view.parent(index) == view.parent(title) != -1 and text not in view.texts[title]
