r"""Characters left as their codes: &#20013; &amp;#x4e2d; #xff0c; \u4e2d %u4e2d &ldquo; nbsp; in text that is read."""

import re
from collections.abc import Callable, Iterator
from html.entities import name2codepoint
from itertools import pairwise

from ingest.decode.edits import Edit

# One code; an ampersand may have been escaped again or lost, the semicolon be full-width or, before another code or a
# Chinese character, be missing. A lost ampersand is believed only of a number that no shop has for an article.
_AMP = "(?:&|＆)(?:amp;|ＡＭＰ；){0,3}"
_END = "(?:;|；|(?=[&＆\u2e80-\u9fff\uff00-\uffef\\s])|$)"
_NUMBER = re.compile(
    f"{_AMP}#\\s?(?P<dec>\\d{{2,7}}){_END}"
    f"|{_AMP}#\\s?[xX](?P<hex>[0-9a-fA-F]{{2,6}}){_END}"
    "|(?<![&＆])#(?P<bare_dec>\\d{4,6})[;；]"
    "|(?<![&＆])#[xX](?P<bare_hex>[0-9a-fA-F]{2,6})[;；]"
    r"|(?<!\\)\\{1,2}u(?P<escape>[0-9a-fA-F]{4})"
    "|%u(?P<percent>[0-9a-fA-F]{4})"
)
_NAME = re.compile(
    f"{_AMP}(?P<name>[a-zA-Z]{{2,8}}[1-4]{{0,2}})[;；]|(?<![&＆\\w])(?P<bare>nbsp|ldquo|rdquo|lsquo|rsquo|hellip|mdash|middot);"
)
# A text that speaks of codes shows one or two of them.
_ABOUT = re.compile(
    "实体|實體|转义|轉義|HTML|编码|編碼|字符|字元|乱码|亂碼|标签|源代码|Unicode|浏览器|网页里|代码", re.IGNORECASE
)
_CHINESE = re.compile("[\u2014-\u2026\u3001-\u3011\u3400-\u9fff\uff01-\uff5e]")
_RUN = 4  # codes in a row that no text shows for an example
_SHARE = 0.5  # share of a line that is codes beyond which it is damaged whatever it speaks of
_SIGN = re.compile(r"[&#\\%＆;]")
# One of these is in every code; to look for them one by one is a tenth of the work of looking for codes.
_BEGINNINGS = ("&", "#", "＆", "\\u", "%u", "nbsp", "quo", "hellip", "mdash", "middot")


def find(text: str) -> list[Edit]:
    """The codes in a page's lines that stand for characters, as edits."""
    found: list[Edit] = []
    if not _may_hold(text):
        return found
    sign = _SIGN.search(text)
    while sign:
        begin, end = text.rfind("\n", 0, sign.start()) + 1, text.find("\n", sign.end())
        line = text[begin:] if end < 0 else text[begin:end]
        if _may_hold(line):
            found += _line(line, begin)
        sign = _SIGN.search(text, end) if end >= 0 else None
    return found


def _may_hold(text: str) -> bool:
    return any(map(text.__contains__, _BEGINNINGS))


def _line(line: str, begin: int) -> Iterator[Edit]:
    numbers = list(_hits(line, _NUMBER, _numbered))
    if not any(line[start] == "#" and _CHINESE.match(made) for start, _, made in numbers):  # bare ones in company
        numbers = [hit for hit in numbers if line[hit[0]] != "#"]
    if line.count("#") == line.count("&#") + 1:  # one number without its ampersand is a number
        numbers = [hit for hit in numbers if line[hit[0]] != "#"]
    taken = {place for start, end, _ in numbers for place in range(start, end)}
    hits = sorted([*numbers, *(hit for hit in _hits(line, _NAME, _named) if hit[0] not in taken)])
    if not hits or (_ABOUT.search(line) and not _damaged(line, hits)):
        return
    for start, end, made in _joined(hits):
        yield Edit(begin + start, begin + end, made, "entity")


Hit = tuple[int, int, str]


def _hits(line: str, pattern: re.Pattern[str], read: Callable[[re.Match[str]], str | None]) -> Iterator[Hit]:
    for match in pattern.finditer(line):
        made = read(match)
        if made is not None:
            yield match.start(), match.end(), made


def _damaged(line: str, hits: list[Hit]) -> bool:
    """Whether a line that speaks of codes has more of them than it would show."""
    run = longest = 1
    for before, hit in pairwise(hits):
        run = run + 1 if before[1] == hit[0] else 1
        longest = max(longest, run)
    return longest >= _RUN or sum(end - start for start, end, _ in hits) > _SHARE * len(line)


def _joined(hits: list[Hit]) -> Iterator[Hit]:
    """The hits with the two halves of a character beyond the basic plane made one."""
    waiting: Hit | None = None
    for hit in hits:
        if waiting and waiting[1] == hit[0] and "\udc00" <= hit[2] <= "\udfff":
            pair = (waiting[2] + hit[2]).encode("utf-16", "surrogatepass").decode("utf-16")
            yield waiting[0], hit[1], pair
            waiting = None
        elif "\ud800" <= hit[2] <= "\udbff":
            waiting = hit
        elif not "\udc00" <= hit[2] <= "\udfff":
            yield hit


def _numbered(match: re.Match[str]) -> str | None:
    """The character that a number stands for; None for control characters and what no font shows."""
    if decimal := match["dec"] or match["bare_dec"]:
        code = int(decimal)
    else:
        code = int(match["hex"] or match["bare_hex"] or match["escape"] or match["percent"], 16)
    if match["escape"] or match["percent"]:
        return chr(code) if code >= 0xA0 else None
    bare = match["bare_dec"] or match["bare_hex"]
    if (bare and code < 0xA0) or code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return None
    return chr(code)


def _named(match: re.Match[str]) -> str | None:
    code = name2codepoint.get(match["name"] or match["bare"])
    return chr(code) if code else None
