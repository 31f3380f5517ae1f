"""Text that was decoded in the wrong charset, mended stretch by stretch."""

import re
from collections.abc import Iterator
from heapq import merge
from typing import NamedTuple

from ingest.decode import anew, edits, guess, misread, plausible, quoting, reading
from ingest.decode.misread import WRONGS, Slot, Stretch
from ingest.model import Flag, Repair

_WEST = "\u0080-\u009f\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
_WEST_MARKS = "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
# Bytes read as Latin-1 or Windows-1252 are letters with accents and signs, close together.
_WEST_LETTERS = _WEST.replace("\u00a1-\u00ff", "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff")
_WESTERN = re.compile(f"[{_WEST_LETTERS}][^\n<>]{{0,2}}[{_WEST}]|[{_WEST}][^\n<>]{{0,2}}[{_WEST_LETTERS}]")
_LETTERS = re.compile(f"[\x20-\x7e\u00a0{_WEST}{_WEST_MARKS}]{{4,}}")
_SHARED = " “”‘’—–…•·"  # marks of Windows-1252 that healthy Chinese text has too, at the end of a damaged run
_NODE_END = re.compile("[<>\n]")
_SLICE = 1_000_000  # characters of a page looked at at once
_LONGEST = 4000  # characters read anew at once
_REACH = 40  # characters on either side of such a place that are read anew
_HAN = re.compile("[\u3400-\u9fff]")
_READABLE = 13.5  # bits a character; Chinese takes 9 to 12
_SAVED = 18.0  # bits a repair has to save: two Han characters read as letters save more than twenty
# Characters looked at closely, at some ten thousand a second; of a long article read in a wrong charset with bytes
# lost throughout some ten thousand. A page with more is no article.
_BUDGET = 100_000
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

    repairs: list[Repair]
    flags: tuple[Flag, ...] = ()


def find(text: str) -> Found:
    """Mojibake of a page that can be mended, text between two tags or line ends at a time.

    What a text quotes to speak of it stays as it is.
    """
    repairs: list[Repair] = []
    reader = _Reader()
    left = 0
    for begin in range(0, len(text), _SLICE):
        part = text[begin : begin + _SLICE]
        shown = _shown(part)
        if not _suspicious(plausible.foreign(shown)):
            continue
        if reader.budget > 0:
            repairs += (edits.moved(repair, begin) for repair in reader.read(part, shown))
        if reader.budget <= 0:
            left += len(part) - reader.done
            reader.done = 0
    if repairs and quoting.about(text, repairs):
        repairs = []
    return Found(repairs, (_unread(left),) if left else ())


def _unread(left: int) -> Flag:
    reason = f"more than {_BUDGET} damaged characters: the last {left} characters of the page were not mended"
    return Flag(name="unmended", reason=reason)


def _shown(text: str) -> str:
    """A text with what can never be mended, and `damage` flags, put out of sight."""
    if "锟" not in text and "ï¿½" not in text:
        return text
    return _NEVER.sub(lambda match: "。" * len(match.group()), text)


class _Node(NamedTuple):
    """A stretch of text without tags, its place in the page, and the suspicious places in it."""

    text: str
    start: int
    hot: list[int]


class _Reader:
    """Reads the damaged stretches of a page, each once however often it is repeated, until its budget is spent."""

    def __init__(self) -> None:
        self.budget = _BUDGET
        self.done = 0  # where the reading of a part stopped
        self.known: dict[tuple[str, tuple[int, ...]], list[Repair]] = {}

    def read(self, text: str, shown: str) -> Iterator[Repair]:
        for node in _nodes(text, shown):
            if self.budget <= 0:
                self.done = node.start
                return
            if sum(c > "\x7f" for c in node.text) >= _MIN_FOREIGN:
                key = node.text, tuple(node.hot)
                if key not in self.known:
                    found = self._mended(node)
                    self.known[key] = [r for r in found if not quoting.quoted(node.text, r.start, r.end)]
                yield from (edits.moved(repair, node.start) for repair in self.known[key])
        self.done = len(text)

    def _mended(self, node: _Node) -> list[Repair]:
        """The repairs of a node: all of it, or its runs of letters, or whatever stretches read better anew."""
        if whole := _whole(node.text):
            return whole
        windows = _windows(node)
        self.budget -= sum(end - start for start, end in windows)
        if reading.LOST not in node.text and (letters := list(_letters(node.text))):
            return letters
        repairs: list[Repair] = []
        for start, end in windows:
            hot = [place - start for place in node.hot if start <= place < end]
            repairs += (edits.moved(repair, start) for repair in _parts(node.text[start:end], hot))
        return repairs


