"""Keys made from content: whoever meets the same thing, here or elsewhere, today or tomorrow, gives it the same key.

No time, counter or path of a machine goes into a key. A key is half a SHA-256, 128 bits in hex: at a thousand million
rows the odds of two alike are below 1 in 10^20.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from ingest.model import Article

_LENGTH = 32  # hex digits
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def key(*parts: Any) -> str:
    """Return the key of what the parts say; they are what JSON can hold."""
    return digest(parts)[:_LENGTH]


def digest(content: Any) -> str:
    """Return the SHA-256 in hex of what JSON can hold; the order of an object's keys does not matter."""
    return sha256(_JSON.encode(content).encode("utf-8", "backslashreplace")).hexdigest()


def source_key(source: str) -> str:
    """Return the key of a source whole."""
    return key("source", source)


def page_key(source: str, address: str) -> str:
    """Return the key of a target, read or not."""
    return key("page", source, address)


def capture_key(source: str, address: str, content_digest: str) -> str:
    """Return the key of a capture. ``content_digest`` is the SHA-256 of its bytes in hex."""
    return key("capture", source, address, content_digest)


def article_keys(source: str, address: str, articles: Sequence[Article]) -> list[str]:
    """Return the keys of a page's articles, in their order.

    The only article of a page is known by its address, whatever becomes of its title. Where there are several, the
    folded title tells them apart (the beginning of the text where there is none), and their number if even that is
    the same: two photos with one caption.
    """
    if len(articles) == 1:
        return [key("article", source, address)]
    met: Counter[str] = Counter()
    keys = []
    for article in articles:
        name = fold(article.title or "".join(article.paragraphs[:1]))
        keys.append(
            key("article", source, address, name, met[name]) if met[name] else key("article", source, address, name)
        )
        met[name] += 1
    return keys


def record_key(article_key: str, kind: str, content: dict[str, Any]) -> str:
    """Return the key of a record: its article, kind, span and what it says."""
    return key("record", article_key, kind, content)


def fold(text: str) -> str:
    """Return a text less white space and the width of its characters, which sites change at will."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
