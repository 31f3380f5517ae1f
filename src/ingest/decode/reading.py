"""Bytes to characters with a charset already chosen; what cannot be read becomes U+FFFD and is counted."""

import codecs
import re

from ingest.decode import cns

# Code points of the private use area that GB 18030 gave to characters which have code points of their own by now.
# Source: GB 18030-2022 and the WHATWG index for gb18030; the six of row FE by the older fonts.
_PROMOTED = {
    0xE78D: "︐", 0xE78E: "︒", 0xE78F: "︑", 0xE790: "︓", 0xE791: "︔", 0xE792: "︕", 0xE793: "︖",
    0xE794: "︗", 0xE795: "︘", 0xE796: "︙", 0xE7C7: "ḿ", 0xE7C8: "ǹ", 0xE81E: "龴", 0xE826: "龵", 0xE82B: "龶",
    0xE82C: "龷", 0xE832: "龸", 0xE843: "龹", 0xE854: "龺", 0xE864: "龻", 0xE816: "𠂇", 0xE817: "𠂉", 0xE818: "𠃌",
    0xE831: "𡗗", 0xE83B: "𢦏", 0xE855: "𤇾",
}  # fmt: skip
_DEMOTED = {character: chr(code) for code, character in _PROMOTED.items() if character not in "ḿǹ"}
_PRIVATE = re.compile("[\ue78d-\ue796\ue7c7\ue7c8\ue816-\ue864]")
LOST = "\ufffd"
_LONGEST = 4  # bytes of the longest character in any charset here
_OWN = {"euc_tw": cns.euc_tw, "iso2022_cn": cns.iso2022_cn}


def decode(content: bytes, encoding: str) -> str:
    """Read bytes in a charset. Never raises for any bytes: U+FFFD stands for what is not of it."""
    if encoding in _OWN:
        return _OWN[encoding](content)
    text = content.decode(encoding, _HANDLERS.get(encoding, "replace"))
    return _PRIVATE.sub(_promote, text) if encoding == "gb18030" and _PRIVATE.search(text) else text


def strictly(content: bytes, encoding: str) -> str:
    """Read bytes in a charset if they are of it throughout; ``UnicodeDecodeError`` if not."""
    if encoding in _OWN:
        text = _OWN[encoding](content)
        if LOST in text:
            place = text.index(LOST)
            raise UnicodeDecodeError(encoding, content, min(place, len(content) - 1), len(content), "no such character")
        return text
    text = content.decode(encoding, _STRICT.get(encoding, "strict"))
    return _PRIVATE.sub(_promote, text) if encoding == "gb18030" and _PRIVATE.search(text) else text


def whole(content: bytes, encoding: str) -> tuple[bool, str | None]:
    """Whether all of the bytes are of the charset, but for a last character that was clipped; the text if they are."""
    try:
        return True, strictly(content, encoding)
    except UnicodeDecodeError as error:
        clipped = error.end == len(content) and "unexpected end" in error.reason if encoding == "utf-8" else True
        return error.start > 0 and error.start >= len(content) - _LONGEST and clipped, None


def decodes(content: bytes, encoding: str) -> bool:
    """Whether all of the bytes are of the charset, but for a last character that was clipped."""
    return whole(content, encoding)[0]


def promoted(character: str) -> str | None:
    """The character that GB 18030 once had to keep in the private use area at this code point."""
    return _PROMOTED.get(ord(character))


def demoted(character: str) -> str:
    """The code point in the private use area where GB 18030 once kept a character; others stay as they are."""
    return _DEMOTED.get(character, character)


def _promote(match: re.Match[str]) -> str:
    return _PROMOTED.get(ord(match.group()), match.group())


def _gb18030(error: UnicodeError) -> tuple[str, int]:
    """Microsoft's GBK has the euro sign at the byte 0x80, and so have browsers."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.object[error.start] == 0x80:
        return "€", error.start + 1
    return LOST, max(error.start + 1, error.end)


def _gb18030_strict(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Browsers read the five bytes that Windows-1252 leaves open as control characters."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return chr(error.object[error.start]), error.start + 1


codecs.register_error("ingest.gb18030", _gb18030)
codecs.register_error("ingest.gb18030.strict", _gb18030_strict)
codecs.register_error("ingest.cp1252", _windows)
_HANDLERS = {"gb18030": "ingest.gb18030", "cp1252": "ingest.cp1252"}
_STRICT = {"gb18030": "ingest.gb18030.strict", "cp1252": "ingest.cp1252"}
