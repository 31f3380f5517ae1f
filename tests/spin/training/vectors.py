"""Makes vectors of words from the pairs of a language model: ``python -m tests.spin.training.vectors MODEL``.

The logarithms of how much likelier a word is behind another than anywhere (none below nought) are a large table of
which few cells are known; its singular vectors fill the others.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np

from ingest.extract import lexicon
from tests.spin.training import merge
from tests.spin.training.model import TEN, Model

#: So many words, the commonest, and so many numbers each: 54,000 words and 160 numbers made the check .003 better.
_WORDS, _SIZE = 32_000, 64


def main(path: Path) -> None:
    """Write ``spun_vectors.bin``."""
    import kenlm  # type: ignore[import-not-found]  # for this command alone, as in ``pack``
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from scipy.sparse.linalg import svds  # type: ignore[import-untyped]

    vocabulary, tens, (first, second), _ = Model.read(path)
    chance, held = merge.told().chance, set(vocabulary)
    number = {word: n for n, word in enumerate(sorted(word for word in chance if word in held))}
    model, cells = kenlm.Model(str(path)), []
    start, behind, after = kenlm.State(), kenlm.State(), kenlm.State()
    model.NullContextWrite(start)
    for at in np.argsort(first, kind="stable"):
        one, two = vocabulary[first[at]], vocabulary[second[at]]
        if one in number and two in number:
            model.BaseScore(start, one, behind)
            said = (model.BaseScore(behind, two, after) - float(tens[second[at]])) * TEN
            cells.append((number[one], number[two], max(said, 0.0)))
    rows, columns, values = map(np.array, zip(*cells, strict=True))
    left, singular, right = svds(csr_matrix((values, (rows, columns)), (len(number),) * 2), _SIZE, random_state=0)
    words = sorted(sorted(number, key=lambda word: -chance[word])[:_WORDS])
    chosen = [number[word] for word in words]
    sides = [(side * np.sqrt(singular)).astype(np.float32)[chosen] for side in (left, right.T)]
    head = (
        "# Vectors of words, left then right: scales and eight-bit numbers. From the pairs of the model of "
        "libime-data-language-model 1.0.16 (LGPL-2.1-or-later), 2026-11-22.\n"
    )
    packed = (f"{head}{' '.join(words)}\n").encode() + b"".join(map(_packed, sides))
    (lexicon.DATA / "spun_vectors.bin").write_bytes(packed)


def _packed(side: Any) -> bytes:
    scales = np.abs(side).max(1) / 127
    scales[scales == 0] = 1
    return bytes(scales.astype("<f4").tobytes() + np.round(side / scales[:, None]).astype(np.int8).tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
