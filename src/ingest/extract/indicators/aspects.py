"""What kind of figure it is: a level, a change, a rate of growth, a share, a rank, a target."""

import re
from typing import NamedTuple

from ingest.extract.indicators import lexicon, words
from ingest.extract.indicators.phrase import Phrase
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.times import Time

_DONE = re.compile(r"已经?(?!定)|目前|截至|去年|累计已|了(?=\d)|预计|预测|有望|估计|如果|若|假如")
_FORECAST = re.compile("预计|预测|有望|估计")
_STAY = "<rose>(?:到了?|至|为|成)(?:(?:目前|现在|如今|今年|去年|当前)的)?$"
_INDEXED = re.compile(r"指数|PMI|景气")
_RATE = re.compile(r"增速|增幅|涨幅|降幅|跌幅|增长率|升幅|同比|环比")
#: What is done every year, or may be given at most, is how things stand and no deed of the period.
_CUSTOM = re.compile("每[年月天日周晚季次]|[年日月]均|单个|最高|最多")
#: Persons who come, take part or speak are how many there are: 60名师生走进….
_PERSONS = ("名", "人", "位")
_STANDS = re.compile(r"已(?!经?举办|开展)|目前|现有")
#: Without one of these characters nothing speaks of an aim, of what is to come soon.
_AIM, _SOON = re.compile("[争拟划标努求]"), re.compile("[保要后面旨将]")
#: An aim farther before a figure, in characters, is not the figure's; bounds the work in endless sentences.
REACH = 400
_RATES = ("percent", "permille", "tenth", "multiple", "fold")


class Setting(NamedTuple):
    """Where a figure stands: its clause's text up to it, its time, whether its sentence has spoken of an aim."""

    clause: str
    time: Time | None
    aims: bool

    @property
    def dated(self) -> bool:
        """Whether a stretch of days dates the figure."""
        return self.time is not None and self.time.kind in ("range", "since") and self.time.period is not None

    @property
    def now(self) -> bool:
        """Whether it is told as it stood at a point in time."""
        return self.time is not None and self.time.kind in ("now", "until")


def aims_at(text: str, sentence: int, clause: int, hi: int) -> bool:
    """Whether the words before a number speak of an aim that nothing after them takes back.

    力争 and its like hold from where they stand to the end of the sentence; 将 and 确保 within their clause.
    """
    found: list[re.Match[str]] = []
    for sign, words_of_aim, start in ((_AIM, "<aim>", sentence), (_SOON, "<soon>", clause)):
        lo = max(start, hi - REACH)
        if sign.search(text, lo, hi):
            found += lexicon.pattern(words_of_aim).finditer(text, lo, hi)
    if not found:
        return False
    last = max(found, key=lambda m: m.start())
    return not _DONE.search(text, last.end(), hi) and not _FORECAST.search(text, clause, last.start())


def read(text: str, q: Quantity, phrase: Phrase, setting: Setting) -> tuple[str, int]:
    """The aspect of a figure and the sign of its value (-1 for what falls)."""
    if q.kind == "rank":
        return "rank", 1
    if q.kind == "big" or q.unit == "大类":
        return "level", 1
    way = _way(text, q, phrase)
    sign = -1 if way == "down" and not (phrase.first and q.kind not in (*_RATES, "point")) else 1
    if setting.aims:
        return "target", sign if q.kind in (*_RATES, "point") else 1
    if q.kind in _RATES:
        return _rate(q, phrase, moves=bool(way)), sign
    if q.kind == "point" or (way and not phrase.first):
        return "change", sign
    return _count(q, phrase, setting), 1


def _way(text: str, q: Quantity, phrase: Phrase) -> str:
    """Up or down where the number says by how much something moved; empty where it says to what."""
    way = words.kind(phrase.link)
    if not way and q.kind in ("percent", "multiple", "tenth", "point"):
        way = words.kind(phrase.verb)
    before = text[max(0, q.start - 12) : q.start].rstrip("约近超")
    return way if way in ("up", "down") and not lexicon.pattern(_STAY).search(before) else ""


def _rate(q: Quantity, phrase: Phrase, *, moves: bool) -> str:
    if moves or q.kind == "fold":
        return "growth"
    if q.kind == "multiple" or _INDEXED.search(phrase.name):
        return "level"
    return "growth" if _RATE.search(phrase.name + phrase.link) else "share"


def _count(q: Quantity, phrase: Phrase, setting: Setting) -> str:
    """Level or change, by the verb and by whether the deed is dated."""
    kind = words.kind(phrase.verb)
    come = phrase.first and q.unit in _PERSONS and kind == "flow" and phrase.verb not in setting.clause
    if come or _CUSTOM.search(setting.clause):
        return "level"
    if phrase.verb.startswith("举办") or (kind == "flow" and q.unit in ("场", "次", "场次", "期")):
        return "change"
    if setting.dated and q.kind == "count" and "奖" in phrase.name:
        return "change"
    if kind == "have" or q.kind == "time" or setting.now:
        return "level"
    if setting.dated and q.kind == "count" and phrase.name.startswith(("新增", "净增", "新")):
        return "change"
    return "change" if _is_deed(q, phrase, setting) else "level"


def _is_deed(q: Quantity, phrase: Phrase, setting: Setting) -> bool:
    """Whether a figure counts what was done, not a statistical series or what stands once it is done."""
    kind = words.kind(phrase.verb)
    if (
        setting.dated
        and words.is_series(phrase.verb)
        and (phrase.bare or phrase.verb in ("出口", "进口", "销售", "生产"))
    ):
        return False
    if phrase.verb in ("完成", "实现", "达成") and q.kind in ("money", "measure", "bare"):
        return False
    if kind in ("flow", "join"):
        return not (phrase.bare and words.is_series(phrase.verb))
    return kind == "stock" and setting.dated and not _STANDS.search(setting.clause)
