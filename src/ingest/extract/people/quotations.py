"""Who is quoted with what: “…”张三说；李四表示：“…”. Reported speech without quotation marks is no quote."""

import re
from collections.abc import Iterator

from ingest.extract import matching
from ingest.extract.reading import Reading

_SPEECH = matching.listed("people_speech")
_SENTENCE_END = "。！？…；"
_QUOTE = re.compile(r"“([^“”]{2,600})”")
_PRONOUN = re.compile(r"[他她](?:说|表示|告诉|坦言|介绍|补充|解释|强调|认为|称)")
# What ends a clause behind a quote, before one, and the quote before in the same sentence.
_CLOSES, _CLOSED, _JUST_SAID = re.compile("[。！？；“]"), re.compile("[。！？；”]"), re.compile("”[^”。！？]{0,20}$")
_AFTER = 40
# Set off by a comma, a fragment is somebody's words from this length on; a shorter one is a term.
_FRAGMENT = 6
_BEFORE = 60
# A whole utterance ends in a full stop inside the marks; a shorter stretch is a term or a slogan, unless a verb of
# speech stands right before it.
_WHOLE = tuple("。！？…，；")
_VERBS = ("说", "反问", "认为", "称", "道", "直言", "坦言")
_OPENS = ("：", ":", *(verb + mark for verb in _VERBS for mark in ("", "，")))


def by_speaker(reading: Reading, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The quotes of each of the named persons, in the order of the text."""
    found: dict[str, list[str]] = {}
    if not names:
        return {}
    for paragraph in reading.paragraphs:
        if "“" not in paragraph:
            continue
        for speaker, quote in _attributed(paragraph, names):
            said = found.setdefault(speaker, [])
            if quote not in said:
                said.append(quote)
    return {speaker: tuple(said) for speaker, said in found.items()}


def _attributed(paragraph: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    last: str | None = None
    for quote in _QUOTE.finditer(paragraph):
        said = quote.group(1)
        before = paragraph[max(0, quote.start() - _BEFORE) : quote.start()]
        whole = said.removesuffix("\n").endswith(_WHOLE)
        opened = before.rstrip().endswith(_OPENS) or (before.endswith("，") and len(said) >= _FRAGMENT)
        if not whole and not opened:
            continue
        speaker = _speaker_before(before, names) if opened or before.endswith("，") else None
        if speaker is None and whole and (not before or before[-1] in _SENTENCE_END + "”"):
            after = paragraph[quote.end() : quote.end() + _AFTER]
            speaker = _speaker_after(after, names)
            if speaker is None and _PRONOUN.match(after):
                speaker = _last_named(paragraph[: quote.start()], names)
        if speaker is None and before.endswith(("，", "：")) and last and _nobody_else(before):
            speaker = last
        if speaker:
            last = speaker
            yield speaker, said.rstrip("，；") if not said.endswith(("。", "！", "？")) else said


def _speaker_after(after: str, names: tuple[str, ...]) -> str | None:
    """The person named in the clause behind a quote."""
    clause = _CLOSES.split(after, maxsplit=1)[0]
    spots = [(clause.find(name), name) for name in names if name in clause]
    return min(spots)[1] if spots else None


def _last_named(before: str, names: tuple[str, ...]) -> str | None:
    """The person named last: whom 他说 means."""
    spots = [(before.rfind(name), name) for name in names if name in before]
    return max(spots)[1] if spots else None


def _speaker_before(before: str, names: tuple[str, ...]) -> str | None:
    """The person who speaks in the sentence before a quote: the last one named whom a verb of speech follows."""
    clause = _CLOSED.split(before)[-1]
    spots = sorted(((clause.rfind(name), name) for name in names if name in clause), reverse=True)
    for position, name in spots:
        if _has_speech(clause[position + len(name) :]):
            return name
    return None


def _has_speech(text: str) -> bool:
    return any(True for _ in _SPEECH.find(text)) or any(c in text for c in "说称道")


def _nobody_else(before: str) -> bool:
    """Whether the speaker of the quote before goes on: …”他说，“…”."""
    return _JUST_SAID.search(before) is not None and "负责人" not in before
