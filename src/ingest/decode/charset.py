"""Which charset a page's bytes are in: the evidence in its order of weight, and how sure it makes one."""

import re
from typing import NamedTuple

from ingest.decode import labels, plausible, reading, wide

_BOMS = (  # the longer ones first: UTF-32's little-endian mark begins with UTF-16's
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_UTF8_MARK = b"\xef\xbb\xbf"
_SHIFTED_CN = re.compile(rb"\x1b\$[)*][AEGH]")
_SHIFTED_JP = re.compile(rb"\x1b\$[@B]|\x1b\([JI]")
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e]){1,2000}(?:~\}|\n|\Z)")
# A label counts as many bits as some five characters read well: it outweighs what a table says of a few words, and
# nothing outweighs it on a page that reads as Chinese in it.
_LABEL = 60.0
_READABLE = 13.0  # bits a character; Chinese takes 9 to 12, rare names 14, Chinese read in a wrong charset 16 and more
_CLEAR = 100.0  # bits by which one of the common charsets has to lead for the rare ones not to be asked
_UNDECIDED = 4.0  # bits; charset-normalizer is asked when two charsets are no further apart
_SHORT = 48  # bytes; GBK of a few characters may happen to be valid UTF-8: 平台 is


class Verdict(NamedTuple):
    """A charset, how sure it is (0 to 1), what spoke for it, and how many bytes stand before the text.

    Those are a byte order mark or, where ``clipped``, the rest of a character whose beginning is lost. ``text`` is
    what all of the bytes are, where they had to be read whole to be judged and nothing of them is lost.
    """

    encoding: str
    confidence: float
    evidence: tuple[str, ...]
    skip: int = 0
    clipped: bool = False
    text: str | None = None


class Claim(NamedTuple):
    """What someone says the charset is: HTTP or the page; the label in their words; the codec that reads it."""

    who: str
    label: str
    encoding: str


def judge(content: bytes, *, content_type: str | None = None) -> Verdict:
    """Say which charset the bytes of a page are in.

    In this order: a byte order mark; shifts in bytes of seven bits; valid UTF-8; the zeros of UTF-16 and UTF-32; the
    label of HTTP and that of the page, where they decode to something readable; the most readable charset; and,
    where two are equally readable, charset-normalizer over the whole body.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return Verdict(encoding, 1.0, (f"byte order mark: {encoding}",), len(mark))
    if content.startswith(_UTF8_MARK):
        return _marked_utf8(content, content_type)
    claims = _claims(content, content_type)
    found = _proven(content) or _wide(content) or _weighed(content, claims)
    return found._replace(evidence=found.evidence + tuple(f"{c.who} label: {c.label}" for c in claims))


def _marked_utf8(content: bytes, content_type: str | None) -> Verdict:
    """UTF-8 by its mark, unless a template with the mark wraps a page in another charset."""
    evidence = "byte order mark: utf-8"
    if reading.whole(content, "utf-8")[0]:
        return Verdict("utf-8", 1.0, (evidence,), len(_UTF8_MARK))
    found = judge(content[len(_UTF8_MARK) :], content_type=content_type)
    return found._replace(evidence=(evidence, *found.evidence), skip=found.skip + len(_UTF8_MARK), text=None)


def _claims(content: bytes, content_type: str | None) -> list[Claim]:
    said = (("HTTP", labels.served(content_type)), ("page", labels.declared(content)))
    return [Claim(who, label, codec) for who, label in said if label and (codec := labels.codec(label))]


def _proven(content: bytes) -> Verdict | None:
    """Charsets that the bytes themselves prove."""
    if content.isascii():
        return _seven_bits(content)
    valid, text = reading.whole(content, "utf-8")
    if not valid or (len(content) <= _SHORT and wide.possible(content)) or b"\0" in content:
        return None
    return Verdict("utf-8", 1.0, ("valid UTF-8",), text=text)


def _seven_bits(content: bytes) -> Verdict | None:
    if b"\x1b" in content and _SHIFTED_CN.search(content):
        return Verdict("iso2022_cn", 1.0, ("escape sequences of ISO-2022-CN",))
    if b"\x1b" in content and _SHIFTED_JP.search(content):
        return Verdict("iso2022_jp", 1.0, ("escape sequences of ISO-2022-JP",))
    if b"~{" in content and (shifted := _HZ.search(content)) and _reads(shifted.group()[:400], "hz"):
        return Verdict("hz", 0.98, ("shifts of HZ",))
    if wide.possible(content):
        return None
    return Verdict("utf-8", 1.0, ("seven bits",))


def _reads(data: bytes, encoding: str) -> bool:
    return plausible.mean(reading.decode(data, encoding)) < _READABLE


def _wide(content: bytes) -> Verdict | None:
    """UTF-16 or UTF-32, where they explain the bytes better than anything else."""
    if not wide.possible(content):
        return None
    best, skip = wide.best(content)
    lead = wide.others(content) - best.cost
    if lead <= 0:
        return None
    return Verdict(best.encoding, plausible.confidence(lead), (f"zeros and rows: {best.encoding}",), skip, skip > 0)


def _weighed(content: bytes, claims: list[Claim]) -> Verdict:
    """The charset that the bytes read best in, a label that decodes before any other."""
    data = plausible.sample(content)
    for claim in claims:
        decodes, text = reading.whole(content, claim.encoding)
        if decodes and _believed(data, claim.encoding):
            return Verdict(claim.encoding, 0.98, (f"the {claim.who} label decodes",), text=text)
    claimed = [claim.encoding for claim in claims]
    best, second = _ranked(data, plausible.COMMON, claimed)[:2]
    if second.cost - best.cost < _CLEAR or not _reads(data, best.encoding):
        best, second = _ranked(data, plausible.MULTIBYTE, claimed)[:2]
    lead = second.cost - best.cost
    if lead < _UNDECIDED and (judged := _last_judge(content)) in {best.encoding, second.encoding}:
        return Verdict(judged, 0.6, (f"charset-normalizer: {judged}",))
    return Verdict(best.encoding, plausible.confidence(lead), (f"reads best: {best.encoding}, by {lead:.0f} bits",))


def _ranked(data: bytes, encodings: tuple[str, ...], claimed: list[str]) -> list[plausible.Reading]:
    """Charsets by how well the bytes read in them; one that was claimed has a start, even if it does not decode."""
    known = tuple(dict.fromkeys((*encodings, *claimed)))
    readings = plausible.ranked(data, known)
    return sorted(r._replace(cost=r.cost - _LABEL / 2 * (r.encoding in claimed)) for r in readings)


def _believed(data: bytes, encoding: str) -> bool:
    """Whether a label that decodes is to be believed: Big5 decodes as GBK, and everything as Windows-1252."""
    text = reading.decode(data, encoding)
    if encoding in plausible.CHINESE and plausible.fluent(text):
        return True
    own = plausible.cost(data, encoding)
    if encoding in plausible.CHINESE and _reads(data, encoding):
        own -= _LABEL
    best = plausible.ranked(data, plausible.CHINESE)[0]
    return own - _LABEL <= best.cost or not _reads(data, best.encoding)


def _last_judge(content: bytes) -> str | None:
    """The Chinese charset that charset-normalizer hears in the whole body."""
    from charset_normalizer import from_bytes  # the last resort of few pages

    found = from_bytes(content, cp_isolation=["utf_8", "gb18030", "big5hkscs"], explain=False).best()
    return labels.codec(found.encoding) if found else None
