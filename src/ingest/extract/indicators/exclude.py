"""Which quantities are no indicators: ordinals, names, models, set phrases, thresholds, articles (一家) and the like."""

import re

from ingest.extract.indicators import lexicon
from ingest.extract.indicators.scan import Quantity

Span = tuple[int, int]

_TITLES = re.compile(r"《[^《》]{1,80}》")
_QUOTES = re.compile(r"[“「『‘]([^“”「」『』‘’]{1,40})[”」』’]")
#: A longer quotation is somebody's speech, and its figures count; a shorter one is a name or a slogan.
_SPEECH = 16
_LINKS = re.compile(
    r"(?:https?://|www\.)[\w./?=&%#-]+|[\w.+-]+@[\w.-]+|\d{3,4}[-—]\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)"
    r"|〔\d{4}〕\d+号|[\[（(]\d{4}[\]）)]\d+号|\d+(?:\.\d+){2,}|\d+\s?[x×*]\s?\d+"
)
_LETTER = re.compile(r"[A-Za-z]$|[A-Za-z][-+ ]$|(?<![\d年月\u4e00-\u9fff])[-+]$")
_ORDINAL = re.compile(r"(?:第|之|No\.?|NO\.?|排名|排行|编号|代码|电话|传真|邮编|热线)[ :：]?$")
_LEVEL = re.compile(
    r"级|规模级|档|量级|周年|小时制|人计划|人大会|人大|国集团|点整|强(?!度)|分之|号线|比特币|维|代机|世纪|等奖|阵营|俱乐部|大关|门槛"
)
_BARE_LEAD = re.compile(
    r"(?:为|达到?|至|到|是|于|报|指数|突破|超过?|约|近|达约|占|成交|收|增加|减少|售|仅|计|值|量|额|数)[了 \u3000]?$"
)
_POLICY = re.compile(r"[”》]$")
_ONLY = re.compile(r"(?:仅有?|只有|仅剩|只剩|不到|不足|过去的|原来的|从|由|唯一)$")
_THRESHOLD_HEAD = (
    "企业|单位|项目|个人|纳税人|公司|园区|集群|地区|用户|机组|电厂|产品|车辆|人员|城市|客户|设备|建筑|车|船|工程|线路|品牌|部分"
    "|居民|家庭|农户|厂|店|机构|住房|房屋|商品|订单|平台|基地|电站|煤矿|矿井|锅炉|学校|医院|岗位|高校|股东"
)
_THRESHOLD = re.compile(
    rf"(?:(?:但|且|至|而)?(?:不?超过|不足|低于|高于)[^，。；、]{{1,10}}(?:元|吨|人|%|平方米|千瓦))?"
    rf"(?:(?:及?以上|以下)的?|的)[^，。；、：！？的]{{0,18}}?(?:{_THRESHOLD_HEAD})"
)
_RULE = re.compile(
    r"(?:不得|不能|不应|不准|应当?|须|必须|原则上|标准为|规定的?|门槛为?|上限为?|下限为?|起征点为?)(?:再|要|按)?$"
)
_GROWS = re.compile(r"(?:变|增|扩大?|发展)(?:为|成|到|至)")
_EVERY = re.compile(
    r"每(?!天|年|月|日|周|季|小时|个|家|户|人|亩|吨|度|千|公|平|立|股|套|台|辆|桶|斤|克|名|位|次|场|期)[^，。；]{0,4}$"
)
_EVERY = re.compile(
    r"每(?!天|年|月|日|周|季|小时|个|家|户|人|亩|吨|度|千|公|平|立|股|套|台|辆|桶|斤|克|名|位|次|场|期)[^，。；]{0,4}$"
)
_ABSTRACT = re.compile(
    r"[^，。；]{0,6}?(?:念头|想法|愿望|心愿|信念|目的|选择|办法|原因|梦想|字|道理|问号|声音|答案|共识|感觉|印象|机会|可能|缩影|侧面|例子)"
)
_SCORE = re.compile(r"(?:得分?|评分|总分|满分|平均分|分数|均分|成绩)[为达]?$")
_TERMS = re.compile(r"(?:举办|开办|培训|举行|开展|刊出|出版|推出|编发|组织)[^，。]{0,12}$")
_PRICE = re.compile(r"每(?:千瓦时|度|公斤|斤|升|吨|股)[^，]{0,4}$|[电油气水]价[^，]{0,5}$")
_INDEX = re.compile(r"(?:指数|报|收于|收报|涨|跌|至|升|降)[^，。；]{0,8}$")
_SERVICE = re.compile(r"[小]?时?(?:不间断|在线|值班|值守|营业|服务|全天|无休|热线|开放|待命|自助)")
_SLOGAN_AHEAD = re.compile(r"品牌|杰出|新闻人物|人物|行业领军|经济人物|策源地")
_TENURE = re.compile(r"期(?!间|末|限)|制|级|生|报|一遇|计划|行动|规划|货")


