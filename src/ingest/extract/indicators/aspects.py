"""What kind of figure it is: a level, a change, a rate of growth, a share, a rank, a target."""

import re
from dataclasses import dataclass

from ingest.extract.indicators import words
from ingest.extract.indicators.phrase import Phrase
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.times import Time

_AIM = re.compile(
    r"力争|争取|(?<![预模虚比])拟(?!合)|(?<![技年度划产生育展援])计划(?=到|在|于|用|投|新|建|引|完|实现|今|明|年内|推|开|举|安|招|培|发|组|增|从|每|对"
    r"|为|将|通过|利用|分|再|总|三|两|未)|规划(?:建设|到|布局|新建|总投资|投资)|(?:发展|工作|奋斗|总体|主要|预期)?目标(?=是|为|:|：|到)"
    r"|确保|要(?=达到|实现|建成|完成|超过|形成|突破|力争|再|新)|努力(?=实现|建成|完成|达到|打造)|达产后|建成后|投产后|全面建成|完工后"
    r"|力求|旨在|将(?=(?:进一步|继续|再|陆续|逐步|全面|新|分别|于|在|对|以|达|成|为|会|有|累计|全部|争取|力争)|(?:[推建形实完投打聚开引举新提增扩培组启发超突减降压覆提设]))"
)
_DONE = re.compile(r"已经?(?!定)|目前|截至|去年|累计已|了(?=\d)|预计|预测|有望|估计|如果|若|假如")
_DIFFERENCE = re.compile(r"(?:同比|环比|比[^，。；]{1,14}?|较[^，。；]{1,14}?|净)")
_STAY = re.compile(
    r"(?:提高|增加|提升|上升|增长|扩大|下降|降低|减少|上涨|回升|回落|升|降|增|减|涨|跌|缩短|压缩|拓展|扩展|调整|变成|发展|上调|下调|缩小)"
    r"(?:到了?|至|为|成)$"
)
_INDEXED = re.compile(r"指数|PMI|景气")
_RATE = re.compile(r"增速|增幅|涨幅|降幅|跌幅|增长率|升幅|同比|环比")
_STOCKS = re.compile(r"已(?!经?举办|开展)|目前|现有|共有")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a figure stands: its clause's text up to it, its time, whether its sentence has spoken of an aim."""

    clause: str
    time: Time | None
    aims: bool


def aims_at(text: str, lo: int, hi: int) -> bool:
    """Whether a stretch of a sentence speaks of an aim that nothing after it takes back."""
    found = None
    for found in _AIM.finditer(text, lo, hi):  # noqa: B007 -- the last one is wanted
        pass
    return found is not None and not _DONE.search(text, found.end(), hi) and not re.search("预计|预测|有望", text[lo : found.start()])


def read(text: str, q: Quantity, phrase: Phrase, setting: Setting) -> tuple[str, int]:
    """The aspect of a figure and the sign of its value (-1 for what falls)."""
    if q.kind == "rank":
        return "rank", 1
    if q.kind == "big" or q.unit == "大类":
        return "level", 1
    way = words.kind(phrase.link) or (words.kind(phrase.verb) if q.kind in ("percent", "multiple", "tenth", "point") else "")
    moves = way in ("up", "down") and not _STAY.search(text[max(0, q.start - 8) : q.start].rstrip("约近超"))
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
    if kind == "have" or q.kind == "time" or (time is not None and time.kind in ("now", "until")):
        return "level"
    if phrase.name.startswith(("新增", "净增", "新")) and q.kind == "count" and dated:
        return "change"
    if kind in ("flow", "join"):
        return "change" if not (phrase.bare and q.kind != "count" and dated and phrase.name) else "level"
    if kind == "stock" and dated:
        return "level" if _STOCKS.search(setting.clause) else "change"
    if dated and "奖" in phrase.name and q.kind == "count":
        return "change"
    return "level"
