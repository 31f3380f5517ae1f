"""What a page's words say together: sums, the loudest, how ordinary its words are, what is said once and again.

Each figure was kept for what it gave on unseen articles: with all of them instead of the sums, the loudest five and
the size, the area under the curve rose by .003 to .012 on real pages and by .006 to .014 on whole articles.
"""

from typing import Any, NamedTuple

import numpy as np

from ingest.extract.spun.known import words
from ingest.extract.spun.weights import weights

#: Shares of spun words that a page is weighed for.
SHARES = (0.01, 0.03, 0.06, 0.1, 0.25)
#: So many of a page's loudest words are figures of their own: the first by themselves, others as means.
_FIRST, _MEANS = 3, (5, 10, 20)
#: What a word says is held between these: no one word decides.
_LOWEST, _HIGHEST = -8.0, 6.0
#: A word that says so much is loud, and louder. Rated so low by judgement, it is unusual in news.
_LOUD, _LOUDER, _UNUSUAL = 1.0, 1.5, 4
#: The rarest words of a page: such shares of its places, and of its words each once.
_RARE_PLACES, _RARE_WORDS = 0.1, 0.2
#: How ordinary the words of a page are of which nobody judged any.
_MIDDLE = 5.0
#: Figures of words whose means over a page, and over its odd words, count.
CONTEXT = ("beside", "around", "met_before", "met_behind", "news")
_SUMS = tuple(f"{kind} {share}" for share in SHARES for kind in ("sum", "root", "mean"))
_TOP = (*(f"top {n}" for n in range(1, _FIRST + 1)), *(f"top mean {n}" for n in _MEANS))
#: The figures that do not hang on what the page's words say.
BESIDE = ("usual", "unjudged", "unusual", "common", "rare places", "rare words", *CONTEXT)
FIGURES = (
    *(*_SUMS, *_TOP, *BESIDE, *(f"{name} odd" for name in CONTEXT)),
    *("again", "once", "loud again", "loud once", "size", "loud"),
)


class Distinct(NamedTuple):
    """The words of a page, each once: their numbers, how often each is there, and which it is at each of its places."""

    which: Any
    numbers: Any
    times: Any

    @classmethod
    def of(cls, numbers: Any) -> "Distinct":
        """Those of some words by their numbers."""
        own, which, times = np.unique(numbers, return_inverse=True, return_counts=True)
        return cls(which, own, times)


def value(found: Any) -> float:
    """The logarithm of the odds that a page with such figures is spun, where every second is."""
    page = weights().page
    return float(page.weights @ np.minimum(np.maximum(found, page.low), page.high)) + page.bias


def figures(each: Distinct, says: Any, context: Any) -> Any:
    """The figures of a page, in the order of ``FIGURES``.

    Args:
        each: Its words of two characters and more.
        says: What each of their places says.
        context: Figures of the places, a row of each of ``CONTEXT``.
    """
    mean = np.bincount(each.which, says) / each.times
    odd = says > 0
    return np.array(
        [
            *_sums(mean),
            *_top(mean),
            *beside(each, context),
            *context[:, odd if odd.any() else ~odd].mean(1),
            *_again(mean, each.times > 1),
            np.log(len(mean)),
            (mean > _LOUDER).mean(),
        ]
    )


def _sums(each: Any) -> list[float]:
    """For each share, what the words say together, and that by their number's root and by their number."""
    odds, size = np.exp(np.minimum(np.maximum(each, _LOWEST), _HIGHEST)), len(each)
    sums = np.log1p(np.multiply.outer(SHARES, odds - 1)).sum(1)
    return np.array([sums, sums / size**0.5, sums / size]).T.ravel().tolist()


def _top(each: Any) -> list[float]:
    """The loudest words; where a page has too few of them, the last one again."""
    first = np.sort(each)[: -max(_MEANS) - 1 : -1].tolist()
    return [
        *(first[:_FIRST] + first[-1:] * _FIRST)[:_FIRST],
        *(sum(first[:most]) / len(first[:most]) for most in _MEANS),
    ]


def beside(each: Distinct, context: Any) -> list[float]:
    """The figures of ``BESIDE``: how ordinary the page's words are, and how well they go with their neighbours."""
    return [*_ordinary(each), *context.mean(1).tolist()]


def _ordinary(each: Distinct) -> list[float]:
    """How ordinary the page's words are: an author who is fond of rare ones is no spinner."""
    usual, chance = words().usual[each.numbers], words().chance[each.numbers]
    judged, places = (usual >= 0) * each.times, each.times.sum()
    size = int(judged.sum())
    return [
        float(usual @ judged) / size if size else _MIDDLE,
        1 - size / places,
        float((usual <= _UNUSUAL) @ judged) / places,
        float(chance @ each.times) / places,
        _lowest(chance[each.which], _RARE_PLACES),
        _lowest(chance, _RARE_WORDS),
    ]


def _lowest(values: Any, share: float) -> float:
    """What such a share of some values is below."""
    place = int(share * (len(values) - 1))
    return float(np.partition(values, place)[place])


def _again(each: Any, again: Any) -> list[float]:
    """What words say that come again, and those said once: what is loud and comes again is the page's topic."""
    loud, size = each > _LOUD, len(each)
    means = [float(each[some].mean()) if some.any() else 0.0 for some in (again, ~again)]
    return [*means, float((loud & again).sum()) / size, float((loud & ~again).sum()) / size]
