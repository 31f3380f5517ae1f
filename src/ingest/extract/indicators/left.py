"""What stands before a number in its clause: the noun measured, its verb, the link between noun and number."""

import re
from dataclasses import dataclass

from ingest.extract.indicators import lexicon, words
from ingest.extract.indicators.words import Span


@dataclass(slots=True, kw_only=True)
class Left:
    """The words before a number.

    ``start``: where the evidence begins. ``verb`` governs the noun (引进) or, if ``bare``, stands right before the
    number. ``link`` stands between noun and number: 完成, 达, 增长, 占.
    """

    start: int
    noun: str = ""
    verb: str = ""
    link: str = ""
    bare: bool = False


_SPACE = " \u3000"
_LEAD = re.compile(
    r"(?:如果|即使|若|其中|此外|另外|另|同时|而且?|但是?|且|并且|并|因此|所以|如|例如|据[^，]{0,14}?(?:统计|介绍|了解|测算|报道|预测|显示)"
    r"|在[^，]{1,16}?(?:中|下|上|里|方面|期间|内)|(?:建成|投产|达产|竣工|完工)后|按[^，]{1,8}?(?:计算|口径)|截至|截止|到|至|自|从|向|对|为|将|把|由|与|和"
    r"|及|以及|及其|、|的|这|那|该|其|本|全[国省市区县州年球行]|我[国省市区县院校]|该[区市县省园公司企业]+|共|来自|约"
    r"|比|较|使|让|令|每|各)"
)
#: 对, 与 and the like open a noun phrase that keeps them: 对东盟进出口.
_KEPT = re.compile(r"对(?=[^，。；]{1,8}(?:进出口|出口|进口|投资|贸易))")
_ETC = re.compile(
    r"(?<![平高中初均对同优相不何])等(?!级|于|候|额|效|奖|待|式|离|方式|形式|部门|地|人|同)(?:全部|各类|各|共|主要|合计)?"
)
_TRAIL = re.compile(
    r"(?:的|在|了|着|和|及|与|或|、|等|，|：|以|中|之|为|是|共有|共|有|其中|已|均|又|也|还|并|问题(?<=.{4}))+$"
)
_SHARE = re.compile(
    r"占(?:到|据|了)?(?!地|比|有|用|领|道|据|到)(?P<whole>[^占，。；]{1,34}?)(?:的?(?:比重|比例|份额))?的?$"
)
_THAN = re.compile(
    r"(?<![同环占对相])(?:比|较(?!为|大|高|好|快))(?!例|重|率|亚|较|拟)[^，。；]{1,20}$|(?:与|同|和)[^，。；]{1,14}相比$"
)
_ABOVE = re.compile(r"(?:高于|低于|快于|慢于|高出|低出|超出|领先|落后|优于|好于|多于|少于|高过)(?=[^，。；]{1,20}$)")
_OBJECT = (
    "项目|企业|工程|中心|平台|机构|基地|人员|单位|资金|面积|金额|总额|总量|规模|能力|指标|情况|方案|计划|协议|合同|成果"
    "|数量?|额|率|量|费|价|值|期|办法|体系|制度|用地|队伍|小组|联盟|大会|论坛|站点?|点|园区?|区|地|室|者|商|工作|活动"
    "|产能|产值|岗位|线|成本|收入|利润|支出|余额|车辆|设备|产品|品种|技术|场所|场景|主体"
)
#: Behind a verb these make one noun with it even at the head of a phrase: 退税金额, 办理时限.
_MEASURE = re.compile(
    r"(?:总?金额|总额|总量|总值|面积|收入|成本|价格|均价|能力|规模|人数|户数|家数|周期|时限|时间|时长|期限|工期|速度|强度|比例|占比|密度|水平|次数|里程|高度|长度|宽度|深度|温度|产值|能耗|标准|幅度|额度|限额|余额|指数|贡献|成功率|准确率|份额)$"
)
_HEAD = re.compile(rf"(?:{_OBJECT})$")
_ONCE = re.compile(r"(?:从|由|至|到)?(?:过去|原来|现在|目前|最初|如今|当初|以前|当时|之前)的$")
#: No noun phrase of the pages read is longer, in characters.
_REACH = 48


def read(text: str, lo: int, hi: int, cuts: list[Span], *, percent: bool = False) -> Left:
    """Read the words before a number.

    Args:
        text: The paragraph.
        lo: Where the number's clause, or what is left of it, begins.
        hi: Where the number begins, its bound included.
        cuts: Spans that are no part of a noun: times, adverbial phrases, the subject's name.
        percent: Whether the number is a percentage, whose noun may end in 的 (年初预算的76%).
    """
    lo = max(lo, hi - 2 * _REACH)
    while hi > lo and text[hi - 1] in _SPACE:
        hi -= 1
    once = _ONCE.search(text, lo, hi)
    hi = once.start() if once else hi
    if text[lo:hi].strip("，") in ("和", "及", "与", "或", "至", "到"):
        return Left(start=hi)
    if hi <= lo or text[hi - 1] == "、" or (text[hi - 1] == "的" and not percent):
        return Left(start=hi)
    end, link, verb = _links(text, lo, hi)
    if verb:
        return _bare(text, lo, end, verb, link, cuts)
    piece = text[lo:end]
    share = _SHARE.search(piece)
    if share:
        whole = share["whole"] if words.has_han(share["whole"]) else ""
        return Left(
            start=lo + share.start(),
            noun=clean(_drop(text, lo + share.start("whole"), lo + share.end("whole"), cuts)) if whole else "",
            link="占",
        )
    end, link = _before_comparison(text, lo, end, link)
    return _noun(text, lo, end, hi, link, cuts)


