"""Fits the network by which headlines between articles are told from headings, and says how it does on others.

``python -m tests.split.train_heads SHARED [--write]``: SHARED is the folder with the real pages. First articles are
held back by fifths and boundaries found with a network fitted on the others; then all but the stranger's and the
unseen ones are fitted, boundaries found between those, and the network is written down.
"""

import random
import re
import sys
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ingest.strip import label_heads, label_heads_net
from ingest.strip.label_heads_net import BASE, OUT, Net
from ingest.strip.label_heads_topic import Signs
from ingest.strip.label_view import View
from tests.split import making, material, network
from tests.split.stitched import Page, Story, stitched
from tests.split.test_articles import as_html
from tests.strip.reading import drafted, labelled

_QUOTES = str.maketrans("“”‘’", "\"\"''")
_KICKER = re.compile(r"^\s*[【\[][^】\]]{2,12}[】\]]")
_FOLDS = 5
_PAGES = 2500  # to fit on, of each fold
_TRIALS = 80  # to measure on, of each fold and kind; a third as many in HTML
_HELD = 300  # the same of the articles that nothing is fitted on
_FILE = Path(label_heads.__file__).parent.parent / "data" / "strip_text_headline_signs.tsv"

Speaks = Callable[[int, Signs], float]
Weigher = Callable[[Signs], float]


class Lines(NamedTuple):
    """The signs of short lines of pages, and which of the lines are headlines."""

    signs: list[Signs]
    headline: list[bool]


def lines_of(made: Iterable[tuple[str, Page]]) -> Lines:
    """Return the signs of all lines of pages that are asked whether they are headlines.

    A line's words are compared with those of its own article, as if all headlines above it had been found.
    """
    seen = Lines([], [])
    titles: set[str] = set()
    plain = label_heads.all_signs

    def noted(view: View, lines: list[int], prose: list[bool], title: int | None, speaks: Speaks) -> list[Signs]:
        own = [_folded(view.texts[i]) in titles for i in lines]
        found = plain(view, lines, prose, title, lambda number, _: 1.0 if own[number] else -1.0)
        seen.signs.extend(found)
        seen.headline.extend(own)
        for number, signs in enumerate(found):
            speaks(number, signs)
        return found

    label_heads.all_signs = noted
    try:
        for source, page in made:
            titles |= {_folded(page.source.splitlines()[n - 1]) for n in page.opening}
            with weighed(lambda _: 0.0):
                labelled(source)
            titles.clear()
    finally:
        label_heads.all_signs = plain
    return seen


@contextmanager
def weighed(weigher: Weigher) -> Iterator[None]:
    """Read pages with another network for a while."""
    plain = label_heads_net.weigher
    label_heads_net.weigher = lambda: weigher  # type: ignore[assignment] # any function of signs will do
    try:
        yield
    finally:
        label_heads_net.weigher = plain


class Found(NamedTuple):
    """Headlines after a page's first: found rightly, found, wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __str__(self) -> str:
        """Precision and recall as a person reads them."""
        return f"P {self.right / max(1, self.given):.3f} R {self.right / max(1, self.wanted):.3f} of {self.wanted}"


def found(made: Iterable[tuple[str, Page]], errors: Counter[str] | None = None) -> Found:
    """Return how many boundaries of pages are found; a column's label above a headline is its article's, too."""
    right = given = wanted = 0
    for source, page in made:
        lines = page.source.splitlines()
        blocks, drafts = drafted(source)
        firsts = [
            {_folded(blocks[i].text) for i in d.blocks[:1]}
            | {_folded(blocks[i].text) for i in d.blocks if blocks[i].label.value in ("title", "kicker", "subtitle")}
            for d in drafts[1:]
            if d.kind == "news"
        ]
        titles = {_folded(lines[n - 1]) for n in sorted(page.opening)[1:]}
        right += sum(not titles.isdisjoint(first) for first in firsts)
        given, wanted = given + len(firsts), wanted + len(titles)
        if errors is not None:
            errors.update(f"MISSED {t[:50]}" for t in titles - set().union(*firsts))
            errors.update(f"WRONG {min(first, key=len)[:50]}" for first in firsts if titles.isdisjoint(first))
    return Found(right, given, wanted)


def _folded(line: str) -> str:
    """A line without its column's label, without white space, of one width of punctuation: mending changes them."""
    line = _KICKER.sub("", line) or line
    return "".join(unicodedata.normalize("NFKC", line).translate(_QUOTES).split())


