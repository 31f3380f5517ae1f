"""What was put into an article's text or changed in it, as marks on its paragraphs with what may have stood there."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from ingest.marking import Span

STRANGE = "strange"  # the class of all such marks; it goes with the colour of a record on the same words
_LONGEST = 1_500  # characters of a paragraph that is compared with its candidate: some 20 ms


def spans(article: Mapping[str, Any]) -> list[list[Span]]:
    """Return the marks of each paragraph: of sentences and keywords, and of words that a candidate has others for."""
    texts: Sequence[str] = article["paragraphs"]
    found: list[list[Span]] = [[] for _ in texts]
    for mark in article["marks"]:
        if 0 <= mark["paragraph"] < len(texts):
            told = f"{mark['kind']}: {mark['reason'] or mark['text']}"
            found[mark["paragraph"]].append(Span(mark["start"], mark["end"], told, STRANGE))
    for number, (text, candidate) in enumerate(zip(texts, article["candidates"], strict=False)):
        found[number].extend(_changed(text, candidate))
    return found


def beside_the_text(article: Mapping[str, Any]) -> list[str]:
    """Return what the marks say that lie in no paragraph: on the title, or in a block behind the text."""
    told = (f"{mark['kind']} {mark['text']}" for mark in article["marks"] if mark["paragraph"] < 0)
    return list(dict.fromkeys(told))


def _changed(text: str, candidate: str) -> Iterator[Span]:
    if text == candidate or len(text) > _LONGEST:
        return
    for kind, start, end, k, m in SequenceMatcher(None, text, candidate, autojunk=False).get_opcodes():
        if kind == "replace":
            yield Span(start, end, f"may have read {candidate[k:m]}", f"{STRANGE} other")
