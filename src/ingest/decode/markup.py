"""Where the text stands in a page with markup: between its tags, outside scripts, styles and comments."""

import re
from collections.abc import Iterator

_TAG = re.compile(
    r"<(?:!doctype|html|head|body|meta|title|div|table|tr|td|ul|li|span|p|br|a|img|h[1-6])\b", re.IGNORECASE
)
_HEAD = 20_000  # characters in which a page with markup shows a tag
_SILENT = re.compile("<(script|style|textarea|noscript)\\b", re.IGNORECASE)
_TAGS = re.compile(r"(?:<(?!script|style|textarea|noscript)[a-z/][^<>]*>\s*)+", re.IGNORECASE)
_COMMENT, _COMMENT_END = "<!--", "-->"


def is_markup(text: str) -> bool:
    """Whether a text is the source of an HTML page."""
    return "<" in text[:_HEAD] and len(_TAG.findall(text[:_HEAD])) >= 2


def texts(source: str) -> Iterator[tuple[int, int]]:
    """The stretches between tags that hold more than white space, as offsets, in order. Linear in the source."""
    lower = source.lower() if "<" in source else ""
    if len(lower) != len(source):  # a few capital letters have no lower-case one of the same length
        lower = source
    place = 0
    while place < len(source):
        if tags := _TAGS.match(source, place):
            place = tags.end()
        elif source[place] == "<":
            place = _behind(source, lower, place)
        else:
            opening = source.find("<", place)
            end = len(source) if opening < 0 else opening
            if not source[place:end].isspace():
                yield place, end
            place = end


def _behind(source: str, lower: str, opening: int) -> int:
    """The place behind a tag and what it holds that is no text."""
    if source.startswith(_COMMENT, opening):
        end = source.find(_COMMENT_END, opening)
        return len(source) if end < 0 else end + len(_COMMENT_END)
    if silent := _SILENT.match(source, opening):
        end = lower.find(f"</{silent.group(1).lower()}", opening)
        return len(source) if end < 0 else end + 2
    end = source.find(">", opening)
    return len(source) if end < 0 else end + 1