def _links(text: str, lo: int, hi: int) -> tuple[int, str, str]:
    """Where the noun ends, the link after it, and the verb if one stands right before the number."""
    end, link = hi, ""
    while end > lo:
        if text[end - 1] in _SPACE + "了约":
            end -= 1
            continue
        if text.endswith("人民币", lo, end):
            end -= 3
            continue
        word = words.word_before(text, lo, end)
        if not word or any(a < end <= b and b - a > len(word) for a, b in words.compounds(text, lo, end)):
            break
        kind = words.kind(word)
        if not words.is_adverb(word):
            if words.is_deverbal(word) and kind in ("up", "down"):
                return end, word, ""
            if kind not in ("copula", "up", "down", "cause", "have") and not words.links(word):
                if link and words.is_deverbal(word):
                    break
                return end, link, word
            link = word if not link or (kind in ("up", "down") and words.links(link)) else link
        end -= len(word)
    return end, link, ""


def _bare(text: str, lo: int, end: int, verb: str, link: str, cuts: list[Span]) -> Left:
    """A verb right before the number; if it may be a noun (出口5亿元) it is what is measured, with what defines it."""
    start = end - len(verb)
    if not words.is_deverbal(verb):
        return Left(start=start, verb=verb, link=link, bare=True)
    for a, b in reversed(_pieces(lo, end, cuts)):
        if b < end:
            break
        begin, governing, at = _noun_start(text, a, end, linked=False)
        noun = clean(text[begin:end])
        if governing in ("完成", "实现") and (doer := clean(text[skip_lead(text, a, at) : at])):
            return Left(start=skip_lead(text, a, at), noun=doer + noun, verb=governing, link=link)
        if noun.endswith(verb):
            return Left(
                start=at if governing else begin, noun=noun, verb=governing or verb, link=link, bare=not governing
            )
    return Left(start=start, noun=verb, verb=verb, link=link, bare=True)


def _before_comparison(text: str, lo: int, end: int, link: str) -> tuple[int, str]:
    """The end of the noun before 比去年同期 or 高于全国平均水平, and the link."""
    piece = text[lo:end]
    above = _ABOVE.search(piece)
    if above:
        return _links_end(text, lo, lo + above.start()), above[0]
    than = _THAN.search(piece)
    if than and words.kind(link) in ("up", "down"):
        return _links_end(text, lo, lo + than.start()), link
    return end, link


def _links_end(text: str, lo: int, hi: int) -> int:
    """Where a noun ends that adverbs and links may follow; they are kept if nothing else is there (增速)."""
    end = _links(text, lo, hi)[0]
    return end if words.has_han(text[lo:end]) else hi


def _noun(text: str, lo: int, end: int, hi: int, link: str, cuts: list[Span]) -> Left:
    """The noun in the last stretch before the link that no time or adverbial takes up."""
    linked = words.links(link) or words.kind(link) in ("up", "down")
    for a, b in reversed(_pieces(lo, end, cuts)):
        stop = b if b == end else _links_end(text, a, b)
        start, verb, verb_start = _noun_start(text, a, stop, linked=linked or b != end)
        noun = clean(text[start:stop])
        if verb in ("完成", "实现") and (doer := clean(text[skip_lead(text, a, verb_start) : verb_start])) and noun:
            return Left(start=skip_lead(text, a, verb_start), noun=doer + noun, verb=verb, link=link)
        if noun in _FUNCTION or lexicon.unit_kinds().get(noun) == "count":
            continue
        if noun and words.has_han(noun) or re.search("[A-Za-z]{2}", noun):
            return Left(start=verb_start if verb else start, noun=noun, verb=verb, link=link)
        if verb and not noun:
            return Left(start=verb_start, verb=verb, link=link, bare=True)
    return Left(start=end if link else hi, link=link, verb=link if words.kind(link) == "have" else "")


_FUNCTION = frozenset("在于对从向与和同由为至到按据使让共有")


def _pieces(lo: int, end: int, cuts: list[Span]) -> list[Span]:
    """What is left of a stretch without the cuts."""
    pieces, at = [], lo
    for a, b in sorted(cuts):
        if b <= at or a >= end:
            continue
        if a > at:
            pieces.append((at, a))
        at = max(at, b)
    if at < end:
        pieces.append((at, end))
    return pieces


