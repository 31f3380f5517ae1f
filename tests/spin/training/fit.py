"""Learns the weights of the check for spun text from healthy text that it spins itself, with tables of its own."""

import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from ingest.extract import lexicon, matching
from ingest.extract.spun import known, weighing
from ingest.extract.spun.tokens import tokens
from tests.spin import spinner
from tests.spin.training.pack import write_lexicon

_EDGES = {
    "beside": [-50, -0.8, -0.4, -0.15, 0.3, 1, 1.8, 2.8, 4, 6],
    "gain": [-50, -3, -1.5, -0.5, 0.2, 0.8, 1.5, 2.2, 3, 4, 5, 6.5],
    "commoner": [-50, -3, -1.5, -0.5, 0.2, 0.8, 1.5, 2.2, 3, 4, 5, 6.5],
    "chance": [-14, -12.5, -11.5, -10.8, -10.2, -9.6, -9, -8.3, -7.5],
    "fit": [-0.3, 0.3, 1.2, 2.5, 4.5],
    "gain_": [-50, -1, 0.5, 2, 4],
    "commoner_": [-50, -1, 0.5, 2, 4],
}
_SIZES = (11, 11, 13, 13, 10, 36, 36, 36)
_SIGNS = str.maketrans({",": "，", "(": "（", ")": "）", ":": "：", ";": "；", "?": "？", "!": "！"})
_DOCUMENTS, _REVIEWS = 1500, 500
_SHARES = (0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 1.0)
_UNKNOWN = 0.25  # of the synonyms, to the check while it is trained
_FEW, _MANY = 0.02, 0.1
# Set by hand: one healthy page in twenty or so is looked at closely; what is not comes below most that is. The line for
# the flag is one that few of today's healthy pages go over: 2 of the 325 that `measure` reads.
_GATE, _BELOW, _FLAG = 0.2, -4.0, 3.2
Document = list[list[str]]


def documents(path: Path, chance: random.Random) -> list[Document]:
    """The People's Daily of January 1998, in pieces of 200 to 900 characters, as words."""
    found: list[Document] = []
    part: Document = []
    size, wanted = 0, chance.randint(200, 900)
    for line in path.read_text("utf-8").splitlines():
        words = [piece.rsplit("/", 1)[0].strip("[").translate(_SIGNS) for piece in line.split()]
        if len(words) > 8:
            part.append(words)
            size += sum(map(len, words))
        if size > wanted:
            found.append(part)
            part, size, wanted = [], 0, chance.randint(200, 900)
    return found


def reviews(paths: list[Path], chance: random.Random) -> list[Document]:
    """What people wrote about books, hotels and computers: healthy text of another kind."""
    import jieba

    lines = [line.strip() for path in paths for line in path.read_text("utf-8").splitlines()]
    long = sorted(line for line in lines if len(line) > 120 and sum(c in ",." for c in line) < 3)
    return [[list(jieba.cut(line[:600], HMM=False))] for line in chance.sample(long, _REVIEWS)]


def tables() -> list[dict[str, str]]:
    """Tables of 60 to 2,500 pairs, without any pair of the tables that the tests spin by."""
    import jieba

    jieba.initialize()
    banned = {frozenset(pair) for name in spinner.NAMES for pair in spinner.table(name)}
    count = jieba.dt.FREQ
    pool: dict[str, list[str]] = defaultdict(list)
    for rare, others in known.words().synonyms.items():  # those of a word that are not much rarer than it
        for word in others:
            if len(word) == 2 and count.get(word, 0) >= 500 and count.get(rare, 0) >= 10:
                pool[word] += [rare] * (frozenset((word, rare)) not in banned)
    pool = {word: others for word, others in pool.items() if others}
    common = sorted(pool, key=lambda word: (-count[word], word))
    made = []
    for seed, size in enumerate([60, 150, 300, 600, 1000, 1500, 2500] * 4):
        chance = random.Random(seed)
        words = common[: max(300, size * 2)]
        made.append({word: chance.choice(pool[word]) for word in chance.sample(words, min(size, len(words)))})
    return made


def spun(document: Document, table: dict[str, str], share: float, chance: random.Random) -> tuple[Document, set[str]]:
    """A document with a share of its words replaced, and the words that were put in."""
    places = [(p, w) for p, words in enumerate(document) for w, word in enumerate(words) if word in table]
    size = sum(len(word) > 1 for words in document for word in words)
    made = [list(words) for words in document]
    put = set()
    for p, w in chance.sample(places, min(len(places), round(share * size))):
        made[p][w] = table[made[p][w]]
        put.add(made[p][w])
    return (made, put) if len(put) > 2 else (made, set())


def measured(document: Document) -> list[weighing.Place]:
    """All measured words of a document."""
    matching.forget()
    return [place for words in document for place in weighing.places(tokens("".join(words)))]


def classes(found: list[weighing.Place]) -> Any:
    """The columns of each word, as numbers in one list of weights."""
    values = np.array([place[2:7] for place in found], float).reshape(-1, 5)
    before, behind, gain, commoner, chance = values.T
    fit = np.digitize(np.where(before > -50, before, 0) + np.where(behind > -50, behind, 0), _EDGES["fit"])
    gained, common = np.digitize(gain, _EDGES["gain_"]), np.digitize(commoner, _EDGES["commoner_"])
    columns = [
        np.digitize(before, _EDGES["beside"]),
        np.digitize(behind, _EDGES["beside"]),
        np.digitize(gain, _EDGES["gain"]),
        np.digitize(commoner, _EDGES["commoner"]),
        np.digitize(chance, _EDGES["chance"]),
        fit * 6 + gained,
        common * 6 + gained,
        fit * 6 + common,
    ]
    starts = np.cumsum((0, *_SIZES))
    return np.stack([column + start for column, start in zip(columns, starts, strict=False)], 1)


