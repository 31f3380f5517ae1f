"""Packs what a language model says of three words side by side: ``python -m tests.spin.training.threes MODEL``."""

import sys
from pathlib import Path

import numpy as np

from ingest.extract.spun import known, pairs
from tests.spin.training import merge, rows
from tests.spin.training.model import TEN, Model

#: What so little (a natural logarithm) is added by is as good as not known.
_SAYS_NOTHING = 0.3


def main(path: Path) -> None:
    """Write ``spun_threes.bin``."""
    import kenlm  # type: ignore[import-not-found]  # for this command alone, as in ``pack``

    model, reader = Model.read(path), kenlm.Model(str(path))
    nothing, first, second, last = (kenlm.State() for _ in range(4))
    reader.NullContextWrite(nothing)
    held, marks, found = merge.told().chance, [], []
    for words in zip(*(ids.tolist() for ids in model.threes), strict=True):
        one, two, three = (model.vocabulary[word] for word in words)
        if one in held and two in held and three in held:
            reader.BaseScore(nothing, two, first)
            by_two = reader.BaseScore(first, three, last)
            reader.BaseScore(nothing, one, first)
            reader.BaseScore(first, two, second)
            said = (reader.BaseScore(second, three, last) - by_two) * TEN
            if abs(said) > _SAYS_NOTHING:
                marks.append([merge.mark(word) for word in (one, two, three)])
                found.append(said)
    levels = np.abs(np.array(known.ADDED)[:, None] - np.array(found)).argmin(0)
    one, two, three = np.array(marks).T
    head = (
        "Three words each of a language model and how much likelier the last is behind both than behind the second "
        "(pairs.py, known.ADDED). From the model of libime-data-language-model 1.0.16 (LGPL-2.1-or-later), 2026-11-22."
    )
    rows.write("spun_threes", head, pairs.threes(pairs.keys(one, two), three), levels, "<u2")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
