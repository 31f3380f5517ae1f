"""Damage that nobody can mend: what was lost before the page reached us, with its extent."""

import re
from collections.abc import Container, Iterable, Iterator

from ingest.decode import quoting, signs
from ingest.decode.edits import Edit, Swaps
from ingest.model import Flag

_HAN = re.compile("[\u3400-\u9fff]")
# U+FFFD written as UTF-8 and read as GBK, from any of its three bytes on; the same read as Latin-1; memory that a
# compiler filled with 0xCC or 0xCD.
_REPLACED = re.compile(
    "[锟斤拷ï烫屯](?:(?<=锟)斤拷(?:锟斤拷)*|(?<=斤)拷锟(?:斤拷锟)*|(?<=拷)锟斤(?:拷锟斤)*|(?<=ï)¿½(?:ï¿½)*|(?<=烫)烫烫+|(?<=屯)屯屯+)"
)
_REPLACED_SIGNS = ("锟", "ï¿½", "烫烫烫", "屯屯屯")  # one of them is in each
_LOST = re.compile("\ufffd\ufffd*")
_QUESTIONS = re.compile(r"\?\?+")
_MANY = 4  # question marks in a row that nobody writes; fewer are lost characters only between Han
# A stretch without a mark of punctuation: names that are rare stand alone or by two, damage runs on.
_SHORTEST = 8
_RUN = re.compile(
    "[\u0080-\u024f\u02c0-\u02ff\u0370-\u04ff\u2010-\u2bff\u3041-\u30ff\u3100-\u312f\u3400-\u9fff\ue000-\ufaff\ufe30-\ufe4f\ufffd]"
    f"{{{_SHORTEST},}}"
)
_REACH = 200  # characters on either side of a place that are looked at
_RARE_SHARE = 0.4  # of such a stretch; of Chinese text less than a hundredth is as rare
_SURE = 0.85  # confidence of a repair below which a byte of it was guessed
_EXAMPLES = 5  # places named in the reason


def find(text: str, told: Container[str] = ()) -> tuple[Flag, ...]:
    """Flags for damage beyond repair; a text that speaks of it and quotes it is not damaged.

    ``told`` are the names of flags that the page has from an earlier part; they are not looked for again, so that 30 MB
    of rare characters take no longer than their first part.
    """
    found = []
    if "replaced-characters" not in told and any(map(text.__contains__, _REPLACED_SIGNS)):
        found.append(_flag("replaced-characters", text, _spans(text, _REPLACED), "U+FFFD read in another charset"))
    if "lost-characters" not in told and "\ufffd" in text:
        found.append(_flag("lost-characters", text, _spans(text, _LOST), "U+FFFD"))
    if "lost-characters" not in told and "??" in text:
        found.append(_flag("lost-characters", text, _questions(text), "question marks for characters"))
    if "unreadable" not in told and signs.is_alien(text):
        found.append(_flag("unreadable", text, _unreadable(text), "characters that make no words"))
    return tuple(flag for flag in found if flag)


def guessed(edits: Iterable[Edit]) -> tuple[Flag, ...]:
    """A flag for repairs that had to guess lost bytes: most of these characters are right, none is sure."""
    unsure = [edit for edit in edits if edit.confidence < _SURE] if not isinstance(edits, Swaps) else []
    if not unsure:
        return ()
    size = sum(len(edit.made) for edit in unsure)
    reason = f"bytes were lost: {size} characters in {len(unsure)} mended stretches rest in part on their neighbours"
    return (
        Flag(name="guessed-characters", score=round(1 - min(edit.confidence for edit in unsure), 3), reason=reason),
    )


def _spans(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        if not quoting.quoted(text, match.start(), match.end()):
            yield match.start(), match.end()


def _questions(text: str) -> Iterator[tuple[int, int]]:
    """Runs of question marks that stand for characters."""
    for start, end in _spans(text, _QUESTIONS):
        before, after = text[start - 1 : start], text[end : end + 1]
        if (end - start >= _MANY and before != "？") or (
            end - start < _MANY and _HAN.match(before) and _HAN.match(after)
        ):
            yield start, end


def _unreadable(text: str) -> Iterator[tuple[int, int]]:
    """Runs of characters that hold too many rare ones for words."""
    done = 0
    while (place := next(signs.alien(text, done), None)) is not None:
        match = _run(text, place, max(done, place - _REACH))
        done = match.end() if match else place + 1
        if match and _is_rare(match.group()) and not quoting.quoted(text, *match.span()):
            yield match.span()


def _run(text: str, place: int, least: int) -> re.Match[str] | None:
    """The run that holds a place and begins at ``least`` or later."""
    # Where none of the shortest is round the place, none is: that spares the wider look in bytes that are no text.
    if not _RUN.search(text, max(least, place - _SHORTEST + 1), place + _SHORTEST):
        return None
    runs = _RUN.finditer(text, least, place + _REACH)
    return next((match for match in runs if match.start() <= place < match.end()), None)


def _is_rare(run: str) -> bool:
    return signs.rare_in(run) > _RARE_SHARE * len(run)


def _flag(name: str, text: str, found: Iterable[tuple[int, int]], what: str) -> Flag | None:
    """One flag for all of a page's stretches of a kind: how much of the text it is, and where it begins."""
    spans = list(found)
    if not spans:
        return None
    size = sum(end - start for start, end in spans)
    whole = max(1, signs.han(text) + size)
    lines = sorted({text.count("\n", 0, start) + 1 for start, _ in spans[:_EXAMPLES]})
    where = ", ".join(map(str, lines))
    reason = f"{what}: {size} characters in {len(spans)} stretches, first in line {where}"
    return Flag(name=name, score=round(min(1.0, 0.5 + size / whole), 3), reason=reason)
