"""What a quantity measures: the noun phrase before or after it, and the stretch of text that carries the figure."""

import re
from dataclasses import dataclass

from ingest.extract.indicators import lexicon, words
from ingest.extract.indicators.scan import Quantity


@dataclass(slots=True, kw_only=True)
class Phrase:
    """A quantity in its clause. ``start`` to ``end`` is the evidence, ``name`` what is counted or measured (may be empty).

    ``verb`` governs the noun (引进, 举办), ``link`` stands between noun and number (完成, 达, 增长); ``first``: the
    number comes before the noun.
    """

    start: int
    end: int
    name: str = ""
    verb: str = ""
    link: str = ""
    first: bool = False


_LEAD = re.compile(
    r"(?:其中|此外|另外|另|同时|而且?|但是?|且|并且|并|因此|所以|如|例如|据[^，]{0,14}?(?:统计|介绍|了解|测算|报道|预测|显示)"
    r"|在[^，]{1,16}?(?:中|下|上|里|方面|期间|内)|通过[^，]{1,12}?(?:等方式)?|按[^，]{1,8}?(?:计算|口径)|截至|截止|到|至|自|从|向|对|为|将|把|由|与|和|及|以及|及其|、|的"
    r"|这|那|该|其|本|全[国省市区县州年球行]|我[国省市区县院校]|该[区市县省园区公司企业]+|共|来自|约|内|后|中|时|比|较|使|让|令|每|各)"
)
_ETC = re.compile(
    r"(?<![平高中初均对同优相不何])等(?!级|于|候|额|效|奖|待|式|离|方式|形式|部门|地|人|同)(?:全部|各类|各|共|主要|合计)?"
)
_TRAIL = re.compile(r"(?:的|了|着|和|及|与|或|、|等|地|，|：|以|中|之|为|是|共|共有|有|其中|已|均|又|也|还|并)+$")
_SPACE = " \u3000"
_STOP = re.compile(
    r"[，。；：！？、…,;:!?（）()\n]|(?<![人日年月平户亩])均|已|(?<![首成京])都(?!市|会)|将(?!军|来)|被|(?<![参])与|(?<![自理])由|向"
    r"|(?<![现存正])在(?!线|建|校|职|岗|编|册|营|售|产|研|外)|(?<![面相绝针])对(?!外|接|口|等)|把|(?<![于])是|(?<![国所私拥含具没公享占独富特专民])有(?!限|关|机|色|效|益|线)"
    r"|(?<![行成认作因华])为(?!主|民|企)|占(?!地|比)|(?<![发表直抵弗])达(?!标|产)|给|(?<![可所足])以(?!上|下|内|外|及|来)|(?<!自)从(?!业|事)|仅|只|还|也(?!门)|并(?!购|网)|且|于(?!是)|等(?!级|效|额|离)|而|则|就(?!业)|及其|以及|分别|同比|环比|共(?!同|建|享|有|产|和)|可(?!再生|行|控|持续|靠)|正在|仍|比(?!例|重|率)|较|每|约(?!束)|超过|该"
)
_REACH = 40  # characters; no noun phrase of the pages read is longer


def read(text: str, q: Quantity, lo: int, hi: int) -> Phrase:
    """Name and evidence of a quantity. ``lo`` and ``hi``: what of its clause is free for it on either side."""
    while lo < q.start and text[lo] in _SPACE + "、，。；：的":
        lo += 1
    left = _read_left(text, lo, q.start)
    right_end = _right(text, q.end, hi)
    right = _clean(text[q.end : right_end])
    if _number_first(text, q, left, right):
        start = left.verb_start if left.verb and not left.noun else q.start
        start = min(start, q.start)
        return _first(text, q, left, right_end, hi, start)
    name = left.noun or (left.verb if left.bare_verb else "")
    start = min(left.start, q.start)
    return Phrase(start=start, end=q.end, name=name, verb=left.verb, link=left.link)


@dataclass(slots=True, kw_only=True)
class _Left:
    start: int
    noun: str = ""
    verb: str = ""
    verb_start: int = 0
    link: str = ""
    bare_verb: bool = False


