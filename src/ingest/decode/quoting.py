"""Text about damage, which quotes it and is not damaged itself: a lesson on charsets, a question on garbled pages."""

import re
from collections.abc import Sequence

from ingest.decode.edits import Edit

# What a text says that speaks of characters and their codes. 编码 alone does not: every footer has a postal code.
_ABOUT = re.compile(
    "乱码|亂碼|文字化け|mojibake|字符集|字元集|字符编码|编码方式|编码问题|替换字符|转义|实体|GBK|UTF-?8|Unicode",
    re.IGNORECASE,
)
_NEAR = re.compile("乱码|亂碼|文字化け|mojibake|编码|編碼|字符|字节|字元|转码|解码|拉丁字母")
_OPENING, _CLOSING = "“‘「『\"'`", "”’」』\"'`"
_HAN = re.compile("[\u3400-\u9fff]")
_SENTENCE = 6  # Han characters round a quotation that make it one
_LONGEST = 60  # characters of a quotation
_REACH = 80  # characters on either side in which a text says what it speaks of
_SHARE = 0.3  # of a page's Han: a page about damage holds some, a damaged page is it


def quoted(text: str, start: int, end: int) -> bool:
    """Whether a stretch is quoted by healthy text round it: in quotation marks, or with a word on charsets near by."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if end - start > _LONGEST or len(_HAN.findall(before + after)) < _SENTENCE:
        return False
    if before[-1:] in _OPENING and after[:1] in _CLOSING and before and after:
        return True
    return _NEAR.search(before) is not None or _NEAR.search(after) is not None


def about(text: str, edits: Sequence[Edit]) -> bool:
    """Whether a page speaks of damage, so that what looks damaged in it is an example."""
    if not _ABOUT.search(text):
        return False
    damaged = sum(edit.end - edit.start for edit in edits)
    return damaged < _SHARE * (damaged + len(_HAN.findall(text)))
