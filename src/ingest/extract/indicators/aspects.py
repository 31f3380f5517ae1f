"""What kind of figure it is: a level, a change, a rate of growth, a share, a rank, a target."""

import re
from dataclasses import dataclass

from ingest.extract.indicators import words
from ingest.extract.indicators.phrase import Phrase
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.times import Time

_AIM = re.compile(
    r"力争|争取|(?<![预模虚比])拟(?!合)|(?<![技年度划产生育展援])计划(?!的|中|内|外|书|单列|经济|体制|生育|完成|数|电|，|。|、|》|”|目标|任务|总投资|投资)|规划(?:建设|到|布局|新建|总投资|投资)|(?:发展|工作|奋斗|总体|主要|预期)?目标(?=是|为|:|：|到)"
    r"|努力(?=实现|建成|完成|达到|打造)|力求"
)
_SOON = re.compile(
    r"确保|要(?=达到|实现|建成|完成|超过|形成|突破|再|新)|达产后|建成后|投产后|全面建成|完工后|旨在"
    r"|将(?=(?:进一步|继续|再|陆续|逐步|全面|新|分别|于|在|对|以|达|成|为|会|有|累计|全部|争取|力争)|(?:[推建形实完投打聚开引举新提增扩培组启发超突减降压覆提设]))"
)
_DONE = re.compile(r"已经?(?!定)|目前|截至|去年|累计已|了(?=\d)|预计|预测|有望|估计|如果|若|假如")
_FORECAST = re.compile("预计|预测|有望|估计")
_DIFFERENCE = re.compile(r"(?:同比|环比|比[^，。；]{1,14}?|较[^，。；]{1,14}?|净)")
_STAY = re.compile(
    r"(?:提高|增加|提升|上升|增长|扩大|下降|降低|减少|上涨|回升|回落|升|降|增|减|涨|跌|缩短|压缩|拓展|扩展|调整|变成|发展|上调|下调|缩小)"
    r"(?:到了?|至|为|成)(?:(?:目前|现在|如今|今年|去年|当前)的)?$"
)
_INDEXED = re.compile(r"指数|PMI|景气")
_RATE = re.compile(r"增速|增幅|涨幅|降幅|跌幅|增长率|升幅|同比|环比")
_STOCKS = re.compile(r"已(?!经?举办|开展)|目前|现有")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a figure stands: its clause's text up to it, its time, whether its sentence has spoken of an aim."""

    clause: str
    time: Time | None
    aims: bool


def aims_at(text: str, sentence: int, clause: int, hi: int) -> bool:
    """Whether the words before a number speak of an aim that nothing after them takes back.

    力争 and its like hold from where they stand to the end of the sentence; 将 and 确保 within their clause.
    """
    found = [*_AIM.finditer(text, sentence, hi), *_SOON.finditer(text, clause, hi)]
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
    way = words.kind(phrase.link) or (
        words.kind(phrase.verb) if q.kind in ("percent", "multiple", "tenth", "point") else ""
    )
    moves = way in ("up", "down") and not _STAY.search(text[max(0, q.start - 12) : q.start].rstrip("约近超"))
    sign = -1 if moves and way == "down" else 1
    if q.kind == "point":
        return ("target" if setting.aims else "change"), sign
    if q.kind in ("percent", "permille", "tenth", "multiple", "fold"):
        return _rate(q, phrase, moves=moves, aims=setting.aims), sign
    if setting.aims:
        return "target", 1
    if moves and not phrase.first:
        return "change", sign
    return _count(q, phrase, setting), 1


def _rate(q: Quantity, phrase: Phrase, *, moves: bool, aims: bool) -> str:
    if aims:
        return "target"
    if moves or q.kind == "fold":
        return "growth"
    if q.kind == "multiple" or _INDEXED.search(phrase.name):
        return "level"
    return "growth" if _RATE.search(phrase.name + phrase.link) else "share"


def _count(q: Quantity, phrase: Phrase, setting: Setting) -> str:
    """Level or change, by the verb and by whether the deed is dated."""
    kind, time = words.kind(phrase.verb), setting.time
    dated = time is not None and time.kind in ("range", "since") and time.period is not None
    if phrase.verb.startswith("举办") or (kind == "flow" and q.unit in ("场", "次", "场次", "期")):
        return "change"
    if dated and "奖" in phrase.name and q.kind == "count":
        return "change"
    if kind == "have" or q.kind == "time" or (time is not None and time.kind in ("now", "until")):
        return "level"
    if phrase.name.startswith(("新增", "净增", "新")) and q.kind == "count" and dated:
        return "change"
    if dated and words.is_series(phrase.verb) and (phrase.bare or phrase.verb in ("出口", "进口", "销售", "生产")):
        return "level"
    if phrase.verb in ("完成", "实现", "达成") and q.kind in ("money", "measure", "bare"):
        return "level"
    if kind in ("flow", "join"):
        return "level" if phrase.bare and words.is_series(phrase.verb) else "change"
    if kind == "stock" and dated:
        return "level" if _STOCKS.search(setting.clause) else "change"
    return "level"
