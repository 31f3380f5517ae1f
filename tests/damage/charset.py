"""Text to the wrong bytes: mislabelled, mixed up, read wrongly and saved again."""

import re

_LABEL = re.compile(r'(charset\s*=\s*["\']?)[\w-]+', re.IGNORECASE)


def declare(html: str, label: str) -> str:
    """Put ``label`` into every charset declaration of a page."""
    return _LABEL.sub(rf"\g<1>{label}", html)


def mislabel(html: str, *, codec: str, label: str) -> bytes:
    """Encode a page in one charset and declare another: GB18030 as gb2312, UTF-8 as gbk.

    Raises:
        UnicodeEncodeError: ``codec`` lacks a character of the page.
    """
    return declare(html, label).encode(codec)


def read_as_cp1252(content: bytes) -> str:
    """Decode as browsers decode windows-1252: its five unassigned bytes become control characters."""
    return "".join(_cp1252(byte) for byte in content)


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def mojibake(text: str, *, codec: str = "utf-8", read_as: str = "cp1252") -> bytes:
    """Return ``text`` as UTF-8 bytes after it was written in ``codec`` and read as ``read_as`` by mistake.

    Raises:
        UnicodeDecodeError: the bytes cannot be read so (never for ``cp1252`` and ``latin-1``).
    """
    content = text.encode(codec)
    wrong = read_as_cp1252(content) if read_as == "cp1252" else content.decode(read_as)
    return wrong.encode("utf-8")
