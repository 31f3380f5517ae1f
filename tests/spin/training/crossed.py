"""How good the check is, measured on articles whose sources its weights and counts know nothing of.

``python -m tests.spin.training.crossed [--withhold]``: with it, no pair of the tables is known as synonyms.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.conftest import ROOT
from tests.damage.spin import Table, load_table
from tests.spin import spinner
from tests.spin.corpus import Healthy, every, real
from tests.spin.measure import LEAST_SPUN, auc
from tests.spin.training import fit, tables
from tests.spin.training.material import material, source

_FOLDS = 5
_SHARES = (0.05, 1.0)
#: Of the news written to learn from, one article in so many is measured.
_EACH = 4
_LONG, _SHORT = 400, 300


def folds(articles: tuple[Healthy, ...]) -> list[int]:
    """The part that each article is measured in; all of a source in one."""
    sources = sorted({source(one) for one in articles})
    random.Random(1).shuffle(sources)
    part = {name: number % _FOLDS for number, name in enumerate(sources)}
    return [part[source(one)] for one in articles]


def joined(articles: tuple[Healthy, ...]) -> list[tuple[int, Healthy]]:
    """The articles as they stood on their pages, their parts together again, each with the number of its first part."""
    found: dict[str, tuple[int, Healthy]] = {}
    for number, one in enumerate(articles):
        first, whole = found.get(source(one), (number, one._replace(name=source(one), paragraphs=())))
        found[source(one)] = (first, whole._replace(paragraphs=whole.paragraphs + one.paragraphs))
    return list(found.values())


def spinners(shared: Path) -> Iterator[tuple[str, Table]]:
    """The tables: the three, that of the damage cases, and that of the known spinner, backwards from its file."""
    yield from ((name, spinner.table(name)) for name in (*spinner.NAMES, *spinner.STRANGERS))
    yield "damage", load_table()
    lines = (shared / "data" / "spun_words.tsv").read_text("utf-8").splitlines()[1:]
    yield "known", tuple((line.split("\t")[1], line.split("\t")[0]) for line in lines)


def main(shared: Path) -> None:
    """Print the figures."""
    articles = every(shared)
    given, part = material(articles), folds(articles)
    if "--withhold" in sys.argv:
        tables.withhold()
    models = [fit.learn(given, {n for n, p in enumerate(part) if p != fold}) for fold in range(_FOLDS)]
    numbered = [(n, one) for n, one in enumerate(articles) if one.topic != "news" or n % _EACH == 0]
    pages = {one.name for one in real(shared)}
    _report("all", numbered, models, part, shared)
    _report("real pages", [(n, one) for n, one in numbered if one.name in pages], models, part, shared)
    whole = joined(tuple(one for _, one in numbered))
    _report("whole", [(numbered[n][0], one) for n, one in whole if len(one.text) >= 800], models, part, shared)


def _report(
    what: str, articles: list[tuple[int, Healthy]], models: list[fit.Model], part: list[int], shared: Path
) -> None:
    healthy = np.array([fit.verdict(models[part[n]], one) for n, one in articles])
    length = np.array([len(one.text) for _, one in articles])
    print(f"{what}: {len(articles)} healthy, at {fit.FLAG} flagged {(healthy >= fit.FLAG).sum()}; the highest ten:",
          np.round(np.sort(healthy)[-10:], 1), flush=True)  # fmt: skip
    for name, table in spinners(shared):
        for share in _SHARES:
            made = [(n, spinner.spin(one, table, share=share)) for n, one in articles]
            kept = [i for i, (_, one) in enumerate(made) if one.share > LEAST_SPUN]
            spun = np.array([fit.verdict(models[part[made[i][0]]], made[i][1].article) for i in kept])
            size = length[kept]
            long, short = (
                (healthy[length >= _LONG], spun[size >= _LONG]),
                (healthy[length < _SHORT], spun[size < _SHORT]),
            )
            parts = [(healthy, spun), long, short]
            areas = " ".join(f"{auc(list(h), list(s)):.3f}" if len(h) and len(s) else "-" for h, s in parts)
            print(f"{name:15} {share:4.0%} {len(kept)} copies, AUC all, >= {_LONG}, < {_SHORT} characters: {areas}; "
                  f"flagged {(spun >= fit.FLAG).mean():.2f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(ROOT.parent / "shared")
