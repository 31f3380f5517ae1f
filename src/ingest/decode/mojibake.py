"""Text that was decoded in the wrong charset, mended stretch by stretch."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.decode import anew, edits, guess, misread, plausible, quoting, reading, signs
from ingest.decode.edits import Edit
from ingest.decode.misread import WRONGS, Slot, Stretch
from ingest.model import Flag

_WEST_MARKS = "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
_WESTERN = re.compile(f"[{signs.WEST}]")
_LETTER = f"[\x20-\x7e\u00a0{signs.WEST}{_WEST_MARKS}]"
_LETTERS = re.compile(f"{_LETTER}{_LETTER}{{3,}}")
_SHARED = " “”‘’—–…•·"  # marks of Windows-1252 that healthy Chinese text has too, at the end of a damaged run
_NODE_END = re.compile("[<>\n]")
_SLICE = 1_000_000  # characters of a page looked at at once
_LONGEST = 4000  # characters read anew at once
_REACH = 40  # characters on either side of such a place that are read anew
_HAN = re.compile("[\u3400-\u9fff]")
_READABLE = 13.5  # bits a character; Chinese takes 9 to 12
_SAVED = 18.0  # bits a repair has to save: two Han characters read as letters save more than twenty
# Characters looked at closely, at some ten thousand a second; of a long article read in a wrong charset with bytes
# lost throughout some ten thousand. A page with more is no article. Those that made no sense count more, since a
# page of them is none at all, and its blocks are looked at once more.
_BUDGET = 60_000
_FRUITLESS = 3
_NEVER = re.compile("(?:锟斤拷){2,}|(?:ï¿½){2,}")  # U+FFFD read in another charset: what it stood for is gone
_MIN_FOREIGN = 4  # characters that are not ASCII; fewer prove nothing
_CLEAR = 0.3  # share of a node's bits saved beyond which no other way of going wrong is tried
_ROUNDS = 3  # text that went wrong more often is not known
_EXACT, _READ, _GUESSED = 0.98, 0.95, 0.7  # confidence: every byte there, some left over, some guessed
# A line is cut behind such a character or before such a one, so a repair does not reach across.
_BEHIND = re.compile("[，。；：！？、）》”’ 　]$")
_AHEAD = re.compile("^[（《“‘ 　]")


class Found(NamedTuple):
    """The mojibake of a page that was mended, and a flag if there was too much of it to be looked at."""

    edits: list[Edit]
    flags: tuple[Flag, ...] = ()


def find(text: str) -> Found:
    """Mojibake of a suspicious page that can be mended, text between two tags or line ends at a time.

    What a text quotes to speak of it stays as it is.
    """
    return Reader().find(text, suspicious=len(text) <= signs.BLOCK)


def _shown(text: str) -> str:
    """A text with what can never be mended, and `damage` flags, put out of sight."""
    if "锟斤拷锟斤拷" not in text and "ï¿½ï¿½" not in text:
        return text
    return _NEVER.sub(lambda match: "。" * len(match.group()), text)


class _Node(NamedTuple):
    """A stretch of text without tags, its place in the page, and the suspicious places in it."""

    text: str
    start: int
    hot: list[int]


class Reader:
    """Reads the damaged stretches of a page, each once however often it is repeated, until its budget is spent."""

    def __init__(self, *, exhausted: bool = False) -> None:
        self.budget = 0 if exhausted else _BUDGET
        self.known: dict[tuple[str, tuple[int, ...]], list[Edit]] = {}

    def find(self, text: str, *, suspicious: bool = False) -> Found:
        """The mojibake of a page, or of a part of one too long to be looked at whole.

        ``suspicious``: somebody has seen that the text may hold some.
        """
        found: list[Edit] = []
        left = 0
        for begin in range(0, len(text), _SLICE):
            part = text[begin : begin + _SLICE]
            shown = _shown(part)
            if (suspicious and shown is text) or signs.suspicious(shown):
                read, unread = self._read(part, shown)
                found += edits.moved(read, begin)
                left += unread
        if found and quoting.about(text, found):
            found = []
        return Found(found, (_unread(left),) if left else ())

    def _read(self, text: str, shown: str) -> tuple[list[Edit], int]:
        """The edits of a part, and how many of its characters the budget left unread."""
        found: list[Edit] = []
        for node in _nodes(text, shown):
            if self.budget <= 0:
                return found, len(text) - node.start
            if len(signs.foreign(node.text)) >= _MIN_FOREIGN:
                key = node.text, tuple(node.hot)
                if key not in self.known:
                    mended = self._mended(node)
                    self.known[key] = [e for e in mended if not quoting.quoted(node.text, e.start, e.end)]
                found += edits.moved(self.known[key], node.start)
        return found, 0

    def _mended(self, node: _Node) -> Sequence[Edit]:
        """The edits of a node: all of it, or its runs of letters, or whatever stretches read better anew."""
        if whole := _whole(node.text):
            return whole
        if reading.LOST not in node.text and _WESTERN.search(node.text) and (letters := list(_letters(node.text))):
            return letters
        found: list[Edit] = []
        for start, end in _windows(node):
            hot = [place - start for place in node.hot if start <= place < end]
            found += edits.moved(self._parts(node.text[start:end], hot), start)
        return found

    def _parts(self, text: str, hot: list[int]) -> list[Edit]:
        """Edits of the stretches that read better anew; none if the text makes no sense even then."""
        stretches: list[Stretch] = []
        best = _SAVED
        before = self.budget
        for wrong in WRONGS:
            self.budget -= len(hot)
            if not misread.promising(text, hot, wrong):
                continue
            self.budget -= len(text)
            option, saved = anew.stretches(text, wrong)
            if saved > best:
                stretches, best = option, saved
            if best > _CLEAR * plausible.bits(text):
                break
        stretches = [guess.filled(stretch) for stretch in stretches]
        stretches = [stretch for stretch in stretches if _good(text[stretch.start : stretch.end], stretch.made)]
        found = [edit for stretch in stretches for edit in _edits(text, stretch)]
        if found and plausible.mean(edits.apply(text, found)) < _READABLE:
            return found
        self.budget -= (_FRUITLESS - 1) * (before - self.budget)
        return []


def _unread(left: int) -> Flag:
    reason = f"too many damaged characters: {left} behind the first {_BUDGET} were not looked at"
    return Flag(name="unmended", reason=reason)


def _nodes(text: str, shown: str) -> Iterator[_Node]:
    """The stretches of text that hold something suspicious, in order, not overlapping."""
    places = signs.places(shown)
    done = 0
    place = next(places, None)
    while place is not None:
        start = max(done, place - _LONGEST // 2)
        for bound in _NODE_END.finditer(text, start, place):
            start = bound.end()
        after = _NODE_END.search(text, place, place + _LONGEST)
        done = after.start() if after else min(len(text), place + _LONGEST)
        done = max(done, place + 1)
        hot: list[int] = []
        while place is not None and place < done:
            hot.append(place - start)
            place = next(places, None)
        yield _Node(text[start:done], start, hot)


def _windows(node: _Node) -> list[tuple[int, int]]:
    """The surroundings of a node's suspicious places."""
    windows: list[tuple[int, int]] = []
    for place in node.hot:
        start, end = max(0, place - _REACH), min(len(node.text), place + _REACH)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def _whole(node: str) -> Sequence[Edit]:
    """All of a node read anew, as often as it went wrong; nothing if that makes no sense."""
    found: Sequence[Edit] = []
    text = node
    for _ in range(_ROUNDS):
        better = _once(text)
        if better is None:
            break
        found = edits.compose(found, text, list(_edits(text, better)))
        text = better.made
    return found if found and _good(node, text) else []


