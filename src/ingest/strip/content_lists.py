"""Lists of entries: abstracts of other articles, comments, posts. Each entry may be prose; the list is no article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from ingest.model import Document

# A list has at least this many entries of one make, and they are most of it.
FEWEST = 3
MOSTLY = 0.6
# Entries that hold more prose than this on average are sections of an article or whole articles, not abstracts.
LONGEST_ENTRY = 300
LINKED = 0.5
PARTLY_LINKED = 0.1  # a headline's share of an item of headline and abstract
# A block that marks an entry (a date, a count, 回复) is no longer than this.
SHORT = 30
LOOKED_AT = 12  # blocks of an entry that are looked at for such a mark

_NUMBER = re.compile(r"\d+")
_MARK = re.compile(
    r"\d{4}[-/.年]\s?\d|\d{1,2}[-/月]\d{1,2}|\d{1,2}:\d\d|\d\s?(?:小时|分钟|天|秒|个月|年)前|昨天|刚刚|回复|评论|阅读|点赞|举报|楼|网友|用户|积分"
)


@dataclass(frozen=True, slots=True)
class Tree:
    """The elements of a page: parents, children that hold blocks, and the blocks each holds, ``first`` to ``last``."""

    parents: Sequence[int]
    first: list[int]
    last: list[int]  # end exclusive
    children: dict[int, list[int]]

    @classmethod
    def of(cls, document: Document) -> "Tree":
        """Read the tree of a page. An element's blocks stand one after the other; parents come before children."""
        parents = document.elements.parents
        # One place more than there are elements, for what stands in none: it is last, and so has the index -1.
        first, last = [len(document.blocks)] * (len(parents) + 1), [0] * (len(parents) + 1)
        for block in document.blocks:
            at, index = block.element, block.index
            if not last[at]:
                first[at] = index
            last[at] = index + 1
        children: dict[int, list[int]] = {}
        for number in range(len(parents) - 1, -1, -1):
            end = last[number]
            if not end:
                first[number] = 0
                continue
            parent, begin = parents[number], first[number]
            if begin < first[parent]:  # noqa: PLR1730 - a call of min() takes five times as long
                first[parent] = begin
            if end > last[parent]:  # noqa: PLR1730 - as above
                last[parent] = end
            if kids := children.get(parent):
                kids.append(number)
            else:
                children[parent] = [number]
        for kids in children.values():
            kids.reverse()
        del first[-1], last[-1]
        return cls(parents, first, last, children)


@lru_cache(maxsize=4096)
def make(name: str) -> str:
    """An element's name with its numbers left out: `div#part-2.page` and `div#part-3.page` are of one make."""
    return _NUMBER.sub("", name)


def find_lists(document: Document, tree: Tree, values: list[float]) -> frozenset[int]:
    """The elements that hold a list of entries. ``values`` are the characters of prose of each block.

    Nobody asks for lists without prose, most of a page's: in them stands no article.
    """
    running = [0.0, *accumulate(values)]
    first, last = tree.first, tree.last
    found = {
        parent
        for parent, kids in tree.children.items()
        if len(kids) >= FEWEST
        and parent >= 0
        and running[first[parent]] < running[last[parent]]
        and _entries(document, tree, parent, kids, running)
    }
    return frozenset(found | _rows(document, tree, values))


def _entries(document: Document, tree: Tree, parent: int, kids: list[int], running: list[float]) -> bool:
    """Whether most children, three at least, are of one make, of several blocks each, and marked as entries."""
    first, last, names = tree.first, tree.last, [document.elements.names[kid] for kid in kids]
    entries = _of_one_make(names, kids)
    counts = [last[e] - first[e] for e in entries]
    several = [e for e, count in zip(entries, counts, strict=True) if count > 1]
    single = len(several) < max(FEWEST, MOSTLY * len(entries))
    if single and not document.elements.names[entries[0]].startswith("li"):
        return False
    mostly = len(entries) >= FEWEST and sum(counts) >= MOSTLY * (last[parent] - first[parent])
    if not mostly or not _is_even([running[last[e]] - running[first[e]] for e in entries]):
        return False
    if single:  # list items that open with a link: headline and abstract in one
        linked = sum(document.blocks[first[e]].links >= PARTLY_LINKED for e in entries)
        return linked >= MOSTLY * len(entries)
    if not _is_uniform([count for count in counts if count > 1]):
        return False
    marked = sum(_is_marked(document, first[e], last[e]) for e in several)
    return marked >= MOSTLY * len(several)


def _of_one_make(names: list[str], kids: list[int]) -> list[int]:
    """The largest group of children whose names are of one make."""
    if names.count(names[0]) == len(names):
        return kids
    makes: dict[str, list[int]] = {}
    for name, kid in zip(names, kids, strict=True):
        makes.setdefault(make(name), []).append(kid)
    return max(makes.values(), key=len)


def _is_even(prose: list[float]) -> bool:
    """Whether entries are short and none holds most of the prose, as an article does in its column."""
    whole = sum(prose)
    return whole <= LONGEST_ENTRY * len(prose) and max(prose) <= MOSTLY * max(whole, 1.0)


def _is_uniform(counts: list[int]) -> bool:
    """Whether entries are of about one length in blocks; the parts of a column (text, comments, links) are not."""
    middle = sorted(counts)[len(counts) // 2]
    return sum(middle / 2 <= count <= middle * 2 for count in counts) >= MOSTLY * len(counts)


def _is_marked(document: Document, first: int, last: int) -> bool:
    """Whether an entry has a linked headline, or a date, a count, a user's name."""
    for block in document.blocks[first : min(last, first + LOOKED_AT)]:
        if block.links > LINKED and len(block.text) >= 4:
            return True
        if len(block.text) <= SHORT and _MARK.search(block.text):
            return True
    return False


def _rows(document: Document, tree: Tree, values: list[float]) -> set[int]:
    """Containers whose paragraphs stand each under a link of their own: `<dt><a>…</a></dt><dd>…</dd>`."""
    texts: dict[int, int] = {}
    under: dict[int, int] = {}
    for block in document.blocks:
        if not values[block.index] or block.element < 0:
            continue
        linked = block.index > 0 and document.blocks[block.index - 1].links > LINKED
        for parent in (block.element, tree.parents[block.element]):
            if parent >= 0 and tree.first[parent] < block.index:
                texts[parent] = texts.get(parent, 0) + 1
                under[parent] = under.get(parent, 0) + linked
    return {parent for parent, count in texts.items() if under[parent] >= max(FEWEST, MOSTLY * count)}
