"""What an article is about, by words that speak for a topic: a count with weights that anybody can follow."""

from collections import Counter
from functools import cache

from ingest.extract import lexicon, matching
from ingest.model import Topic

#: What a word of the second and of the third column of ``topic_cues`` weighs.
_STRONG, _WEAK = 3.0, 1.0
#: A word in the title weighs as much as in so many paragraphs: a title says in ten words what the article is about.
_TITLE = 3
#: A word counts no more often than this, so that no single one settles a long article.
_MOST = 6
#: Fewer points are a chance mention; on the 57 pages of news beside the project, ten is two strong words said twice.
_LEAST = 10.0
#: A topic with a smaller share of all the points is one of many and none of them.
_SHARE = 0.12
#: So many of the words that spoke are told.
_TOLD = 8


def find(paragraphs: tuple[str, ...], title: str | None) -> Topic | None:
    """The topic of an article, or None where the words that speak for one are few or speak for everything.

    ``score`` is the topic's share (0 to 1) of the points that all topics won; ``cues`` are the words that won them,
    the weightiest first.
    """
    said = {word: min(times, _MOST) for word, times in _counted(paragraphs, title or "").items()}
    sums: dict[str, float] = {}
    for word, times in said.items():
        for topic, weight in _cues()[word].items():
            sums[topic] = sums.get(topic, 0.0) + weight * times
    best = max(sums, key=lambda topic: (sums[topic], topic), default=None)
    if best is None or sums[best] < _LEAST or sums[best] < _SHARE * sum(sums.values()):
        return None
    points = Counter({word: _cues()[word][best] * times for word, times in said.items() if best in _cues()[word]})
    cues = tuple(word for word, _ in points.most_common(_TOLD))
    return Topic(name=best, score=round(sums[best] / sum(sums.values()), 3), cues=cues)


def _counted(paragraphs: tuple[str, ...], title: str) -> Counter[str]:
    said = Counter([text[start:end] for text in paragraphs for start, end in _MATCHER.find(text)])
    for start, end in _MATCHER.find(title):
        said[title[start:end]] += _TITLE
    return said


@cache
def _cues() -> dict[str, dict[str, float]]:
    """Cue to the topics it speaks for, with its weight for each."""
    found: dict[str, dict[str, float]] = {}
    for topic, strong, weak in lexicon.rows("topic_cues"):
        for words, weight in ((strong, _STRONG), (weak, _WEAK)):
            for word in words.split():
                found.setdefault(word, {})[topic] = weight
    return found


_MATCHER = matching.Matcher(_cues)
