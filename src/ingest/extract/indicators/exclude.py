"""Which quantities are no indicators: ordinals, names, models, set phrases, articles (一家), idle round numbers."""

import re
from collections.abc import Callable
from functools import cached_property
from string import ascii_letters

from ingest.extract.indicators import lexicon, spans, thresholds
from ingest.extract.indicators.scan import Quantity

_TITLES = re.compile(r"《[^《》]{1,80}》")
_QUOTES = re.compile(r"[“「『‘]([^“”「」『』‘’]{1,40})[”」』’]")
_QUOTE = re.compile("[“「『‘]")
_LINK = re.compile(r"[/@〔\[×*]|\d,\s?-?\d|\d[-—x(（.]\d|\d{11}")
_SENTENCE = re.compile("[，。；！？]")
#: A longer quotation is somebody's speech, and its figures count; a shorter one is a name or a slogan.
_SPEECH = 16
_LINKS = re.compile(
    r"(?:https?://|www\.)[\w./?=&%#-]+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+|\d{3,4}[-—]\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)"
    r"|[（(]\s?-?\d{1,9}(?:\.\d{1,9})?,\s?-?\d{1,9}(?:\.\d{1,9})?,\s?-?\d{1,9}(?:\.\d{1,9})?%\s?[）)]"  # a share price
    r"|〔\d{4}〕\d+号|[\[（(]\d{4}[\]）)]\d+号|(?<!\d)\d{1,9}(?:(?:\.\d{1,9}){2,9}|\s?[x×*]\s?\d)",
    re.ASCII,  # or every run of Chinese characters might be the name of a mailbox
)
_LETTER = re.compile(r"[A-Za-z]$|[A-Za-z][-+ ]$|(?<![\d年月\u4e00-\u9fff])[-+]$")
_ORDINAL = re.compile(r"(?:第|之|No\.?|NO\.?|排名|排行|编号|代码|电话|传真|邮编|热线)[ :：]?$")
#: What either of them ends in.
_ENDS = frozenset(f"{ascii_letters}-+ .第之行号码话真编线:：\n")
_NUMBERED = re.compile(r"(?:^|[。！？”\n] ?| )$")
#: Nothing lasts so long; it is a year that no rule of time read.
_YEARS = 1000
#: 98年 is a year, 60年 a duration.
_CENTURY = 85
#: No congress before the twelfth is in the news, and no list of 十二大 things.
_CONGRESS = 12
_UNITLESS = re.compile(r"[A-Za-z\d_:：/.°+×]")
_TWO = re.compile("[\u4e00-\u9fff]{2}")
_ONLY = re.compile(r"(?:仅有?|只有|仅剩|只剩|不到|不足|过去的|原来的|从|由|唯一)$")
_CHANGES = re.compile(r"变成|增加|扩大|发展|变为|增至")
_GROWS = re.compile(r"(?:变|增|扩大?|发展)(?:为|成|到|至)")
_TERMS = re.compile(r"(?:举办|开办|培训|举行|开展|刊出|出版|推出|编发|组织)[^，。]{0,12}$")
#: What no number stands behind that counts: 几十家, 每三人.
_UNCOUNTED = frozenset("几每某各哪半同逐")
_REPEATED = "次批轮班单层面片口包股席起对"
_AGAIN = tuple("首再又上下本此前该这另头同")
#: 本 ends these and is no 本次: 标本2000片.
_BOOKS = ("标本", "样本", "成本", "版本", "剧本", "文本", "资本")
_SCORE = re.compile(r"(?:得分?|评分|总分|满分|平均分|分数|均分|成绩)[为达]?$")
_PRICE = re.compile(r"每(?:千瓦时|度|公斤|斤|升|吨|股)[^，]{0,4}$|[电油气水]价[^，]{0,5}$")
_INDEX = re.compile(r"(?:指数|报|收于|收报|涨|跌|至|升|降)[^，。；]{0,8}$")
#: Ages of persons count nothing, an average age does.
_AGE = re.compile(r"年龄|均龄|寿命|树龄|车龄|年纪")
_DISTANCE = re.compile(r"(?:每|每隔|前|后|近|未来|过去|最近|上|下|今|明|去|头)$")
_SERVICE = re.compile(r"[小]?时?(?:不间断|在线|值班|值守|营业|服务|全天|无休|热线|开放|待命|自助)")
_TENURE = re.compile(r"期(?!间|末|限)|制|级|生|报|一遇|计划|行动|规划|货")
_SLOGAN = re.compile(r"品牌|杰出|新闻人物|人物|行业领军|经济人物|策源地")
_NOUN = re.compile("[\u4e00-\u9fff“、1-9]")


class Guard:
    """What a paragraph rules out, looked up once: titles in 《》, short quotations, links, set phrases."""

    def __init__(self, text: str) -> None:
        self.text = text

    def allows(self, q: Quantity) -> bool:
        """Whether a quantity says how much or how many of something there is."""
        if _in_name(self.text, q) or _by_kind(self.text, q) or thresholds.is_one(self.text, q):
            return False
        return spans.around(self._barred, q.number) is None

    @cached_property
    def _barred(self) -> list[spans.Span]:
        text = self.text
        barred = [*lexicon.PHRASES.find(text)]
        if "《" in text:
            barred += [m.span() for m in _TITLES.finditer(text)]
        if _QUOTE.search(text):
            barred += [m.span() for m in _QUOTES.finditer(text) if _is_name(m[1])]
        if _LINK.search(text):
            barred += [m.span() for m in _LINKS.finditer(text)]
        return spans.merge(barred)


