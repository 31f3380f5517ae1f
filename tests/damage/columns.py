"""Paragraphs cut where a newspaper's column ended, anywhere but at a sentence's end."""

import random

SHORTEST = 30  # characters on either side of a cut; columns of a newspaper page are longer
_CLOSED = frozenset("。！？；：”）…")


def cut_columns(paragraphs: list[str], *, count: int, seed: int = 0) -> list[str]:
    """Cut up to ``count`` of the long paragraphs in two, one cut each, and return the lines in order.

    A cut falls inside a sentence and may fall inside a word; never after a mark that ends one.
    """
    rng = random.Random(seed)
    long = [i for i, text in enumerate(paragraphs) if len(text) > 3 * SHORTEST]
    chosen = set(rng.sample(long, min(count, len(long))))
    lines: list[str] = []
    for i, text in enumerate(paragraphs):
        places = [k for k in range(SHORTEST, len(text) - SHORTEST) if not _CLOSED & set(text[k - 1 : k + 1])]
        if i in chosen and places:
            k = rng.choice(places)
            lines += [text[:k], text[k:]]
        else:
            lines.append(text)
    return lines
