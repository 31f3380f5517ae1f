"""The parts of the article itself that lines tell by their own shape: names, headings, paragraphs."""

import re
from collections.abc import Iterator

from ingest.model import Label
from ingest.strip.byline_authors import is_photographer, written_by
from ingest.strip.label_view import Verdict, View, breaks_off, ends

_LONGEST_NAMES = 60
_LONGEST_HEADING = 32
_HEADING_OF_TWO = 24  # 抓项目，促发展; a longer line with a comma is a paragraph that was cut
_LIST = 3  # short lines one after the other are a list and no headings
_LISTED = 5  # lines printed like one among the ten on either side of it: a list, and each may have its explanation
_LONGEST_END = 400  # characters of a list in one line
_SHORTEST_END = 6  # characters; buttons are mostly shorter
_SITE = re.compile(r"(?:网站?|报社?|台|公司|委员会|管委会|政府|客户端|频道|平台|首页|更多|推荐|文章|新闻|资讯)\W*$")
_BELOW_TEXT = frozenset({Label.CREDIT, Label.BYLINE, Label.FURNITURE, Label.COPYRIGHT})
_OPENS_LIST = re.compile(r"[：:]$")


def late_bylines(view: View) -> Iterator[Verdict]:
    """Bylines behind the text that no list took: a date under a ranking belongs to the ranking."""
    yield from view.told.values()


def author_lines(view: View) -> Iterator[Verdict]:
    """A line of names: 张三 李四, □ 王 强, 本报记者 张三."""
    for index in view.left_inside():
        text = view.texts[index]
        if len(text) > _LONGEST_NAMES or view.prose[index]:
            continue
        names = written_by(text)
        bare = "".join(names) == "".join(text.split())
        if names and is_photographer(text):
            yield Verdict(index, Label.CREDIT, "byline: photo", "photo")
        elif names and not (bare and (_amid(view, index) or _in_list(view, index))):
            yield Verdict(index, Label.BYLINE, "a line of names")


def _amid(view: View, index: int) -> bool:
    """Whether a line stands between two paragraphs: a bare name there is a speaker or a heading."""
    return index > 0 and view.prose[index - 1] and index + 1 < len(view.prose) and view.prose[index + 1]


def _in_list(view: View, index: int) -> bool:
    """Whether a line of an HTML page stands in a list of short lines: 米豆腐 among dishes is nobody's name."""
    if not view.markup:
        return False
    around = range(max(0, index - 2 * _LISTED), min(len(view.texts), index + 2 * _LISTED + 1))
    alike = [i for i in around if view.blocks[i].path == view.blocks[index].path and not view.prose[i]]
    return len(alike) > _LISTED


def body(view: View) -> Iterator[Verdict]:
    """What remains: paragraphs, headings and lists between them, and short lines outside them."""
    first, last = view.first_prose(), view.last_prose()
    lists = _listed(view, first)
    for index, text in enumerate(view.texts):
        if not view.open(index):
            continue
        if view.prose[index]:
            yield Verdict(index, Label.BODY, "a paragraph")
        elif index in lists:
            yield Verdict(index, Label.BODY, "an item of a list in the text")
        elif index == last + 1 and _ends_text(view, index):
            yield Verdict(index, Label.BODY, "the one line between the last paragraph and what follows the text")
        elif first < index < last and text:
            yield Verdict(index, Label.HEADING if _is_heading(text) else Label.BODY, "a short line between paragraphs")
        else:
            yield Verdict(index, Label.FURNITURE, "a short line outside the paragraphs")


def _ends_text(view: View, index: int) -> bool:
    """Whether a line right behind the last paragraph is the text's last words, and no name of a site or list."""
    text = view.texts[index]
    if view.markup or index == 0 or not _SHORTEST_END <= len(text) <= _LONGEST_END or _SITE.search(text):
        return False
    below = view.labels.get(index + 1)
    return index + 1 == len(view.texts) or (below is not None and below.label in _BELOW_TEXT)


def _is_heading(text: str) -> bool:
    """Whether a short line between paragraphs is a heading; else it is a short paragraph, or one that was cut."""
    if len(text) > _LONGEST_HEADING or ends(text) or breaks_off(text):
        return False
    return "，" not in text or len(text) <= _HEADING_OF_TWO


def _listed(view: View, first: int) -> set[int]:
    """Short lines that follow one another in the text, or a line that announces them (名单如下：)."""
    found: set[int] = set()
    run: list[int] = []
    announced = False
    for index in range(first, len(view.texts) + 1):
        short = index < len(view.texts) and view.open(index) and not view.prose[index] and view.texts[index]
        if short:
            run.append(index)
            continue
        amid = index < len(view.texts) and view.prose[index]
        if run and (announced or _OPENS_LIST.search(view.texts[run[0]]) or (amid and len(run) >= _LIST)):
            found.update(run)
        run = []
        announced = index < len(view.texts) and view.open(index) and _OPENS_LIST.search(view.texts[index]) is not None
    return found
