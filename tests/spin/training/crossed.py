"""How good the check is, measured on articles whose sources its weights and counts know nothing of.

``python -m tests.spin.training.crossed [--withhold]``: with it, no pair of the tables is known as synonyms. Printed are
the copies in which so many words were replaced (a small table knows too few words of some articles), of how many; and
the area under the curve of these, of all copies, of the long ones and of the short ones among these.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
#: A share of 5 % is reached where so much of it was replaced: words come whole.
_FULLY = 0.9


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
    pages = {source(one) for one in real(shared)}
    whole = [(numbered[n][0], one) for n, one in joined(tuple(one for _, one in numbered))]
    for what, measured in (("pieces", numbered), ("whole articles", whole)):
        _report(what, measured, models, part, shared)
        _report(
            f"{what} of real pages", [(n, one) for n, one in measured if source(one) in pages], models, part, shared
        )


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
            fully, size = np.array([made[i][1].share >= _FULLY * min(share, 0.05) for i in kept]), length[kept]
            parts = [(healthy, spun[fully]), (healthy, spun)]
            parts += [(healthy[low(length)], spun[fully & low(size)]) for low in (_is_long, _is_short)]
            areas = " ".join(f"{auc(list(h), list(s)):.3f}" if len(h) and len(s) else "-" for h, s in parts)
            print(f"{name:15} {share:4.0%} {fully.sum()} copies of {len(kept)}; AUC {areas}; "
                  f"flagged {(spun[fully] >= fit.FLAG).mean():.2f}", flush=True)  # fmt: skip


def _is_long(length: Any) -> Any:
    return length >= _LONG


def _is_short(length: Any) -> Any:
    return length < _SHORT


if __name__ == "__main__":
    main(ROOT.parent / "shared")
