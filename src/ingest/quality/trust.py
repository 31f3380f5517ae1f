"""The trust sheet of sources for people: of what share of its pages and articles a thing is true."""

from collections.abc import Mapping
from typing import Any

# What is told of each source, and of what it is a share.
_OF = {
    "copies": "articles",
    "parts": "articles",
    "spun": "articles",
    "injected": "articles",
    "contradicting": "articles",
    "farms": "pages",
    "damaged": "pages",
}


def row(sheet: Mapping[str, Any]) -> dict[str, Any]:
    """Return a source's counts (``copies_ask.trust``) as a row of a table: shares in per cent, the rest as it is."""
    shares = {name: _share(sheet[name], sheet[of]) for name, of in _OF.items()}
    return {name: sheet[name] for name in ("source", "trust", "pages", "articles", "heads")} | shares


def _share(some: int, of: int) -> str:
    return f"{some / of:.0%}" if of else ""
