"""Characters whose bytes were partly lost, chosen by the words they make with their neighbours."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from math import log2

from ingest.decode import lattice, script, tables
from ingest.decode.lattice import Step
from ingest.decode.misread import Slot, Stretch

_UNKNOWN = 3.0  # bits more for a character that stands alone and is no word
_QUOTES = "“”"
_LONGEST = 8  # characters of a word


@cache
def _words() -> tuple[dict[str, int], float]:
    """Words and their beginnings with their counts, and the logarithm of all counts."""
    import jieba  # only pages with lost bytes pay for loading it

    jieba.setLogLevel(60)
    jieba.initialize()
    return jieba.dt.FREQ, log2(jieba.dt.total)


def filled(stretch: Stretch) -> Stretch:
    """A stretch with its likeliest text, where some of its characters may be one of several."""
    if not stretch.guessed:
        return stretch
    slots = stretch.slots
    simplified = not any(slot.made in tables.traditional() for slot in slots if not slot.choices)
    choices = [_fitting(slot, simplified=simplified) for slot in slots]
    way = lattice.cheapest(len(choices), lambda place, _: _steps(choices, place))
    if way is None:
        return stretch
    made = _quoted("".join(step.made for _, step in way.steps), slots)
    return replace(stretch, slots=[slot._replace(made=c) for slot, c in zip(slots, made, strict=True)])


def _fitting(slot: Slot, *, simplified: bool) -> list[tuple[str, str]]:
    """What a slot may hold in the script of the others, each with its Simplified form."""
    choices = slot.choices or (slot.made,)
    if simplified and slot.choices:
        choices = tuple(c for c in choices if c not in tables.traditional()) or choices
    return [(c, script.simplified(c) if c > "\x7f" else c) for c in choices]


def _quoted(made: str, slots: Sequence[Slot]) -> str:
    """The text with its guessed quotation marks opening and closing by turns."""
    out = []
    opened = False
    for character, slot in zip(made, slots, strict=True):
        if character in _QUOTES and set(_QUOTES) <= set(slot.choices):
            out.append(_QUOTES[opened])
        else:
            out.append(character)
        if out[-1] in _QUOTES:
            opened = out[-1] == _QUOTES[0]
    return "".join(out)


def _steps(choices: Sequence[Sequence[tuple[str, str]]], place: int) -> Iterator[Step]:
    """Words that may begin at a place, with their surprise. The dictionary's words are Simplified."""
    counts, total = _words()
    bits = tables.bits()
    growing = [("", "")]
    for size in range(1, min(_LONGEST, len(choices) - place) + 1):
        grown = []
        for made, word in growing:
            for character, plain in choices[place + size - 1]:
                longer = word + plain
                count = counts.get(longer)
                if count is not None:
                    grown.append((made + character, longer))
                if count:
                    yield Step(size, 0, made + character, total - log2(count))
                elif size == 1:
                    yield Step(1, 0, character, bits[character] + _UNKNOWN)
        growing = grown
        if not growing:
            return
