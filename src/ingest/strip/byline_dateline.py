"""The dateline of an agency or a newspaper before the first paragraph: 本报讯（记者 某某）, 新华社某地4月8日电."""

import re

from ingest.strip.byline_authors import ROLE, written_by
from ingest.strip.byline_names import is_name

_CHARACTER = r"[^\s，。：:；！？“”《》（）()【】\[\]丨|]"
_OWN = r"本(?:报|网|站|刊|台|社)"
_OUTLET = rf"(?:{_OWN}|{_CHARACTER}{{1,14}}?(?:报|网|社|台|刊|端|频道|新闻|公司|站|传媒|在线|之声|中心))"
_DAY = r"(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}日"
_WIRE = "(?<![发供充用停输配来贺水风核火光机])电"  # 供电, 充电 are none
_DATELINE = re.compile(
    rf"""
    \s*[【\[]?\s?
    (?:
        (?:据)?{_OUTLET}{_CHARACTER}{{0,10}}?{_DAY}(?:专|综合)?(?:电|讯)   # 某某社某地4月8日电
      | (?:据)?{_CHARACTER}{{1,8}}?(?:社|网{_CHARACTER}){_CHARACTER}{{0,7}}?{_WIRE}  # 某某社某地电
      | (?:据)?{_OUTLET}(?:客户端)?(?<![通资短快视简喜捷音问])讯
      | {_OWN}(?=\s*[（(]|\s)                                            # 本报 alone; 本报告期内 is none
      | {_DAY}讯
    )
    (?=[\s，,：:丨|（(“《】\]]|$)
    \s?[】\]]?
    """,
    re.VERBOSE,
)
_REPORTERS = re.compile(
    r"""
    \s*[（(]\s?
    (?: [^（）()。]{0,40}?(?:记者|通讯员|作者|实习生|评论员|特约)[^（）()。]{0,60}
      | (?:文|图|文图|图文)\s?[/／|][^（）()。]{2,30}
      | [^（）()。，]{2,30}\s(?:摄|文|图|整理|整合|编译|报道)
    )
    [)）]
    """,
    re.VERBOSE,
)
_ON = re.compile(r"\s*题\s?[：:]")
_BRACKET = re.compile(r"\s*[（(]([^（）()]{2,40})[)）]")
_BREAK = re.compile(r"[\s，,：:丨|—\-]*")
_NAME = re.compile(
    r"([\u4e00-\u9fff·]{2,8}?|[\u4e00-\u9fff]\s[\u4e00-\u9fff])"
    r"(?:(?:综合|摄影)?报道[\s，,：:]*|[\s、，：:]+)"
)
_OWN_NAME = 8  # characters: white space, a bracket and 本报
_LONGEST = 140  # characters from the line's start to the paragraph
_NAMED = 40  # characters of names behind one 记者


def dateline_end(text: str) -> int:
    """Return where a paragraph begins behind its dateline, white space passed; 0 if there is none.

    本报 alone needs white space or a bracket behind it (本报告期内 is no dateline).
    """
    head = text[:_LONGEST]
    found = _DATELINE.match(head) if "电" in head or "讯" in head or "本" in head[:_OWN_NAME] else None
    end = found.end() if found else 0
    reporters = _REPORTERS.match(head, end)
    if reporters:
        end = reporters.end()
    elif end and (bracket := _BRACKET.match(head, end)) and written_by(bracket[1]):  # 本报讯（张三 李四）
        end = bracket.end()
    if not end:
        return 0
    end += _without_brackets(head[end:])
    if _ON.match(head, end) and "。" not in text:  # 新华社某地4月8日电 题：…, a line of its own
        return len(text)
    breaking = _BREAK.match(head, end)
    return breaking.end() if breaking else end


def _without_brackets(text: str) -> int:
    """Return the length of reporters named without brackets: 记者 王强 通讯员 李四报道, or 0."""
    end = 0
    start = _BREAK.match(text)
    place = start.end() if start else 0
    while found := ROLE.match(text, place):
        behind = _names_end(text, found.end())
        if behind == found.end():
            break
        end = place = behind
    return end


def _names_end(text: str, place: int) -> int:
    """Return where the names at a place end; the place itself if none stands there."""
    start = place
    while (found := _NAME.match(text, place)) and place - start < _NAMED:
        if not is_name("".join(found[1].split()), marked=True):
            break
        place = found.end()
    return place
