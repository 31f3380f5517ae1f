"""Word lists of this room, read once: sections, furniture, fields of a byline, surnames."""

from functools import cache
from pathlib import Path

_DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of ``data/<name>.txt``; the first line says where they come from."""
    return frozenset(_lines(f"{name}.txt").split())


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Return the lines of ``data/<name>.txt``."""
    return tuple(_lines(f"{name}.txt").splitlines())


@cache
def groups(name: str) -> dict[str, tuple[str, ...]]:
    """Return the words of ``data/<name>.tsv`` by the key before the tab, longest first."""
    rows = (line.split("\t") for line in _lines(f"{name}.tsv").splitlines())
    return {key: tuple(sorted(listed.split(), key=lambda w: (-len(w), w))) for key, listed in rows}


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of ``data/<name>.tsv``, cut at the tabs."""
    return tuple(tuple(line.split("\t")) for line in _lines(f"{name}.tsv").splitlines())


@cache
def column(name: str, number: int) -> frozenset[str]:
    """Return one column of ``data/<name>.tsv``, counted from 0."""
    return frozenset(line.split("\t")[number] for line in _lines(f"{name}.tsv").splitlines())


def covered(text: str, listed: frozenset[str]) -> bool:
    """Whether a text is nothing but listed words, one after the other. For short texts."""
    beginning = _by_beginning(listed)
    reached = [0]  # places that listed words reach, in order
    for start in reached:
        if start == len(text):
            return start > 0
        for word in (*beginning.get(text[start : start + 2], ()), *beginning.get(text[start], ())):
            end = start + len(word)
            if text.startswith(word, start) and end not in reached:
                reached.append(end)
    return False


@cache
def _by_beginning(listed: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The words by their first two characters, or the one they have."""
    found: dict[str, list[str]] = {}
    for word in sorted(listed, key=len):
        found.setdefault(word[:2], []).append(word)
    return {beginning: tuple(words) for beginning, words in found.items() if beginning}


def _lines(file: str) -> str:
    return (_DATA / file).read_text("utf-8").split("\n", 1)[1]
