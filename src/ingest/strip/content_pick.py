"""Which container holds the article, and which of its neighbours go on with it."""

from ingest.model import Document
from ingest.strip.content_lists import make
from ingest.strip.content_notices import lead
from ingest.strip.content_weigh import Weights

# A container's prose counts by the share it has among prose and junk, to this power. At 3 a wrapper that adds a
# third of prose must add no more than a tenth of junk to win over the article's own container.
PURITY = 3
# A wrapper is better than a container in it when it scores this much more: below, what it adds is more often the
# page's (abstracts of other articles, a disclaimer) than the article's, and neighbours of the same make are joined.
GAIN = 1.5
# What is left of a container's standing when it is an entry of a list that the headline stands outside of.
ENTRY = 0.3
# Among containers apart from each other size counts less: a brief of 60 characters stands against a disclaimer of 300.
COMPRESSED = 0.6
# How near the headline a container must begin to count as near, in characters between.
NEAR = 400
# No article: less prose than this on the whole page.
LEAST_PROSE = 12
CANDIDATES = 30
# A neighbour goes on with the article when its prose is this pure and no more junk than this stands between: a box of
# links between two containers of the same make, next to nothing otherwise.
PURE, GAP, GAP_ALIKE = 0.75, 100, 400
_SENTENCE_ENDS = ("。", "！", "？", "”", "）")
LEVELS = 3  # how far above the container neighbours are looked for
# Elements that hold one paragraph and are no container of an article.
_LEAVES = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "blockquote", "dt", "caption", "summary", "tr"]
)


def pick(document: Document, weights: Weights, *, title: int | None) -> int | None:
    """The element that holds the article's main part, or None when the page has no prose."""
    scores = _scores(document, weights)
    best = _best_within(weights, scores)
    chosen: list[int] = []
    for element in sorted(set(best.values()), key=lambda e: (-scores[e], e)):
        if scores[element] < LEAST_PROSE / 2 or len(chosen) == CANDIDATES:
            break
        if all(_apart(weights, element, other) for other in chosen):
            chosen.append(element)
    return max(chosen, key=lambda e: _standing(weights, e, title), default=_bare(document, weights, title))


def _bare(document: Document, weights: Weights, title: int | None) -> int | None:
    """What opens right below the headline in a container with all the page's links, or forty of a spammer's.

    Links between headline and text are not counted. The container is taken where it holds more prose than the
    paragraph: links stand amid a short text.
    """
    opening = lead(weights.values, title)
    if opening is None or title is None:
        return None
    if sum(weights.sizes[b.index] * (1 - b.links) for b in document.blocks[title + 1 : opening]) > NEAR:
        return None
    block = document.blocks[opening]
    parent = weights.tree.parents[block.element] if block.element >= 0 else -1
    if parent < 0 or parent in weights.lists or block.links or not block.text.rstrip().endswith(_SENTENCE_ENDS):
        return None
    parted = weights.prose_of[parent] > weights.prose_of[block.element] and weights.tree.first[parent] > title
    return parent if parted else block.element


def _tag(name: str) -> str:
    return name.split("#", 1)[0].split(".", 1)[0]


def _purity(weights: Weights, element: int) -> float:
    prose = weights.prose_of[element]
    return prose / (prose + weights.junk_of[element]) if prose else 0.0


def _scores(document: Document, weights: Weights) -> dict[int, float]:
    """Of each element with prose, that less what its junk takes from it; 0 where it is no container."""
    return {
        number: 0.0
        if number in weights.lists or _tag(document.elements.names[number]) in _LEAVES
        else prose * _purity(weights, number) ** PURITY * (1.1 if weights.kinds[number] == "body" else 1.0)
        for number, prose in enumerate(weights.prose_of)
        if prose
    }


def _best_within(weights: Weights, scores: dict[int, float]) -> dict[int, int]:
    """Of each element that holds a container or is one, the best of them. An inner one gives way to a clear gain."""
    best: dict[int, int] = {}
    for number in reversed(scores):
        inner = best.get(number, -1)
        if scores[number] and (inner < 0 or scores[number] >= GAIN * scores[inner]):
            best[number] = inner = number
        parent = weights.tree.parents[number]
        if parent >= 0 and inner >= 0 and (parent not in best or scores[inner] > scores[best[parent]]):
            best[parent] = inner
    return best


def _apart(weights: Weights, one: int, other: int) -> bool:
    first, last = weights.tree.first, weights.tree.last
    return last[one] <= first[other] or last[other] <= first[one]


def _standing(weights: Weights, element: int, title: int | None) -> float:
    """How a container stands against others elsewhere on the page."""
    near = 1.0
    if title is not None:
        blocks = range(weights.tree.first[element], weights.tree.last[element])
        begins = next((i for i in blocks if weights.values[i]), 0)
        between = sum(weights.sizes[title + 1 : begins]) if begins > title else NEAR * 10
        near = 1.0 + 2.0 * NEAR / (NEAR + between)
    standing = weights.prose_of[element] ** COMPRESSED * _purity(weights, element) * near
    return float(standing * (ENTRY if _is_entry(weights, element, title) else 1.0))


def _is_entry(weights: Weights, element: int, title: int | None) -> bool:
    """Whether a container stands in a list: a comment longer than the article. A thread's first post stands first."""
    tree = weights.tree
    at = element
    while (parent := tree.parents[at]) >= 0:
        beside = title is None or not tree.first[parent] <= title < tree.last[parent]
        if parent in weights.lists and beside and tree.first[at] > tree.first[parent]:
            return True
        at = parent
    return False


def reach(document: Document, weights: Weights, chosen: int) -> tuple[int, int]:
    """The article's stretch of blocks, end exclusive: its container's and neighbours' that go on in its manner."""
    begin, end = weights.tree.first[chosen], weights.tree.last[chosen]
    at = chosen
    for _ in range(LEVELS):
        parent = weights.tree.parents[at]
        if parent < 0 or parent in weights.lists or _tag(document.elements.names[at]) in ("body", "td"):
            break
        begin, end = _joined(document, weights, at, parent, (begin, end))
        at = parent
    return begin, end


def _joined(document: Document, weights: Weights, at: int, parent: int, span: tuple[int, int]) -> tuple[int, int]:
    """A stretch made longer by those children of the parent that go on with it, before it and behind it."""
    begin, end = span
    first, last = weights.tree.first, weights.tree.last
    alike = make(document.elements.names[at])
    parts = weights.tree.children[parent]
    for number in [c for c in parts if first[c] >= end]:
        gap = weights.junk[first[number]] - weights.junk[end]
        if gap <= GAP_ALIKE and _goes_on(document, weights, number, alike, gap):
            end = last[number]
    for number in [c for c in reversed(parts) if last[c] <= begin]:
        gap = weights.junk[begin] - weights.junk[last[number]]
        if gap <= GAP_ALIKE and _goes_on(document, weights, number, alike, gap):
            begin = first[number]
    return begin, end


def _goes_on(document: Document, weights: Weights, number: int, alike: str, gap: float) -> bool:
    """Whether a neighbour is more of the article: prose for the most part, and of the same make or without any name."""
    if number in weights.lists or _purity(weights, number) < PURE:
        return False
    name = document.elements.names[number]
    if make(name) == alike or gap > GAP:
        return make(name) == alike
    inner = {document.blocks[i].element for i in range(weights.tree.first[number], weights.tree.last[number])}
    names = [name, *(document.elements.names[e] for e in inner)]
    return not any("." in each or "#" in each or each.startswith("h") for each in names)