def learn(rows: Any, labels: Any, *, only: slice = slice(None)) -> tuple[Any, float]:
    """Logistic regression over classes, by Adam; the bias is that of even odds."""
    rows = rows[:, only]
    size = sum(_SIZES)
    weights, bias, step = np.zeros(size), 0.0, 0
    mean, square, order = np.zeros(size + 1), np.zeros(size + 1), np.random.default_rng(0)
    for _ in range(6):
        shuffled = order.permutation(len(rows))
        for at in range(0, len(rows), 4096):
            some = shuffled[at : at + 4096]
            error = 1 / (1 + np.exp(-(weights[rows[some]].sum(1) + bias))) - labels[some]
            slope = np.bincount(rows[some].ravel(), np.repeat(error, rows.shape[1]), minlength=size) / len(some)
            slope = np.append(slope + 1e-5 * weights, error.mean())
            step += 1
            mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
            move = 0.02 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
            weights -= move[:-1]
            bias -= float(move[-1])
    share = labels.mean()
    return weights, bias - math.log(share / (1 - share))


def page_sums(said: Any) -> list[float]:
    """What a page's words say together."""
    root = math.sqrt(max(len(said), 1))
    clipped = np.exp(np.clip(said, -8, 6))
    few, many = (float(np.log(1 - s + s * clipped).sum()) / root for s in (_FEW, _MANY))
    return [few, many, math.log(max(len(said), 1))]


def regression(rows: list[list[float]], labels: Any) -> list[float]:
    """Weights and bias (last) of a logistic regression, by Newton's method."""
    table = np.hstack([np.array(rows), np.ones((len(rows), 1))])
    weights = np.zeros(table.shape[1])
    penalty = np.diag([1e-3 * len(rows)] * (table.shape[1] - 1) + [0.0])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (chance - labels) + penalty @ weights
        weights -= np.linalg.solve((table.T * (chance * (1 - chance))) @ table + penalty, slope)
    return [float(weight) for weight in weights]


def main(daily: Path, others: list[Path]) -> None:
    """Train, and write the weights and the first column of the lexicon."""
    chance = random.Random(3)
    texts = documents(daily, chance)
    chance.shuffle(texts)
    texts = texts[:_DOCUMENTS] + reviews(others, chance)
    chosen = tables()
    whole = dict(known.words().synonyms)
    _forget_some(chance)
    healthy, made = [], []
    for number, text in enumerate(texts):
        healthy.append(measured(text))
        copy, put = spun(text, chosen[number % len(chosen)], chance.choice(_SHARES), chance)
        if put:
            made.append((measured(copy), put))
    odd = slice(1, None, 2)
    rows, labels = _examples(healthy[::2], made[::2])
    weights, bias = learn(rows, labels)
    said = [weights[classes(found)].sum(1) + bias for found in healthy[odd] + [found for found, _ in made[odd]]]
    truth = np.r_[np.zeros(len(healthy[odd])), np.ones(len(made[odd]))]
    few, many, size, base = regression([page_sums(one) for one in said], truth)
    first, first_bias = learn(rows, labels, only=slice(3, 5))
    known.words().synonyms.clear()
    known.words().synonyms.update(whole)
    starts = np.cumsum((0, *_SIZES))
    written = {
        "origin": "python -m tests.spin.training.fit, 2026-11-22; see tests/spin/training/README.md",
        "edges": _EDGES,
        "places": [[round(float(w), 3) for w in weights[a:b]] for a, b in pairwise(starts)],
        "bias": round(bias, 3),
        "page": {"few": few, "many": many, "size": size, "bias": base, "gate": _GATE, "below": _BELOW, "flag": _FLAG},
    }
    (lexicon.DATA / "spun_weights.json").write_text(json.dumps(written, indent=0) + "\n", "utf-8")
    _write_first(first, first_bias, starts)


def _forget_some(chance: random.Random) -> None:
    synonyms = known.words().synonyms
    banned = {frozenset(pair) for name in spinner.NAMES for pair in spinner.table(name)}
    for word, others in sorted(synonyms.items()):
        left = tuple(o for o in others if frozenset((word, o)) not in banned and chance.random() > _UNKNOWN)
        synonyms[word] = left


def _examples(
    healthy: list[list[weighing.Place]], made: list[tuple[list[weighing.Place], set[str]]]
) -> tuple[Any, Any]:
    put = [[place for place in found if place.text in words] for found, words in made]
    groups = [(found, 0.0) for found in healthy if found] + [(found, 1.0) for found in put if found]
    return np.concatenate([classes(f) for f, _ in groups]), np.concatenate([np.full(len(f), y) for f, y in groups])


def _write_first(weights: Any, bias: float, starts: Any) -> None:
    chance, synonyms = known.words().chance, known.words().synonyms
    lines = []
    for line in _lexicon():
        word, _, *rest = line.split("\t")
        said = ""
        if len(word) > 1:
            commoner = chance[synonyms[word][0]] - chance[word] if synonyms.get(word) else -99.0
            columns = (
                np.digitize(commoner, _EDGES["commoner"]) + starts[3],
                np.digitize(chance[word], _EDGES["chance"]) + starts[4],
            )
            said = str(round(100 * weighing.speaks(float(sum(weights[c] for c in columns)) + bias, 0.05)))
        lines.append("\t".join((word, said, *rest)))
    write_lexicon(lines)


def _lexicon() -> Iterator[str]:
    return iter((lexicon.DATA / "spun_lexicon.tsv").read_text("utf-8").splitlines()[1:])


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
