"""The names that searches and exports are narrowed by: checked against the database, with a word on what was meant."""

import difflib

from sqlalchemy import Connection, select

from ingest.decode.script import simplified
from ingest.errors import ConfigError
from ingest.store.search.index import PLACE
from ingest.store.tables import Base

_SOURCE = Base.metadata.tables["source"]


def place(connection: Connection, kind: str, name: str) -> str:
    """Return the name under which articles have a zone or region: 合肥高新区 for 合肥国家高新技术产业开发区.

    Args:
        connection: To the database.
        kind: zone or region.
        name: As a person writes it.

    Raises:
        ConfigError: No article is of it; the message names some that are like it.
    """
    wanted = _canonical(simplified(name).strip()) if kind == "zone" else simplified(name).strip()
    of_kind = PLACE.c.kind == kind
    if connection.scalar(select(PLACE.c.name).where(of_kind, PLACE.c.name == wanted).limit(1)):
        return wanted
    known = connection.scalars(select(PLACE.c.name).where(of_kind).distinct()).all()
    msg = f"no article is of the {kind} {name!r}{_meant(wanted, list(known))}"
    raise ConfigError(msg)


def source(connection: Connection, name: str) -> str:
    """Return the name of a source.

    Raises:
        ConfigError: The database has none of this name.
    """
    known = connection.scalars(select(_SOURCE.c.name).order_by(_SOURCE.c.name)).all()
    if name in known:
        return name
    msg = f"the database has no source {name!r}{_meant(name, list(known))}"
    raise ConfigError(msg)


def _canonical(name: str) -> str:
    """Return the short name of a zone that is written out, or by another of its names."""
    from ingest.extract.zones import mentions  # its gazetteer takes a moment to load

    found = [mention.name for mention in mentions(0, name) if (mention.start, mention.end) == (0, len(name))]
    return found[0] if found else name


def _meant(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    return f"; did you mean {' or '.join(close)}?" if close else ""
