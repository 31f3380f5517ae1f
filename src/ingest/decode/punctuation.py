"""Half-width marks that a crawl left between Han characters, back to full width."""

import re
from collections.abc import Iterator

from ingest.model import Repair

_CJK = "\u3400-\u9fff\u3001-\u3003\u3008-\u3011\u2018-\u201d\u2026\uff01-\uff5e"
_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_MARK = re.compile(
    f"(?<=[{_CJK}%])[,:;!?](?![!?])|(?<![!?0-9])[,:;!?](?=[{_CJK}])|(?<=[0-9A-Za-z)])[,:;](?=[\u3400-\u9fff])"
)
_BRACKETS = re.compile(r"\(([^()\n]{0,120})\)")
_HAN = re.compile("[\u3400-\u9fff]")
_OTHER = re.compile("[\u3040-\u30ff\uac00-\ud7a3]")


def find(text: str) -> list[Repair]:
    """Marks to widen: between Han, and brackets round Han or behind it."""
    if not _HAN.search(text):
        return []
    places = {m.start() for m in _MARK.finditer(text)}
    places.update(_brackets(text))
    return [_widen(text, place) for place in sorted(places)]


def _widen(text: str, place: int) -> Repair:
    mark = text[place]
    return Repair(kind="punctuation", start=place, end=place + 1, found=mark, made=mark.translate(_WIDE))


def _brackets(text: str) -> Iterator[int]:
    for match in _BRACKETS.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if _HAN.search(match.group(1)) or _HAN.match(before):
            yield match.start()
            yield match.end() - 1
