"""Learns the weights of the check for spun text from healthy articles that it spins itself.

``python -m tests.spin.training.fit`` writes them, ``python -m tests.spin.training.crossed`` measures them.
"""

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ingest.extract import lexicon
from ingest.extract.spun import alone, known, looking, page, seen, weighing
from ingest.extract.spun.page import Distinct
from ingest.extract.spun.score import CANDIDATE
from tests.conftest import ROOT
from tests.spin.corpus import Healthy, every
from tests.spin.training import merge, register, rows, tuning
from tests.spin.training.learning import Additive, Paged, edges
from tests.spin.training.material import NAMES, Material, Text, material, source, text
from tests.spin.training.pack import write_lexicon

PAIRS = (*weighing.PAIRS, *looking.PAIRS, *alone.PAIRS)
#: What the first look at a word goes by.
FIRST = ((*looking.NAMES, *alone.NAMES), (*looking.PAIRS, *alone.PAIRS))
_LITTLE = 0.25  # of a page's words: what is spun all over needs no learning
#: A real page counts as so many written to learn from: few hands wrote these.
_REAL = 3.0
#: Crossed, none of 1,271 whole healthy articles goes over it and one of 1,448 pieces. Over 3.0 four of either do, two
#: of the 64 on real pages among them. Of the articles of which one word in twenty was replaced that line would flag two
#: thirds to three quarters, this one half to two thirds.
FLAG = 4.5


class Model(NamedTuple):
    """What was learnt: how common words are in news, what words say, what pages say."""

    news: register.Register
    words: Additive
    page: Paged


class Example(NamedTuple):
    """A text to learn from: all figures of its words as a register has them that knows nothing of its page."""

    one: Text
    table: Any
    spun: int
    real: bool

    @property
    def each(self) -> Distinct:
        """Its words, each once."""
        return Distinct.of(self.one.numbers)

    @property
    def context(self) -> Any:
        """What counts of its words for the page beside what they say."""
        return self.table[:, _CONTEXT].T


_CONTEXT = [NAMES.index(name) for name in page.CONTEXT]


def learn(given: Material, numbers: set[int]) -> Model:
    """Learn from the articles of some numbers: what words say, that again by what pages make of it, what pages say."""
    news, examples = _examples(given, numbers)
    words = _words(examples)
    little = [one for one in examples if not one.spun or one.one.put.mean() < _LITTLE]
    labels = np.array([float(one.spun) for one in little])
    worth = np.array([_REAL if one.real else 1.0 for one in little])
    worth *= np.where(labels > 0, 0.5 / worth[labels > 0].sum(), 0.5 / worth[labels == 0].sum()) * len(little)
    tuning.tune(words, [_page(one, words) for one in little], labels, worth)
    words.centre(words.rows(np.concatenate([one.table for one in examples if not one.spun])))
    found = np.array([figures_of(one, words) for one in little])
    return Model(news, words, Paged.learn(found, labels, worth))


def _examples(given: Material, numbers: set[int]) -> tuple[register.Register, list[Example]]:
    """What is learnt from, and the register of all of it."""
    counts = {n: register.counted(given.healthy[n].words) for n in numbers}
    news = register.Register(counts.values())
    kin: dict[str, list[int]] = {}
    for n in numbers:
        kin.setdefault(source(given.articles[n]), []).append(n)
    without = {name: news.less(counts[n] for n in some) for name, some in kin.items()}
    group = [(n, given.healthy[n], 0) for n in sorted(numbers)]
    group += [(n, copy, 1) for n, copy in given.copies if n in numbers]
    return news, [
        Example(one, one.table(without[source(given.articles[n])]), spun, given.articles[n].topic == "page")
        for n, one, spun in group
    ]


def _words(examples: Sequence[Example]) -> Additive:
    """What words say, one by one: those that were put in against those of healthy articles."""
    rows = np.concatenate([one.table[one.one.put] if one.spun else one.table for one in examples])
    sizes = [int(one.one.put.sum()) if one.spun else len(one.table) for one in examples]
    labels = np.repeat([float(one.spun) for one in examples], sizes)
    mixed = np.concatenate([rows[labels == 0][::3], rows[labels == 1]])
    return Additive(NAMES, PAIRS, edges(mixed, NAMES)).learn(rows, labels)


def _page(one: Example, words: Additive) -> tuning.Page:
    return tuning.Page(words.rows(one.table), one.each.which, np.array(page.beside(one.each, one.context)))


def figures_of(one: Example, words: Additive) -> Any:
    """The figures of a page, its words weighed as the check weighs them."""
    says = words.say(one.table, *FIRST)
    return page.figures(one.each, np.where(says >= CANDIDATE, words.say(one.table), says), one.context)


def value(model: Model, one: Text) -> float:
    """How spun a text is by a model."""
    return model.page.value(figures_of(Example(one, one.table(model.news), 0, False), model.words))


def verdict(model: Model, article: Healthy) -> float:
    """How spun an article is by a model."""
    return value(model, text(article))


def write(model: Model) -> None:
    """Write the weights, and the lexicon with what each word says by itself."""
    written = {
        "origin": "python -m tests.spin.training.fit, 2026-11-22; see tests/spin/training/README.md",
        "edges": model.words.edges,
        "columns": model.words.columns,
        "bias": round(model.words.bias, 3),
        "page": model.page.written() | {"flag": FLAG},
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
