"""Which container holds the article, and which of its neighbours go on with it."""

import re

from ingest.model import Document
from ingest.strip.content_weigh import Weights

# A container's prose counts by the share it has among prose and junk, to this power. At 3 a wrapper that adds a
# third of prose must add no more than a tenth of junk to win over the article's own container.
PURITY = 3
# A wrapper is better than a container in it when it scores this much more: below, what it adds is more often the
# page's (abstracts of other articles, a disclaimer) than the article's, and neighbours of the same make are joined.
GAIN = 1.35
# Among containers apart from each other size counts less: a brief of 60 characters stands against a disclaimer of 300.
COMPRESSED = 0.6
# How near the headline a container must begin to count as near, in characters between.
NEAR = 400
# No article: less prose than this on the whole page.
LEAST_PROSE = 12
CANDIDATES = 6
# A neighbour goes on with the article when its prose is this pure and no more junk than this stands between.
PURE, GAP = 0.75, 100
LEVELS = 3  # how far above the container neighbours are looked for
# Elements that hold one paragraph and are no container of an article.
_LEAVES = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "blockquote", "dt", "caption", "summary", "pre", "tr"]
)
_NUMBER = re.compile(r"\d+")


def pick(document: Document, weights: Weights, *, title: int | None) -> int | None:
    """The element that holds the article's main part, or None when the page has no prose."""
    scores = _scores(document, weights)
    best = _best_within(document, scores)
    chosen: list[int] = []
    for element in sorted({e for e in best if e >= 0}, key=lambda e: (-scores[e], e)):
        if scores[element] < LEAST_PROSE / 2 or len(chosen) == CANDIDATES:
            break
        if all(_apart(weights, element, other) for other in chosen):
            chosen.append(element)
    return max(chosen, key=lambda e: _standing(weights, e, title), default=None)


def _tag(name: str) -> str:
    return name.split("#", 1)[0].split(".", 1)[0]


def _scores(document: Document, weights: Weights) -> list[float]:
    """Of each container, its prose less what its junk takes from it."""
    scores = []
    for number, element in enumerate(document.elements):
        prose = weights.prose_of(number)
        if not prose or _tag(element.name) in _LEAVES:
            scores.append(0.0)
            continue
        purity = prose / (prose + weights.junk_of(number))
        scores.append(prose * purity**PURITY * (1.1 if weights.kinds[number] == "body" else 1.0))
    return scores


def _best_within(document: Document, scores: list[float]) -> list[int]:
    """Of each element, the best container in it, itself counted; -1 for none. An inner one gives way to a clear gain."""
    best = [-1] * len(scores)
    for number in range(len(scores) - 1, -1, -1):
        inner = best[number]
        if scores[number] and (inner < 0 or scores[number] >= GAIN * scores[inner]):
            best[number] = inner = number
        parent = document.elements[number].parent
        if parent >= 0 and inner >= 0 and (best[parent] < 0 or scores[inner] > scores[best[parent]]):
            best[parent] = inner
    return best


def _apart(weights: Weights, one: int, other: int) -> bool:
    return weights.last[one] <= weights.first[other] or weights.last[other] <= weights.first[one]


def _standing(weights: Weights, element: int, title: int | None) -> float:
    """How a container stands against others elsewhere on the page."""
    prose = weights.prose_of(element)
    purity = prose / (prose + weights.junk_of(element))
    near = 1.0
    if title is not None:
        begins = next(i for i in range(weights.first[element], weights.last[element]) if weights.values[i])
        between = sum(weights.sizes[title + 1 : begins]) if begins > title else NEAR * 10
        near = 1.0 + 2.0 * NEAR / (NEAR + between)
    return float(prose**COMPRESSED * purity * near)


def reach(document: Document, weights: Weights, chosen: int) -> tuple[int, int]:
    """The stretch of blocks of the article: its container's, and neighbours' that go on in its manner. End exclusive."""
    begin, end = weights.first[chosen], weights.last[chosen]
    at = chosen
    for _ in range(LEVELS):
        parent = document.elements[at].parent
        if parent < 0 or _tag(document.elements[at].name) in ("body", "td"):
            break
        begin, end = _joined(document, weights, at, parent, (begin, end))
        at = parent
    return begin, end


def _joined(document: Document, weights: Weights, at: int, parent: int, span: tuple[int, int]) -> tuple[int, int]:
    """A stretch made longer by those children of the parent that go on with it, before it and behind it."""
    begin, end = span
    make = _make(document.elements[at].name)
    parts = _children(document, weights, parent)
    for number in [c for c in parts if weights.first[c] >= end]:
        if weights.junk[weights.first[number]] - weights.junk[end] > GAP:
            break
        if _goes_on(document, weights, number, make):
            end = weights.last[number]
    for number in [c for c in reversed(parts) if weights.last[c] <= begin]:
        if weights.junk[begin] - weights.junk[weights.last[number]] > GAP:
            break
        if _goes_on(document, weights, number, make):
            begin = weights.first[number]
    return begin, end


def _children(document: Document, weights: Weights, parent: int) -> list[int]:
    """The children of an element that hold blocks."""
    found = []
    for number in range(parent + 1, len(document.elements)):
        if weights.last[number] > weights.first[number]:
            if weights.first[number] >= weights.last[parent]:
                break
            if document.elements[number].parent == parent:
                found.append(number)
    return found


def _make(name: str) -> str:
    """An element's name with its numbers left out: `div#part-2.page` and `div#part-3.page` are of one make."""
    return _NUMBER.sub("", name)


def _goes_on(document: Document, weights: Weights, number: int, make: str) -> bool:
    """Whether a neighbour is more of the article: prose for the most part, and of the same make or without any name."""
    prose, junk = weights.prose_of(number), weights.junk_of(number)
    if not prose or prose / (prose + junk) < PURE:
        return False
    if _make(document.elements[number].name) == make:
        return True
    inner = {document.blocks[i].element for i in range(weights.first[number], weights.last[number])}
    names = [document.elements[e].name for e in inner] + [document.elements[number].name]
    return not any("." in name or "#" in name or name.startswith("h") for name in names)
