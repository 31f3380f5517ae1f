"""The words that bound a number: 超, 近, 约 before it, 以上, 以内, 左右 behind its unit."""

import re

_OVER = "超过了?|超出|超|逾|突破了?|突破性?达到|不低于|不少于|不小于|至少|高于|大于|多于|上|过|破|最低|不下"
_UNDER = "[跌降]破|不足|不到|近乎|接近|将近|近|不高于|不超过|不大于|少于|小于|至多|最多|最长|低于|未达|不满|最高不超过"
_ABOUT = "大约|约为|约合|约达|约占|约有|约|大概|左右"
#: The last characters of the words above.
_ENDS = frozenset("过了出超逾破到于少至上低下足乎近满长多约概右达合占有大为")
_BEFORE = re.compile(f"(?:(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<about>{_ABOUT}))[ \u3000]?$")
_AFTER = re.compile(
    r"[ \u3000]?(?:"
    r"(?P<over>及?以上|之多|有余|开外|(?<=[年元天月吨人次个家米时里倍%成番亩户位名项公])[余多](?![少样数元名]))"
    r"|(?P<under>以内|之内|及?以下(?!简称))|(?P<about>左右|上下(?!半|游|楼|班|车|联|贯|级)))"
)
#: The first characters of those behind a unit.
_STARTS = frozenset("及以之有开余多左上 \u3000")
#: How far before a number its bound may begin, in characters; 最高不超过 is the longest.
_REACH = 6
#: 突破634项关键技术 breaks through them; 突破3000亿元 goes beyond.
_BREAKTHROUGH = re.compile(r"[\d ]+[项个][^，。]{0,8}?(?:技术|难题|瓶颈|难关|壁垒)")
#: The characters before a one-character bound with which it is part of another word: 网上3家, 通过5项, 附近3公里.
_GLUED = {
    "上": "网以线会马晚早路船车身市海史册础场面基桌地",
    "过": "通经超透不渡度越路穿错",
    "近": "附邻临靠最远亲新",
    "破": "突打攻侦跌降",
    "约": "节签条合公预契大",
    "超": "赶",
}


def read(text: str, start: int, end: int) -> tuple[int, int, str | None]:
    """Where a number from ``start`` to the ``end`` of its unit begins and ends with its bound, and the bound if any."""
    bound = None
    if text[end : end + 1] in _STARTS and (after := _AFTER.match(text, end)):
        end, bound = after.end(), after.lastgroup
    mark = text[start - 1 : start]
    if not mark or (mark not in _ENDS and not mark.isspace()):
        return start, end, bound
    before = _BEFORE.search(text, max(0, start - _REACH), start)
    if before and not _is_other_word(text, before):
        start, bound = before.start(), before.lastgroup
    return start, end, bound


def _is_other_word(text: str, before: re.Match[str]) -> bool:
    """上, 过, 近 and the like as part of another word; 上 is a bound only before round numbers (上百)."""
    word, left = before[0].strip(), text[max(0, before.start() - 1) : before.start()]
    if word.startswith("突破"):
        return _BREAKTHROUGH.match(text, before.end(), before.end() + 24) is not None
    if word == "上" and text[before.end()] not in "百千万":
        return True
    return bool(left) and left in _GLUED.get(word, "")
