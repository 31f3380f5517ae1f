"""What a clause leaves out because another one said it: the noun measured, the verb, the prize being graded."""

import re

from ingest.extract.indicators import noun, phrase, right, spans, words
from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators.paragraph import Paragraph
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.spans import Span

_GRADE = re.compile(r"(?:特|一|二|三|四)等奖$")
_GRADED = re.compile(r"(.+?)(?:特|一|二|三|四)等奖$")
_AND = re.compile(r"、|，其中|和|及")
#: Heads that measure what was named before: …销售收入2519亿元，增速比上年…
_METRIC = re.compile(
    r"(?:其)?(?:增速|增幅|涨幅|降幅|跌幅|比重|占比|份额|市场份额|价值|货值|均价|单价|总数|总量|总额|总规模)"
)
_TOTALS = ("总数", "总量")
_MARK = re.compile("[，；：]")
#: The head of a clause is a noun phrase of so few and so many characters, a list so many for each item.
_SHORTEST, _LONGEST = 2, 16
#: A clause farther before a figure, in characters, does not say what it measures.
_REACH = 200


class Omitted:
    """What was last said in a paragraph, and may be left out further on."""

    def __init__(self) -> None:
        self.noun = ""  # what was last measured, a whole that something is a share of left aside
        self.verb = ""  # of the last thing counted: 新签约项目19个, 其中…2个
        self._last: Span | None = None  # the sentence of the last figure
        self.prize = ""  # whose grades are being told: 二等奖13项 after 某某奖一等奖4项

    def fill(self, part: Paragraph, figure: Figure, before: Figure | None, after: Quantity | None) -> bool:
        """Fill in a figure's noun and verb; whether the noun was found elsewhere than beside the number."""
        here, q = figure.phrase, figure.quantity
        if before is not None and before.quantity.start == q.start:  # parts of one proportion
            here.name, here.link = before.phrase.name, before.phrase.link
            return False
        self._fill_prize(figure)
        if after is not None and _shares_noun(part.text, figure, after):
            end = words.clause_end(part.text, after.end)
            here.name = phrase.read(part.text, after, (after.start, end, end), []).name or here.name
            return False
        if _METRIC.fullmatch(here.name) and self.noun and self._last == figure.sentence:
            here.name = self.noun if here.name in _TOTALS else self.noun + here.name
        elif here.name and not _is_share(part.text, figure):
            self.noun = here.name
        self._last = figure.sentence
        self._fill_verb(part.text, figure, before)
        if here.name:
            return False
        if before is not None and here.bare and before.sentence != figure.sentence:
            here.name = here.verb
        else:
            here.name = self._noun_left_out(part, figure, before)
        return True

    def _fill_prize(self, figure: Figure) -> None:
        name = figure.phrase.name
        if whole := _GRADED.match(name):
            self.prize = whole[1]
        elif _GRADE.match(name):
            figure.phrase.name = self.prize + name

    def _fill_verb(self, text: str, figure: Figure, before: Figure | None) -> None:
        """The verb of the thing counted before, where this one only goes on counting."""
        here, q = figure.phrase, figure.quantity
        if before is None or before.sentence != figure.sentence:
            self.verb = ""
        if q.kind != "count":
            return
        goes_on = before is not None and _AND.match(text, before.quantity.end, q.start)
        if goes_on and not here.verb and not here.link:
            here.verb = self.verb
        else:
            self.verb = here.verb

    def _noun_left_out(self, part: Paragraph, figure: Figure, before: Figure | None) -> str:
        """What a clause without a noun goes on about: the head of a clause between, else what was last measured."""
        start = figure.sentence[0]
        if before is not None and before.sentence == figure.sentence:
            start = before.clause[1] + 1
        return _head(part, figure, start) or self.noun or (before.phrase.name if before else "")


def _shares_noun(text: str, figure: Figure, after: Quantity) -> bool:
    """Whether the next figure has the noun of both: 6大类、30余项清单, 三大类12项服务."""
    q = figure.quantity
    if text[q.end : after.start] not in ("", "、"):
        return False
    return q.kind == "big" or (q.kind == "count" and q.end == after.start and not figure.phrase.name)


def _is_share(text: str, figure: Figure) -> bool:
    """Whether a figure's noun is a whole it is a share of; what follows is told of the part."""
    q, here = figure.quantity, figure.phrase
    if q.kind not in ("percent", "tenth"):
        return False
    return here.link == "占" or here.verb in ("完成", "实现", "达成") or text.endswith("的", 0, q.start)


def _head(part: Paragraph, figure: Figure, start: int) -> str:
    """The noun phrase that heads the clause before a figure's own: 用电增长最快, 分别达到…; empty for none."""
    text, own = part.text, figure.clause[0]
    start = max(start, own - _REACH)
    if start >= own:
        return ""
    marks = [m.end() for m in _MARK.finditer(text, start, own - 1)]
    begin = marks[-1] if marks else start
    stop = words.clause_end(text, begin)
    begin = max([begin, *(t.end for t in spans.starting(part.times, begin, stop) if t.end < stop)])
    at = noun.skip_lead(text, begin, stop)
    end = right.end_of_noun(text, at, stop)
    head = noun.clean(text[at:end]).removesuffix("方面")
    head = head[head.rfind("的") + 1 :]
    if not _SHORTEST <= len(head) <= _LONGEST * (1 + head.count("、")) or not (
        end < stop or text.startswith("方面", stop - 2)
    ):
        return ""
    moves = words.kind(right.verb_after(text, end, stop)) in ("up", "down")
    if moves and figure.quantity.kind == "percent":
        figure.phrase.link = figure.phrase.link or "增速"
    return head
