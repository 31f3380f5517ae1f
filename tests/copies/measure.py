"""How well copies are told, in figures: edits of 1 to 30 %, other articles, a spun copy's original in 1,000.

    uv run python -m tests.copies.measure SHARED   (the folder that holds pages/)

The 1,000 are drawn by lot from the healthy texts of `tests/spin`; were there fewer, stretches of two joined make up the
number.
"""

import random
import re
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
_ZONE = re.compile("[\u4e00-\u9fff]{2}(?=高新区|高新技术产业开发区|经开区|开发区)")
_NO_ZONE = {"国家", "全国", "省级", "技术", "经济", "产业", "各个", "一个", "我国"}
_OF_ALL_KINDS = {"news", "page"}


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
    """Return 1,000."""
    if len(articles) >= 1000:
        return random.Random(9).sample(articles, 1000)
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


def tell_precision(known: Sequence[tuple[Healthy, Features]]) -> None:
    """Say how many of what copies match among all texts is what they are copies of."""
    every = [text for _, text in known]
    by_mark = index(every)
    for share in (0.05, 0.15):
        right = hits = 0
        for edit in EDITS:
            for place, (one, _) in enumerate(known):
                copy = features(one.title, edited(one, edit, share))
                found = matches(copy, every, by_mark) if copy else []
                hits, right = hits + len(found), right + (place in found)
        print(f"copies with {share:.0%} among all: {right} of {hits} matches are the original: {right / hits:.4f}")


def tell_pairs(known: Sequence[tuple[Healthy, Features]]) -> None:
    """Say how many pairs of different articles are taken for copies: of one topic, of one zone, of all."""
    groups: dict[str, dict[str, list[Features]]] = {"topic": defaultdict(list), "zone": defaultdict(list)}
    for one, text in known:
        if one.topic not in _OF_ALL_KINDS:
            groups["topic"][one.topic].append(text)
        for zone in set(_ZONE.findall(one.text)) - _NO_ZONE:
            groups["zone"][zone].append(text)
    for name, some in groups.items():
        pairs = [pair for texts in some.values() for pair in combinations(texts, 2)]
        wrong = sum(compare(a, b) is not None for a, b in pairs)
        print(f"of one {name}: {wrong} of {len(pairs)} pairs taken for copies")
    wrong = sum(compare(a, b) is not None for (_, a), (_, b) in combinations(known, 2))
    print(f"all texts: {wrong} of {len(known) * (len(known) - 1) // 2} pairs taken for copies")


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
    tell_precision(known)
    tell_pairs(known)
    many = thousand(articles)
    those = [text for one in many if (text := features(one.title, one.paragraphs))]
    by_mark = index(those)
    for name in spinner.NAMES:
        pairs = spinner.table(name)
        for how in ("5 %", "all", "everywhere", "characters"):
            first = here = asked = 0
            for place, one in enumerate(many[: len(articles)]):
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
