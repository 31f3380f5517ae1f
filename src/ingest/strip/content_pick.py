"""Which container holds the article, and which of its blocks and neighbours belong to it."""

from ingest.model import Document
from ingest.strip.content_weigh import LINKED, Weights

# A container's prose counts by the share it has among prose and junk, to this power. At 3 a wrapper that adds a
# sixth of prose must add no more than a twentieth of junk to win over the article's own container.
PURITY = 3
# Among containers apart from each other size counts less: a brief of 60 characters stands against a disclaimer of 300.
COMPRESSED = 0.6
# How near the headline a container must begin to count as near, in characters between.
NEAR = 400
# No article: less prose than this on the whole page.
LEAST_PROSE = 12
CANDIDATES = 6
# Elements that hold one paragraph and are no container of an article.
_LEAVES = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "blockquote", "dt", "caption", "summary"])


def pick(document: Document, weights: Weights, *, title: int | None) -> int | None:
    """The element that holds the article's main part, or None when the page has no prose."""
    scores = _scores(document, weights)
    ranked = sorted(range(len(scores)), key=lambda e: (-scores[e], e))
    chosen: list[int] = []
    for element in ranked:
        if scores[element] < LEAST_PROSE / 2 or len(chosen) == CANDIDATES:
            break
        if all(_apart(weights, element, other) for other in chosen):
            chosen.append(element)
    return max(chosen, key=lambda e: _standing(weights, e, title), default=None)


def _scores(document: Document, weights: Weights) -> list[float]:
    """Of each container, its prose less what its junk takes from it. Of two with the same blocks the inner one wins."""
    scores = []
    for number, element in enumerate(document.elements):
        prose = weights.prose_of(number)
        if not prose or element.name.split("#")[0].split(".")[0] in _LEAVES:
            scores.append(0.0)
            continue
        purity = prose / (prose + weights.junk_of(number))
        score = prose * purity**PURITY
        if weights.kinds[number] == "body":
            score *= 1.1
        scores.append(score + number * 1e-9)
    return scores


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
    return prose**COMPRESSED * purity * near


def members(document: Document, weights: Weights, chosen: int) -> set[int]:
    """The blocks of the article: those of its container and of neighbours that go on in its manner."""
    spans = [(weights.first[chosen], weights.last[chosen])]
    at = chosen
    for _ in range(2):
        parent = document.elements[at].parent
        if parent < 0 or document.elements[at].name == "body":
            break
        spans += _neighbours(document, weights, at, parent, spans)
        at = parent
    return {i for start, end in spans for i in range(start, end)}


def _neighbours(
    document: Document, weights: Weights, at: int, parent: int, spans: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Siblings of an element with prose of their own, next to it but for some junk."""
    found = []
    begin, end = min(s for s, _ in spans), max(e for _, e in spans)
    for number in range(parent + 1, len(document.elements)):
        if weights.first[number] >= weights.last[parent] and weights.last[number] > weights.first[number]:
            break
        if document.elements[number].parent != parent or number == at:
            continue
        prose, junk = weights.prose_of(number), weights.junk_of(number)
        if not prose or prose / (prose + junk) < 0.8:
            continue
        gap = (
            weights.junk[weights.first[number]] - weights.junk[end]
            if weights.first[number] >= end
            else weights.junk[begin] - weights.junk[weights.last[number]]
        )
        if gap <= 100:
            found.append((weights.first[number], weights.last[number]))
    return found


def is_link(document: Document, weights: Weights, number: int) -> bool:
    """Whether a block of the article's container is a link to elsewhere and no paragraph with links in it."""
    block = document.blocks[number]
    return block.links > LINKED and not (weights.sizes[number] >= 40 and block.original.rstrip()[-1:] in "。！？”")
