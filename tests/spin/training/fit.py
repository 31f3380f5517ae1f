"""Learns the weights of the check for spun text from healthy articles that it spins itself.

``python -m tests.spin.training.fit`` writes them, ``python -m tests.spin.training.crossed`` measures them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import numpy as np

from ingest.extract import lexicon, matching
from ingest.extract.spun import alone, known, weighing
from ingest.extract.spun.score import CANDIDATE, FIGURES
from ingest.extract.spun.score import figures as page_figures
from ingest.extract.spun.tokens import Token, tokens
from tests.conftest import ROOT
from tests.spin.corpus import Healthy, every
from tests.spin.training import register, tables
from tests.spin.training.learning import Additive, edges, regression
from tests.spin.training.pack import write_lexicon

NAMES = (*weighing.NAMES, *alone.NAMES)
PAIRS = (*weighing.PAIRS, *alone.PAIRS)
_LITTLE = 0.25  # of a page's words: what is spun all over needs no learning
#: Measured crossed, 3 of 330 healthy articles go over it.
FLAG = 6.0


class Text(NamedTuple):
    """An article's words as they are weighed: their figures but what each says by itself, and which were put in."""

    words: list[str]
    figures: Any
    put: Any


class Model(NamedTuple):
    """What was learnt: how common words are in news, what words say, what pages say."""

    news: register.Register
    words: Additive
    page: list[float]


def text(article: Healthy, origin: Healthy | None = None) -> Text:
    """An article measured; where it is a spun copy, what its origin does not have in the place is put in."""
    matching.forget()
    read = [tokens(paragraph) for paragraph in (*article.paragraphs, article.title)]
    times = Counter(word.text for words in read for word in words)
    put = set(_put(read, origin)) if origin else set()
    known_words = known.words().chance
    places = [
        (weighing.measured(words, index, times[word.text]), (p, index) in put)
        for p, words in enumerate(read)
        for index, word in enumerate(words)
        if len(word.text) > 1 and word.text in known_words
    ]
    figures = np.array([place.figures for place, _ in places], float).reshape(-1, len(weighing.NAMES))
    return Text([place.text for place, _ in places], figures, np.array([was for _, was in places], bool))


def _put(read: list[list[Token]], origin: Healthy) -> Iterable[tuple[int, int]]:
    """The places of words that the origin does not have there."""
    for number, (words, before) in enumerate(zip(read, (*origin.paragraphs, origin.title), strict=True)):
        one, two = [word.text for word in tokens(before)], [word.text for word in words]
        for kind, _, _, start, end in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
            if kind != "equal":
                yield from ((number, index) for index in range(start, end))


def source(article: Healthy) -> str:
    """What articles of one page have in common: they are trained with together, or not at all."""
    return article.name.rsplit(".", 1)[0]


class Material(NamedTuple):
    """Healthy texts and spun copies with the number of their article, as they are when some synonyms are unknown."""

    articles: Sequence[Healthy]
    healthy: list[Text]
    copies: list[tuple[int, Text]]


def material(articles: Sequence[Healthy]) -> Material:
    """All that is trained with."""
    spun = tables.copies(articles)
    with tables.some_unknown():
        healthy = [text(article) for article in articles]
        copies = [(number, text(article, articles[number])) for number, article in spun]
    return Material(articles, healthy, copies)


def learn(given: Material, numbers: set[int]) -> Model:
    """Learn from the articles of some numbers."""
    counts = {n: register.counted(given.healthy[n].words) for n in numbers}
    news = register.Register(counts.values())
    kin: dict[str, list[int]] = {}
    for n in numbers:
        kin.setdefault(source(given.articles[n]), []).append(n)
    without = {name: news.less(counts[n] for n in some) for name, some in kin.items()}
    group = [(given.healthy[n], without[source(given.articles[n])], 0) for n in sorted(numbers)]
    group += [(copy, without[source(given.articles[n])], 1) for n, copy in given.copies if n in numbers]
    found = [np.hstack([one.figures, news_then.table(one.words)]) for one, news_then, _ in group]
    chosen = [one.put if spun else np.ones(len(one.words), bool) for one, _, spun in group]
    rows = np.concatenate([table[some] for table, some in zip(found, chosen, strict=True)])
    labels = np.repeat([float(spun) for _, _, spun in group], [int(some.sum()) for some in chosen])
    mixed = np.concatenate([rows[labels == 0][::3], rows[labels == 1]])
    words = Additive(NAMES, PAIRS, edges(mixed, NAMES)).learn(rows, labels)
    pages = [figures_of(one, table, words) for (one, _, _), table in zip(group, found, strict=True)]
    little = [n for n, (one, _, spun) in enumerate(group) if not spun or one.put.mean() < _LITTLE]
    page = regression([pages[n] for n in little], np.array([group[n][2] for n in little], float))
    return Model(news, words, page)


def figures_of(one: Text, table: Any, words: Additive) -> list[float]:
    """The figures of a page, its words weighed as the check weighs them."""
    says = words.say(table, alone.NAMES, alone.PAIRS)
    weights = np.where(says >= CANDIDATE, words.say(table), says)
    said: dict[str, list[float]] = {}
    for word, weight in zip(one.words, weights, strict=True):
        said.setdefault(word, []).append(float(weight))
    return page_figures(said)


def value(model: Model, one: Text) -> float:
    """How spun a text is by a model."""
    table = np.hstack([one.figures, model.news.table(one.words)])
    return float(np.dot(model.page, [*figures_of(one, table, model.words), 1.0]))


def write(model: Model) -> None:
    """Write the weights, and the lexicon with what each word says by itself."""
    page = dict(zip((*FIGURES, "bias"), model.page, strict=True)) | {"flag": FLAG}
    written = {
        "origin": "python -m tests.spin.training.fit, 2026-11-22; see tests/spin/training/README.md",
        "edges": model.words.edges,
        "columns": model.words.columns,
        "bias": round(model.words.bias, 3),
        "page": page,
    }
    packed = json.dumps(written, ensure_ascii=False, indent=1)
    (lexicon.DATA / "spun_weights.json").write_text(_short(packed) + "\n", "utf-8")
    _, *lines = (lexicon.DATA / "spun_lexicon.tsv").read_text("utf-8").splitlines()
    fields = {line.split("\t")[0]: line.split("\t")[2:] for line in lines}
    words = sorted(word for word in known.words().chance if len(word) > 1)
    news = {word: str(round(-100 * model.news.share(word))) for word in words}
    unheard = [str(round(-100 * known.UNHEARD)), "0", ""]
    rows = ((word, news.get(word, ""), *fields.get(word, unheard)) for word in sorted({*fields, *words}))
    write_lexicon(["\t".join(row) for row in rows])


def _short(packed: str) -> str:
    """Lists of numbers in one line each."""
    return re.sub(r"\[[^\[\]{}]*\]", lambda found: re.sub(r"\s+", " ", found[0]), packed)


def main() -> None:
    """Learn from all articles and write."""
    articles = every(ROOT.parent / "shared")
    given = material(articles)
    write(learn(given, set(range(len(articles)))))


if __name__ == "__main__":
    main()
