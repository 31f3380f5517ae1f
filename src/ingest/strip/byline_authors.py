"""Lines that name who wrote an article: 张三 李四, □ 王 强, 某某日报记者 张三 通讯员李四, 文/张三."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.strip.byline_names import is_name, names_in

_ROLES = (
    r"(?:特约|见习|实习|首席|高级|资深|全媒体|融媒体|驻站|特派|专栏){0,3}"
    r"(?:记者|通讯员|评论员|撰稿人|作者|摄影师|报道员|特稿员|实习生|小记者|研究员)"
)
# The outlet before the word (某某日报记者) begins where a word begins; 张三通讯员李四 names two people.
ROLE = re.compile(rf"(?:(?:^|(?<=\s))(?P<outlet>[\u4e00-\u9fffA-Za-z·\-]{{1,12}}?))?{_ROLES}\s?[:：]?\s*")
_ROLE_END = re.compile("[者员人师生]")  # every word of a role ends in one
_TRAILING_ROLE = re.compile(
    r"\s?(?:综合|摄影|联合|编辑)?(?:报道|摄影|整理|整合|编译|采写|撰文|文/图|图/文|图文|供图|摄)$|\s(?:文|图|编)$"
)
_TRAILING_ENDS = frozenset("道影理合译写文图摄编")  # what it ends in
_LONGEST_TRAILING = 8  # characters of it: white space, 摄影, 文/图
_PHOTOGRAPHER = re.compile(r"(?:(?<!文)(?<!文/)(?:摄|供图|摄影)|\s图)$")
_MARKS = frozenset("□■◇◆○●▲△※★☆")
_MARK = re.compile(rf"^[{''.join(sorted(_MARKS))}]\s*")
_SLASHED_BEGINS = frozenset("文图摄作撰编")
_SLASHED = re.compile(
    r"^(?:文|图|文字|摄影|图文|文图|作者|撰文|编辑|图/文|文/图|图片)\s*[/／|｜丨]\s*(?P<value>\S[^。！？]{0,40})$"
)
_LONGEST = 80
_PAGE = 256  # lines that are remembered: those near a title and behind the text are asked again and again
_PAIRS = (("（", "）"), ("(", ")"), ("[", "]"), ("【", "】"))
_OPENING, _CLOSING = frozenset("（([【"), frozenset("）)]】")


@lru_cache(maxsize=_PAGE)
def written_by(text: str) -> Sequence[str]:
    """Return the authors of a line that names nothing else, or nothing if it says more than that."""
    text = unbracketed(text)
    if text[:1] in _MARKS:
        text = _MARK.sub("", text)
    slashed = _SLASHED.match(text) if text[:1] in _SLASHED_BEGINS else None
    text = _without_trailing_role(slashed["value"] if slashed else text)
    if len(text) > _LONGEST:
        return []
    names: list[str] = []
    done, marked = 0, False
    for role in ROLE.finditer(text) if _ROLE_END.search(text) else ():
        part = text[done : role.start()]
        outlet = role["outlet"] or ""
        if is_name(outlet):  # 张三通讯员李四
            part, outlet = f"{part} {outlet}", ""
        listed = names_in(part, marked=marked)
        if part.strip() and not listed:
            return []
        names += listed
        done, marked = role.end(), True
    rest = names_in(text[done:], marked=marked)
    return names + rest if rest or not text[done:].strip() else []


def _without_trailing_role(text: str) -> str:
    """A line less what was done, behind the names: 张三 摄影报道."""
    if text[-1:] not in _TRAILING_ENDS:
        return text
    found = _TRAILING_ROLE.search(text, max(0, len(text) - _LONGEST_TRAILING))
    return text[: found.start()] if found else text


def is_photographer(text: str) -> bool:
    """Whether a line of names ends as a photo's credit does: 张三 摄."""
    return _PHOTOGRAPHER.search(unbracketed(text)) is not None


def unbracketed(text: str) -> str:
    """Take off brackets round the whole text, and a half bracket without its other half; 某区（某街） keeps its own."""
    text = text.strip()
    if text[:1] not in _OPENING and text[-1:] not in _CLOSING:
        return text
    for left, right in _PAIRS:
        if text[:1] == left and text.find(right) in {-1, len(text) - 1}:
            text = text[1:].removesuffix(right)
        elif text[-1:] == right and left not in text:
            text = text[:-1]
    return text.strip()
