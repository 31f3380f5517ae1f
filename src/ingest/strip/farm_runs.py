"""Lists on a page: runs of short lines, of one item each or of a few; and what tells of a list."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ingest.strip import farm_items
from ingest.strip.label_view import View, following

SHORTEST = 2 * farm_items.FEWEST  # characters of eight items
_LONGEST = 24  # characters of an item, telephone numbers left out; headlines are mostly shorter than this and dates
PAGE = 1_024  # lines that are remembered: each rule on lists asks the same of a page's lines
_LONGEST_ROW = 400  # characters of a table's row, or of a line of a few items
_LONGEST_DATED = 60  # characters of an item with its date
_WHOLE_DATE = re.compile(r"\S\s*(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d\d(?::\d\d)?)?$")
_DATES_END = frozenset("0123456789]）)】日")
DATED = "date"  # so are lines with a date behind them
SEVERAL = "several"  # items on a line, as ``make`` says it
_FEW = 3  # items that make a line of several
_STROKE = "丨"  # a letter by its kind, and printed as a bar
_PARTED = re.compile(r"\t|[ \u3000]*[|｜丨·•、][ \u3000]*|[ \u3000]+")
# A sentence, and what stands in one (``farm_items.is_text``); a colon at the end, or 如下, announces items and is none.
_NO_ITEM = re.compile(
    r"[。！？；“”《》：:如](?:(?<=[。！？；])|(?<=[“”《》])(?!\s*$)|(?<=[：:])(?:$|(?!\s?[(（\d])(?!\s*$))|(?<=如)下$)"
)
_TELLING = 20  # characters at a line's end that may tell of the list below it
_LISTS = re.compile("如下|名单|名录|一览|公示")
_DATE = re.compile(
    r"\s*[\[（(【]?(?<!\d)(?:(?:19|20)\d\d[-/.年]\s?)?\d{1,2}[-/.月]\s?\d{1,2}(?!\d)日?"
    r"(?:\s\d{1,2}:\d\d(?::\d\d)?)?[\]）)】]?\s*"
)


def unbroken(view: View) -> dict[int, int]:
    """Return the long lines without a sentence's marks inside, each with the number of its bars."""
    if view.unbroken is None:
        lines = {i: text[: farm_items.LONGEST_LINE] for i in view.left if len(text := view.texts[i]) >= SHORTEST}
        view.unbroken = {i: farm_items.bars(line) for i, line in lines.items() if not farm_items.is_text(line)}
    return view.unbroken


def runs(view: View, found: set[int]) -> Iterator[list[int]]:
    """Return the runs of lines that may be lists of eight items, without the blocks in ``found``."""
    texts = view.texts
    if view.runs is None:
        sentence = _NO_ITEM.search
        short = range(1, _LONGEST + 1)
        items = [i for i in view.left if (not sentence(t) if len(t := texts[i]) in short else _is_row(t))]
        view.runs = [run for run in following(items) if len(run) >= farm_items.FEWEST or _are_several(texts, run)]
    gone = found | view.labels.keys()
    for run in view.runs:
        if gone.isdisjoint(run):
            yield run
        else:
            yield from following([i for i in run if i not in gone])


def _are_several(texts: list[str], run: list[int]) -> bool:
    """Whether fewer lines may hold eight items: a line is cut at its gaps and bars (``cells``)."""
    parted = [text for i in run if not (text := texts[i]).isalnum() or _STROKE in text]
    return bool(parted) and len(run) + len(_PARTED.findall("\n".join(parted))) >= farm_items.FEWEST


def dated_lines(texts: Sequence[str]) -> set[int]:
    """Return the indices of lines that are items of a list, each with its date behind it: no line of them is a byline.

    An article has one such line, two if it was updated; a list has eight and more.
    """
    ends = [i for i, text in enumerate(texts) if text[-1:].isdigit() and len(text) <= _LONGEST_DATED]
    if len(ends) < farm_items.FEWEST:
        return set()
    found: set[int] = set()
    run: list[int] = []
    for index in (*(i for i in ends if _WHOLE_DATE.search(texts[i])), -1):
        if run and (index < 0 or any(texts[i].strip() for i in range(run[-1] + 1, index))):
            found.update(run if len(run) >= farm_items.FEWEST else ())
            run = []
        run.append(index)
    return found


def _is_row(text: str) -> bool:
    """Whether a longer line may be an item with its date, or a row of items."""
    if text[-1:] in _DATES_END:
        text = _DATE.sub("", text) or text
    if not text or len(text) > _LONGEST_ROW or _NO_ITEM.search(text):
        return False
    if len(text) <= _LONGEST:
        return True
    return all(len(cell) <= _LONGEST or len(farm_items.PHONE.sub("", cell)) <= _LONGEST for cell in cells(text))


@lru_cache(maxsize=PAGE)
def cells(text: str) -> tuple[str, ...]:
    """Return the items of a line: a table's cells, a few items apart from each other, or one without its date."""
    if text.isalpha() and _STROKE not in text:
        return (farm_items.strip(text),)
    if "\t" in text:
        return tuple(farm_items.strip(cell) for cell in text.split("\t"))
    bare = farm_items.strip(_DATE.sub("", text)) if text[-1:] in _DATES_END or text[:1].isdigit() else ""
    line = bare or farm_items.strip(text)
    parts = tuple(part for part in _PARTED.split(line) if part)
    return parts if len(parts) >= _FEW else (line,)


@lru_cache(maxsize=PAGE)
def make(text: str) -> str:
    """Return how a line is made: its bullet, a number, a date, several items; empty for a bare one."""
    if marked := farm_items.mark(text):
        return "number" if any(map(str.isalnum, marked)) else marked[0]
    if text[-1:].isdigit() and _DATE.search(text):
        return DATED
    return SEVERAL if len(cells(text)) > 1 else ""


def is_announced(view: View, index: int) -> bool:
    """Whether the nearest line above tells of a list, as 名单如下 does."""
    above = next((t for t in reversed(view.texts[max(0, index - 2) : index]) if t), "")[-_TELLING:]
    return (above.endswith(("：", ":")) and "链接" not in above) or _LISTS.search(above) is not None
