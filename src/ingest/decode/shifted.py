"""Lines that a byte-wise annotator has torn: it wrote its pinyin between the two bytes of characters.

The annotator searched GBK bytes for a character and also found it across two neighbours, so 當地 became 當?shù)亟…: the
last byte of one and the first of the next are 數 (shù). Without the notes the bytes are whole again, but for those
that a decoder turned into a question mark, together with the bracket or the ASCII character behind them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.decode import codes, guess, lattice, plausible, reading
from ingest.decode.codes import Bytes
from ingest.decode.lattice import Step
from ingest.decode.misread import Slot, Stretch

_SYLLABLE = "[a-zɡüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêếề]{1,9}"
_NOTE = re.compile(f"[(（]({_SYLLABLE})[)）]")
_EATEN = re.compile(f"[?？]({_SYLLABLE})[)）]")
# Signs of a torn line: a note without its bracket, or one behind a letter, which is half a character.
_TORN = re.compile(f"[?？]{_SYLLABLE}[)）]|[@-~][(（]{_SYLLABLE}[)）]")
_HIGH: Bytes = frozenset(range(0x80, 0x100))
_LEADS: Bytes = frozenset(range(0x81, 0xFF))
_GUESS = 4.0  # bits for each byte that has to be guessed
_GONE = -1
_PLAIN, _HALF = 0, 1  # states: _HALF behind a question mark that stands for the second byte of a character
_SAVED = 10.0  # bits a line put together again has to save


@dataclass(slots=True)
class _Bytes:
    """A line's bytes without the notes: None for a lost one, and where a note stood, the syllable of what is before."""

    cells: list[int | None] = field(default_factory=list)  # _GONE for an ASCII character that was lost with a byte
    eaten: set[int] = field(default_factory=set)  # lost bytes that took only a bracket with them
    notes: dict[int, str] = field(default_factory=dict)


def is_torn(line: str) -> bool:
    """Whether a line of an annotated page shows signs of it."""
    return _TORN.search(line) is not None


def rebuilt(line: str) -> str | None:
    """The line as it was before it was annotated, or None if its bytes do not make sense."""
    data = _read(line)
    if data is None:
        return None
    way = lattice.cheapest(len(data.cells), lambda place, state: _steps(data, place, state))
    if way is None:
        return None
    slots = [_slot(data, place, step) for place, step in way.steps if step.made]
    made = guess.filled(Stretch(0, len(line), "gb18030", slots)).made
    plain = _NOTE.sub("", line)
    return made if plausible.bits(made) < plausible.bits(plain) - _SAVED else None


def _read(line: str) -> _Bytes | None:
    data = _Bytes()
    place = 0
    while place < len(line):
        if note := _NOTE.match(line, place):
            data.notes[len(data.cells)] = note[1]
            place = note.end()
        elif eaten := _EATEN.match(line, place):
            data.eaten.add(len(data.cells))
            data.cells.append(None)
            data.notes[len(data.cells)] = eaten[1]
            place = eaten.end()
        elif line[place] == "?":
            data.cells += (None, _GONE)
            place += 1
        else:
            known = codes.encoded(line[place], "gb18030")
            if known is None:
                return None
            data.cells += known
            place += 1
    return data


def _steps(data: _Bytes, place: int, state: int) -> Iterator[Step]:
    lead = data.cells[place]
    if lead == _GONE:
        yield Step(1, _PLAIN, reading.LOST if state == _HALF else "", 0.0)
        return
    if lead is not None and lead < 0x80:
        yield Step(1, _PLAIN, chr(lead), plausible.bits(chr(lead)))
        return
    if lead is None and place not in data.eaten:
        yield Step(1, _PLAIN, "?", plausible.bits("?"))
    if place + 1 < len(data.cells) and (choices := _choices(data, place)):
        lost = sum(data.cells[p] is None for p in (place, place + 1))
        half = data.cells[place + 1] is None and place + 1 not in data.eaten
        yield Step(2, _HALF if half else _PLAIN, choices[0], plausible.bits(choices[0]) + lost * _GUESS)
    yield Step(1, _PLAIN, reading.LOST, plausible.bits(reading.LOST))


def _choices(data: _Bytes, place: int) -> tuple[str, ...]:
    """The characters that two bytes may be, likeliest first."""
    lead, trail = data.cells[place], data.cells[place + 1]
    if lead is not None and trail is not None:
        made = bytes([lead, trail]).decode("gbk", "replace")
        return (made,) if len(made) == 1 and made != reading.LOST else ()
    if trail == _GONE:
        return ()
    leads = frozenset({lead}) if lead is not None else _possible(data, place) & _LEADS
    trails = frozenset({trail}) if trail is not None else _possible(data, place + 1)
    return codes.candidates((leads, trails), "gb18030")


def _possible(data: _Bytes, place: int) -> Bytes:
    """What a lost byte may be: with the one before it, it is a character that is read as the note behind it says."""
    syllable, before = data.notes.get(place + 1), data.cells[place - 1] if place else None
    if syllable is None or before is None or before < 0x81:
        return _HIGH
    return _trails(before, syllable) or _HIGH


@lru_cache(maxsize=4096)  # the syllable is the page's word; Chinese has 400 of them, a page some dozens
def _trails(lead: int, syllable: str) -> Bytes:
    from ingest.decode import pinyin  # it imports this module

    found = set()
    for trail in range(0x40, 0xFF):
        made = bytes([lead, trail]).decode("gbk", "replace")
        if len(made) == 1 and made != reading.LOST and pinyin.reads(made, syllable):
            found.add(trail)
    return frozenset(found)


def _slot(data: _Bytes, place: int, step: Step) -> Slot:
    """A step as a character and what else it may be; with a byte, an ASCII character was lost that nobody knows."""
    places = range(place, place + step.size)
    if step.size == 1 or all(data.cells[p] is not None for p in places):
        return Slot(None, step.made)
    return Slot(None, step.made, _choices(data, place))
