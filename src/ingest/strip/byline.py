"""The grammar of a byline: which fields a line holds, and where each begins."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ingest.strip.byline_authors import unbracketed, written_by
from ingest.strip.byline_dates import all_dates
from ingest.strip.byline_names import SPACES, is_name
from ingest.strip.label_words import covered, groups, words

FURNITURE = "views"  # a field of the site and not of the article: 点击, 评论
_SHORT = frozenset({"文", "图", "摄", "次数", "推荐", "来自", "图片", "记者", "编辑", "时间", "日期", "打印", "文字"})
_LONGEST_LINE = 200
_LONGEST_OPENER = 12  # characters of a bracket, white space and a field's word; the longest word has six
PAGE = 256  # lines that are remembered: what stands near a title is asked by three rooms
_LONGEST_VALUE = 40  # 来源：with the name of a joint office
_OUTLET = re.compile(r"[\w\u4e00-\u9fff·.\-—（）()《》“” ]{2,24}")
# What the name of an outlet or an office ends in; a headline beside a date in a list does not.
_OUTLET_END = re.compile(
    r"(?:[报网社台刊号端站闻讯线体局委厅部院会校区市县府]|传媒|频道|中心|集团|公司|发布|办公?室?|[a-zA-Z])$"
)
_TOKEN = re.compile(
    r"[\s|｜丨·/,，]*([\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z·.\-]{1,15})(?=[\s|｜丨·/,，（(\[【\d]|$)"
)
_COUNT = re.compile(r"(?<=[\u4e00-\u9fff])\d{2,8}$")  # a count of readers that ran into the name: 王某30010
_EDGES = " |｜丨/·,，;；\u3000\t\xa0"
_TOKENS = re.compile(r"[^\s、，,|｜丨/]+")
_PARTING = "".join(SPACES) + "、，,|｜丨/"
_GLUED = re.compile(r"[（(]?(责任编辑|责编|编辑|作者|记者|通讯员)\s?([\u4e00-\u9fff]{2,3})[）)]?")
_CREDITED = {kind: kind for kind in ("author", "editor", "staff", "photo")}
_REPORTER = re.compile(r"(?:本报|特约|见习|实习|全媒体)?(?:记者|通讯员)(?=[\s：:]|[\u4e00-\u9fff]{2,4}(?:\s|$))")
_SENTENCE = re.compile(r"[。！？!?；]")


class Field(NamedTuple):
    """A stretch of a byline: ``text[start:end]`` with the field's word, ``value`` without it."""

    kind: str
    value: str
    start: int
    end: int


@cache
def _opener() -> re.Pattern[str]:
    """Return the pattern of a field's word with its colon, or with a bar or slash in place of it."""
    listed = sorted({w for g in groups("strip_text_fields").values() for w in g}, key=lambda w: (-len(w), w))
    long = "|".join(re.escape(w) for w in listed if w not in _SHORT)
    short = "|".join(re.escape(w) for w in listed if w in _SHORT)
    return re.compile(
        rf"[（(\[【]?\s?((?:{long})|(?<![\u4e00-\u9fff])(?:{short}))\s?(?:[:：]|[|｜丨](?=\s?\S)|/(?=[\u4e00-\u9fff]{{2}}))\s*"
    )


@cache
def _marked() -> re.Pattern[str]:
    """The last character of a field's word, with the mark that stands behind it: few lines have one."""
    ends = re.escape("".join(sorted({word[-1] for word in _kind_of()})))
    return re.compile(rf"[{ends}]\s?[:：|｜丨/]")


def _openers(text: str) -> list[re.Match[str]]:
    """The fields' words of a line. They are looked for before marks alone: to try each place takes long."""
    found: list[re.Match[str]] = []
    end = 0
    while mark := _marked().search(text, end):
        opener = _opener().search(text, max(end, mark.start() - _LONGEST_OPENER))
        if opener is None:
            break
        found.append(opener)
        end = opener.end()
    return found


@cache
def _credited_openings() -> frozenset[str]:
    """What a line with fields of persons begins with, where no mark stands behind the field's word."""
    return frozenset(["（", "(", *(word[0] for word, kind in _kind_of().items() if kind in _CREDITED)])


@cache
def _kind_of() -> dict[str, str]:
    return {word: kind for kind, listed in groups("strip_text_fields").items() for word in listed}


@lru_cache(maxsize=PAGE)
def fields(text: str) -> Sequence[Field]:
    """Return the fields of a byline in order, or nothing if the text is no byline.

    A line is one when fields, dates, names and at most the name of an outlet cover it: 2024-05-06 来源：某报
    作者：张三. A sentence that begins with 来源： is none.
    """
    if len(text) > _LONGEST_LINE or _SENTENCE.search(text):
        return []
    if spaced := _spaced(text):
        return spaced
    openers = _openers(text)
    head = _head(text, openers[0].start() if openers else len(text))
    if head is None or not (head or openers):
        return []
    found = head + [f for f, last in _opened(text, openers)]
    return found if all(len(f.value) <= _LONGEST_VALUE for f in found) else []


