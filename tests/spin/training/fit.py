"""Learns the weights of the check for spun text from healthy articles that it spins itself.

``python -m tests.spin.training.fit`` writes them, ``python -m tests.spin.training.crossed`` measures them.
"""

import json
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from ingest.extract import lexicon, matching
from ingest.extract.spun import alone, known, looking, near, seen, weighing
from ingest.extract.spun.score import CANDIDATE, FIGURES, MOST_WORDS, Distinct
from ingest.extract.spun.score import figures as page_figures
from ingest.extract.spun.tokens import REACH, Tokens
from tests.conftest import ROOT
from tests.spin.corpus import Healthy, every
from tests.spin.training import merge, register, rows, tables
from tests.spin.training.learning import Additive, edges, regression
from tests.spin.training.pack import write_lexicon

NAMES = (*weighing.NAMES, *looking.NAMES, *alone.NAMES)
PAIRS = (*weighing.PAIRS, *looking.PAIRS, *alone.PAIRS)
#: What the first look at a word goes by.
FIRST = ((*looking.NAMES, *alone.NAMES), (*looking.PAIRS, *alone.PAIRS))
_LITTLE = 0.25  # of a page's words: what is spun all over needs no learning
#: Measured crossed, 1 of 297 healthy articles goes over it (4.6), and 1 of 48 whole long pages (5.2; the next has 3.4).
FLAG = 4.5


class Text(NamedTuple):
    """An article's words as they are looked at, their figures but what a register tells, which were put in."""

    words: Tokens
    figures: Any
    put: Any

    @property
    def numbers(self) -> Any:
        """The words that are looked at, by number."""
        return self.words.numbers[self.words.looked]

    def table(self, news: register.Register) -> Any:
        """All figures, as a register has it."""
        found, tried = self.figures.copy(), weighing.Tried.of(self.words, self.words.looked)
        found[weighing.NAMES.index("met_gain")] = tried.met_gain(news.met)
        return np.vstack([found, seen.figures(self.words, news.met), alone.figures(self.numbers, news.share)]).T


class Model(NamedTuple):
    """What was learnt: how common words are in news, what words say, what pages say."""

    news: register.Register
    words: Additive
    page: list[float]


def text(article: Healthy, origin: Healthy | None = None) -> Text:
    """An article measured; where it is a spun copy, what its origin does not have in the place is put in."""
    matching.forget()
    words = Tokens.of((*article.paragraphs, article.title), MOST_WORDS)
    look, each = looking.look(words), Distinct.of(words.numbers[words.looked])
    found = weighing.measured(words, look, np.arange(len(words.looked)), each.times[each.which])
    put = _put(words, origin)[words.looked] if origin else np.zeros(len(words.looked), bool)
    return Text(words, np.vstack([found.figures, look.figures[: len(near.NAMES)]]), put)


def _put(words: Tokens, origin: Healthy) -> Any:
    """Which words the origin does not have there."""
    found = np.zeros(len(words.starts), bool)
    before = Tokens.of((*origin.paragraphs, origin.title), len(words.text))
    for here, there in zip(_paragraphs(words), _paragraphs(before), strict=False):
        one, two = [before.word(token) for token in there], [words.word(token) for token in here]
        for kind, _, _, start, end in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
            if kind != "equal":
                found[here[start:end]] = True
    return found


def _paragraphs(words: Tokens) -> list[Any]:
    """The tokens of each paragraph."""
    starts = words.starts.searchsorted([*words.paragraphs, len(words.text)])
    return [np.arange(start, end - REACH) for start, end in pairwise(starts.tolist())]


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
    found = [one.table(news_then) for one, news_then, _ in group]
    chosen = [one.put if spun else np.ones(len(one.numbers), bool) for one, _, spun in group]
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
    says = words.say(table, *FIRST)
    return page_figures(Distinct.of(one.numbers), np.where(says >= CANDIDATE, words.say(table), says))


def value(model: Model, one: Text) -> float:
    """How spun a text is by a model."""
    return float(np.dot(model.page, [*figures_of(one, one.table(model.news), model.words), 1.0]))


def verdict(model: Model, article: Healthy) -> float:
    """How spun an article is by a model, looked at as the check does it."""
    return value(model, text(article))


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
    _write_pairs(model.news)
    packed = json.dumps(written, ensure_ascii=False, indent=1)
    (lexicon.DATA / "spun_weights.json").write_text(_short(packed) + "\n", "utf-8")
    fields = {word: rest for word, _, *rest in merge.rows("lexicon")}
    news = dict(zip(known.words().texts, merge.hundredths(model.news.share), strict=True))
    unheard = [str(-one) for one in merge.hundredths([merge.UNHEARD])] + ["0", ""]
    lines = ((w, str(-news[w]) if len(w) > 1 else "", *fields.get(w, unheard)) for w in sorted(known.words().number))
    write_lexicon(["\t".join(row) for row in lines])


def _write_pairs(news: register.Register) -> None:
    """Write which words were met side by side, and in how many articles."""
    head = "Pairs of words met in healthy articles (tests.spin.training.fit), and in how many, 2 at most (pairs.py)."
    rows.write("spun_seen", head, news.keys, np.minimum(news.times, seen.OFTEN), "<u4")


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
