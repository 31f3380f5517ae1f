"""Which charset a page's bytes are in: the evidence in its order of weight, and how sure it makes one."""

import re
from typing import NamedTuple

from ingest.decode import labels, plausible, reading, wide

_BOMS = (  # the longer ones first: UTF-32's little-endian mark begins with UTF-16's
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SHIFTED_CN = re.compile(rb"\x1b\$[)*][AEGH]")
_SHIFTED_JP = re.compile(rb"\x1b\$[@B]|\x1b\([JI]")
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e]){1,2000}(?:~\}|\n|\Z)")
_HIGH = re.compile(rb"[\x80-\xff]")


class Verdict(NamedTuple):
    """A charset, how sure it is (0 to 1), what spoke for it, and how many bytes of mark stand before the text."""

    encoding: str
    confidence: float
    evidence: tuple[str, ...]
    mark: int = 0


def judge(content: bytes, *, content_type: str | None = None) -> Verdict:
    """Say which charset the bytes of a page are in.

    In this order: a byte order mark; bytes of seven bits with shifts; valid UTF-8; UTF-16 or UTF-32 by their zeros
    and rows; the label of HTTP, the label of the page, where they decode to something that can be read; the most
    readable of the Chinese charsets; charset-normalizer over the whole body.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return Verdict(encoding, 1.0, (f"byte order mark: {encoding}",), len(mark))
    claims = _claims(content, content_type)
    said = tuple(f"{where} label: {label}" for where, label, _ in claims)
    found = _unlabelled(content) or _labelled(content, claims) or _detected(content)
    return found._replace(evidence=found.evidence + said)


def _claims(content: bytes, content_type: str | None) -> list[tuple[str, str, str]]:
    """What HTTP and the page say of themselves: who says it, the label, its codec."""
    labels_said = (("HTTP", labels.served(content_type)), ("page", labels.declared(content)))
    return [(who, label, codec) for who, label in labels_said if label and (codec := labels.codec(label))]


def _unlabelled(content: bytes) -> Verdict | None:
    """Charsets that the bytes themselves prove."""
    if b"\0" in content and (encoding := wide.by_zeros(content)):
        return Verdict(encoding, 0.99, (f"zero bytes: {encoding}",))
    if content.isascii():
        return _seven_bits(content)
    if _utf8(content):
        return Verdict("utf-8", 1.0, ("valid UTF-8",))
    if encoding := wide.by_rows(content):
        return Verdict(encoding, 0.9, (f"rows of the characters: {encoding}",))
    return None


def _utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end >= len(content) - 3 and error.reason == "unexpected end of data" and error.start > 0
    return True


def _seven_bits(content: bytes) -> Verdict:
    if b"\x1b" in content and _SHIFTED_CN.search(content):
        return Verdict("iso2022_cn", 1.0, ("escape sequences of ISO-2022-CN",))
    if b"\x1b" in content and _SHIFTED_JP.search(content):
        return Verdict("iso2022_jp", 1.0, ("escape sequences of ISO-2022-JP",))
    if b"~{" in content and _HZ.search(content) and reading.decodes(content, "hz"):
        return Verdict("hz", 0.95, ("shifts of HZ",))
    return Verdict("utf-8", 1.0, ("seven bits",))


def _labelled(content: bytes, claims: list[tuple[str, str, str]]) -> Verdict | None:
    for who, label, codec in claims:
        if codec != "utf-8" and reading.decodes(content, codec) and plausible.readable(content, codec):
            return Verdict(codec, 0.95, (f"{who} label decodes: {label}",))
    return None


def _detected(content: bytes) -> Verdict:
    encoding, confidence = plausible.best(content)
    return Verdict(encoding, confidence, (f"most readable: {encoding}",))