def _once(node: str) -> Stretch | None:
    """A node read anew once; what is valid UTF-8 is it, or else the reading that surprises least."""
    options = [stretch for wrong in WRONGS for stretch in misread.whole(node, wrong)]
    best = min(options, key=lambda s: (s.true != "utf-8", plausible.bits(s.made)), default=None)
    if best is None or plausible.bits(best.made) > plausible.bits(node) - _SAVED:
        return None
    return best


def _good(found: str, made: str) -> bool:
    return (
        plausible.bits(made) <= plausible.bits(found) - _SAVED
        and plausible.mean(made) < _READABLE
        and len(_HAN.findall(made)) >= 2
    )


def _letters(node: str) -> Iterator[Edit]:
    """Runs of letters with accents in a node that holds Chinese characters too."""
    for match in _LETTERS.finditer(node):
        run = match.group()
        options = []
        for part in {run, run.strip(_SHARED), run.lstrip(_SHARED), run.rstrip(_SHARED)}:
            found = _whole(part) if len(signs.foreign(part)) >= _MIN_FOREIGN else []
            if found:
                options.append((plausible.bits(run.replace(part, edits.apply(part, found))), part, found))
        if options:
            _, part, found = min(options, key=lambda option: option[:2])
            yield from edits.moved(found, match.start() + run.index(part))


def _edits(node: str, stretch: Stretch) -> Iterator[Edit]:
    """A stretch as edits that end where a line may be cut."""
    confidence = _GUESSED if stretch.guessed else _EXACT if stretch.end - stretch.start == len(node) else _READ
    begin = stretch.start
    made = ""
    for slot in (*stretch.slots, Slot(stretch.end, "")):
        boundary = slot.start is not None and slot.start > begin
        if boundary and (not slot.made or _BEHIND.search(made) or _AHEAD.search(slot.made)):
            end = slot.start or 0
            if made != node[begin:end]:
                yield Edit(begin, end, made, "mojibake", confidence)
            begin, made = end, ""
        made += slot.made