def _drop(text: str, lo: int, hi: int, cuts: list[Span]) -> str:
    """A stretch without the times in it."""
    kept, at = "", lo
    for a, b in sorted(cuts):
        if at <= a < hi and b <= hi:
            kept, at = kept + text[at:a], b
    return (kept + text[at:hi]).removeprefix("的")


def _noun_start(text: str, lo: int, end: int, *, linked: bool) -> tuple[int, str, int]:
    """Where the noun phrase that ends at ``end`` begins, the verb before it and where that begins."""
    lo = max(lo, end - _REACH)
    listed = [m.end() for m in _ETC.finditer(text, lo, end) if words.has_han(text[m.end() : end])]
    start = skip_lead(text, lo, end)
    verb, verb_start = "", start
    found = _verbs(text, start, end, linked=linked)
    if found:
        verb_start, verb = found[0] if listed else found[-1]
        start = verb_start + len(verb)
        while start < end and text[start] in "了出着过好起":
            start += 1
    if listed and listed[-1] > start:
        start = listed[-1]
    return skip_lead(text, start, end), verb, verb_start


def skip_lead(text: str, at: int, end: int) -> int:
    """Past connectives, adverbs and adverbial phrases at the head of a stretch."""
    while at < end:
        if text[at] in _SPACE + "、，的了":
            at += 1
            continue
        if lexicon.nouns().match(text, at):
            break
        word = words.adverb_at(text, at, end)
        if word:
            at += len(word)
            continue
        lead = _LEAD.match(text, at, end)
        if (
            lead is None
            or lead.end() > end
            or (len(lead[0]) == 1 and words.begins_noun(text, at))
            or _KEPT.match(text, at)
        ):
            break
        at = lead.end()
    return at


def _verbs(text: str, lo: int, end: int, *, linked: bool) -> list[tuple[int, str]]:
    """The verbs that may govern the noun phrase, each with its place.

    ``linked``: a copula follows the phrase, which is then a subject; a verb in it counts only where it drives another
    clause (推动用户突破3万户), and 新引进项目到位资金 keeps its verb.
    """
    guarded = words.compounds(text, lo, end)
    found, at = [], lo
    while at < end - 1:
        inside = next((b for a, b in guarded if a <= at < b), None)
        if inside is not None:
            at = inside
            continue
        if text[at] == "“":
            close = text.find("”", at, end)
            at = close + 1 if close >= 0 else at + 1
            continue
        word = words.verb_at(text, at, end)
        if word and _governs(text, at, word, lo, end, linked):
            found.append((at, word))
            at += len(word)
            continue
        at += 1
    return found


def _governs(text: str, at: int, word: str, lo: int, end: int, linked: bool) -> bool:  # noqa: PLR0913, PLR0917
    after, kind = text[at + len(word) : end], words.kind(word)
    before = text[at - 1] if at > lo else ""
    marked = after[:1] in ("了", "出")
    if kind == "copula" or not re.search("[\u4e00-\u9fff“A-Za-z]", after):
        return False
    if after[0] in _SUFFIX and after[:2] not in lexicon.words("suffix-word"):
        return False
    if linked:
        return marked or (kind in ("cause", "have") and len(word) > 1)
    if len(word) == 1:
        return kind in ("have", "stock") and (not before or before in "共已还现仅只仍均将，、" or marked)
    if marked:
        return True
    if words.is_deverbal(word) and words.is_deverbal(after):
        return False
    if _MEASURE.match(after) or (words.joins(word) and _PARTY.match(after)):
        return False
    if not before:
        return True
    if before == "新":
        return at - 1 == lo and not _HEAD.match(after)
    return before != "的" and not (_HEAD.match(after) and len(after) <= _COMPOUND)


#: With these behind it a verb is the first half of a noun: 发明奖, 投资额.
_SUFFIX = "税奖者率额量费价值型性权业品员商厂站组处部"
_PARTY = re.compile("人|企业|群众|学生|单位|代表|居民|农户|职工|选手|队|家长|教师|医生|客商|嘉宾|用户")
#: A verb with so short a noun behind it is one compound with it (建设项目), unless it heads the phrase.
_COMPOUND = 3


def clean(name: str) -> str:
    """A noun phrase without what clings to its ends."""
    name = name.strip(_SPACE + "，。；：、,;:")
    name = re.sub(r"^(?:的|了|着|、|和(?!谐)|及|与(?!会)|有(?!关|机|色|限|效)|是|还有)+", "", name)
    name = re.sub("[由从](?=每)", "", name)
    name = _TRAIL.sub("", name) if not name.endswith(("目的", "行为")) else name
    if name.count("（") != name.count("）"):
        name = re.sub(r"[（）].*$", "", name)
    if name.count("“") > name.count("”"):
        name = name[1:] if name.startswith("“") else name[: name.rfind("“")]
    if name.count("”") > name.count("“"):
        name = name[name.rfind("”") + 1 :] or name.rstrip("”")
    return name.strip(_SPACE)
