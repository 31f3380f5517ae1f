"""How well copies are told, in figures: edits of 1 to 30 %, other articles, a spun copy's original in 1,000.

    uv run python -m tests.copies.measure SHARED   (the folder that holds pages/)

The 1,000 are the healthy texts of `tests/spin` and, to make up the number, stretches of two of them joined.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

from ingest.copies import Features, compare, features
from ingest.store.copies_marks import BOTH, FIRST
from tests.copies.edits import EDITS, edited
from tests.spin import corpus, spinner
from tests.spin.corpus import Healthy

_SHARES = (0.01, 0.05, 0.1, 0.15, 0.2, 0.3)


def index(texts: Sequence[Features]) -> Mapping[int, list[int]]:
    """Return in which texts marks stand."""
    found = defaultdict(list)
    for number, each in enumerate(texts):
        for mark in each.buckets | each.traces:
            found[mark].append(number)
    return found


def matches(one: Features, texts: Sequence[Features], by_mark: Mapping[int, list[int]]) -> list[int]:
    """Return what a text matches, the likest first, found as the store does."""
    near = {n for mark in one.buckets for n in by_mark.get(mark, ())[:FIRST]}
    far = Counter(n for mark in one.traces for n in by_mark.get(mark, ()))
    verdicts = {n: compare(one, texts[n]) for n in near | {n for n, times in far.items() if times >= BOTH}}
    return sorted((n for n, v in verdicts.items() if v), key=lambda n: -(verdicts[n].score if verdicts[n] else 0))  # type: ignore[union-attr]  # those without are left out


def thousand(articles: Sequence[Healthy]) -> list[Healthy]:
    """Make them 1,000."""
    made = list(articles)
    for step in range(1, len(articles)):
        for place, one in enumerate(articles):
            if len(made) == 1000:
                return made
            other = articles[(place + 7 * step) % len(articles)]
            if min(len(one.paragraphs), len(other.paragraphs)) < 2 or one.name == other.name:
                continue  # its half would be the whole
            paragraphs = (*one.paragraphs[: len(one.paragraphs) // 2], *other.paragraphs[len(other.paragraphs) // 2 :])
            made.append(Healthy(f"{one.name}+{other.name}", one.topic, other.title, paragraphs))
    return made


def main() -> None:
    """Measure and print."""
    articles = corpus.every(Path(sys.argv[1]))
    texts = [features(one.title, one.paragraphs) for one in articles]
    known = [(one, text) for one, text in zip(articles, texts, strict=True) if text]
    print(f"{len(known)} healthy texts")
    for edit in EDITS:
        told = []
        for share in _SHARES:
            copies = [(text, features(one.title, edited(one, edit, share))) for one, text in known]
            found = sum(bool(b and matches(b, [a], index([a]))) for a, b in copies)
            told.append(f"{share:.0%} {found / len(copies):.3f}")
        print(f"  {edit}: recall at {', '.join(told)}")
    own = [text for one, text in known if one.topic == "zone"]
    wrong = sum(compare(a, b) is not None for a, b in combinations(own, 2))
    print(f"{len(own)} articles of one topic: {wrong} of {len(own) * (len(own) - 1) // 2} pairs taken for copies")
    every = [text for _, text in known]
    wrong = sum(compare(a, b) is not None for a, b in combinations(every, 2))
    print(f"all texts: {wrong} of {len(every) * (len(every) - 1) // 2} pairs taken for copies")
    many = thousand(articles)
    those = [text for one in many if (text := features(one.title, one.paragraphs))]
    by_mark = index(those)
    for name in spinner.NAMES:
        pairs = spinner.table(name)
        for how in ("5 %", "all", "everywhere", "characters"):
            first = here = asked = 0
            for place, one in enumerate(articles):
                if how in {"5 %", "all"}:
                    spun = spinner.spin(one, pairs, share=0.05 if how == "5 %" else 1.0).article
                else:
                    spun = spinner.spin_everywhere(one, pairs, characters=how == "characters").article
                found_ = features(spun.title, spun.paragraphs)
                mine = features(one.title, one.paragraphs)
                if not mine or not found_:
                    continue
                asked += 1
                hits = [many[n].name for n in matches(found_, those, by_mark)] if len(those) == len(many) else []
                first += hits[:1] == [many[place].name]
                here += many[place].name in hits
            print(f"  {name}, {how}: the original is first {first / asked:.3f}, found {here / asked:.3f} of {asked}")


if __name__ == "__main__":
    main()
