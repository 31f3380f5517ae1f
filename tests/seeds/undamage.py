"""Sample pages back to bare text, knowing what was done to them: the plain way, without the rooms."""

import gzip
import re
import unicodedata
from html import unescape
from pathlib import Path

from tests.damage.charset import read_as_cp1252
from tests.damage.script import to_traditional

_CODECS = {"gb18030.html": "gb18030", "big5.html": "big5"}
_ANNOTATION = re.compile(r"\([a-zü\u00e0-\u01dc]+\)")
_TAG = re.compile(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", re.DOTALL)


def bare_text(page: Path) -> str:
    """Return a page's text without tags, annotations and white space, in the folded form of ``fold``."""
    content = page.read_bytes()
    if page.suffix == ".gz":
        content = gzip.decompress(content)
    text = content.decode(_CODECS.get(page.name, "utf-8"))
    if page.name == "mojibake.html":
        byte = {read_as_cp1252(bytes([b])): b for b in range(256)}
        text = bytes(byte[c] for c in text).decode("utf-8")
    if ".html" in page.name:
        text = unescape(_TAG.sub("", text))
    return fold(unannotated(text))


def unannotated(text: str) -> str:
    """Drop every ``(pinyin)``."""
    return _ANNOTATION.sub("", text)


def fold(text: str) -> str:
    """Drop white space and the width of punctuation; write every character as a careless mirror would."""
    return to_traditional("".join(unicodedata.normalize("NFKC", text).split()))
