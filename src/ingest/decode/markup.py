"""Where the text stands in a page with markup: between its tags, outside scripts, styles and comments."""

import re
from collections.abc import Iterator
from itertools import islice

_TAG = re.compile(
    r"<(?:!doctype|html|head|body|meta|title|div|table|tr|td|ul|li|span|p|br|a|img|h[1-6])\b", re.IGNORECASE
)
_HEAD = 20_000  # characters in which a page with markup shows a tag
_MIN_TAGS = 2
# The class behind the bracket spares most tags the alternatives.
_SILENT = re.compile("<(?=[sStTnN!])(?:(script|style|textarea|noscript)\\b|!--)", re.IGNORECASE)
_NODE = re.compile(">\\s*+([\x00-;=-\x7f]*+[^\x00-\x7f<][^<]*)")


def is_markup(text: str) -> bool:
    """Whether a text is the source of an HTML page."""
    return len(list(islice(_TAG.finditer(text, 0, _HEAD), _MIN_TAGS))) == _MIN_TAGS


def texts(source: str) -> Iterator[tuple[int, str]]:
    """The stretches between tags that hold more than ASCII, each with its offset, in order. Linear in the source."""
    first = source.find("<")
    end = len(source) if first < 0 else first
    if not source[:end].isascii():
        yield 0, source[:end]
    for begin, behind in _spoken(source, end):
        for match in _NODE.finditer(source, begin, behind):
            yield match.start(1), match[1]


def _spoken(source: str, place: int) -> Iterator[tuple[int, int]]:
    """The stretches of a source outside scripts, styles and comments."""
    while silent := _SILENT.search(source, place):
        yield place, silent.start()
        found = _closing(source, silent)
        if found < 0:
            return
        place = found + 2
    yield place, len(source)


def _closing(source: str, silent: re.Match[str]) -> int:
    """Where the end tag of a script or the like begins, or the end of a comment; -1 if there is none."""
    if not silent.group(1):
        return source.find("-->", silent.end())
    name = silent.group(1).lower()
    found = source.find("</", silent.end())
    while found >= 0 and source[found + 2 : found + 2 + len(name)].lower() != name:
        found = source.find("</", found + 2)
    return found
