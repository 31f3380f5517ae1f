"""Finds words in running text without segmenting it: verbs and function words at a position, protected compounds."""

import re

from ingest.extract.indicators import lexicon
from ingest.extract.indicators.spans import Span
from ingest.extract.words import sentence

_END = re.compile("[，。；：！？\n]")
_STOP = re.compile("[。！？\n]")
#: Beyond so many characters no clause or sentence is followed.
_SENTENCE = 600
_HAN = re.compile("[\u4e00-\u9fff]")


def is_whole(text: str, at: int, word: str) -> bool:
    """Whether a word found at a position is no half of a longer one: 研究 of 研究生."""
    cut = sentence(text)
    return cut.edge(at) and cut.edge(at + len(word))


def verb_at(text: str, at: int, stop: int) -> str:
    """The longest verb of the lexicon that begins at a position; empty for none."""
    for length in lexicon.verb_sizes().get(text[at : at + 1], ()):
        word = text[at : at + length]
        if (
            at + length <= stop
            and word in lexicon.verb_classes()
            and not (length == 1 and (_glued(text, at, word) or text[at : at + 2] in lexicon.words("verb-half")))
        ):
            return word
    return ""


def word_before(text: str, lo: int, hi: int) -> str:
    """The longest verb or adverb of the lexicon that ends at ``hi``; empty for none."""
    for length in lexicon.ending_sizes().get(text[hi - 1 : hi], ()):
        word = text[hi - length : hi]
        if (
            hi - length >= lo
            and (word in lexicon.verb_classes() or is_adverb(word))
            and not (length == 1 and hi - 1 > lo and _glued(text, hi - 1, word))
        ):
            return word
    return ""


def adverb_at(text: str, at: int, stop: int) -> str:
    """The longest adverb at the head of a phrase; empty where it begins a noun (新 of 新能源)."""
    for length in lexicon.adverb_sizes().get(text[at : at + 1], ()):
        word = text[at : at + length]
        if at + length <= stop and word in lexicon.words("adverb"):
            longer = length == 1 and (begins_noun(text, at) or len(verb_at(text, at, stop)) > 1)
            return "" if longer else word
    return ""


def begins_noun(text: str, at: int) -> bool:
    """Whether the two characters at a position begin a noun although the first one may be a function word."""
    return text[at : at + 2] in lexicon.words("noun-head")


def is_adverb(word: str) -> bool:
    """Whether a word only grades or times a verb."""
    return word in lexicon.words("adverb") or word in lexicon.words("trailing")


def is_deverbal(word: str) -> bool:
    """Whether a verb right before a number is itself what is measured: 出口5亿元."""
    return word in lexicon.words("deverbal")


def is_series(verb: str) -> bool:
    """Whether a verb with a number behind it names a statistical series (投资, 出口), not a deed (融资)."""
    return verb in lexicon.words("series")


def kind(word: str) -> str:
    """The class of a verb (have, stock, flow, join, copula, up, down, cause); empty for no verb."""
    return lexicon.verb_classes().get(word, "flow" if is_deverbal(word) else "")


def is_copula(word: str) -> bool:
    """Whether a word may say that a noun is so much (完成, 达), whatever else it is."""
    return word in lexicon.verbs()["copula"]


def links(word: str) -> bool:
    """Whether a word may stand between a noun and its number."""
    return is_copula(word) or kind(word) in ("up", "down", "cause", "have")


def joins(verb: str) -> bool:
    """Whether a verb with a noun of persons or firms behind it names them: 参与人才, 受益群众."""
    return verb in lexicon.words("taking-part")


def clause_end(text: str, at: int) -> int:
    """Where the clause that a position lies in ends."""
    match = _END.search(text, at, at + _SENTENCE)
    return match.start() if match else min(len(text), at + _SENTENCE)


def sentence_end(text: str, at: int) -> int:
    """Where the sentence that a position lies in ends."""
    match = _STOP.search(text, at, at + _SENTENCE)
    return match.end() if match else min(len(text), at + _SENTENCE)


def compounds(text: str, lo: int, hi: int) -> list[Span]:
    """Spans of noun compounds with a verb inside."""
    return lexicon.NOUNS.within(text, lo, hi)


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return _HAN.search(text) is not None


def _glued(text: str, at: int, word: str) -> bool:
    return at > 0 and text[at - 1] in lexicon.glue().get(word, "")
