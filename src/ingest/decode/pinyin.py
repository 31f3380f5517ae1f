"""Pinyin that a site put in parentheses behind Han characters against copying: 高新區(qū)."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from ingest.decode import edits, script, shifted, signs, tables
from ingest.decode.edits import Edit

_LETTERS = "a-zɡüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêếềế\u0300-\u030c"
# The bracket first, since it is looked for; the character before it is found looking back.
_NOTE = re.compile(f"[(（](?<=(?P<han>[\u3400-\u9fff]).)(?P<syllable>[{_LETTERS}]{{1,9}}[1-5]?)[)）]")
_HAN = re.compile("[\u3400-\u9fff]")
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}

# What tells a program's notes from a teacher's, and from a name in brackets. Measured on two pages with 184 and 463
# notes, and on texts that teach readings: a program annotates a character wherever it stands and always alike.
_MIN_HITS = 3
_MANY = 12
_EXACT = 0.9  # share of notes that are a reading of their character
_ALWAYS = 0.9  # share of the annotated characters' places that are annotated; the last of a page may be cut off
_TRADITIONAL = 0.9  # share of notes on characters of Traditional script, which are what such a program annotates
_DENSE = 0.45  # share of a page's Han annotated, beyond which it is a text with readings for learners ...
_SELECTIVE = 0.05  # ... unless hardly any character of both scripts is annotated
_MOSTLY = 0.6  # share of notes on Traditional characters where such a program annotated some of both scripts too
_REPEATED = 0.4  # share of notes that repeat an earlier one, where the script says nothing ...
_REPEATED_SOME = 0.1  # ... and where it says something; a teacher explains a character once


class _Note(NamedTuple):
    """A note: the character, the syllable without its tone, the tone (empty if none is written), and the place."""

    character: str
    base: str
    tone: str
    match: re.Match[str]


def find(text: str) -> list[Edit]:
    """The notes of a page, if they are damage; none of them otherwise."""
    notes = [_Note(m["han"], *_syllable(m["syllable"]), m) for m in _notes(text)]
    if len(notes) < _MIN_HITS:
        return []
    toned = any(note.tone for note in notes)
    spelled = [_spells(note, toned=toned) for note in notes]
    exact = [note for note, spells in zip(notes, spelled, strict=True) if spells]
    if len(exact) < max(_MIN_HITS, _EXACT * len(notes)) or not _by_program(text, exact):
        return []
    torn, lines = _torn(text)
    # A reading that no dictionary has is still a note where it has a tone, as no name in brackets does.
    whole = [note for note, spells in zip(notes, spelled, strict=True) if spells or note.tone]
    return sorted((*torn, *_gone(whole, lines)))


def _notes(text: str) -> list[re.Match[str]]:
    """What looks like notes, in order."""
    return [match for place in signs.standing(text, "(（") if (match := _NOTE.match(text, place))]


def _torn(text: str) -> tuple[list[Edit], list[tuple[int, int]]]:
    """Repairs of the lines whose bytes the annotator tore apart, and where these lines stand."""
    found: list[Edit] = []
    lines: list[tuple[int, int]] = []
    begin = 0
    for line in text.split("\n"):
        made = shifted.rebuilt(line) if shifted.is_torn(line) else None
        if made is not None:
            lines.append((begin, begin + len(line)))
            found += edits.moved(edits.difference(line, made, kind="pinyin", confidence=0.8), begin)
        begin += len(line) + 1
    return found, lines


def _gone(notes: list[_Note], mended: list[tuple[int, int]]) -> Iterator[Edit]:
    """The notes as found, less those in lines that are mended already."""
    for note in notes:
        start, end = note.match.span()
        if not any(begin <= start < behind for begin, behind in mended):
            yield Edit(start, end, "", "pinyin", 0.99)


def _by_program(text: str, notes: list[_Note]) -> bool:
    """Whether notes that are readings of their characters are the work of a program and not of a teacher."""
    readings = defaultdict(set)
    for note in notes:
        readings[note.character].add((note.base, note.tone))
    places = Counter(text)
    if any(len(of_one) > 1 for of_one in readings.values()):
        return False
    if len(notes) < _ALWAYS * sum(places[character] for character in readings):
        return False
    traditional = sum(note.character in tables.traditional() for note in notes) / len(notes)
    repeated = 1 - len(readings) / len(notes)
    sparse = len(notes) < _DENSE * len(_HAN.findall(text)) or _selective(places, notes)
    if traditional >= _TRADITIONAL and any(note.tone for note in notes):
        return sparse and (repeated > 0 or len(notes) >= _MANY)
    return sparse and len(notes) >= _MANY and repeated >= (_REPEATED if traditional < _MOSTLY else _REPEATED_SOME)


def _selective(places: Counter[str], notes: list[_Note]) -> bool:
    """Whether the characters that both scripts have are left without notes."""
    both = sum(n for c, n in places.items() if _HAN.match(c) and c not in tables.traditional())
    annotated = sum(note.character not in tables.traditional() for note in notes)
    return both >= _MANY and annotated < _SELECTIVE * both


def _syllable(written: str) -> tuple[str, str]:
    """A syllable's letters, v for ü, and its tone as a figure, however the tone is written; empty if it is not."""
    letters = unicodedata.normalize("NFD", written.replace("ɡ", "g")).replace("u\u0308", "v")
    tone = "".join(_TONES.get(c, c if c.isdigit() else "") for c in letters)
    return "".join(c for c in letters if c.isalpha()), tone


def reads(character: str, written: str) -> bool:
    """Whether a syllable, with a tone or without, is a reading of a character."""
    note_base, tone = _syllable(written)
    return any(note_base == base and tone in {"", t} for base, t in _readings(character))


def _spells(note: _Note, *, toned: bool) -> bool:
    readings = _readings(note.character)
    if toned:
        return (note.base, note.tone) in readings
    return note.base in {base for base, _ in readings}


@cache
def _readings(character: str) -> frozenset[tuple[str, str]]:
    """Every reading of a character and of its Simplified form."""
    forms = {character, script.simplified(character)}
    written = [r for form in forms for r in _dictionary().get(str(ord(form)), "").split(",") if r]
    return frozenset(_syllable(reading) for reading in written)


@cache
def _dictionary() -> dict[str, str]:
    """The readings of each character, by its code point, out of pypinyin's data.

    Importing the package brings its phrases along: 190,000 lists that nobody here asks for, 0.15 s to load, and three
    quarters of what every full garbage collection of the process would have to walk from then on.
    """
    package = find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pypinyin", name="pypinyin")
    found: dict[str, str] = json.loads(Path(package.origin).with_name("pinyin_dict.json").read_text("utf-8"))
    return found