def _read_left(text: str, lo: int, hi: int) -> _Left:
    """The noun phrase, verb and link before a number."""
    end, link, verb = hi, "", ""
    table = lexicon.verb_classes()
    while end > lo:
        if text[end - 1] in _SPACE + "了约":
            end -= 1
            continue
        word = words.word_before(text, lo, end)
        if not word or any(a < end <= b and b - a > len(word) for a, b in words.compounds(text, lo, end)):
            break
        kind = table.get(word, "")
        if not words.is_adverb(word) and kind not in ("copula", "up", "down", "cause"):
            verb = word
            break
        if not words.is_adverb(word):
            link = word if not link or kind in ("up", "down") else link
        end -= len(word)
    if verb:
        start = end - len(verb)
        noun_start = _noun_start(text, lo, start, linked=True)[0]
        before = _clean(text[noun_start:start])
        return _Left(start=start, verb=verb, verb_start=start, link=link, bare_verb=True, noun="" if before else "")
    linked = table.get(link, "") in ("copula", "up", "down")
    start, verb, verb_start = _noun_start(text, lo, end, linked=linked)
    noun = _clean(text[start:end])
    evidence = verb_start if verb and noun else (start if noun else end)
    return _Left(start=evidence, noun=noun, verb=verb, verb_start=verb_start, link=link)


def _noun_start(text: str, lo: int, end: int, *, linked: bool) -> tuple[int, str, int]:
    """Where the noun phrase that ends at ``end`` begins, the verb before it and where that begins."""
    lo = max(lo, end - _REACH)
    start, verb, verb_start = lo, "", lo
    etc = [m.end() for m in _ETC.finditer(text, lo, end) if words.has_han(text[m.end() : end])]
    start = _skip_lead(text, lo, end)
    found = _governing_verb(text, start, end, linked=linked)
    if found:
        verb_start, verb = found
        start = verb_start + len(verb)
        while start < end and text[start] in "了出着过好起":
            start += 1
    if etc and etc[-1] > start:
        start = etc[-1]
    return _skip_lead(text, start, end), verb, verb_start


def _skip_lead(text: str, at: int, end: int) -> int:
    """Past connectives, adverbs and adverbial phrases at the head of a clause."""
    while at < end:
        if text[at] in _SPACE + "、，的了":
            at += 1
            continue
        word = next(
            (text[at : at + n] for n in range(min(5, end - at), 0, -1) if words.is_adverb(text[at : at + n])), ""
        )
        if word and not (len(word) == 1 and text[at + 1 : at + 2] and text[at : at + 2] in _NOT_LEAD):
            at += len(word)
            continue
        match = _LEAD.match(text, at, end)
        if match and match.end() > at and text[at : at + 2] not in _NOT_LEAD and match.end() < end:
            at = match.end()
            continue
        break
    return at


_NOT_LEAD = frozenset(
    [
        "新能",
        "新材",
        "新型",
        "新兴",
        "新药",
        "新生",
        "新建",
        "新增",
        "新引",
        "新签",
        "新设",
        "新开",
        "新区",
        "新产",
        "新一",
        "新成",
        "新注",
        "新认",
        "新品",
        "新闻",
        "新办",
        "新车",
        "新疆",
        "新媒",
        "新经",
        "新冠",
        "新技",
        "新动",
        "新业",
        "新基",
        "新质",
        "新就",
        "总投",
        "总装",
        "总面",
        "总产",
        "总部",
        "总资",
        "总额",
        "总量",
        "总价",
        "总收",
        "总人",
        "总成",
        "总长",
        "总里",
        "总建",
        "总规",
        "总体",
        "总数",
        "总营",
        "全年",
        "内资",
        "内蒙",
        "内陆",
        "内容",
        "内需",
        "中小",
        "中国",
        "中央",
        "中心",
        "中药",
        "中标",
        "中医",
        "中型",
        "中东",
        "中部",
        "中高",
        "中外",
        "中西",
        "中欧",
        "中科",
        "中长",
        "中青",
        "中学",
        "中间",
        "后备",
        "后续",
        "时间",
        "时速",
        "时尚",
        "比重",
        "比例",
        "比亚",
        "较大",
        "较高",
        "各类",
        "各级",
        "各项",
        "各种",
        "各地",
        "各式",
        "每股",
        "每吨",
        "每千",
        "每度",
        "每亩",
        "每年",
        "每天",
        "每人",
        "每立",
        "每户",
        "每公",
        "每平",
        "每台",
        "每月",
        "每日",
        "对外",
        "对口",
        "为民",
        "与会",
        "和谐",
        "由头",
        "将军",
        "平均",
        "可再",
        "可用",
        "可行",
        "能源",
        "能耗",
        "能力",
        "能量",
        "能效",
        "会员",
        "会议",
        "会展",
        "正式",
        "已建",
        "已投",
        "实际",
        "其他",
        "其余",
        "其它",
        "本科",
        "本地",
        "本土",
        "本币",
        "从业",
        "从事",
        "到位",
        "到期",
        "到账",
        "到货",
        "自主",
        "自有",
        "自然",
        "自营",
        "自贸",
        "自动",
        "至今",
        "向上",
        "按揭",
        "按时",
        "微信",
        "微型",
        "略高",
        "合同",
        "合约",
        "合计",
        "合作",
        "合资",
        "合肥",
        "合格",
        "合成",
        "使用",
        "使馆",
        "全国",
        "全省",
        "全市",
        "全区",
        "全球",
        "全社",
        "全部",
        "全县",
        "全口",
        "全行",
        "全员",
        "全职",
        "全产",
        "共建",
        "共享",
        "共同",
        "近海",
        "近视",
        "近岸",
        "超高",
        "超大",
        "超级",
        "超临",
        "超市",
        "超临",
        "约定",
    ]
)