def _spaced(text: str) -> list[Field]:
    """Fields whose words stand without a colon: 编辑 张三 校对 李四, 责任编辑李四."""
    if text.lstrip(_PARTING)[:1] not in _credited_openings():
        return []
    found: list[Field] = []
    glued = _GLUED.fullmatch(text)
    tokens = (glued.span(1), glued.span(2)) if glued else (token.span() for token in _TOKENS.finditer(text))
    for start, end in tokens:
        word = text[start:end]
        if kind := _CREDITED.get(_kind_of().get(word, "")):
            found.append(Field(kind, "", start, len(text)))
            found[-2:-1] = [f._replace(end=start) for f in found[-2:-1]]
        elif found and is_name(word, marked=True):
            found[-1] = found[-1]._replace(value=f"{found[-1].value} {word}".strip())
        else:
            return []
    if not found or not all(f.value for f in found):
        return []
    return [found[0]._replace(start=0), *found[1:]]


def dated_fields(text: str) -> list[Field]:
    """Return the fields of a line near the title that prints a date, whatever else stands in it.

    What follows the date first is the outlet or the author: 2019年9月7日 某某晚报 我有话说. The rest is furniture.
    """
    dates = all_dates(text) if len(text) <= _LONGEST_LINE and not _SENTENCE.search(text) else []
    if not dates:
        return []
    start, end = dates[0].start, dates[0].end
    out = [Field("date", text[start:end], 0, end)] if not text[:start].strip() else []
    if not out:  # the outlet may stand before the date
        before = _value(text[:start])
        kind = "author" if written_by(before) else "publisher" if _is_outlet(before) else FURNITURE
        out = [Field(kind, before, 0, start), Field("date", text[start:end], start, end)]
    token = _TOKEN.match(text, end)  # digits that follow count readers
    if token and token[1] not in words("strip_text_sections") and not covered(token[1], _phrases()):
        names = written_by(token[1])
        out.append(Field("author" if names else "publisher", " ".join(names) or token[1], end, token.end()))
        end = token.end()
    if text[end:].strip():
        out.append(Field(FURNITURE, text[end:].strip(), end, len(text)))
    return out


@cache
def _phrases() -> frozenset[str]:
    return frozenset(phrase for listed in groups("strip_text_furniture").values() for phrase in listed)


def _opened(text: str, openers: list[re.Match[str]]) -> list[tuple[Field, bool]]:
    """Each opener's field, to the next opener; a date behind a value is a field of its own."""
    out: list[tuple[Field, bool]] = []
    for number, opener in enumerate(openers):
        end = openers[number + 1].start() if number + 1 < len(openers) else len(text)
        kind = _kind_of()[opener[1]]
        value_end = end
        dates = [] if kind in {"date", FURNITURE} else all_dates(text[opener.end() : end])
        if dates:
            value_end = opener.end() + dates[0].start
        out += [(f, False) for f in _valued(kind, text, opener.start(), opener.end(), value_end)]
        if dates:
            out.append((Field("date", _value(text[value_end:end]), value_end, end), True))
    return out


def _valued(kind: str, text: str, start: int, value: int, end: int) -> list[Field]:
    """A field; two where the outlet's reporter ran into its name (来源：某融媒记者 张三)."""
    if kind == "publisher" and (role := _REPORTER.search(text, value, end)) and written_by(text[role.start() : end]):
        names = " ".join(written_by(text[role.start() : end]))
        outlet = _value(text[value : role.start()])
        return [Field(kind, outlet, start, role.start()), Field("author", names, role.start(), end)]
    return [Field(kind, _value(text[value:end]), start, end)]


def _head(text: str, end: int) -> list[Field] | None:
    """Fields without a word of their own before the first opener; None if something else stands there."""
    part = text[:end]
    if not part.strip():
        return []
    dates = all_dates(part)
    if dates:
        rest = (part[: dates[0].start] + " " + part[dates[-1].end :]).strip(" |｜丨/·,，\u3000（）()[]【】")
        if rest and not _is_head(rest):
            return None
        return _around_dates(part, dates[0].start, dates[-1].end)
    stripped = part.strip(" |｜丨/·\u3000")
    names = written_by(stripped)
    if names:
        return [Field("author", " ".join(names), 0, end)]
    if end < len(text) and _is_outlet(stripped):
        return [Field("publisher", stripped, 0, end)]
    return None


def _is_head(rest: str) -> bool:
    return bool(written_by(rest)) or _is_outlet(rest) or rest.isdigit()


def _is_outlet(text: str) -> bool:
    return len(text) <= 16 and _OUTLET.fullmatch(text) is not None and _OUTLET_END.search(text) is not None


def _around_dates(part: str, start: int, end: int) -> list[Field]:
    out = [Field("date", part[start:end].strip(), start, end)]
    for a, b in ((0, start), (end, len(part))):
        rest = part[a:b].strip(" |｜丨/·,，\u3000（）()[]【】")
        if rest.isdigit():  # a count of readers
            out.append(Field(FURNITURE, rest, a, b))
        elif rest:
            names = written_by(rest)
            out.append(Field("author" if names else "publisher", " ".join(names) or rest, a, b))
        elif b > a:  # white space and bars go with the date
            date = out[0]
            out[0] = Field("date", date.value, min(a, date.start), max(b, date.end))
    return sorted(out, key=lambda f: f.start)


def _value(part: str) -> str:
    value = unbracketed(part.strip(_EDGES))
    value = _COUNT.sub("", value)
    while (tail := value.rpartition(" ")[2]) != value and covered(tail, _phrases()):  # 来源：某晚报 举报
        value = value[: -len(tail)].strip(_EDGES)
    return value.removeprefix("原创 ")


def value_of(text: str) -> str:
    """Return a field's value without the marks and the site's phrases round it."""
    return _value(text)
