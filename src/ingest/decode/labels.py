"""Names of charsets: what HTTP and the page itself say, and the codec that reads it."""

import codecs
import re

# Browsers read these labels with a wider charset than the one named: pages labelled gb2312 hold GBK, big5 holds HKSCS,
# iso-8859-1 holds Windows' quotation marks. Source: WHATWG Encoding Standard, names and labels.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
    "utf-8-sig": "utf-8",
}
# Labels in use that Python does not know.
_ALIASES = {
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "gb_2312": "gb18030",
    "gb2312-80": "gb18030",
    "csgb2312": "gb18030",
    "chinese": "gb18030",
    "csiso58gb231280": "gb18030",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "cn-gb": "gb18030",
    "euc-cn": "gb18030",
    "x-euc-cn": "gb18030",
    "unicode": "utf-16-le",
    "ucs-2": "utf-16-le",
    "csunicode": "utf-16-le",
    "iso-10646-ucs-2": "utf-16-le",
    "unicodefffe": "utf-16-be",
    "unicodefeff": "utf-16-le",
    "euc-tw": "euc_tw",
    "x-euc-tw": "euc_tw",
    "cns11643": "euc_tw",
    "iso-2022-cn": "iso2022_cn",
    "iso-2022-cn-ext": "iso2022_cn",
    "hz-gb-2312": "hz",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "x-cp1252": "cp1252",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
}
# Python's codecs include some that are no page's charset (base64, idna, unicode_escape).
_CHARSET = re.compile(
    r"utf-(8|16-[lb]e|32-[lb]e)|gb18030|big5hkscs|hz|cp(932|949|874|866|125\d)|euc_(jp|kr|jis_2004)|iso2022_(jp|kr)\w*"
    r"|iso8859-\d+|koi8-[ru]|mac-(roman|cyrillic)|johab"
)
_META = re.compile(
    rb"""<meta[^>]{0,400}?charset\s{0,8}=\s{0,8}["']?\s{0,8}([A-Za-z0-9_:.\-]{2,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding\s{0,8}=\s{0,8}["']([A-Za-z0-9_:.\-]{2,40})"""
    rb"""|@charset\s{1,8}["']([A-Za-z0-9_:.\-]{2,40})""",
    re.IGNORECASE,
)
_HTTP = re.compile(r"""charset\s{0,8}=\s{0,8}["']?\s{0,8}([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
_HEAD = 4096  # bytes; browsers look for the declaration in the first 1024, long scripts before it push it down


def codec(label: str) -> str | None:
    """The codec that reads what a label promises, or None when nobody knows the label."""
    label = label.strip().lower()
    if label in _ALIASES:
        return _ALIASES[label]
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    name = _WIDER.get(name, name)
    return name if _CHARSET.fullmatch(name) else None


def declared(content: bytes) -> str | None:
    """The label that a page gives itself, in ``<meta>``, an XML declaration or ``@charset``."""
    found = _META.search(content, 0, _HEAD)
    return next(g for g in found.groups() if g).decode("ascii") if found else None


def served(content_type: str | None) -> str | None:
    """The label in an HTTP ``Content-Type``."""
    found = _HTTP.search(content_type) if content_type else None
    return found.group(1) if found else None
