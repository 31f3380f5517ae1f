"""Reads damaged Chinese web pages into articles and records with evidence. Pure: no network, no clock, no database.

What is named here is imported when it is first asked for: half a second of processor time, which those of our programs
that read no page (Prefect's server, ``ingest up``) need not wait for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.decode import read_text, repair
    from ingest.model import Article, Block, Page, Repair, Text
    from ingest.pipeline import read_page

__all__ = ["Article", "Block", "Page", "Repair", "Text", "read_page", "read_text", "repair"]
_ROOMS = {"read_text": "decode", "repair": "decode", "read_page": "pipeline"}  # the others are of ``model``


def __getattr__(name: str) -> Any:
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"ingest.{_ROOMS.get(name, 'model')}"), name)
