"""Whether bytes can be a page at all: a picture named .html is caught here, before a charset is guessed for it."""

from ingest.errors import TargetError

# The first bytes of what is often saved under a page's name. No encoding of text begins so; those whose mark is plain
# ASCII (PDF, MZ, Rar!) need more than two of it, or a control byte after it.
_MAGIC = {
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG\r\n\x1a\n": "a PNG picture",
    b"GIF87a": "a GIF picture",
    b"GIF89a": "a GIF picture",
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive, or an office document (docx, xlsx)",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old office document (doc, xls)",
    b"\x1f\x8b": "packed with gzip twice",
    b"BZh9": "packed with bzip2",
    b"\xfd7zXZ\x00": "packed with xz",
    b"\x28\xb5\x2f\xfd": "packed with zstandard",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "a SQLite database",
    b"OggS\x00": "a sound or film",
    b"\x1aE\xdf\xa3": "a film",
    b"wOFF": "a font",
    b"wOF2": "a font",
}
_RIFF = {b"WEBP": "a WebP picture", b"WAVE": "a sound", b"AVI ": "a film"}
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # UTF-16 and UTF-32 are full of NUL bytes
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SAMPLE = 65_536  # bytes looked at, the first ones

# Bytes below 0x20 that text has: tab, line ends, form feed, and the shifts of ISO-2022-CN (SO, SI, ESC). The trail
# bytes of GB18030, Big5 and EUC are 0x30 and above, so in text the rest are nearly absent; in packed data they are 25
# of 256, 10 %. 2 % lies far from both, and a page with a few stray NULs from a broken database passes.
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x0e\x0f\x1b"))
_MOST_CONTROL = 0.02
_FEW = 8  # so many control bytes prove nothing, however short the page
_LEAST_READABLE = 0.9  # of the characters, for wide text without a BOM; random bytes reach about 0.5


def check(content: bytes) -> None:
    """Refuse bytes that are not text in any encoding.

    Raises:
        TargetError: They are a picture, an archive, or noise; the message says which.
    """
    found = kind(content)
    if found is not None:
        msg = f"is {found}, not a page: fetch the page again, or leave it out with `exclude`"
        raise TargetError(msg, stage="sniff")


def kind(content: bytes) -> str | None:
    """Return what the bytes are when they are not text, in words that follow "is"; None for text."""
    for magic, name in _MAGIC.items():
        if content.startswith(magic):
            return name
    if content.startswith(b"RIFF") and content[8:12] in _RIFF:
        return _RIFF[content[8:12]]
    if content[4:8] == b"ftyp":
        return "a film or a HEIC picture"
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls <= max(_FEW, _MOST_CONTROL * len(sample)) or content.startswith(_WIDE_BOMS) or _is_wide(sample):
        return None
    return f"binary data ({controls / len(sample):.0%} of its bytes are control characters)"


def _is_wide(sample: bytes) -> bool:
    """Whether the bytes read well as UTF-16 or UTF-32 without a byte order mark."""
    whole = sample[: len(sample) // 4 * 4]
    return any(_readable(whole.decode(codec, "replace")) >= _LEAST_READABLE for codec in _WIDE)


def _readable(text: str) -> float:
    """Return the share of characters a Chinese page is made of: ASCII, CJK signs, Han, full-width forms."""
    good = sum(
        " " <= c <= "~" or c in "\t\r\n" or "\u3000" <= c <= "\u303f" or "\u4e00" <= c <= "\u9fff" or "！" <= c <= "～"
        for c in text
    )
    return good / max(len(text), 1)
