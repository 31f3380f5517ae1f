"""The data dictionary: every column that an export may have, what it means, its unit and where it comes from."""

from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from sqlalchemy import Boolean, Date, Float, Integer, String
from sqlalchemy.types import TypeEngine

from ingest.store.tables import RECORDS, Article, Base
from ingest.store.types import Json
from ingest.store.views import names

Type = TypeEngine[Any]
_ANY = "*"
_TYPES: dict[str, Type] = {
    "aliases": Json(),
    "as_read": Json(),
    "articles": Integer(),
    "confidence": Float(),
    "first_published_on": Date(),
    "last_published_on": Date(),
    "only_zone": Boolean(),
    "witness_count": Integer(),
    "witnesses": Json(),
}
_LOOKED_UP = ("article", "indicator")  # where the other columns of the views have their types from
_WORDS = {
    "BIGINT": "integer",
    "INTEGER": "integer",
    "FLOAT": "number",
    "BOOLEAN": "true or false",
    "DATE": "day",
    "Exact": "decimal",
    "Utc": "time",
    "DATETIME": "time",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export. ``table`` is the table or view, ``unit`` empty where there is none."""

    table: str
    name: str
    type: str
    meaning: str
    unit: str
    source: str

    def told(self) -> dict[str, str]:
        """Return it as JSON has it."""
        return asdict(self)


@cache
def _lines() -> dict[tuple[str, str], tuple[str, str, str]]:
    data = resources.files("ingest").joinpath("data", "store_columns.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in data.splitlines() if line and not line.startswith("#"))
    return {(table, name): (meaning, unit, source) for table, name, meaning, unit, source in rows}


def column(table: str, name: str, type_: Type) -> Column:
    """Return what the dictionary says of a column.

    Raises:
        KeyError: It says nothing.
    """
    lines = _lines()
    return Column(table, name, _word(name, type_), *(lines.get((table, name)) or lines[_ANY, name]))


def described() -> set[tuple[str, str]]:
    """Return the tables and columns that the dictionary has lines for."""
    return set(_lines())


def of_view(view: str) -> dict[str, Type]:
    """Return the columns of a view and their types, in their order."""
    if view not in names():
        raise KeyError(view)
    return {name: _type(name) for table, name in _lines() if table == view}


def is_list_of_texts(name: str) -> bool:
    """Whether a column holds a list of texts; all other JSON is objects, or lists of numbers."""
    return name in _lists()


@cache
def _lists() -> frozenset[str]:
    models: tuple[type[Base], ...] = (Article, *RECORDS.values())
    return frozenset(name for model in models for name, f in model.model_fields.items() if f.annotation == list[str])


def _type(name: str) -> Type:
    if name in _TYPES:
        return _TYPES[name]
    found = (Base.metadata.tables[table].columns.get(name) for table in _LOOKED_UP)
    return next((each.type for each in found if each is not None), String())


def _word(name: str, type_: Type) -> str:
    """Return a type for people."""
    if isinstance(type_, Json):
        return "list of texts" if is_list_of_texts(name) else "JSON"
    kind = type(type_).__name__
    return _WORDS.get(kind) or _WORDS.get(kind.upper()) or "text"
