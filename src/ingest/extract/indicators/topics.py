"""Which of the names in a paragraph its clauses speak of, in contrast to names that only stand in them."""

import re

from ingest.extract.indicators import clauses, lexicon, spans, words
from ingest.extract.indicators.names import Mention
from ingest.extract.indicators.paragraph import Paragraph
from ingest.extract.indicators.spans import Span

_LIST = re.compile(r"[^，。；：！？\d]{0,60}?等(?:共)?[\d一二两三四五六七八九十百数几多]")
_AWARD = re.compile(r"[^，。；、的\d]{0,10}(?<!获)奖(?!总数)")
#: Words before a name that leave it what the clause speaks of: 目前，全区.
_FILLER = re.compile(r"[ \u3000、，,“‘”’]|目前|截至|其中|此外|同时|累计|已|仅|共|另外|另")
#: A firm that a description leads up to: 作为国内领先的…, 总部设在某地的….
_DESCRIBED = re.compile(r"(?:作为|身为)?[^，。；]{2,20}的|在位于的")
_LEARNT = re.compile("[^，。；]{0,6}?(?:获悉|了解到|得知)")
_SCENE = re.compile("，|的|内|里|车间|厂区|总部|展厅|现场|基地|生产线|生产车间")
#: A country that is somebody's partner or market is not what the clause counts for: 东盟为我省第一大贸易伙伴.
_PARTNER = re.compile(r"[^，。；]{0,14}?(?:贸易伙伴|出口市场|进口来源|目的地|来源地)")
#: A doer with a trade before the name: 返乡青年某某前年租下…; who only speaks is none.
_TRADE = re.compile(r"[\u4e00-\u9fff]{0,12}")
_SAYS = re.compile(r"[^，。；]{0,10}?(?:说|表示|介绍|称|告诉|认为|指出|透露|坦言|回忆|预测|建议|强调|[，。：；]|$)")
#: A name farther from the head of its clause, in characters, is not what it speaks of; bounds endless clauses.
_REACH = 80


def find(part: Paragraph, *, zone: bool, default: str | None) -> list[Mention]:
    """The names that clauses of a paragraph speak of, in order.

    Args:
        part: The paragraph.
        zone: Whether the article is about a zone: a place named with 在 is then where something happens.
        default: Whose the article's figures are where it does not say; one of our own keeps foreign countries out.
    """
    found: list[Mention] = []
    last: Span | None = None  # the clause of the last one found
    for mention in part.mentions:
        clause = part.clauses[clauses.at(part.clauses, mention.start)]
        if mention.start >= clause[0] + _REACH or mention.end > clause[1] or _in_brackets(part, clause):
            continue
        within = mention.kind == "place" and part.text.startswith("在", mention.start - 1)
        if within and (last == clause or zone):
            continue
        if mention.kind == "abroad" and not _is_there(part.text, mention, default):
            continue
        if _is_topic(part, clause, mention):
            found.append(mention)
            last = clause
    return found


def _in_brackets(part: Paragraph, clause: Span) -> bool:
    """Whether a clause stands in a parenthesis, which names no subject."""
    bracket = part.bracket(clause[0])
    return bracket is not None and clause[1] < bracket[1]


def _is_there(text: str, mention: Mention, default: str | None) -> bool:
    """Whether a text speaks of a foreign country rather than of what is traded with it."""
    if text.startswith("在", mention.start - 1) and text.startswith(("，", "的", "国内", "当地"), mention.end):
        return True
    return not _is_own(default) and _PARTNER.match(text, mention.end) is None


def _is_own(default: str | None) -> bool:
    """Whether an article is about a zone, a place or a firm rather than a country or the world."""
    return default is not None and default not in ("中国", "全球")


def _is_topic(part: Paragraph, clause: Span, mention: Mention) -> bool:
    """Whether a clause speaks of a name in it: nothing but times and connectives before it, no list around it."""
    text, after = part.text, mention.end
    prefix = _before(part, clause[0], mention.start)
    if mention.kind == "person" and mention.end - mention.start > 1 and text[mention.start : mention.end] != "笔者":
        return _TRADE.fullmatch(prefix) is not None and _SAYS.match(text, after) is None
    if mention.kind in ("organisation", "thing") and _DESCRIBED.fullmatch(prefix):
        prefix = ""
    if prefix.endswith("从") and not (mention.kind == "organisation" and _LEARNT.match(text, after)):
        return False
    if prefix.endswith("在") and mention.kind != "zone" and not _SCENE.match(text, after):
        return False
    if not lexicon.pattern("<preposition-ok>*").fullmatch(prefix) or text.startswith(("、", "等"), after):
        return False
    if _LIST.match(text, after) or (mention.kind == "place" and _AWARD.match(text, after)):
        return False
    return not (mention.kind in ("source", "place") and _tells(text, after, clause[1]))


def _tells(text: str, at: int, stop: int) -> bool:
    """Whether who is named before a position only tells what follows."""
    return lexicon.pattern("[^，。；：]{0,16}?<reports>").match(text, at, stop) is not None


def _before(part: Paragraph, lo: int, hi: int) -> str:
    """What stands in a clause before a name, less times, adverbs and other names."""
    if lo == hi:
        return ""
    cut = [(t.start, t.end) for t in spans.starting(part.times, lo, hi) if t.end <= hi]
    cut += [(m.start, m.end) for m in spans.starting(part.mentions, lo, hi) if m.end <= hi]
    kept, at = [], lo
    for start, end in sorted(cut):
        if start >= at:
            kept.append(part.text[at:start])
            at = end
    kept.append(part.text[at:hi])
    return _FILLER.sub("", "".join(kept))


def sentence_end(text: str, mention: Mention) -> int:
    """Where the sentence of a name ends."""
    return words.sentence_end(text, mention.end)
