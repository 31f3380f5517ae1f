"""Lists that are an article's own: announced in its text, rows of a table, or amid its paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator

from ingest.model import Label
from ingest.strip import farm_items, farm_runs
from ingest.strip.byline_authors import written_by
from ingest.strip.byline_names import is_name
from ingest.strip.farm_places import is_place
from ingest.strip.furniture import is_phrases
from ingest.strip.label_view import Verdict, View

_LONGEST = 60  # characters of an item
_ANNOUNCES = re.compile(r"(?:[：:]|如下|(?<!黑)名单|名录|目录|分工)[）)】]?$")
_LONGEST_HEAD = 30  # characters of a line above a list that is no paragraph
_AMID = 5  # short lines between two paragraphs; fewer may be a column's name, a headline and names
_ROWS = 3  # of a table
_ALIKE, _ALIKE_SHARE = 4, 0.8  # items; share of them that are places, or end in the same character
_PEOPLE = 6  # names; fewer may have written the article
_NUMBERED = re.compile(r"\s*(?:[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、.．]|[①-⑳])\s?\S")
_SIGNING = frozenset({Label.BYLINE, Label.CREDIT})
_REASON = "an item of a list in the text"


def own_lists(view: View) -> Iterator[Verdict]:
    """Short lines that belong to the text, though nothing but the site's own lines may stand below them."""
    first = view.first_prose()
    run: list[int] = []
    for index in (*view.left_inside(), -1):
        if index > first and _is_item(view, index) and (not run or index == run[-1] + 1):
            run.append(index)
            continue
        while run and is_phrases(view.texts[run[-1]]) and not _NUMBERED.match(view.texts[run[-1]]):
            run.pop()
        if run and _is_own(view, run):
            yield from (Verdict(i, Label.BODY, _REASON) for i in run)
        run = [index] if index > first and _is_item(view, index) else []


def _is_item(view: View, index: int) -> bool:
    text = view.texts[index]
    if not text or view.prose[index]:
        return False
    return len(text) <= _LONGEST or "\t" in text


def _is_own(view: View, run: list[int]) -> bool:
    """Whether a run of short lines is the article's: a table, announced, numbered, or amid its paragraphs.

    What stands between the text and its editor's name is the article's, too.
    """
    tabs = [view.texts[i].count("\t") for i in run]
    if len(run) >= _ROWS and min(tabs) > 0:
        return True
    if _is_announced(view, run):
        return True
    if not (view.prose[run[0] - 1] and view.open(run[0] - 1)):
        return False
    texts = [view.texts[i] for i in run]
    if (len(run) >= _ROWS and all(map(_NUMBERED.match, texts))) or _are_alike(texts):
        return True
    below = view.labels.get(run[-1] + 1)
    if below is not None and below.role == "editor" and not any(map(written_by, texts)):
        return True
    amid = run[-1] + 1 < len(view.prose) and view.prose[run[-1] + 1]
    return len(run) >= _AMID and (amid or (below is not None and below.label in _SIGNING))


def _are_alike(texts: list[str]) -> bool:
    """Whether lines name things of one kind: counties, firms, people. A cloud of tags mixes them."""
    names = [name for text in texts for name in farm_runs.cells(text)]
    if len(names) >= _PEOPLE and sum(map(is_name, names)) >= max(_PEOPLE, _ALIKE_SHARE * len(names)):
        return True
    if len(texts) < _ALIKE:
        return False
    items = [farm_items.strip(text) for text in texts]
    places = sum(map(is_place, items))
    ends = Counter(item[-1:] for item in items).most_common(1)[0][1]
    return max(places, ends) >= _ALIKE_SHARE * len(items)


def _is_announced(view: View, run: list[int]) -> bool:
    """Whether the paragraph above tells of a list, or the first of the short lines does, itself below a paragraph."""
    above = view.texts[run[0] - 1]
    if view.prose[run[0] - 1] and view.open(run[0] - 1) and _ANNOUNCES.search(above):
        return True
    head = view.texts[run[0]]
    told = len(run) > 1 and len(head) <= _LONGEST_HEAD and _ANNOUNCES.search(head) is not None
    return told and view.prose[run[0] - 1] and not is_phrases(head)
