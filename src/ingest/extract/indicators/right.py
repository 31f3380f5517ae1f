"""What stands after a unit: the noun that is counted, a relative clause before it, the verb behind it."""

import re

from ingest.extract.indicators import words
from ingest.extract.indicators.left import clean

_STOP = re.compile(
    r"[，。；：！？、…,;:!?（）()\n]|(?<![人日年月平户亩])均|已|(?<![首成京])都(?!市|会)|将(?!军|来)|被(?!调查者|告|保险人)|(?<![查])获(?!利|益|奖)|因(?!素)|后(?![续备勤台端卫])|继续|(?<!参)与|(?<!自)由|向"
    r"|(?<![现存正])在(?!线|建|校|职|岗|编|册|营|售|产|研|外)|(?<![面相绝针反])对(?!外|接|口|等)|把|(?<!于)是"
    r"|(?<![国所私拥含具没公享占独富特专民])有(?!限|关|机|色|效|益|线)|(?<![行成认作因华])为(?!主|民|企)|占(?!地|比)"
    r"|(?<![发表直抵弗])达(?!标|产)|给|(?<![可所足])以(?!上|下|内|外|及|来)|(?<!自)从(?!业|事)|仅|只|还|也(?!门)|并(?!购|网)"
    r"|且|于(?!是)|等(?!级|效|额|离)|而|则|就(?!业)|及其|以及|分别|同比|环比|共(?!同|建|享|有|产|和)|可(?!再生|行|控|持续|靠)"
    r"|正在|仍|比(?!例|重|率)|较|每|约(?!束)|超过|该|用(?=[^电户地水气途人工具])|当(?!地)|要(?!素|闻)|会(?=上|在)|不"
)
_HEADS = re.compile(
    r"项目|企业|工程|中心|平台|机构|基地|人员|单位|资金|面积|金额|规模|能力|指标|方案|计划|协议|合同|成果|量|费|价|值"
    r"|办法|体系|制度|用地|队伍|联盟|大会|论坛|站|园|室|者|商|工作|活动|产能|岗位|线|专员|员|型|性|类|产品|设备|技术|服务|科技|所|厂|站点|系统|示范"
)
_RELATIVE = re.compile(r"(?:[^，。；！？的]{1,18}|[^，。；！？]{1,34})的(?=[\u4e00-\u9fff“A-Za-z])")
_RELATIVE_HEAD = re.compile(
    r"具有|位于|来自|处于|从事|规模|年?产值|年?收入|年?营收|投资|市值|估值|面向|面积|用于|适合|涉及|覆盖|由|被|在|符合|达到|通过|参加|获得|拥有|承担|完成|参与|不同"
)
#: No noun phrase of the pages read is longer, in characters.
_REACH = 44


def end_of_noun(text: str, at: int, hi: int) -> int:
    """Where the noun phrase after a unit ends; ``at`` itself if there is none before ``hi``."""
    hi = min(hi, at + _REACH)
    if at >= hi or text[at] == "、":
        return at
    begin = at + 1 if text[at] == "的" else at
    begin = _after_relative(text, begin, hi) or begin
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
        if stop and not (stop[0] == "、" and _goes_on(text, here + 1)):
            break
        if here - begin >= 2 and (_verb_begins(text, here, hi) or _ends_at_of(text, begin, here)):
            break
        here += 1
    return here if here > begin else at


#: Before 的 these only describe: 20家细分领域的龙头企业, 8个国家级的平台.
_DESCRIBES = re.compile(
    r"(?:级|类|型|性|式|领域|方面|优秀|重要|不同|知名|领先|重大|规模|水平|以上|以下|左右|特色|一流|著名|主要|关键|重点|大|小|高|新|优|好|强|多|内|外|中|上|下|间|前|后)$"
)


#: What owns something is a noun of at most so many characters; more before 的 is a clause: 2000名身着红衣的市民.
_OWNER = 7


