"""What kind of figure it is: a level, a change, a rate of growth, a share, a rank, a target."""

import re

from ingest.extract.indicators import lexicon
from ingest.extract.indicators.phrase import Phrase
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.times import Time

_AIM = re.compile(
    r"力争|争取|拟|将(?!.{0,8}的党员)|计划|目标|规划(?!面积|用地|建设用地)|到20\d\d年|至20\d\d年|预期目标|确保|要(?:达到|实现|建成|完成|超过|形成|突破)|努力|有望|达产后|建成后|投产后|全面建成|完工后|力求|旨在"
)
_TOTAL = re.compile(r"累计|先后|连续|目前|现有|共有|已(?!经?举办|开展)|总(?:计|共)")
_SERIES = re.compile(
    r"(?:额|量|值|率|产能|收入|投资|资金|利润|税收|税|产值|总值|存款|贷款余额|余额|成本|价|费|面积|规模|人口|储量|产量|容量|装机|长度|里程|投入|支出|经费|能力|用电|发电|出口|进口|进出口|顺差|逆差|市值|资产|负债|营收|溢价|金额|总量|总额|总数|指数|数)$"
)
_DIFFERENCE = re.compile(
    r"(?:同比|环比|比[^，。；]{1,12}?|较[^，。；]{1,12}?|净)(?:增加|增|多|提高|上升|上涨|下降|减少|减|降低|少|下调|回落|上调|增长|净增|提升|收窄|缩短)了?(?:约|近|超过|超|逾)?$"
)
_STAY = re.compile(
    r"(?:提高|增加|提升|上升|增长|扩大|下降|降低|减少|上涨|回升|回落|升|降|增|减|涨|跌|缩短|压缩|拓展|扩展|调整|变成|发展|上调|下调)(?:到了?|至|为|成)$"
)
_INDEXED = re.compile(r"指数|PMI|景气")


def read(
    text: str, q: Quantity, phrase: Phrase, clause: str, *, time: Time | None, sentence_aims: bool
) -> tuple[str, int]:
    """The aspect of a figure and the sign of its value (-1 for what falls)."""
    link_class = lexicon.verb_classes().get(phrase.link, "")
    before = text[max(0, q.start - 16) : q.start]
    falls = link_class == "down"
    if q.kind == "big" or q.unit == "大类":
        return "level", 1
    aims = sentence_aims or bool(_AIM.search(clause))
    moves = link_class in ("up", "down") and not _STAY.search(before)
    if q.kind == "point":
        return "change", -1 if falls else 1
    if q.kind in ("percent", "permille", "tenth", "multiple", "fold"):
        return _rate(q, phrase, moves=moves, falls=falls, aims=aims), -1 if moves and falls else 1
    if aims:
        return "target", 1
    if moves and _DIFFERENCE.search(before):
        return "change", -1 if falls else 1
    return _count(text, q, phrase, time), 1


def _rate(q: Quantity, phrase: Phrase, *, moves: bool, falls: bool, aims: bool) -> str:
    if aims and not falls:
        return "target"
    if moves or q.kind == "fold":
        return "growth"
    if q.kind == "multiple" or _INDEXED.search(phrase.name):
        return "level"
    if re.search(r"增速|增幅|涨幅|降幅|跌幅|增长率|升幅|同比|环比", phrase.name + phrase.link):
        return "growth"
    return "share"


def _count(text: str, q: Quantity, phrase: Phrase, time: Time | None) -> str:
    verb_class = lexicon.verb_classes().get(phrase.verb, "")
    dated = time is not None and time.kind in ("range", "since") and time.period is not None
    now = time is not None and time.kind in ("now", "until")
    if phrase.verb.startswith("举办") or (verb_class == "flow" and q.unit in ("场", "次", "场次", "期")):
        return "change"
    if verb_class == "have" or q.kind == "time":
        return "level"
    if now:
        return "level"
    if verb_class in ("flow", "join"):
        return "change"
    if verb_class == "stock":
        return "change" if dated else "level"
    if q.kind in ("money", "measure", "index", "score") or _SERIES.search(phrase.name):
        return "level"
    return "level"
