"""Templates and how values are written in them. Every value from a page is text: autoescape is on, nothing is safe."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, StreamingResponse

from ingest.reader import figures, site
from ingest.store.search.snippet import CLOSE, OPEN

FEW, MANY = 60, 1_500  # pieces of a template that are sent together: a screen of text or less; a long table


def page(request: Request, template: str, context: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """Return a view as HTML.

    Args:
        request: What was asked for; its path says which entry of the navigation is current.
        template: Its name in ``templates/``, without ``.html.j2``.
        context: What it shows.
        status: Of the answer.
    """
    made = environment().get_template(f"{template}.html.j2").render(**_here(request), **context)
    return HTMLResponse(made, status)


def stream(request: Request, template: str, context: Mapping[str, Any], pieces: int = MANY) -> StreamingResponse:
    """Return a view as HTML that is sent while it is made: what it begins with need not wait for its end.

    Args:
        request: What was asked for.
        template: Its name.
        context: What it shows; what can be wrong with that must have been found out, for the status is sent first.
        pieces: Of the template that are sent together, after a first few.
    """
    made = environment().get_template(f"{template}.html.j2").generate(**_here(request), **context)
    return StreamingResponse(_gathered(made, pieces), media_type="text/html")


def _gathered(made: Iterator[str], pieces: int) -> Iterator[str]:
    """Yield pieces together: a chunk is a way through the thread pool."""
    yield "".join(islice(made, FEW))
    while some := "".join(islice(made, pieces)):
        yield some


def _here(request: Request) -> dict[str, Any]:
    query = dict(request.query_params)
    return {"path": request.url.path, "query": query, "writable": site.of(request).writable}


@cache
def environment() -> Environment:
    """Return the templates' environment."""
    made = Environment(
        loader=PackageLoader("ingest.reader", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": number,
        "figure": figures.figure,
        "exact": figures.exact,
        "period": figures.period,
        "share": share,
        "moment": moment,
        "shown": shown,
        "segment": segment,
        "marked": marked,
    }
    made.globals |= {"address": address}
    return made


def number(value: Decimal | int | float | None) -> str:
    """Write a number with thousands apart and no digit that it does not have: 1,234.5."""
    return "" if value is None else figures.written(value)


def share(value: float) -> str:
    """Write a share from 0 to 1 with two decimals, as confidences and scores are written everywhere here."""
    return f"{value:.2f}"


def moment(value: datetime | None) -> str:
    """Write a moment to the minute, in UTC."""
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}" if value else ""


def shown(value: Any) -> str:
    """Write any value of a row."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():  # a datetime is one
            return _time(value)
        case Decimal() | float() | int():
            return number(value)
        case list() | tuple():
            parts = [str(each) for each in value]
            return ("; " if all(each.isascii() for each in parts) else "、").join(parts)
    return str(value)


def _time(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return moment(value) if value.tzinfo else f"{value:%Y-%m-%d %H:%M}"


def marked(told: str) -> list[tuple[str, bool]]:
    """Cut a snippet at its marks: stretches, and whether each was looked for."""
    pieces: list[tuple[str, bool]] = []
    for number, part in enumerate(told.split(OPEN)):
        inside, close, rest = part.partition(CLOSE)
        if number and close:
            pieces += [(inside, True), (rest, False)]
        else:
            pieces.append(((OPEN if number else "") + part, False))
    return [piece for piece in pieces if piece[0]]


def segment(value: str) -> str:
    """Write a text as one segment of a path."""
    return quote(value, safe="")


def quoted(there: str) -> str:
    """Write an address of ours as a header may hold it: ASCII only."""
    return quote(there, safe="/?&=%;:@,+!$'()*~-._")


def address(path: str, query: Mapping[str, Any] | None = None, **changes: Any) -> str:
    """Return a path with a query: what there is, with changes; what is None or empty is left out."""
    merged = {**(query or {}), **changes}
    kept = [(name, value) for name, value in merged.items() if value not in (None, "", [])]
    return path + ("?" + urlencode(kept, doseq=True) if kept else "")
