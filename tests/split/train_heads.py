"""Fits the weights by which headlines between articles are told from headings, and says how they do on others.

``python -m tests.split.train_heads SHARED [--write]``: SHARED is the folder with the real pages. First articles are
held back by fifths and boundaries found with weights fitted on the others; then all are fitted, and written down.
"""

import random
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ingest.strip import label_heads
from ingest.strip.label_heads_topic import Signs
from ingest.strip.label_view import View
from tests.split import material
from tests.split.stitched import Page, Story, stitched
from tests.split.test_articles import as_html
from tests.strip.reading import drafted, labelled

_QUOTES = str.maketrans("“”‘’", "\"\"''")
_KICKER = re.compile(r"^\s*[【\[][^】\]]{2,12}[】\]]")
# What may be a heading: a clause.
_CLAUSE = re.compile(r"(?<=[，。；：！？])[\u4e00-\u9fff\d%“”]{6,18}(?=[，。；！？])")
_NO_HEADING = re.compile("^[的了而且但也并还就都使让把被]|[的了是在和与说]$")
_LONG = 3  # paragraphs
_FOLDS = 5
_PAGES = 400  # to fit on, of each fold
_TRIALS = 150  # to measure on, of each fold
_RIDGE, _ROUNDS, _STEP = 0.0002, 2500, 0.05
_FILE = Path(label_heads.__file__).parent.parent / "data" / "strip_text_headline_signs.tsv"


Opens = Callable[[int, Signs], bool]


class Lines(NamedTuple):
    """The signs of short lines of pages, and which of the lines are headlines."""

    signs: list[Signs]
    headline: list[bool]


def page_of(stories: list[Story], rng: random.Random) -> tuple[str, Page]:
    """Return a page as source and as what it was made from: text or HTML, some articles cut short, some signed."""
    cut = [Story(s.title, _shortened(_headed(s.lines, rng), rng)) for s in stories]
    style = rng.choice(["bare"] * 5 + ["names", "dateline", "signed", "mixed"])
    page = stitched(len(cut), rng, style, tuple(cut))
    return (as_html(page, "p") if rng.random() < 0.25 else page.source), page


def _headed(lines: tuple[str, ...], rng: random.Random) -> tuple[str, ...]:
    """An article that has no headings with some: in words of the paragraphs below them, or slogans."""
    if len(lines) < _LONG or any(line.startswith("#") for line in lines) or rng.random() < 0.5:
        return lines
    made: list[str] = []
    for number, line in enumerate(lines):
        clauses = [c for c in _CLAUSE.findall(line) if not _NO_HEADING.search(c)] if number > 1 else []
        chosen = _slogans() if number and rng.random() < 0.3 else clauses
        if chosen and rng.random() < 0.4:
            made.append("#" + rng.choice(chosen))
        made.append(line)
    return tuple(made)


@cache
def _slogans() -> tuple[str, ...]:
    return tuple((Path(__file__).parent / "data" / "slogans.txt").read_text("utf-8").splitlines()[1:])


def _shortened(lines: tuple[str, ...], rng: random.Random) -> tuple[str, ...]:
    """An article as it is, or its first paragraphs."""
    if len(lines) <= 4 or rng.random() < 0.5:
        return lines
    kept = lines[: rng.randint(3, len(lines))]
    return kept if not kept[-1].startswith("#") else kept[:-1]


def pages(stories: list[Story], count: int, seed: str) -> Iterator[tuple[str, Page]]:
    """Return pages of 2 to 9 articles, and every fourth of one."""
    rng = random.Random(seed)
    for number in range(count):
        size = 1 if number % 4 == 0 else min(len(stories), rng.randint(2, 9))
        yield page_of(rng.sample(stories, size), rng)


def lines_of(made: Iterable[tuple[str, Page]]) -> Lines:
    """Return the signs of all lines of pages that are asked whether they are headlines.

    A line's words are compared with those of its own article, as if all headlines above it had been found.
    """
    seen = Lines([], [])
    titles: set[str] = set()
    plain = label_heads.all_signs

    def noted(view: View, lines: list[int], prose: list[bool], title: int | None, opens: Opens) -> list[Signs]:
        own = [_folded(view.texts[i]) in titles for i in lines]
        found = plain(view, lines, prose, title, lambda number, _: own[number])
        seen.signs.extend(found)
        seen.headline.extend(own)
        for number, signs in enumerate(found):
            opens(number, signs)
        return found

    label_heads.all_signs = noted
    try:
        for source, page in made:
            titles |= {_folded(page.source.splitlines()[n - 1]) for n in page.opening}
            with weighed(defaultdict(float)):
                labelled(source)
            titles.clear()
    finally:
        label_heads.all_signs = plain
    return seen


