"""Lists that are an article's own: announced in its text, rows of a table, or amid its paragraphs."""

import re
from collections.abc import Iterator

from ingest.model import Label
from ingest.strip.furniture import is_phrases
from ingest.strip.label_view import Verdict, View

_LONGEST = 60  # characters of an item
_ANNOUNCES = re.compile(r"(?:[：:]|如下|(?<!黑)名单|名录|目录|分工)[）)】]?$")
_LONGEST_HEAD = 30  # characters of a line above a list that is no paragraph
_AMID = 5  # short lines between two paragraphs; fewer may be a column's name, a headline and names
_ROWS = 3  # of a table
_SIGNING = frozenset({Label.BYLINE, Label.CREDIT})
_REASON = "an item of a list in the text"


def own_lists(view: View) -> Iterator[Verdict]:
    """Short lines that belong to the text, though nothing but the site's own lines may stand below them."""
    first = view.first_prose()
    run: list[int] = []
    for index in (*view.left, -1):
        if index > first and _is_item(view, index) and (not run or index == run[-1] + 1):
            run.append(index)
            continue
        if run and _is_own(view, run):
            yield from (Verdict(i, Label.BODY, _REASON) for i in run)
        run = [index] if index > first and _is_item(view, index) else []


def _is_item(view: View, index: int) -> bool:
    text = view.texts[index]
    if not view.inside(index) or not text or view.prose[index]:
        return False
    return len(text) <= _LONGEST or "\t" in text


def _is_own(view: View, run: list[int]) -> bool:
    """Whether a run of short lines is the article's: a table, announced, signed below, or amid its paragraphs."""
    tabs = [view.texts[i].count("\t") for i in run]
    if len(run) >= _ROWS and min(tabs) > 0:
        return True
    if _is_announced(view, run):
        return True
    above = view.prose[run[0] - 1] and view.open(run[0] - 1)
    signed = view.labels.get(run[-1] + 1)
    amid = run[-1] + 1 < len(view.prose) and view.prose[run[-1] + 1]
    return above and len(run) >= _AMID and (amid or (signed is not None and signed.label in _SIGNING))


def _is_announced(view: View, run: list[int]) -> bool:
    """Whether the paragraph above tells of a list, or the first of the short lines does, itself below a paragraph."""
    above = view.texts[run[0] - 1]
    if view.prose[run[0] - 1] and view.open(run[0] - 1) and _ANNOUNCES.search(above):
        return True
    head = view.texts[run[0]]
    told = len(run) > 1 and len(head) <= _LONGEST_HEAD and _ANNOUNCES.search(head) is not None
    return told and view.prose[run[0] - 1] and not is_phrases(head)
