"""Whether bytes are text in a charset: valid in it, and without characters that no text of it holds."""

import re

from ingest.decode import reading, signs

_STRANGE = re.compile("[\x80-\x9f\ue000-\uf8ff]")  # what no charset has for text


def plain(content: bytes, encoding: str) -> str | None:
    """The bytes as text, if they are of the charset and read well; UTF-8 that is valid always does."""
    try:
        text = reading.strictly(content, encoding)
    except UnicodeDecodeError:
        return None
    return text if fits(text, encoding) else None


def fits(text: str, encoding: str) -> bool:
    """Whether bytes that are of a charset are text in it; in UTF-8 they always are."""
    if encoding not in {"gb18030", "big5hkscs"}:
        return True
    return not any(_STRANGE.search(f) or next(signs.alien(f), None) is not None for f in signs.foreign_blocks(text))