def fit(lines: Lines) -> dict[str, float]:
    """Return the weights of the signs: logistic regression, the sides weighed alike, with a ridge."""
    names = sorted(lines.signs[0])
    x = np.array([[1.0, *(s[n] for n in names)] for s in lines.signs])
    y = np.array(lines.headline, dtype=float)
    share = y.mean()
    each = np.where(y > 0, 0.5 / share, 0.5 / (1 - share)) / len(y)
    w, mean, square = np.zeros(x.shape[1]), np.zeros(x.shape[1]), np.zeros(x.shape[1])
    for step in range(1, _ROUNDS + 1):
        gradient = x.T @ (each * (1 / (1 + np.exp(-x @ w)) - y)) + _RIDGE * np.concatenate([[0.0], w[1:]])
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        w -= _STEP * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
    return dict(zip(["bias", *names], map(float, w), strict=True))


@contextmanager
def weighed(weights: dict[str, float] | None) -> Iterator[None]:
    """Read pages with other weights for a while."""
    plain = label_heads._weights
    if weights is not None:
        label_heads._weights = lambda: weights  # type: ignore[assignment]
    try:
        yield
    finally:
        label_heads._weights = plain


class Found(NamedTuple):
    """Headlines after a page's first: found rightly, found, wanted."""

    right: int
    given: int
    wanted: int


def found(made: Iterable[tuple[str, Page]], *, show: bool = False) -> Found:
    """Return how many boundaries of pages are found."""
    right = given = wanted = 0
    for source, page in made:
        lines = page.source.splitlines()
        blocks, drafts = drafted(source)
        ours = {_folded(blocks[d.blocks[0]].text) for d in drafts[1:] if d.kind == "news"}
        titles = {_folded(lines[n - 1]) for n in page.opening if n > 1}
        right, given, wanted = right + len(ours & titles), given + len(ours), wanted + len(titles)
        if show:
            for line in sorted(ours ^ titles):
                print("MISSED" if line in titles else "WRONG", line[:60])
    return Found(right, given, wanted)


def _folded(line: str) -> str:
    """A line without its column's label, without white space, of one width of punctuation: mending changes them."""
    line = _KICKER.sub("", line) or line
    return "".join(unicodedata.normalize("NFKC", line).translate(_QUOTES).split())


def bare(stories: list[Story], count: int, seed: str, tag: str = "") -> list[tuple[str, Page]]:
    """Return pages of 2 to 9 whole articles without bylines, as text, or as HTML whose headlines stand in ``tag``."""
    rng = random.Random(seed)
    made = [stitched(min(len(stories), rng.randint(2, 9)), rng, "bare", tuple(stories)) for _ in range(count)]
    return [(as_html(p, tag) if tag else p.source, p) for p in made]


def alone(stories: list[Story]) -> list[tuple[str, Page]]:
    """Return every article on a page of its own, as text and as HTML."""
    made = [stitched(1, random.Random(0), "bare", (s,)) for s in stories]
    return [(source, p) for p in made for source in (p.source, as_html(p, "p"))]


def said(found: Found) -> str:
    """Return precision and recall as a person reads them."""
    right, given, wanted = found
    return f"P {right / max(1, given):.3f} R {right / max(1, wanted):.3f} of {wanted}"


def main(shared: Path, *, write: bool) -> None:
    """Measure on articles held back, then fit on all."""
    with weighed(defaultdict(float, label_heads._weights())):  # signs that have no weight yet count nothing
        stories = material.written() + material.real(shared)
    random.Random("folds").shuffle(stories)
    totals = {kind: Found(0, 0, 0) for kind in ("text", "html p", "whole articles")}
    for fold in range(_FOLDS):
        held = stories[fold::_FOLDS]
        rest = [s for n, s in enumerate(stories) if n % _FOLDS != fold]
        with weighed(fit(lines_of(pages(rest, _PAGES, f"fit {fold}")))):
            trials = {"text": bare(held, _TRIALS, f"held {fold}"), "html p": bare(held, _TRIALS // 3, f"h{fold}", "p")}
            for kind, made in (*trials.items(), ("whole articles", alone(held))):
                totals[kind] = Found(*map(sum, zip(totals[kind], found(made, show=kind != "html p"), strict=True)))
    for kind, total in totals.items():
        print(kind, said(total), total)
    weights = fit(lines_of(pages(stories, 3 * _PAGES, "fit all")))
    with weighed(weights):
        print("unseen", said(found(bare(material.unseen(), _TRIALS, "unseen"), show=True)))
    if write:
        _written(weights)


def _written(weights: dict[str, float]) -> None:
    """Put the weights into the data file, the heaviest first."""
    head = _FILE.read_text("utf-8").split("\n", 1)[0]
    rows = sorted(weights.items(), key=lambda row: (row[0] != "bias", -abs(row[1])))
    _FILE.write_text("\n".join([head, *(f"{name}\t{weight:.2f}" for name, weight in rows)]) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), write="--write" in sys.argv)
