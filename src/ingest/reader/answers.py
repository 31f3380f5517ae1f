"""A table as its address ends: a page of HTML, JSON or CSV; and the way to its next rows."""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ingest.errors import ConfigError
from ingest.reader import rendering, site
from ingest.store.export.text import write_csv

PAGE = 25  # rows of a page of HTML
_MOST_ROWS = 100
_MOST = 1_000  # rows of an answer in JSON or CSV; the next are one request away
_PIECE = 200  # of them that are sent together
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``numeric`` sets it right.

    ``link`` says what its cells lead to or are written as: article, record, zone, source, away; confidence; figure, of
    value, range, bound and unit; period, of its two days.
    """

    name: str
    title: str
    link: str | None = None
    numeric: bool = False
    wide: bool = False  # a text that needs room
    data: bool = False  # only in JSON and CSV: a page has it within another column


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of a table, and where the next ones begin."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    after: str | None = None  # of the next page; None at the end
    note: str = ""  # what a reader must know of it: what was left out
    empty: str = "There is nothing here."
    facets: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a table is asked for: the parameters of the address, how many rows, and after which.

    ``page``: it is shown to a person, who wants what stands beside the rows as well; a program wants the rows.
    """

    path: Mapping[str, str]
    query: Mapping[str, str]
    limit: int
    after: tuple[Any, ...] | None
    page: bool = False

    def text(self, name: str, longest: int = 200) -> str | None:
        """Return a parameter, None where it is not given or empty.

        Raises:
            ConfigError: It is longer than anything of the kind.
        """
        value = self.query.get(name, "").strip()
        if len(value) > longest or "\0" in value:
            msg = f"{name} is no longer than {longest} characters, and has no NUL in it"
            raise ConfigError(msg)
        return value or None


Ask = Callable[[Connection, Asked], Table]


def listed(path: str, ask: Ask, *, template: str = "table") -> list[Route]:
    """Return the routes of a table: as a page, as JSON and as CSV."""
    name = path.strip("/").replace("/", "_") or "root"

    def html(request: Request) -> Response:
        table = _asked(request, ask, _rows(request), page=True)
        own = request.url.path
        return rendering.stream(request, template, {"table": table, "base": own, "params": dict(request.path_params)})

    def as_json(request: Request) -> Response:
        table = _asked(request, ask, _MOST)
        return StreamingResponse(_json(table), media_type="application/json", headers=_next(request, table))

    def as_csv(request: Request) -> Response:
        table = _asked(request, ask, _MOST)
        file = request.url.path.rpartition("/")[2]
        told = {"Content-Disposition": f"attachment; filename*=UTF-8''{rendering.segment(file)}"}
        headers = _next(request, table) | told
        return StreamingResponse(_csv(table), media_type="text/csv; charset=utf-8", headers=headers)

    return [
        Route(f"{path}.json", as_json, name=f"{name}_json"),
        Route(f"{path}.csv", as_csv, name=f"{name}_csv"),
        Route(path, html, name=name),
    ]


def _json(table: Table) -> Iterator[str]:
    """Yield a table as JSON, some rows at a time."""
    names = [column.name for column in _all(table)]
    begin = '{"rows": ['
    for some in _some(table.rows):
        rows = json.dumps([{name: _plain(row[name]) for name in names} for row in some], ensure_ascii=False)
        yield begin + rows[1:-1]
        begin = ", "
    end = json.dumps({"next": table.after, "note": table.note}, ensure_ascii=False)
    yield f"{begin if not table.rows else ''}], {end[1:]}"


def _csv(table: Table) -> Iterator[bytes]:
    """Yield a table as CSV, some rows at a time."""
    names = [column.name for column in _all(table)]
    for number, some in enumerate(_some(table.rows) or [()]):
        out = BytesIO()
        write_csv(out, names, ([row[name] for name in names] for row in some), bom=number == 0)
        yield out.getvalue() if number == 0 else out.getvalue().partition(b"\r\n")[2]  # the names stand there already


def _some(rows: Sequence[Row]) -> list[Sequence[Row]]:
    return [rows[first : first + _PIECE] for first in range(0, len(rows), _PIECE)]


def cursor(*values: Any) -> str:
    """Return where a page ends, as a word for an address: the values that its rows are ordered by, of the last one."""
    told = json.dumps([_plain(value) for value in values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read_cursor(word: str) -> tuple[Any, ...]:
    """Return the values of a cursor.

    Raises:
        ConfigError: It is none of ours.
    """
    try:
        values = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise ConfigError("`after` is no place in a table: go back to its first page") from error
    if not isinstance(values, list) or not all(isinstance(each, str | int | float | None) for each in values):
        raise ConfigError("`after` is no place in a table: go back to its first page")
    return tuple(values)


def _asked(request: Request, ask: Ask, limit: int, *, page: bool = False) -> Table:
    word = request.query_params.get("after", "")
    after = read_cursor(word[:2_000]) if word else None
    with site.of(request).read() as connection:
        return ask(connection, Asked(request.path_params, request.query_params, limit, after, page))


def _rows(request: Request) -> int:
    """Return how many rows a page of HTML has: what ``rows`` says, 100 at the most."""
    written = request.query_params.get("rows", "")
    return (
        min(max(int(written), 1), _MOST_ROWS) if written.isascii() and written.isdigit() and len(written) < 9 else PAGE
    )


def _all(table: Table) -> list[Column]:
    """Return the columns with those that links go by: a program wants the keys."""
    shown = {column.name for column in table.columns}
    first = table.rows[0] if table.rows else {}
    return [Column(name, name) for name in ("key", "article_key") if name in first and name not in shown] + [
        *table.columns
    ]


def _next(request: Request, table: Table) -> dict[str, str]:
    if table.after is None:
        return {}
    there = rendering.address(request.url.path, dict(request.query_params), after=table.after)
    return {"Link": f'<{rendering.quoted(there)}>; rel="next"'}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
