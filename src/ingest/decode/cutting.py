"""A mended line cut in two, each half with the repairs that are its own."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Repair

Half = tuple[str, str, Sequence[Repair]]


def cut(text: str, original: str, repairs: Sequence[Repair], at: int) -> tuple[Half, Half]:
    """Cut a mended line in two at a place of its reading text.

    Args:
        text: The reading text: ``original`` with ``repairs`` made.
        original: The line as published.
        repairs: What was mended in it, in order; offsets in ``original``.
        at: Where to cut, an offset in ``text``. A cut inside a mended stretch moves to the stretch's nearer edge.

    Returns:
        For either half its text, original and repairs, the offsets counted from the half's own beginning. The
        originals, one after the other, are ``original``; the texts ``text``.
    """
    head: list[Repair] = []
    tail: list[Repair] = []
    place = at  # the cut as a place in the original, as far as the repairs passed tell
    for repair in repairs:
        if repair.start >= place:
            tail.append(repair)
            continue
        made_end = repair.start + len(repair.made)  # counted as if this repair stood alone
        if place >= made_end:
            place += (repair.end - repair.start) - len(repair.made)
            head.append(repair)
        elif place - repair.start <= made_end - place:
            at, place = at - (place - repair.start), repair.start
            tail.append(repair)
        else:
            at, place = at + (made_end - place), repair.end
            head.append(repair)
    tail = [replace(r, start=r.start - place, end=r.end - place) for r in tail]
    return (text[:at], original[:place], tuple(head)), (text[at:], original[place:], tuple(tail))