def trials(stories: list[Story], count: int, seed: str, kind: str, tag: str = "") -> Iterator[tuple[str, Page]]:
    """Return pages of 2 to 9 articles without bylines, as text, or as HTML whose headlines stand in ``tag``."""
    rng = random.Random(f"{seed} {kind} {tag}")
    for _ in range(count):
        chosen = rng.sample(stories, min(len(stories), rng.randint(2, 9)))
        yield making.page_of(chosen, kind, rng, tag=tag)


def alone(stories: list[Story]) -> Iterator[tuple[str, Page]]:
    """Return every article on a page of its own, as text and as HTML."""
    for story in stories:
        page = stitched(1, random.Random(0), "bare", (story,))
        yield from ((source, page) for source in (page.source, as_html(page, "p")))


def measured(stories: list[Story], count: int, seed: str, errors: Counter[str]) -> dict[str, Found]:
    """Return what is found by kind of page; of whole articles only what is found, which is wrong."""
    result = {"alone": found(alone(stories), errors)}
    for kind in making.KINDS:
        result[kind] = found(trials(stories, count, seed, kind), errors)
        result[f"{kind} p"] = found(trials(stories, count // 3, seed, kind, "p"), errors)
    return result


def main(shared: Path, *, write: bool) -> None:
    """Measure on articles held back, then fit on all."""
    pools = _pools(shared)
    totals: dict[str, Found] = {}
    errors: Counter[str] = Counter()
    for fold in range(_FOLDS):
        rest, held = ([[s for s in pool if (_fold(s) == fold) is own] for pool in pools] for own in (False, True))
        with weighed(network.fit(*lines_of(making.pages(rest, _PAGES, f"fit {fold}"))).says):
            for name, stories in zip(("older", "headed", "news"), held[1:], strict=True):
                for kind, here in measured(stories, _TRIALS // 3, f"held {fold}", errors).items():
                    key = f"{name} {kind}"
                    totals[key] = Found(*map(sum, zip(totals.get(key, Found()), here, strict=True)))
    _told(totals, errors)
    fitted = network.fit(*lines_of(making.pages(pools, 2 * _PAGES, "fit all")))
    with weighed(fitted.says):
        for name, stories in (("stranger", material.news(stranger=True)), ("unseen", material.unseen())):
            errors.clear()
            _told({f"{name} {k}": v for k, v in measured(stories, _HELD, name, errors).items()}, errors)
    if write:
        _written(fitted)


def _pools(shared: Path) -> list[list[Story]]:
    """What is learnt from: the older articles and those of real pages, twice as often; news with headings; other."""
    news = material.news(stranger=False)
    headed = [s for s in news if any(line.startswith("#") for line in s.lines)]
    older = material.written() + material.real(shared)
    return [older, older, headed, [s for s in news if s not in headed]]


def _fold(story: Story) -> int:
    return zlib.crc32(story.title.encode()) % _FOLDS


def _told(totals: dict[str, Found], errors: Counter[str]) -> None:
    for kind, total in totals.items():
        print(f"{kind:18}", total if total.wanted else f"{total.given} boundaries in whole articles", flush=True)
    for line, times in errors.most_common(20):
        print("   ", times, line)


def _written(fitted: Net) -> None:
    """Put the network into the data file."""
    head = _FILE.read_text("utf-8").split("\n", 1)[0]
    rows = [(BASE, fitted.base), (OUT, fitted.outer), *zip(fitted.names, fitted.inner, strict=True)]
    lines = ("\t".join([name, *(f"{cell:.3f}" for cell in cells)]) for name, cells in rows)
    _FILE.write_text("\n".join([head, *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), write="--write" in sys.argv)
