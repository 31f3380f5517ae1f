"""One indicator across zones: a line for each, one unit and one aspect at a time."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select
from starlette.requests import Request
from starlette.responses import Response

from ingest.errors import ConfigError
from ingest.reader import rendering, series, site
from ingest.reader.answers import Ask, Asked, Column, Table, cursor
from ingest.reader.summary import Summaries
from ingest.reader.zones import VIEW
from ingest.store.tables import Base
from ingest.store.upsert import batches

_INDICATOR = Base.metadata.tables["indicator"]
_MOST = 400  # figures that are drawn: those of eight zones of a dozen years, quarters among them
_ZONES = 8  # lines of a chart, each with a colour of its own
_SHOWN = (
    *("key", "article_key", "zone", "subject", "name", "value", "value_high", "unit", "bound", "aspect"),
    *("period_start", "period_end", "evidence", "confidence", "published_on"),
)
_NOTE = "Where more articles have a figure of the same day, the surest one stands here; JSON and CSV have all."
_COLUMNS = (
    Column("zone", "Zone", link="zone"),
    *series.COLUMNS,
    Column("evidence", "Evidence", link="record", wide=True),
    Column("confidence", "Confidence", link="confidence", numeric=True),
)


def compare(request: Request) -> Response:
    """Answer with an indicator's chart and table, and with what can be compared."""
    summary = request.app.state.summaries.get()
    asked = Asked({}, request.query_params, 1_000, None)
    name, aspect, wanted = asked.text("name"), _aspect(asked), asked.text("unit")
    with site.of(request).read() as connection:
        units = _units(connection, name, aspect, summary.zones) if name else {}
        unit = wanted if wanted in units else next(iter(units), "")
        zones = list(units.get(unit, ()))
        picked = [zone for zone in request.query_params.getlist("zone") if zone in zones][:_ZONES] or zones[:_ZONES]
        drawn = _surest(connection, name, aspect, unit, picked) if name and picked else []
    context = {
        "name": name,
        "aspect": aspect,
        "unit": unit,
        "units": [(each, sum(of_zone.values())) for each, of_zone in units.items()],
        "aspects": series.ASPECTS,
        "zones": zones,
        "picked": picked,
        "choices": summary.indicators,
        "charts": series.together(f"{name}, {aspect}", unit, drawn, "zone"),
        "table": Table(title="Figures", columns=_COLUMNS, rows=_ordered(drawn), note=_NOTE if drawn else ""),
    }
    return rendering.stream(request, "compare", context)


def figures_asked(summaries: Summaries) -> Ask:
    """Return the table of all figures of an indicator, zone by zone."""

    def ask(connection: Connection, asked: Asked) -> Table:
        name, aspect, unit = asked.text("name"), _aspect(asked), asked.text("unit")
        zone, key = _place(asked.after)
        units = _units(connection, name, aspect, summaries.get().zones) if name else {}
        wanted = [each for each in units if unit in {None, each}]
        counts = sum((Counter(units[each]) for each in wanted), Counter[str]())
        zones = _enough(counts, zone, asked.limit)
        subject = _by_code_points(connection)
        of_it = _of(name, aspect, zones, wanted).add_columns(_INDICATOR.c.subject)
        behind = or_(subject > zone, and_(_INDICATOR.c.subject == zone, _INDICATOR.c.key > key))
        found = connection.execute(of_it.where(behind).order_by(subject, _INDICATOR.c.key).limit(asked.limit + 1)).all()
        rows = _read(connection, [row.key for row in found[: asked.limit]])
        last = found[asked.limit - 1] if len(found) > asked.limit else None
        after = cursor(last.subject, last.key) if last else None
        return Table(title=f"{name or 'Figures'}, {aspect}", columns=_COLUMNS, rows=_ordered(rows), after=after)

    return ask


def _enough(counts: Mapping[str, int], zone: str, limit: int) -> list[str]:
    """Return the zones from one on, in their order, that have the rows of a page and one more behind it."""
    found: list[str] = []
    missing = limit + 1
    for each in sorted(name for name in counts if name >= zone):
        if missing > 0:
            found.append(each)
            missing -= counts[each] if each != zone else 0  # of this one some are on the pages before
    return found


def _by_code_points(connection: Connection) -> ColumnElement[str]:
    """Return the subject as it is ordered by: PostgreSQL would go by the language of its database."""
    subject = _INDICATOR.c.subject
    return subject if connection.dialect.name == "sqlite" else subject.collate("C")


def _aspect(asked: Asked) -> str:
    aspect = asked.text("aspect")
    return aspect if aspect in series.ASPECTS else "level"


def _place(after: tuple[Any, ...] | None) -> tuple[str, str]:
    match after:
        case None:
            return "", ""
        case (str() as zone, str() as key) if "\0" not in zone + key:
            return zone, key
    raise ConfigError("`after` is no place among figures: go back to the first page")


def _units(connection: Connection, name: str, aspect: str, zones: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return by unit how many figures of an indicator each zone has, the most frequent first."""
    columns = (_INDICATOR.c.unit, _INDICATOR.c.subject)
    query = select(*columns, func.count()).where(_INDICATOR.c.name == name, _INDICATOR.c.aspect == aspect)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for unit, subject, number in connection.execute(query.group_by(*columns)):
        if subject in zones:
            found[unit][subject] = number
    order = sorted(found, key=lambda unit: (-found[unit].total(), unit))
    return {unit: dict(sorted(found[unit].items(), key=lambda each: (-each[1], each[0]))) for unit in order}


def _surest(connection: Connection, name: str, aspect: str, unit: str, zones: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return the surest figure that each zone has of each day."""
    day = (_INDICATOR.c.subject, _INDICATOR.c.period_end)
    place = func.row_number().over(partition_by=day, order_by=(_INDICATOR.c.confidence.desc(), _INDICATOR.c.key))
    found = _of(name, aspect, zones, (unit,)).add_columns(place.label("place")).subquery()
    query = select(found.c.key).where(found.c.place == 1).order_by(found.c.key)
    return _read(connection, connection.scalars(query.limit(_MOST)).all())


def _of(name: str | None, aspect: str, zones: Sequence[str], units: Sequence[str]) -> Select[tuple[str]]:
    mine = (_INDICATOR.c.name == name, _INDICATOR.c.aspect == aspect)
    return select(_INDICATOR.c.key).where(*mine, _INDICATOR.c.unit.in_(units), _INDICATOR.c.subject.in_(zones))


def _read(connection: Connection, keys: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return figures that are of a zone itself, as they stand by what people decided on them."""
    found: list[Mapping[str, Any]] = []
    for some in batches(keys):
        query = select(*(VIEW.c[each] for each in _SHOWN)).where(VIEW.c.key.in_(some), VIEW.c.zone_from == "subject")
        found += [dict(row) for row in connection.execute(query).mappings()]
    return found


def _ordered(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: (row["zone"], str(row["period_end"] or ""), row["key"]))