class Guard:
    """What a paragraph rules out, looked up once: titles in 《》, short quotations, links, set phrases."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._spans = [m.span() for m in _TITLES.finditer(text)] if "《" in text else []
        self._spans += [m.span() for m in _QUOTES.finditer(text) if _is_name(m[1])]
        self._spans += [m.span() for m in _LINKS.finditer(text)]
        self._spans += [m.span() for m in lexicon.phrases().finditer(text)]

    def allows(self, q: Quantity) -> bool:
        """Whether a quantity says how much or how many of something there is."""
        if any(a <= q.number < b for a, b in self._spans) or _is_definition(self.text, q):
            return False
        return not (_in_name(self.text, q) or _by_kind(self.text, q) or _is_threshold(self.text, q))


def _is_name(quoted: str) -> bool:
    return len(quoted) <= _SPEECH and not re.search("[，。；！？]", quoted)


def _in_name(text: str, q: Quantity) -> bool:
    """An ordinal, a model (骁龙865), a level (百亿级), a date that no rule read."""
    left = text[max(0, q.number - 4) : q.number]
    if _LETTER.search(left) or _ORDINAL.search(left):
        return True
    if _LEVEL.match(text, q.end):
        return True
    if _EVERY.search(text[max(0, q.start - 8) : q.start]):
        return True
    if _NUMBERED.search(text[max(0, q.number - 2) : q.number]) and text[q.number + len(q.printed) :][:1] in (" ", "\u3000"):
        return True
    return q.unit == "年" and (q.value[0] if isinstance(q.value, tuple) else q.value) >= _YEARS


#: Nothing lasts so long; it is a year that no rule of time read.
_YEARS = 1000
_NUMBERED = re.compile(r"(?:^|[。！？”\n] ?| )$")


def _by_kind(text: str, q: Quantity) -> bool:
    """What its unit or its form rules out."""
    left = text[max(0, q.start - 8) : q.start]
    arabic = q.printed[:1].isdigit() or q.printed.startswith("百分之")
    if q.kind == "bare":
        return not _bare_counts(text, q, arabic=arabic)
    if text[max(0, q.number - 1) : q.number] in ("几", "数", "每", "某", "各", "哪", "多", "半", "同", "逐"):
        return True
    if not arabic and _no_count(text, q, left):
        return True
    check = _KINDS.get(q.kind)
    return check is not None and check(text, q, left)


def _bare_counts(text: str, q: Quantity, *, arabic: bool) -> bool:
    """A number without a unit counts if it is large and round (1.36亿), bounded (300余企业) or follows 为, 达, 指数."""
    if not arabic or re.match(r"[A-Za-z\d_:：/.°+×]", text[q.end : q.end + 1]):
        return False
    if any(c in q.printed for c in "万亿"):
        return True
    if (
        q.bound == "over"
        and q.end > q.number + len(q.printed)
        and re.match("[\u4e00-\u9fff]{2}", text[q.end : q.end + 2])
    ):
        return True
    at_end = q.end >= len(text) or text[q.end] in "，。；、,;）)"
    decimal = "." in q.printed
    return at_end and decimal and bool(_BARE_LEAD.search(text[max(0, q.start - 4) : q.start]))


def _no_count(text: str, q: Quantity, left: str) -> bool:
    """A Chinese number that is an article (一家), a mere round word (百家), part of a name."""
    if q.printed == "一":
        # an article, unless the text insists on the number or contrasts it
        changes = re.match(r"(?:变成|增加|扩大|发展|变为|增至)", text[q.end : q.end + 4])
        countable = q.kind in ("percent", "fold", "multiple", "tenth") or bool(changes)
        insisted = _ONLY.search(left) and not _ABSTRACT.match(text, q.end)
        if left.endswith(("从", "由")):
            insisted = _GROWS.search(text, q.end, q.end + 12)
        return not (countable or (q.kind == "count" and bool(insisted)))
    if set(q.printed) <= set("百千万亿十") and q.bound == "exact" and q.printed != "十":
        return not (q.kind == "money" and (len(q.printed) > 1 or "亿" in q.printed))
    return q.printed in ("零", "〇", "半") or (q.printed == "二" and q.kind in ("count", "time", "big"))


def _time(text: str, q: Quantity, left: str) -> bool:
    return bool(
        re.search(r"(?:每|每隔|前|后|近|未来|过去|最近|上|下|今|明|去|头)$", left)
        or _SERVICE.match(text[q.end : q.end + 6])
        or _TENURE.match(text, q.end)
        or (q.unit == "年" and re.match(r"\d{2}$", q.printed) and int(q.printed) >= _CENTURY and q.bound == "exact")
    )


#: 98年 is a year, 60年 a duration.
_CENTURY = 85


def _big(text: str, q: Quantity, left: str) -> bool:
    after = text[q.end : q.end + 6]
    congress = not isinstance(q.value, tuple) and q.value >= 12 and not q.printed[:1].isdigit()
    return (
        congress
        or left.endswith("党的")
        or bool(_SLOGAN_AHEAD.match(after))
        or not re.match("[\u4e00-\u9fff“、1-9]", after)
    )


def _count(text: str, q: Quantity, left: str) -> bool:
    if q.unit == "条" and _POLICY.search(left):
        return True
    if q.unit == "期":
        return not _TERMS.search(text[max(0, q.start - 16) : q.start])
    return q.unit in ("次", "批", "轮", "班", "单", "层", "面", "片", "口", "包", "股", "席", "起", "对") and (
        left.endswith(("首", "再", "又", "上", "下", "本", "此", "前", "该", "这", "另", "头", "同"))
    )


_KINDS = {
    "time": _time,
    "big": _big,
    "count": _count,
    "score": lambda text, q, left: not (_SCORE.search(left) or _PRICE.search(left)),
    "index": lambda text, q, left: not ("." in q.printed or _INDEX.search(left)),
}


def _is_threshold(text: str, q: Quantity) -> bool:
    """A limit that says which things are meant (年收入500万元以上的企业) or what a rule asks (不得超过10%)."""
    if _RULE.search(text[max(0, q.start - 5) : q.start]):
        return True
    if q.kind not in ("money", "measure", "time", "percent", "multiple") and not q.unit.startswith("人"):
        return False
    if q.bound == "exact" or (q.kind == "percent" and (q.start == q.number or not _noun_before(text, q))):
        return False
    ahead = text[q.end - 2 : q.end + 24] if text[q.end - 2 : q.end] in ("以上", "以下") else text[q.end : q.end + 24]
    return bool(_THRESHOLD.match(ahead))


def _is_definition(text: str, q: Quantity) -> bool:
    """A bounded figure that fills a parenthesis says what the word before it means: 大幅下滑（超过30%）."""
    return q.bound != "exact" and text[q.start - 1 : q.start] in ("（", "(") and text[q.end : q.end + 1] in ("）", ")")


def _noun_before(text: str, q: Quantity) -> bool:
    return bool(re.search("[率重比速度例额量]$", text[max(0, q.start - 1) : q.start]))
