"""The word lists of this package, read once: units, verbs by class, phrases that only look like figures."""

import re
from functools import cache
from importlib.resources import files

_DATA = files("ingest") / "data"


def _lines(name: str) -> list[str]:
    """A data file's lines without comments and empty ones."""
    text = (_DATA / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def unit_kinds() -> dict[str, str]:
    """Unit or measure word to its kind: money, measure, count, time, percent, big and so on."""
    rows = (line.split("\t") for line in _lines("indicator_units.tsv"))
    return {row[0]: row[1] for row in rows if row[1] != "none"}


@cache
def unit_pattern() -> re.Pattern[str]:
    """Matches a unit where it stands; each carries what must not follow it (部 is none before 门)."""
    rows = [line.split("\t") for line in _lines("indicator_units.tsv")]
    parts = []
    for unit, _kind, *barred in sorted((r for r in rows if r[1] != "none"), key=lambda r: -len(r[0])):
        ahead = f"(?!{barred[0]})" if barred and barred[0] else ""
        latin = r"(?![A-Za-z])" if unit[-1].isascii() and unit[-1].isalpha() else ""
        parts.append(re.escape(unit) + ahead + latin)
    return re.compile("|".join(parts))


@cache
def verbs() -> dict[str, frozenset[str]]:
    """Verb class to its words; see the data file."""
    rows = (line.split("\t") for line in _lines("indicator_verbs.tsv"))
    return {name: frozenset(words.split()) for name, words in rows}


@cache
def verb_alternatives(*classes: str) -> str:
    """A regex alternation of the verbs of some classes, longest first."""
    table = verbs()
    return _alternatives(sorted({word for name in classes for word in table[name]}))


@cache
def phrases() -> re.Pattern[str]:
    """Set phrases and figures of speech whose numbers count nothing: 千家万户, 两个维护."""
    return re.compile(_alternatives(_lines("indicator_phrases.txt")))


@cache
def places() -> dict[str, str]:
    """Name as printed to official name, for provinces and countries that an article need not have listed."""
    rows = (line.split("\t") for line in _lines("indicator_places.tsv"))
    return {printed: official for official, names in rows for printed in (official, *names.split())}


@cache
def nouns() -> re.Pattern[str]:
    """Noun compounds with a verb inside (投资额, 建设项目), which start no phrase."""
    return re.compile(_alternatives(_lines("indicator_nouns.txt")))


@cache
def verb_classes() -> dict[str, str]:
    """Verb to its class; a verb of two classes has the first one the data file gives."""
    table: dict[str, str] = {}
    for name, listed in verbs().items():
        for word in listed:
            table.setdefault(word, name)
    return table


@cache
def words(name: str) -> frozenset[str]:
    """A list of function words by name: adverb, noun-head, deverbal."""
    rows = (line.split("\t") for line in _lines("indicator_words.tsv"))
    return frozenset(word for listed, line in rows if listed == name for word in line.split())


@cache
def glue() -> dict[str, str]:
    """A one-character word to the characters before it with which it is part of a longer one: 为 of 行为."""
    rows = (line.split("\t") for line in _lines("indicator_glue.tsv"))
    return {row[0]: row[1] for row in rows}
