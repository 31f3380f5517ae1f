"""The verdict on an article: flags with their figures, marked sentences and keywords, a reading to compare with."""

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.extract.bounds import within
from ingest.extract.spun import injected, signature
from ingest.extract.spun.score import Score, score
from ingest.extract.spun.weights import weights
from ingest.model import Article, Block, Flag, Label, Mark

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
#: A sentence is marked when its words together say so much (natural logarithm), the known spinner's counting each.
_SENTENCE_SAYS, _TELL_SAYS = 2.5, 2.5
#: An injected keyword speaks for spinning as much: who pushes keywords in spins, by judgement and not by a count.
_KEYWORD_SAYS = 3.0
#: The flag's score where the known spinner's words alone are enough.
_SURE = 0.95
#: They need the places they stand in to speak for it too (log odds): each of them is in the dictionary. Two dozen
#: healthy sentences that hold one each have 3.7 together, crossed.
_SUPPORT = 4.0


def judged(article: Article, blocks: list[Block]) -> Article:
    """The article with what speaks for spun text and injected keywords in it.

    Args:
        article: The article with its records.
        blocks: Those of its page, for a title that was glued on behind the text.

    Flags are ``spun``, ``keyword-injected`` and ``glued-title``; a healthy article comes back as it is. The first
    ``bounds.MOST_READ`` characters are looked at.
    """
    read = within(article.paragraphs)  # each keyword is counted in all of it: in 20 MB that took minutes
    keywords = injected.keywords(article.title or "", read)
    tells = signature.told(read)
    known = len(tells) >= signature.TELLS
    found = score((*read, article.title or ""))
    known = known and found is not None and found.value > _SUPPORT
    glued = _glued(article, blocks)
    flags = (*_spun(found, tells if known else frozenset(), keywords), *(_injection(one, glued) for one in keywords))
    if glued and flags:
        flags += (Flag(name="glued-title", reason=f"the title stands again behind the text, in line {glued.line}"),)
    if not flags:
        return article
    spun = any(flag.name == "spun" for flag in flags)
    marks = (*_keyword_marks(keywords), *(_sentence_marks(article, found, tells) if spun else ()))
    if glued:
        marks += _glued_marks(glued, keywords)
    candidates = tuple(map(signature.despun, article.paragraphs)) if known else ()
    return replace(article, flags=article.flags + flags, marks=marks, candidates=candidates)


def gathered(articles: Iterable[Article]) -> tuple[Flag, ...]:
    """The flags of a page's articles as the page's: of each name the surest."""
    surest: dict[str, Flag] = {}
    for flag in (flag for article in articles for flag in article.flags):
        if flag.name not in surest or flag.score > surest[flag.name].score:
            surest[flag.name] = flag
    return tuple(surest.values())


def _spun(found: Score | None, tells: frozenset[str], keywords: list[injected.Keyword]) -> tuple[Flag, ...]:
    value = found.value + _KEYWORD_SAYS * bool(keywords) if found else -math.inf
    over = value - weights().page.flag
    if over < 0 and not tells:
        return ()
    reasons = []
    if found:
        reasons.append(f"{len(found.odd)} of {found.words} words look put in for another, log odds {value:.1f}")
    if tells:
        reasons.append(f"{len(tells)} words of a known spinner: {'、'.join(sorted(tells)[:5])}")
    sure = 1 / (1 + math.exp(-min(over, 50.0))) if over > -50 else 0.0
    return (Flag(name="spun", score=round(max(sure, _SURE if tells else 0.0), 3), reason="; ".join(reasons)),)


def _injection(keyword: injected.Keyword, glued: Block | None) -> Flag:
    again = bool(glued and keyword.titled)
    times = len(keyword.places) + keyword.titled + again
    places = [f"{len(keyword.places)} at clauses' ends"]
    places += ["before the title"] * keyword.titled + ["before the title glued on behind the text"] * again
    reason = (
        f"{keyword.text} {times} times: {', '.join(places)}; {keyword.strange} words before it that it never follows"
    )
    return Flag(name="keyword-injected", score=round(1 - 0.5**times, 3), reason=reason)


def _keyword_marks(keywords: list[injected.Keyword]) -> list[Mark]:
    marks = []
    for keyword in keywords:
        if keyword.titled:
            size = len(keyword.text)
            marks.append(Mark(kind="keyword-injected", paragraph=-1, start=0, end=size, text=keyword.text))
        marks += [
            Mark(kind="keyword-injected", paragraph=number, start=start, end=end, text=keyword.text)
            for number, start, end in keyword.places
        ]
    return marks


def _glued_marks(glued: Block, keywords: list[injected.Keyword]) -> tuple[Mark, ...]:
    """The title behind the text, and the keyword that it begins with."""
    found = [("glued-title", glued.text), *(("keyword-injected", one.text) for one in keywords if one.titled)]
    return tuple(
        Mark(kind=kind, paragraph=-1, start=0, end=len(text), text=text, block=glued.index) for kind, text in found
    )


def _sentence_marks(article: Article, found: Score | None, tells: frozenset[str]) -> list[Mark]:
    """The sentences whose words look spun, each with the words and what may have stood in their place."""
    marks = []
    for number, text in enumerate(article.paragraphs):
        odd = [one for one in found.odd if one.paragraph == number] if found else []
        for match in _SENTENCE.finditer(text):
            inside = [one for one in odd if match.start() <= one.start < match.end()]
            told = [word for word in sorted(tells) if word in match[0]]
            if sum(one.says for one in inside) + _TELL_SAYS * len(told) < _SENTENCE_SAYS:
                continue
            words = [f"{one.text} for {one.synonym}" if one.synonym else one.text for one in inside]
            reason = "looks put in: " + ", ".join(dict.fromkeys((*words, *told)))
            place = {"paragraph": number, "start": match.start(), "end": match.end()}
            marks.append(Mark(kind="spun", text=match[0], reason=reason, **place))
    return marks


def _glued(article: Article, blocks: list[Block]) -> Block | None:
    """The block that repeats the title in the line where the text ends, on a text page."""
    title = article.title
    if not title:
        return None
    own = {blocks[index].line for index in article.blocks if blocks[index].label is not Label.TITLE}
    return next(
        (b for b in blocks if b.line in own and b.line and b.text == title and b.label is not Label.TITLE), None
    )