def _is_name(quoted: str) -> bool:
    return len(quoted) <= _SPEECH and not _SENTENCE.search(quoted)


def _in_name(text: str, q: Quantity) -> bool:
    """An ordinal, a model (骁龙865), a level (百亿级), a list's number, a date that no rule read."""
    left = text[max(0, q.number - 4) : q.number]
    if left[-1:] in _ENDS and (_LETTER.search(left) or _ORDINAL.search(left)):
        return True
    if lexicon.pattern("<level>").match(text, q.end):
        return True
    if left.endswith(("每", "每隔")):
        return True  # 每3人中有1人
    spaced = text[q.number + len(q.printed) :][:1] in (" ", "\u3000")
    if spaced and _NUMBERED.search(text[max(0, q.number - 2) : q.number]):
        return True
    if q.kind == "time" and q.value == 0:
        return True  # 近0年: a slip
    return q.unit == "年" and (q.value[0] if isinstance(q.value, tuple) else q.value) >= _YEARS


def _by_kind(text: str, q: Quantity) -> bool:
    """What its unit or its form rules out."""
    left = text[max(0, q.start - 8) : q.start]
    arabic = q.printed[:1].isdigit() or q.printed.startswith("百分之")
    if q.kind == "bare":
        return not (arabic and _bare_counts(text, q))
    before = text[max(0, q.number - 1) : q.number]
    if before in _UNCOUNTED or (before == "数" and q.printed[0] in "十百千万亿"):
        return True
    if not arabic and not _chinese_counts(text, q, left):
        return True
    check = _KINDS.get(q.kind)
    return check is not None and check(text, q, left)


def _bare_counts(text: str, q: Quantity) -> bool:
    """A number without a unit counts if it is large and round (1.36亿), bounded (300余企业) or follows 为, 达, 指数."""
    if _UNITLESS.match(text, q.end):
        return False
    if any(c in q.printed for c in "万亿"):
        return True
    if q.bound == "over" and q.end > q.number + len(q.printed) and _TWO.match(text, q.end):
        return True
    closed = q.end >= len(text) or text[q.end] in "，。；、,;）)"
    led = lexicon.pattern("<bare-lead>[了 \u3000]?$").search(text, max(0, q.start - 4), q.start)
    return closed and "." in q.printed and bool(led)


def _chinese_counts(text: str, q: Quantity, left: str) -> bool:
    """Whether a Chinese number counts: no article (一家), no mere round word (百家), no ordinal (二)."""
    if q.unit == "步":
        return False  # 进一步, 三步走: steps that somebody walks are in digits
    if q.printed == "一":
        return _one_counts(text, q, left)
    if set(q.printed) <= set("百千万亿十") and q.bound == "exact" and q.printed != "十":
        return q.kind == "money" and (len(q.printed) > 1 or "亿" in q.printed)
    return q.printed not in ("零", "〇", "半") and not (q.printed == "二" and q.kind in ("count", "time", "big"))


def _one_counts(text: str, q: Quantity, left: str) -> bool:
    """一 is an article, unless the text insists on the number (仅有一个) or contrasts it (从一个发展到三个)."""
    if q.kind in ("percent", "fold", "multiple", "tenth") or _CHANGES.match(text, q.end):
        return True
    if q.kind != "count" or not _ONLY.search(left):
        return False
    if left.endswith(("从", "由")):
        return _GROWS.search(text, q.end, q.end + 12) is not None
    return lexicon.pattern("[^，。；]{0,6}?<abstract>").match(text, q.end) is None


def _time(text: str, q: Quantity, left: str) -> bool:
    if _DISTANCE.search(left) or _SERVICE.match(text, q.end) or _TENURE.match(text, q.end):
        return True
    short = q.unit == "年" and len(q.printed) == 2 and q.printed.isdigit() and q.bound == "exact"
    return short and int(q.printed) >= _CENTURY


def _big(text: str, q: Quantity, left: str) -> bool:
    congress = not isinstance(q.value, tuple) and q.value >= _CONGRESS and not q.printed[:1].isdigit()
    return bool(congress or left.endswith("党的") or _SLOGAN.match(text, q.end) or not _NOUN.match(text, q.end))


def _count(text: str, q: Quantity, left: str) -> bool:
    if q.unit == "条":
        return left.endswith(("”", "》"))  # so many articles name a policy: “科创金融”20条
    if q.unit == "期":
        return not _TERMS.search(text, max(0, q.start - 16), q.start)
    return q.unit in _REPEATED and left.endswith(_AGAIN) and not left.endswith(_BOOKS)


def _score(_text: str, _q: Quantity, left: str) -> bool:
    return not (_SCORE.search(left) or _PRICE.search(left))


def _index(_text: str, q: Quantity, left: str) -> bool:
    return not ("." in q.printed or _INDEX.search(left))


def _age(text: str, q: Quantity, _left: str) -> bool:
    return not _AGE.search(text, max(0, q.start - 8), q.start)


_KINDS: dict[str, Callable[[str, Quantity, str], bool]] = {
    "time": _time,
    "big": _big,
    "count": _count,
    "score": _score,
    "index": _index,
    "age": _age,
}