def _ends_at_of(text: str, begin: int, here: int) -> bool:
    """Whether a 的 makes what was counted the owner of something else: 4幢住宅楼|的外墙."""
    owner = text[begin:here]
    if text[here] != "的" or "的" in text[begin - 1 : here] or _DESCRIBES.search(owner):
        return False
    clause = len(owner) > _OWNER or any(len(words.verb_at(text, i, here)) > 1 for i in range(begin, here - 1))
    return not clause


def verb_first(text: str, at: int) -> str:
    """The verb that follows at once, not the noun that is counted; empty for none."""
    word = words.verb_at(text, at, min(len(text), at + 6))
    compound = any(a == at for a, _ in words.compounds(text, at, min(len(text), at + 10)))
    return word if len(word) > 1 and not compound else ""


def verb_after(text: str, at: int, hi: int) -> str:
    """The verb that the noun counted does: 6个项目|均已|开工."""
    while at < hi and (word := words.adverb_at(text, at, hi) or ("被" if text[at] == "被" else "")):
        at += len(word)
    return verb_first(text, at) if at < hi else ""


def _after_relative(text: str, at: int, hi: int) -> int | None:
    """Where the head noun of a relative clause starts (5家|具有国际水平、规模超百亿元的|企业); None without one."""
    if not (verb_first(text, at) or _RELATIVE_HEAD.match(text, at)):
        return None
    match = _RELATIVE.match(text, at, hi)
    return match.end() if match else None


def _goes_on(text: str, at: int) -> bool:
    """Whether a list of nouns goes on after 、: no number and no verb at the head of the next part."""
    part = re.split("[，。；：、]", text[at : at + _REACH])[0]
    return (
        bool(part)
        and not re.search(r"\d|[一二两三四五六七八九十]+[个家项名大]", part)
        and not verb_first(text, at)
        and len(part) < _REACH // 2
    )


def _verb_begins(text: str, here: int, hi: int) -> bool:
    word = words.verb_at(text, here, hi)
    if len(word) < 2:
        return False
    after = text[here + len(word) : hi]
    if not after.strip("，。；、：！？"):
        return words.kind(word) in ("join", "other")  # 12项暖心|服务 ends in a noun, 30名学生|就业 does not
    return not (_HEADS.match(after) or after[:1] in "的奖者率额量费价值型性权业品员商厂站组处部园区")


_TAKES = (
    "入选 获批为 获评为 获评 被评为 被认定为 认定为 成为 获得 荣获 获 入围 晋级 通过 被列为 列入 纳入 跻身 升级为 摘得 斩获 被授予 "
    "获批 被纳入 当选为 当选 入列 评为 上榜"
).split()
_TAKEN = re.compile(
    r"(?:均|已|都|被|先后|成功|分别|同时|也|又|还|新|首次|再次|顺利|全部|共同)*"
    rf"(?P<verb>{'|'.join(sorted(_TAKES, key=len, reverse=True))})(?:了|为)?(?P<object>[^，。；：！？]{{1,40}})"
)
_HONOURED = (
    "奖",
    "称号",
    "企业",
    "单位",
    "基地",
    "项目",
    "园区",
    "平台",
    "示范点",
    "组织",
    "工厂",
    "品牌",
    "名单",
    "目录",
    "百强",
    "认定",
)


def taken(text: str, at: int, hi: int, noun: str) -> tuple[str, str, int] | None:
    """What the things counted joined or won: name, verb and where it ends (3家企业|入选|专精特新企业)."""
    match = _TAKEN.match(text, at, hi)
    if match is None:
        return None
    joined = clean(match["object"])
    if joined in ("奖", "奖项", "奖励"):
        name = "获奖" + noun
    elif noun == "成果" and joined.endswith("奖"):
        name = "获奖成果" if re.match(r"\d{4}年", joined) else joined + noun
    elif match["verb"] in ("通过", "获", "获得", "成为") and not joined.endswith(_HONOURED):
        name = noun
    else:
        name = joined
    return name, match["verb"], match.end("object")
