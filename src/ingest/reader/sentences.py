"""What a record says, as a sentence for a person: pieces of ours and pieces of the page in turn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ingest.reader import figures

Row = Mapping[str, Any]
_DAYS = ("period_start", "period_end")
_VALUES = ("value", "value_high")
# What a figure does. A change is so many added or done (新增24家), a target is not reached yet.
_VERBS = {
    "level": "was",
    "change": "came to",
    "growth": "grew by",
    "share": "made up",
    "rank": "ranked",
    "target": "is to be",
}
_FELL = "fell by"


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a sentence. ``page``: its words are the page's; ``exact``: all digits of what is written short."""

    text: str
    page: bool = False
    exact: str = ""


def sentence(kind: str, row: Row) -> tuple[Said, ...]:
    """Return what a record says, piece by piece; ``kind`` is the name of its table."""
    return tuple(_SENTENCES[kind](row))


def plain(kind: str, row: Row) -> str:
    """Return the same as one text."""
    return "".join(piece.text for piece in sentence(kind, row))


def standing(row: Row, decision: Row | None) -> Row:
    """Return a record as it stands by the decision on it, which has its values as JSON holds them."""
    if decision is None:
        return row
    return {**row, **{name: _value(name, value) for name, value in decision["stands"].items()}}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _VALUES:
        return Decimal(value)
    return date.fromisoformat(value) if name in _DAYS else value


def _indicator(row: Row) -> list[Said]:
    whose = [_page(row["subject"]), Said(": ")] if row["subject"] else [Said("Of whom is not said: ")]
    what = _page(row["name"]) if row["name"] else Said("what it counts is not said,")
    verb = _VERBS.get(row["aspect"], row["aspect"])
    if figures.fell(row):
        row, verb = figures.upside(row), _FELL
    number = Said(figures.figure(row), exact=_exact(row))
    when = f", {period}" if (period := figures.period(row)) else ""
    return [*whose, what, Said(f" {verb} "), number, Said(when + (" (said before)" if row["restated"] else ""))]


def _exact(row: Row) -> str:
    exact = figures.exact(row)
    return "" if exact == figures.figure(row) else exact


def _organisation(row: Row) -> list[Said]:
    identity = row["identity"] if row["identity"] != row["name"] else None
    known = [Said(", known as "), _page(identity)] if identity else []
    also = [Said(", also called "), _page("、".join(row["aliases"]))] if row["aliases"] else []
    return [_page(row["name"]), Said(f" is an organisation ({_kind(row)})"), *known, *also]


def _person(row: Row) -> list[Said]:
    of = "".join(filter(None, (row["organisation"], row["role"])))
    quoted = f", quoted {len(row['quotes'])} times" if len(row["quotes"]) > 1 else ", quoted" if row["quotes"] else ""
    return [_page(row["name"]), *([Said(" is "), _page(of)] if of else [Said(" is named")]), Said(quoted)]


def _honour(row: Row) -> list[Said]:
    return [_page(row["recipient"] or ""), Said(" holds " if row["recipient"] else "Honour: "), _page(row["name"])]


def _policy(row: Row) -> list[Said]:
    return [Said("Policy: "), _page(row["name"])]


def _programme(row: Row) -> list[Said]:
    return [Said("Programme: "), _page(row["name"])]


def _place(row: Row) -> list[Said]:
    return [_page(row["name"]), Said(f" is a {_kind(row)}" + (f", division code {row['code']}" if row["code"] else ""))]


def _kind(row: Row) -> str:
    """Return what kind of organisation or place it is; a row of the queue has that aside."""
    return str(row.get("said_kind", row["kind"]))


def _page(text: str) -> Said:
    return Said(text, page=True)


_SENTENCES: Mapping[str, Callable[[Row], list[Said]]] = {
    "indicator": _indicator,
    "organisation": _organisation,
    "person": _person,
    "policy": _policy,
    "programme": _programme,
    "honour": _honour,
    "place": _place,
}