def _governing_verb(text: str, lo: int, end: int, *, linked: bool) -> tuple[int, str] | None:
    """The verb whose object the noun phrase is: the last one that stands where a verb may stand.

    ``linked``: a copula follows the phrase, which is then a subject; a verb in it counts only where it drives another
    clause (推动用户突破3万户), and 新引进项目到位资金 keeps its verb.
    """
    table = lexicon.verb_classes()
    guarded = words.compounds(text, lo, end)
    best, at = None, lo
    while at < end - 1:
        inside = next((b for a, b in guarded if a <= at < b), None)
        if inside is not None:
            at = inside
            continue
        word = words.verb_at(text, at, end)
        kind = table.get(word, "")
        if not word or not _verb_here(text, at, word, lo, end, kind, linked=linked):
            at += 1
            continue
        best = (at, word)
        at += len(word)
    return best


_OBJECT_HEADS = re.compile(
    r"(?:项目|企业|工程|中心|平台|机构|基地|人员|单位|资金|面积|金额|总额|总量|规模|能力|指标|情况|方案|计划|协议|合同|成果|数量?|额|率|量|费|价|值|期|办法|体系|制度|用地|队伍|小组|联盟|大会|论坛|站点?|点|园区?|区|地|室|者|商|工作|活动|产能|产值|岗位|线)$"
)


def _verb_here(text: str, at: int, word: str, lo: int, end: int, kind: str, *, linked: bool) -> bool:
    after = text[at + len(word) : end]
    marked = after[:1] in "了出" and after[:1] != ""
    if not words.has_han(after) and not re.search("[“A-Za-z]", after):
        return False
    if kind in ("copula", "up", "down"):
        return False
    if linked:
        return marked or (kind == "cause" and len(word) > 1) or (kind in ("have",) and len(word) > 1)
    if len(word) == 1:
        return kind in ("have", "stock") and (at == lo or text[at - 1 : at] in "共已还现仅只仍均将，、" or marked)
    if at == lo or marked:
        return True
    if text[at - 1] == "新":
        return at - 1 == lo and not _OBJECT_HEADS.match(after)
    return not (text[at - 1] in "的业能" or _OBJECT_HEADS.fullmatch(after))


def _number_first(text: str, q: Quantity, left: _Left, right: str) -> bool:
    if not right:
        return False
    if q.kind == "big" or text[q.end : q.end + 1] == "的":
        return q.kind not in ("percent",) or not left.link
    if q.kind in ("count", "bare"):
        return not (left.noun and _verb_first(text, q.end))
    if q.kind == "percent":
        return not left.noun and not left.link and not left.bare_verb
    if q.kind == "time":
        return False
    return not left.noun and not (left.bare_verb and _verb_first(text, q.end))


def _verb_first(text: str, at: int) -> bool:
    """Whether what follows the unit begins with a verb, not with the noun that is counted."""
    word = words.verb_at(text, at, min(len(text), at + 6))
    return len(word) > 1 and not any(a == at for a, _ in words.compounds(text, at, min(len(text), at + 10)))


def _right(text: str, at: int, hi: int) -> int:
    """Where the noun phrase after a unit ends; ``at`` if there is none."""
    hi = min(hi, at + _REACH)
    if at < hi and text[at] == "的":
        at += 1
    relative = _relative(text, at, hi)
    begin = relative or at
    guarded = words.compounds(text, begin, hi)
    here = begin
    while here < hi:
        inside = next((b for a, b in guarded if a <= here < b), None)
        if inside is not None:
            here = inside
            continue
        if text[here] == "“":
            close = text.find("”", here, hi + 1)
            here = close + 1 if close >= 0 else here + 1
            continue
        stop = _STOP.match(text, here)
        if stop and not (stop[0] == "、" and _goes_on(text, here + 1, hi)):
            break
        if here - begin >= 2 and _breaks(text, here, hi):
            break
        here += 1
    return here if here > begin else (at if not relative else begin)


