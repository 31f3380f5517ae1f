"""The dateline of an agency or a newspaper before the first paragraph: 本报讯（记者 某某）, 新华社某地4月8日电."""

import re

from ingest.strip.byline import ROLE
from ingest.strip.byline_names import is_name

_OWN = r"本(?:报|网|站|刊|台|社)"
_OUTLET = r"[^\s，。：:；！？“”《》（）()\[\]【】]{0,14}(?:报|网|社|台|刊|端|频道|新闻|公司|站|传媒|在线|时报|之声)"
_PLACE = r"[^\s，。：:；！？“”《》（）()]{0,10}?"
_DAY = r"(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}日"
_REPORTERS = (
    r"\s*[（(][^（）()]{0,60}?(?:记者|通讯员|作者|报道|文|摄|实习生|编辑|评论员|特约|整合|编译)[^（）()]{0,60}[)）]"
)
_NAMED = r"[（(][^（）()。，]{2,60}[)）]"
_BEHIND = r"(?=[\s，,：:丨|（(“《]|$)"
# 电 needs the day or an agency before it: a company's 供电 and a car's 充电 are none.
_WIRE = rf"(?:据)?(?:新华社|中新社|中新网|新华网|人民网|央视网|央广网|法新社|路透社|美联社|塔斯社|中通社|中央社|{_OWN}|{_OUTLET}){_PLACE}(?:{_DAY}电|(?<=[社网报])电|{_DAY}(?:专电|综合电|综合消息))"
_REPORT = rf"(?:据)?(?:{_OWN}{_PLACE}(?:{_DAY})?讯|{_OUTLET}(?:{_DAY}|客户端)?(?<![通资短电快视简喜])讯|{_DAY}讯)"
_AGENCY = r"(?:据)?(?:新华社|中新社|人民网|新华网)[\u4e00-\u9fff]{2,8}?电"
_BARE = rf"{_OWN}(?=\s*[（(\s])"
_DATELINE = re.compile(
    rf"\s*(?:[【\[]\s?)?(?:(?:{_WIRE}|{_REPORT}|{_AGENCY}){_BEHIND}|{_BARE})(?:\s?[】\]])?(?:{_REPORTERS})?[\s，,：:丨|]*"
)
_ONLY_REPORTERS = re.compile(rf"\s*(?:{_REPORTERS})[\s，,：:]*")
_LONGEST = 120


def dateline_end(text: str) -> int:
    """Return where a paragraph begins behind its dateline, white space passed; 0 if there is none.

    本报 alone needs white space or a bracket behind it (本报告期内 is no dateline).
    """
    head = text[:_LONGEST]
    found = _DATELINE.match(head)
    if not found:
        found = _ONLY_REPORTERS.match(head)
        return found.end() if found else 0
    return found.end() + _reporters(head[found.end() :])


def _reporters(text: str) -> int:
    """Return the length of reporters named without brackets: 记者 王强 通讯员 李四报道, or 0."""
    end = 0
    while found := ROLE.match(text, end):
        place, names = found.end(), 0
        while named := _next_name(text, place):
            place, names = named, names + 1
        if not names or place - end > 40:
            break
        end = place
    if not end:
        return 0
    rest = re.compile(r"\s*(?:综合|摄影)?(?:报道|摄影报道)?[\s，,：:]*").match(text, end)
    return rest.end() if rest else end


def _next_name(text: str, place: int) -> int:
    """Return where the name at a place ends with the white space behind it; 0 if none stands there by itself."""
    found = re.compile(
        r"([\u4e00-\u9fff·]{2,8}?|[\u4e00-\u9fff]\s[\u4e00-\u9fff])(?:(?:报道|摄影报道)?[\s、，：:]+|(?:报道|摄影报道)[\s，：:]*)"
    ).match(text, place)
    return found.end() if found and is_name("".join(found[1].split()), marked=True) else 0
