"""Which records of a WARC file are wanted: host, address and language by their headers, words by their bytes.

A crawl has a hundred records for one that is wanted, so each question is asked once, the cheap ones first, of bytes as
they lie there. What is asked of all records is measured in ``tests/benchmarks/fetching.py``.
"""

import codecs
import re
from fnmatch import translate
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a run over files has no use for it
    from fastwarc.warc import WarcRecord

_READABLE = (b"text/", b"application/xhtml", b"application/xml", b"application/octet-stream")
_HIGH = re.compile(rb"[\x80-\xff]")
# Eight characters in a row that UTF-8 may write. A pair of bytes in GB18030 looks like one in 15 of 100 cases.
_UTF_8 = re.compile(
    rb"(?:[\x00-\x7f]*(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})){8}"
)
_FEW = 512  # bytes that are decoded where a page has fewer characters than that before a fault
_CHARSETS = _UNICODE, _GB, _BIG5 = "utf-8", "gb18030", "big5hkscs"
_NAMES_CHARSET = 2048  # bytes in which a page says that it is Big5
_OK = re.compile(rb"HTTP/\d(?:\.\d)? 200\b")
_TYPE = re.compile(rb"\r\ncontent-type:\s*([^;\r\n]*)", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:]*)", re.IGNORECASE)
# ISO 639-3, which Common Crawl writes (CLD2), for the tags that a source may name.
_LANGUAGES = {"zh": "zho", "en": "eng", "ja": "jpn", "ko": "kor", "ru": "rus"}


class Filter:
    """What a source wants of WARC files.

    Args:
        hosts: Patterns of hosts; any host where there are none.
        include: Patterns of addresses.
        exclude: Patterns of addresses that are left out.
        words: Words, one of which stands in the page; any page where there are none.
        language: A language tag; what a crawl has said to be in another is left out.
        max_bytes: The largest record.
    """

    def __init__(  # noqa: PLR0913 - what a source says of its pages
        self,
        *,
        hosts: tuple[str, ...],
        include: tuple[str, ...],
        exclude: tuple[str, ...],
        words: tuple[str, ...],
        language: str,
        max_bytes: int,
    ) -> None:
        from fastwarc.warc import WarcRecordType

        self._response = WarcRecordType.response
        self._hosts, self._include, self._exclude = _pattern(hosts), _pattern(include), _pattern(exclude)
        self._all = "*" in include
        self._needles = {charset: _spelled(words, charset) for charset in _CHARSETS} if words else {}
        self._entities = _as_entities(words)
        self._language = _LANGUAGES.get(language[:2], "")
        self._max_bytes = max_bytes

    def address(self, record: "WarcRecord") -> str | None:
        """Return the address of a record that passes all filters, as the file has it; None for one that does not.

        Raises:
            ValueError: The record is shorter than it says.
        """
        url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
        if record.content_length > self._max_bytes or not self._named(url):
            return None
        said = record.headers.get("WARC-Identified-Content-Language")
        if said and self._language not in said.split(","):
            return None
        return url if self._is_page(record) else None

    def _named(self, url: str) -> bool:
        host = _HOST.match(url)
        if host is None or (self._hosts and not self._hosts.match(host[1].lower())):
            return False
        if not self._all and not (self._include and self._include.match(url)):
            return False
        return not (self._exclude and self._exclude.match(url))

    def _is_page(self, record: "WarcRecord") -> bool:
        content = content_of(record)
        if record.record_type != self._response:
            return self._has_word(content, 0)
        end = content.find(b"\r\n\r\n")
        if end < 0 or not _OK.match(content):
            return False
        head = content[:end]
        # What is packed has its words looked for when it is read.
        if not self._has_word(content, end) and b"content-encoding" not in head.lower():
            return False
        media = _TYPE.search(head)
        return media is None or media[1].lower().startswith(_READABLE)

    def _has_word(self, content: bytes, start: int) -> bool:
        """Whether a word stands behind a byte. From the end CPython looks twice as fast as from the beginning."""
        if not self._needles:
            return True
        for needle in self._needles[_charset(content, start)]:
            if content.rfind(needle, start) >= 0:
                return True
        if content.find(b"&", start) < 0 or content.find(b"&#", start) < 0:  # one byte is found much faster than two
            return False
        return any(content.rfind(needle, start) >= 0 for needle in self._entities)


def content_of(record: "WarcRecord") -> bytes:
    """Return a record's block.

    Raises:
        ValueError: It is shorter than it says; fastwarc by itself takes a torn file for a short one.
    """
    content = record.reader.read(record.content_length)
    if len(content) < record.content_length:
        raise ValueError("torn")
    return content


def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(translate, patterns))) if patterns else None


def _charset(content: bytes, at: int) -> str:
    """Return the charset in which to look for words: UTF-8 by its form, Big5 where the page says so, or GB18030."""
    start = _HIGH.search(content, at)
    if start is None or _UTF_8.match(content, start.start()):
        return _UNICODE
    try:
        codecs.utf_8_decode(content[start.start() : start.start() + _FEW], "strict", False)
    except UnicodeDecodeError:
        return _BIG5 if b"big5" in content[at : at + _NAMES_CHARSET].lower() else _GB
    return _UNICODE


def _spelled(words: tuple[str, ...], charset: str) -> tuple[bytes, ...]:
    return tuple(sorted({word.encode(charset, "ignore") for word in words} - {b""}))


def _as_entities(words: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(sorted({"".join(f"&#{ord(c)};" for c in word).encode() for word in words} - {b""}))
