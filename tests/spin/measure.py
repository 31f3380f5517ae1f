"""Measures the check for spun text on the articles and tables of this folder: ``python -m tests.spin.measure``.

``--withhold`` takes every pair of these tables out of what the check knows as synonyms. The weights were learnt from
these very articles, with other tables: what is to be expected of unseen ones is measured by ``training.crossed``.
"""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path

from ingest.extract import matching
from ingest.extract.spun import score
from ingest.extract.spun.weights import weights
from tests.conftest import ROOT
from tests.damage.spin import load_table
from tests.spin import corpus, spinner
from tests.spin.training import tables

SHARES = (0.05, 0.1, 0.2, 1.0)
#: A copy that has fewer of its words replaced is no spun one.
LEAST_SPUN = 0.02


def value(article: corpus.Healthy) -> float | None:
    """How spun an article is; None where it is too short."""
    matching.forget()
    found = score((*article.paragraphs, article.title))
    return None if found is None else found.value


def auc(healthy: list[float], spun: list[float]) -> float:
    """The share of pairs in which the spun article has the higher value, a tie counting half."""
    ranked = sorted(healthy)
    wins = sum(bisect_left(ranked, one) + bisect_right(ranked, one) for one in spun)
    return wins / 2 / len(ranked) / len(spun)


def copies(articles: tuple[corpus.Healthy, ...]) -> Iterator[tuple[str, list[spinner.Spun]]]:
    """The spun copies, by table and how much was spun."""
    for name in spinner.NAMES:
        for share in SHARES:
            made = [spinner.spin(one, spinner.table(name), share=share) for one in articles]
            yield f"{name} {share:.0%}", [one for one in made if one.share > LEAST_SPUN]
        yield f"{name} everywhere", [spinner.spin_everywhere(a, spinner.table(name), characters=True) for a in articles]
    yield "damage table", [spinner.spin_everywhere(one, load_table()) for one in articles]


def main(shared: Path) -> None:
    """Print the figures."""
    articles = corpus.every(shared)
    healthy = [found for one in articles if (found := value(one)) is not None]
    flag = weights().page.flag
    print(f"{len(articles)} healthy, {len(healthy)} long enough, {sum(one >= flag for one in healthy)} flagged")
    off = [found for one in corpus.own() if one.topic not in {"zone", "industry", "policy"} and (found := value(one))]
    print(f"{len(off)} off topic, {sum(one >= flag for one in off)} flagged")
    for name, made in copies(articles):
        values = [found for one in made if (found := value(one.article)) is not None]
        spun = sum(one.share for one in made) / len(made)
        area = auc(healthy, values)
        told = sum(one >= flag for one in values) / len(values)
        print(f"{name:18} {len(values)} copies, {spun:.3f} of words spun: AUC {area:.3f}, flagged {told:.2f}")


if __name__ == "__main__":
    if "--withhold" in sys.argv:
        tables.withhold()
    main(ROOT.parent / "shared")
