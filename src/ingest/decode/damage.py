"""Damage that nobody can mend: what was lost before the page reached us, with its extent."""

import re
from collections.abc import Iterable, Iterator

from ingest.decode import plausible, quoting
from ingest.model import Flag, Repair

_HAN = re.compile("[\u3400-\u9fff]")
# U+FFFD written as UTF-8 and read as GBK, from any of its three bytes on; the same read as Latin-1; memory that a
# compiler filled with 0xCC or 0xCD.
_REPLACED = re.compile("(?:锟斤拷){1,500}|(?:斤拷锟){1,500}|(?:拷锟斤){1,500}|(?:ï¿½){1,500}|烫{3,500}|屯{3,500}")
_LOST = re.compile("\ufffd{1,500}")
_QUESTIONS = re.compile("(?<![?？])[?]{4,500}(?![?])|(?<=[\u3400-\u9fff])[?]{2,3}(?=[\u3400-\u9fff])")
# A stretch without a mark of punctuation: names that are rare stand alone or by two, damage runs on.
_RUN = re.compile(
    "[\u0080-\u024f\u02c0-\u02ff\u0370-\u04ff\u2010-\u2bff\u3041-\u30ff\u3100-\u312f\u3400-\u9fff\ue000-\ufaff\ufe30-\ufe4f\ufffd]{8,400}"
)
_RARE_SHARE = 0.4  # of such a stretch; of Chinese text less than a hundredth is as rare
_SURE = 0.85  # confidence of a repair below which a byte of it was guessed
_EXAMPLES = 5  # places named in the reason


def find(text: str, chars: frozenset[str]) -> tuple[Flag, ...]:
    """Flags for damage beyond repair; a text that speaks of it and quotes it is not damaged."""
    found = []
    if chars & set("锟烫屯ï"):
        found.append(
            _flag("replaced-characters", text, list(_spans(text, _REPLACED)), "U+FFFD read in another charset")
        )
    if "\ufffd" in chars:
        found.append(_flag("lost-characters", text, list(_spans(text, _LOST)), "U+FFFD"))
    if "?" in chars and "??" in text:
        found.append(_flag("lost-characters", text, list(_spans(text, _QUESTIONS)), "question marks for characters"))
    if plausible.suspicious(chars) and next(plausible.surprising(text), None) is not None:
        found.append(_flag("unreadable", text, list(_unreadable(text)), "characters that make no words"))
    return tuple(flag for flag in found if flag)


def guessed(repairs: Iterable[Repair]) -> tuple[Flag, ...]:
    """A flag for repairs that had to guess lost bytes: most of these characters are right, none is sure."""
    unsure = [repair for repair in repairs if repair.confidence < _SURE]
    if not unsure:
        return ()
    size = sum(len(repair.made) for repair in unsure)
    reason = f"bytes were lost: {size} characters in {len(unsure)} mended stretches rest in part on their neighbours"
    return (Flag(name="guessed-characters", score=round(1 - min(r.confidence for r in unsure), 3), reason=reason),)


def _spans(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        if not quoting.quoted(text, match.start(), match.end()):
            yield match.start(), match.end()


def _unreadable(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        run = match.group()
        if sum(map(plausible.is_rare, run)) > _RARE_SHARE * len(run) and not quoting.quoted(text, *match.span()):
            yield match.span()


def _flag(name: str, text: str, spans: list[tuple[int, int]], what: str) -> Flag | None:
    """One flag for all of a page's stretches of a kind: how much of the text it is, and where it begins."""
    if not spans:
        return None
    size = sum(end - start for start, end in spans)
    whole = max(1, len(_HAN.findall(text)) + size)
    lines = sorted({text.count("\n", 0, start) + 1 for start, _ in spans[:_EXAMPLES]})
    where = ", ".join(map(str, lines))
    reason = f"{what}: {size} characters in {len(spans)} stretches, first in line {where}"
    return Flag(name=name, score=round(min(1.0, 0.5 + size / whole), 3), reason=reason)
