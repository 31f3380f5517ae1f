"""How much a word in its place speaks for having been put there by a spinner: a table of weights, learnt."""

import json
import math
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from ingest.extract import lexicon
from ingest.extract.spun import known
from ingest.extract.spun.tokens import Token

#: What stands where there is nothing to measure: no word beside it, no synonym.
_NOTHING = -99.0
#: A word that fits its neighbours so well (a natural logarithm) is not weighed against its synonyms.
_FITS = 3.0
_FITS_GAIN = -4.0  # what counts as its best synonym's gain then: among the least


class Place(NamedTuple):
    """A word of two characters or more in its place, measured. All but ``synonym`` are natural logarithms.

    ``before`` and ``behind`` are its associations with its neighbours, ``gain`` how much likelier its best synonym were
    there, ``commoner`` how much commoner its commonest synonym is, ``chance`` the word's own.
    """

    start: int
    text: str
    before: float
    behind: float
    gain: float
    commoner: float
    chance: float
    synonym: str


class Weights(NamedTuple):
    """What training left: edges of the classes and the weight of each, the sums of a page and their weights."""

    edges: dict[str, list[float]]
    places: list[list[float]]
    bias: float
    page: dict[str, float]


@cache
def weights() -> Weights:
    """The weights of ``spun_weights.json``; how they came about stands in the file."""
    read = json.loads((lexicon.DATA / "spun_weights.json").read_text("utf-8"))
    return Weights(read["edges"], read["places"], read["bias"], read["page"])


def places(words: list[Token]) -> list[Place]:
    """The words of a paragraph that can be measured: of two characters or more, and in the lexicon."""
    return [
        _measured(words, index)
        for index, word in enumerate(words)
        if len(word.text) > 1 and word.text in known.words().chance
    ]


def _measured(words: list[Token], index: int) -> Place:
    chance, synonyms = known.words().chance, known.words().synonyms
    start, text = words[index]
    left = words[index - 1].text if index and words[index - 1].text in chance else ""
    right = words[index + 1].text if index + 1 < len(words) and words[index + 1].text in chance else ""
    before = known.association(left, text) if left else _NOTHING
    behind = known.association(text, right) if right else _NOTHING
    here = (before if left else 0.0) + (behind if right else 0.0)
    others = synonyms.get(text, ())
    best, synonym = _best(left, right, others) if here < _FITS else (here + chance[text] + _FITS_GAIN, "")
    commoner = chance[others[0]] - chance[text] if others else _NOTHING
    gain = best - here - chance[text] if others else _NOTHING
    return Place(start, text, before, behind, gain, commoner, chance[text], synonym)


def _best(left: str, right: str, others: tuple[str, ...]) -> tuple[float, str]:
    """The synonym that is likeliest between two words, and the logarithm of how likely it is there."""
    chance, best, synonym = known.words().chance, _NOTHING, ""
    for other in others:
        fit = chance[other]
        if left:
            fit += known.association(left, other)
        if right:
            fit += known.association(other, right)
        if fit > best:
            best, synonym = fit, other
    return best, synonym


def weigh(place: Place) -> float:
    """The logarithm of how much likelier a word so placed is in spun text, if it was put there, than in healthy."""
    edges, table, bias, _ = weights()
    beside = sum(max(value, 0.0) if value == _NOTHING else value for value in (place.before, place.behind))
    fit, gain = bisect_right(edges["fit"], beside), bisect_right(edges["gain_"], place.gain)
    commoner = bisect_right(edges["commoner_"], place.commoner)
    classes = (
        bisect_right(edges["beside"], place.before),
        bisect_right(edges["beside"], place.behind),
        bisect_right(edges["gain"], place.gain),
        bisect_right(edges["commoner"], place.commoner),
        bisect_right(edges["chance"], place.chance),
        fit * 6 + gain,
        commoner * 6 + gain,
        fit * 6 + commoner,
    )
    return bias + sum(column[number] for column, number in zip(table, classes, strict=True))


def speaks(weight: float, share: float) -> float:
    """What a word says for a page of whose words a share is spun: the logarithm of a likelihood ratio."""
    return math.log(1 - share + share * math.exp(min(max(weight, -8.0), 6.0)))
