"""One indicator across zones: a line for each, one unit and one aspect at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import Response

from ingest.reader import rendering, series, site
from ingest.reader.answers import Asked, Column, Table, cursor
from ingest.reader.summary import Summaries
from ingest.reader.zones import VIEW
from ingest.store.tables import Base
from ingest.store.upsert import batches

_INDICATOR = Base.metadata.tables["indicator"]
_MOST = 3_000  # figures of one indicator that are compared, the surest first
_ZONES = 8  # lines of a chart, each with a colour of its own
_SHOWN = (
    *("key", "article_key", "zone", "subject", "name", "value", "value_high", "unit", "bound", "aspect"),
    *("period_start", "period_end", "evidence", "confidence", "published_on"),
)
_COLUMNS = (
    Column("zone", "Zone", link="zone"),
    *series.COLUMNS,
    Column("evidence", "Evidence", link="record", wide=True),
    Column("confidence", "Confidence", link="confidence", numeric=True),
)


def compare(request: Request) -> Response:
    """Answer with an indicator's chart and table, and with what can be compared."""
    summaries: Summaries = request.app.state.summaries
    choices = summaries.get().indicators
    asked = Asked({}, request.query_params, 1_000, None)
    name, aspect = asked.text("name"), asked.text("aspect") or "level"
    if aspect not in series.ASPECTS:
        aspect = "level"
    with site.of(request).read() as connection:
        rows = figures(connection, name, aspect) if name else []
    units = Counter(row["unit"] for row in rows)
    wanted = asked.text("unit")
    unit: str = (
        wanted if wanted is not None and wanted in units else next((each for each, _ in units.most_common(1)), "")
    )
    of_unit = [row for row in rows if row["unit"] == unit]
    zones = [each for each, _ in Counter(row["zone"] for row in of_unit).most_common()]
    picked = [zone for zone in request.query_params.getlist("zone") if zone in zones][:_ZONES] or zones[:_ZONES]
    drawn = [row for row in of_unit if row["zone"] in picked]
    context = {
        "name": name,
        "aspect": aspect,
        "unit": unit,
        "units": units.most_common(),
        "aspects": series.ASPECTS,
        "zones": zones,
        "picked": picked,
        "choices": choices,
        "chart": series.together(f"{name}, {aspect}", unit, drawn, "zone") if drawn else None,
        "table": Table(title="Figures", columns=_COLUMNS, rows=_ordered(drawn)),
    }
    return rendering.page(request, "compare", context)


def figures_asked(connection: Connection, asked: Asked) -> Table:
    """Return the figures of an indicator as a table by itself."""
    name, aspect, unit = asked.text("name"), asked.text("aspect") or "level", asked.text("unit")
    rows = figures(connection, name, aspect) if name else []
    found = _ordered([row for row in rows if unit is None or row["unit"] == unit])
    begin = int(asked.after[0]) if asked.after and isinstance(asked.after[0], int) and asked.after[0] > 0 else 0
    end = begin + asked.limit
    after = cursor(end) if end < len(found) else None
    return Table(title=f"{name or 'Figures'}, {aspect}", columns=_COLUMNS, rows=found[begin:end], after=after)


def figures(connection: Connection, name: str, aspect: str) -> list[Mapping[str, Any]]:
    """Return the figures that are of a zone itself, as they stand by what people decided on them."""
    mine = (_INDICATOR.c.name == name, _INDICATOR.c.aspect == aspect, _INDICATOR.c.subject.is_not(None))
    keys = list(connection.scalars(select(_INDICATOR.c.key).where(*mine).limit(_MOST)))
    found: list[Mapping[str, Any]] = []
    for some in batches(keys):
        query = select(*(VIEW.c[each] for each in _SHOWN)).where(VIEW.c.key.in_(some), VIEW.c.zone_from == "subject")
        found += [dict(row) for row in connection.execute(query).mappings()]
    return [row for row in found if row["name"] == name and row["aspect"] == aspect]


def _ordered(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: (row["zone"], str(row["period_end"] or ""), row["key"]))