def _goes_on(text: str, at: int, hi: int) -> bool:
    """Whether a list of nouns goes on after 、: no number and no verb at the head of the next part."""
    part = re.split("[，。；：、]", text[at:hi])[0]
    return bool(part) and not re.search(r"\d|[一二两三四五六七八九十]+[个家项名]", part) and not _verb_first(text, at)


def _breaks(text: str, here: int, hi: int) -> bool:
    word = words.verb_at(text, here, hi)
    if len(word) < 2:
        return False
    after = text[here + len(word) : hi]
    return not (_OBJECT_HEADS.match(after) or after[:1] == "的" or not after[:1].strip("，。；、：）"))


_RELATIVE = re.compile(r"(?:[^，。；！？的]{1,14}?[^，。；！？]{0,26})的(?=[\u4e00-\u9fff“A-Za-z])")


def _relative(text: str, at: int, hi: int) -> int | None:
    """Where the head noun of a relative clause starts (5家|具有国际水平、规模超百亿元的|企业); None without one."""
    if not (_verb_first(text, at) or _is_relative_head(text, at, hi)):
        return None
    match = _RELATIVE.match(text, at, hi)
    return match.end() if match else None


def _is_relative_head(text: str, at: int, hi: int) -> bool:
    piece = re.split("[，。；]", text[at:hi])[0]
    return (
        bool(
            re.match(
                r"具有|位于|来自|处于|从事|规模|年?产值|年?收入|年?营收|投资|市值|估值|面向|面积|用于|适合|涉及|覆盖|由",
                piece,
            )
        )
        and "的" in piece
    )


_TAKES = (
    "入选",
    "获批为",
    "获评为",
    "获评",
    "被评为",
    "被认定为",
    "认定为",
    "成为",
    "获得",
    "荣获",
    "获",
    "入围",
    "晋级",
    "通过",
    "被列为",
    "列入",
    "纳入",
    "跻身",
    "升级为",
    "摘得",
    "斩获",
    "被授予",
    "获批",
    "被纳入",
    "当选",
    "当选为",
    "入列",
    "评为",
)
_PASSIVE = re.compile(
    r"(?:均|已|都|被|先后|成功|分别|同时|也|又|还|新|首次|再次|顺利|全部|共同)*"
    rf"(?P<verb>{'|'.join(sorted(_TAKES, key=len, reverse=True))})(?:了|为)?"
)


def _first(text: str, q: Quantity, left: _Left, right_end: int, hi: int, start: int) -> Phrase:
    name = _clean(text[q.end : right_end])
    taken = _PASSIVE.match(text, right_end, hi)
    if taken and q.kind == "count" and (obj := _object(text, taken.end(), hi)):
        named = _clean(text[taken.end() : obj])
        name = _taken_name(name, taken["verb"], named)
        return Phrase(start=q.start, end=obj, name=name, verb=taken["verb"], first=True)
    return Phrase(start=start, end=right_end, name=name, verb=left.verb, link=left.link, first=True)


def _object(text: str, at: int, hi: int) -> int:
    match = re.compile(r"[^，。；：！？]{1,40}").match(text, at, hi)
    return match.end() if match else 0


def _taken_name(noun: str, verb: str, taken: str) -> str:
    """3家企业|入选|X: what they joined; 3项成果|获得|X奖: X奖成果; 35项成果|获|奖: 获奖成果."""
    if taken in ("奖", "奖项", "奖励"):
        return "获奖" + noun
    if noun == "成果" and taken.endswith("奖"):
        return re.sub(r"^\d{4}年度?", "", taken) + noun
    if verb in ("通过", "获", "获得") and not taken.endswith(
        ("奖", "称号", "企业", "单位", "基地", "项目", "园区", "平台")
    ):
        return noun
    return taken


def _clean(name: str) -> str:
    """A noun phrase without what clings to its ends."""
    name = name.strip(_SPACE + "，。；：、,;:")
    name = re.sub(r"^(?:的|了|着|地|、|和|及|与)+", "", name)
    name = _TRAIL.sub("", name) if not name.endswith(("目的", "行为")) else name
    if name.count("（") != name.count("）"):
        name = re.sub(r"[（）].*$", "", name)
    if name.count("“") > name.count("”"):
        name = name[: name.rfind("“")] if not name.startswith("“") else name[1:]
    if name.count("”") > name.count("“"):
        name = name[name.rfind("”") + 1 :] or name.rstrip("”")
    return name.strip(_SPACE)
