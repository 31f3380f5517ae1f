"""Zones: which there are; of one its indicators, organisations, honours, policies and latest articles."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ingest.reader import articles, asking, rendering, series, site
from ingest.reader.answers import Ask, Asked, Column, Table, cursor
from ingest.reader.asking import Narrowed
from ingest.reader.summary import Summaries
from ingest.store.export import kinds
from ingest.store.export.columns import of_view
from ingest.store.export.kinds import Filters
from ingest.store.search.index import PLACE

# A view of a zone is made of so many of its newest articles: those of a year or two of the busiest, all of most.
_ARTICLES = 1_000
_FIRST = 10  # rows of each table on the page of a zone
_NEAR = 50  # articles that are looked at first for a page: most often its rows are theirs, at a tenth of the time
_OF_DAY = 3  # points of a chart on one day, the surest ones: what more articles say of it is in the table
_DRAWN = 2_000  # points of all charts of a zone, at the most
VIEW = sql_table("indicators_by_zone", *(sql_column(n, t) for n, t in of_view("indicators_by_zone").items()))
_INDICATOR = (
    *("key", "article_key", "zone_from", "subject", "name", "value", "value_high", "unit", "bound", "aspect"),
    *("period_start", "period_end", "evidence", "confidence", "published_on", "verdict"),
)
_POINT = (
    *("key", "article_key", "name", "value", "value_high", "unit", "bound", "aspect", "period_start", "period_end"),
    "confidence",
)
_INDICATORS = (
    Column("name", "Indicator", wide=True),
    Column("aspect", "Aspect"),
    *series.COLUMNS,
    Column("subject", "Of whom"),
    Column("evidence", "Evidence", link="record", wide=True),
    Column("confidence", "Confidence", link="confidence", numeric=True),
    Column("published_on", "Published"),
)
_NAMED = (
    Column("name", "Name", link="record", wide=True),
    Column("article_title", "Article", link="article", wide=True),
    Column("published_on", "Published"),
    Column("confidence", "Confidence", link="confidence", numeric=True),
)
_HONOURS = (_NAMED[0], Column("recipient", "Who holds it"), *_NAMED[1:])
_ORGANISATIONS = (
    Column("name", "Organisation", wide=True),
    Column("kind", "Kind"),
    Column("articles", "Articles", numeric=True),
    Column("last_published_on", "Last named"),
)


def zone(request: Request) -> Response:
    """Answer with a zone: charts of its own figures, and the first rows of what else there is."""
    name = request.path_params["zone"]
    asked = Asked({"zone": name}, {}, _FIRST, None)
    with site.of(request).read() as connection:
        tables = {part: ask(connection, asked) for part, ask in PARTS.items()}
        drawn = series.of_rows(_own(connection, name), "name")
    context = {"zone": name, "tables": tables, "aspects": series.by_aspect(drawn)}
    return rendering.stream(request, "zone", context)


def listed(summaries: Summaries) -> Ask:
    """Return the table of all zones."""

    def ask(_connection: Connection, asked: Asked) -> Table:
        every = sorted(summaries.get().zones.items(), key=lambda each: (-each[1], each[0]))
        begin = int(asked.after[0]) if asked.after and isinstance(asked.after[0], int) and asked.after[0] > 0 else 0
        rows = [{"name": name, "articles": number} for name, number in every[begin : begin + asked.limit]]
        end = begin + asked.limit
        columns = [Column("name", "Zone", link="zone"), Column("articles", "Articles", numeric=True)]
        after = cursor(end) if end < len(every) else None
        return Table(title="Zones", columns=columns, rows=rows, after=after, empty="No article is of a zone yet.")

    return ask


def indicators(connection: Connection, asked: Asked) -> Table:
    """Return the indicators of a zone, those of the newest articles first."""
    name = _known(connection, asked)
    wanted = {each: asked.text(each) for each in ("name", "aspect", "unit")}
    only = [VIEW.c[each] == value for each, value in wanted.items() if value is not None]
    order = (VIEW.c.published_on, VIEW.c.key)

    def since(day: date | None) -> Table:
        query = select(*(VIEW.c[each] for each in _INDICATOR)).where(*_of_zone(name, day), *only)
        return _paged(connection, query, asked, order, f"Indicators: {name}", _INDICATORS)

    return _newest_first(connection, name, asked, since)


def organisations(connection: Connection, asked: Asked) -> Table:
    """Return the organisations that the articles of a zone name, those of most articles first."""
    name = _known(connection, asked)
    of_zone = kinds.query("organisations", Filters(zone=name, since=_reach(connection, name))).order_by(None).subquery()
    known = func.coalesce(of_zone.c.identity, of_zone.c.name)
    number = func.count(of_zone.c.article_key.distinct())
    columns = (known.label("name"), func.min(of_zone.c.kind).label("kind"), number.label("articles"))
    grouped = select(*columns, func.max(of_zone.c.published_on).label("last_published_on")).group_by(known)
    if asked.after is not None and len(asked.after) == 2:
        last, before = asked.after
        grouped = grouped.having(or_(number < last, and_(number == last, known > before)))
    found = connection.execute(grouped.order_by(number.desc(), known).limit(asked.limit + 1)).mappings().all()
    rows = [dict(row) for row in found[: asked.limit]]
    after = cursor(rows[-1]["articles"], rows[-1]["name"]) if len(found) > asked.limit else None
    return Table(title=f"Organisations: {name}", columns=_ORGANISATIONS, rows=rows, after=after)


def honours(connection: Connection, asked: Asked) -> Table:
    """Return the honours that the articles of a zone tell of, the newest first."""
    return _records(connection, asked, "honours", _HONOURS)


def policies(connection: Connection, asked: Asked) -> Table:
    """Return the policies that the articles of a zone name, the newest first."""
    return _records(connection, asked, "policies", _NAMED)


def latest(connection: Connection, asked: Asked) -> Table:
    """Return the articles of a zone, the newest first."""
    name = _known(connection, asked)
    return articles.newest(connection, Narrowed(zone=name), asked, title=f"Articles: {name}")


PARTS: Mapping[str, Ask] = {
    "indicators": indicators,
    "organisations": organisations,
    "honours": honours,
    "policies": policies,
    "articles": latest,
}


def _records(connection: Connection, asked: Asked, kind: str, columns: Sequence[Column]) -> Table:
    name = _known(connection, asked)

    def since(day: date | None) -> Table:
        of_zone = kinds.query(kind, Filters(zone=name, since=day)).order_by(None).subquery()
        shown = [of_zone.c[each.name] for each in columns]
        query = select(of_zone.c.key, of_zone.c.article_key, *shown)
        order = (of_zone.c.published_on, of_zone.c.key)
        return _paged(connection, query, asked, order, f"{kind.capitalize()}: {name}", columns)

    return _newest_first(connection, name, asked, since)


def _newest_first(connection: Connection, zone: str, asked: Asked, since: Callable[[date | None], Table]) -> Table:
    """Return a table of the newest articles of a zone: of the few newest where they fill the page that is asked for."""
    if asked.after is None and asked.limit < _NEAR and (near := _reach(connection, zone, _NEAR)) is not None:
        table = since(near)
        if table.after is not None:
            return table
    return since(_reach(connection, zone))


def _paged(  # noqa: PLR0913, PLR0917 - what a page of a table is made of
    connection: Connection,
    query: Select[Any],
    asked: Asked,
    order: tuple[ColumnElement[Any], ColumnElement[Any]],
    title: str,
    columns: Sequence[Column],
) -> Table:
    """Return a page of rows, the newest first, behind a day and a key."""
    day, key = order
    query = query.where(asking.behind(day, key, asked.after, backwards=True))
    query = query.order_by(day.desc().nulls_last(), key.desc()).limit(asked.limit + 1)
    found = connection.execute(query).mappings().all()
    rows = [dict(row) for row in found[: asked.limit]]
    after = cursor(rows[-1]["published_on"], rows[-1]["key"]) if len(found) > asked.limit else None
    return Table(title=title, columns=columns, rows=rows, after=after, empty="The articles of this zone have none.")


def _own(connection: Connection, name: str) -> list[Mapping[str, Any]]:
    """Return the figures with a day whose subject is the zone, or nobody in an article of this zone alone."""
    chart, day = (VIEW.c.name, VIEW.c.unit, VIEW.c.aspect), VIEW.c.period_end
    place = func.row_number().over(partition_by=(*chart, day), order_by=(VIEW.c.confidence.desc(), VIEW.c.key))
    mine = (*_of_zone(name, _reach(connection, name)), or_(VIEW.c.subject == name, VIEW.c.subject.is_(None)))
    columns = [VIEW.c[each] for each in _POINT]
    query = select(*columns, place.label("place")).where(*mine, day.is_not(None), VIEW.c.name != "")
    found = query.subquery()
    order = (found.c.place, found.c.period_end.desc(), found.c.key)
    shown = select(found).where(found.c.place <= _OF_DAY).order_by(*order).limit(_DRAWN)
    return [dict(row) for row in connection.execute(shown).mappings()]


def _of_zone(name: str, since: date | None) -> list[ColumnElement[bool]]:
    return [VIEW.c.zone == name] + ([VIEW.c.published_on >= since] if since is not None else [])


def _reach(connection: Connection, name: str, articles: int = _ARTICLES) -> date | None:
    """Return the day from which on so many of a zone's newest articles are, or a few more; None for all."""
    mine = (PLACE.c.kind == "zone", PLACE.c.name == name, PLACE.c.published_on.is_not(None))
    days = select(PLACE.c.published_on).where(*mine).order_by(PLACE.c.published_on.desc())
    return connection.scalar(days.offset(articles).limit(1))


def _known(connection: Connection, asked: Asked) -> str:
    """Return the zone that is asked for.

    Raises:
        HTTPException: 404, no article is of it.
    """
    name = asked.path["zone"]
    if not connection.scalar(select(PLACE.c.name).where(PLACE.c.kind == "zone", PLACE.c.name == name).limit(1)):
        raise HTTPException(404)
    return name