def _suspicious(foreign: str) -> bool:
    """Whether a text may hold mojibake, by its characters that are not ASCII; all that most pages pay for."""
    shaped = misread.utf8_in_gbk().search(foreign) or _WESTERN.search(foreign)
    return shaped is not None or next(plausible.surprising(foreign), None) is not None


def _nodes(text: str, shown: str) -> Iterator[_Node]:
    """The stretches of text that hold something suspicious, in order, not overlapping."""
    western, shaped = ((m.start() for m in p.finditer(shown)) for p in (_WESTERN, misread.utf8_in_gbk()))
    places = merge(western, shaped, plausible.surprising(shown))
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
            if not hot or hot[-1] != place - start:
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


def _whole(node: str) -> list[Repair]:
    """All of a node read anew, as often as it went wrong; nothing if that makes no sense."""
    repairs: list[Repair] = []
    text = node
    for _ in range(_ROUNDS):
        better = _once(text)
        if better is None:
            break
        repairs = edits.compose(node, repairs, text, list(_repairs(text, better)))
        text = better.made
    return repairs if _good(node, text) else []


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


def _letters(node: str) -> Iterator[Repair]:
    """Runs of letters with accents in a node that holds Chinese characters too."""
    for match in _LETTERS.finditer(node):
        run = match.group()
        options = []
        for part in {run, run.strip(_SHARED), run.lstrip(_SHARED), run.rstrip(_SHARED)}:
            repairs = _whole(part) if sum(c > "\x7f" for c in part) >= _MIN_FOREIGN else []
            if repairs:
                options.append((plausible.bits(run.replace(part, edits.apply(part, repairs))), part, repairs))
        if options:
            _, part, repairs = min(options, key=lambda option: option[:2])
            begin = match.start() + run.index(part)
            yield from (edits.moved(repair, begin) for repair in repairs)


def _parts(text: str, hot: list[int]) -> list[Repair]:
    """Repairs of the stretches that read better anew; none if the text makes no sense even then."""
    found: list[Stretch] = []
    best = _SAVED
    for wrong in WRONGS:
        if not misread.promising(text, hot, wrong):
            continue
        option, saved = anew.stretches(text, wrong)
        if saved > best:
            found, best = option, saved
        if best > _CLEAR * plausible.bits(text):
            break
    found = [guess.filled(stretch) for stretch in found]
    found = [stretch for stretch in found if _good(text[stretch.start : stretch.end], stretch.made)]
    repairs = [repair for stretch in found for repair in _repairs(text, stretch)]
    return repairs if plausible.mean(edits.apply(text, repairs)) < _READABLE else []


def _repairs(node: str, stretch: Stretch) -> Iterator[Repair]:
    """A stretch as repairs that end where a line may be cut."""
    confidence = _GUESSED if stretch.guessed else _EXACT if stretch.end - stretch.start == len(node) else _READ
    begin = stretch.start
    made = ""
    for slot in (*stretch.slots, Slot(stretch.end, "")):
        boundary = slot.start is not None and slot.start > begin
        if boundary and (not slot.made or _BEHIND.search(made) or _AHEAD.search(slot.made)):
            end = slot.start or 0
            if made != node[begin:end]:
                yield Repair(
                    kind="mojibake", start=begin, end=end, found=node[begin:end], made=made, confidence=confidence
                )
            begin, made = end, ""
        made += slot.made
