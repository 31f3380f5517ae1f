"""The word lists of this package, read once each: units, verbs by class, function words, set phrases, patterns."""

import re
from collections.abc import Iterable
from functools import cache, partial
from importlib.resources import files

from ingest.extract import lexicon, matching


@cache
def _lines(name: str) -> tuple[str, ...]:
    """A data file's lines without comments and empty ones."""
    text = (files("ingest") / "data" / name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def unit_kinds() -> dict[str, str]:
    """Unit or measure word to its kind: money, measure, count, time, percent, point, multiple, fold, big and so on."""
    rows = (line.split("\t") for line in _lines("indicator_units.tsv"))
    return {row[0]: row[1] for row in rows}


@cache
def _units_by_first() -> dict[str, re.Pattern[str]]:
    """First character to what matches the units that begin with it; each carries what must not follow it (部 门)."""
    parts: dict[str, list[str]] = {}
    for unit, _kind, *barred in sorted(
        (line.split("\t") for line in _lines("indicator_units.tsv")), key=lambda r: -len(r[0])
    ):
        ahead = f"(?!{barred[0]})" if barred and barred[0] else ""
        latin = r"(?![A-Za-z])" if unit[-1].isascii() and unit[-1].isalpha() else ""
        parts.setdefault(unit[0], []).append(re.escape(unit) + ahead + latin)
    return {first: re.compile("|".join(listed)) for first, listed in parts.items()}


def unit_at(text: str, at: int) -> str:
    """The unit or measure word that stands at a position; empty for none."""
    pattern = _units_by_first().get(text[at : at + 1])
    match = pattern.match(text, at) if pattern else None
    return match[0] if match else ""


@cache
def verbs() -> dict[str, frozenset[str]]:
    """Verb class to its words; see the data file."""
    rows = (line.split("\t") for line in _lines("indicator_verbs.tsv"))
    return {name: frozenset(listed.split()) for name, listed in rows}


@cache
def verb_classes() -> dict[str, str]:
    """Verb to its class; a verb of two classes has the first one the data file gives."""
    table: dict[str, str] = {}
    for name, listed in verbs().items():
        for word in listed:
            table.setdefault(word, name)
    return table


@cache
def verb_sizes() -> dict[str, tuple[int, ...]]:
    """First character of a verb to how long the verbs are that begin with it, the longest first."""
    return _sizes((verb[0], verb) for verb in verb_classes())


@cache
def adverb_sizes() -> dict[str, tuple[int, ...]]:
    """As `verb_sizes`, for adverbs."""
    return _sizes((adverb[0], adverb) for adverb in words("adverb"))


@cache
def ending_sizes() -> dict[str, tuple[int, ...]]:
    """Last character to how long the verbs and adverbs are that end in it, the longest first."""
    return _sizes((word[-1], word) for word in (*verb_classes(), *words("adverb"), *words("trailing")))


def _sizes(placed: Iterable[tuple[str, str]]) -> dict[str, tuple[int, ...]]:
    """By character how long its words are, so that most places cost one look-up."""
    found: dict[str, set[int]] = {}
    for character, word in placed:
        found.setdefault(character, set()).add(len(word))
    return {character: tuple(sorted(sizes, reverse=True)) for character, sizes in found.items()}


@cache
def words(name: str) -> frozenset[str]:
    """A list of function words by name: adverb, trailing, noun-head, deverbal, series and so on."""
    rows = (line.split("\t") for line in _lines("indicator_words.tsv"))
    return frozenset(word for listed, line in rows if listed == name for word in line.split())


@cache
def glue() -> dict[str, str]:
    """A one-character word to the characters before it with which it is part of a longer one: 为 of 行为."""
    rows = (line.split("\t") for line in _lines("indicator_glue.tsv"))
    return {row[0]: row[1] for row in rows if len(row) > 1}


@cache
def alternatives(name: str) -> str:
    """A list of the pattern file, joined with ``|`` in the order of the file."""
    rows = (line.split("\t") for line in _lines("indicator_patterns.tsv"))
    return next("|".join(listed.split(" ")) for listing, listed in rows if listing == name)


@cache
def pattern(template: str) -> re.Pattern[str]:
    """A regular expression whose ``<name>`` parts are lists of the pattern file: ``(?:<noun-object>)$``."""
    return re.compile(re.sub(r"(?<!\?P)<([a-z]+(?:-[a-z]+)*)>", lambda m: f"(?:{alternatives(m[1])})", template))


#: Set phrases and figures of speech whose numbers count nothing: 千家万户, 两个维护.
PHRASES = matching.Matcher(partial(_lines, "indicator_phrases.txt"))
#: Noun compounds with a verb inside (投资额, 建设项目), which start no phrase.
NOUNS = matching.Matcher(partial(_lines, "indicator_nouns.txt"))


@cache
def places() -> dict[str, str]:
    """Name as printed to usual name, for countries that an article need not have listed."""
    rows = [line.split("\t") for line in _lines("indicator_places.tsv")]
    names = {name: name for name in (*lexicon.words("places_countries"), *(row[0] for row in rows))}
    return names | {printed: official for official, *others in rows for printed in " ".join(others).split()}


@cache
def things() -> re.Pattern[str]:
    """Heads of the names of works, sites and craft, where no longer word goes on from them."""
    heads = sorted(_lines("indicator_things.txt"), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, heads))})(?![化级型类口味运输币区式公人员局·])")
