"""The overview: what came when, what was damaged, what the last runs gave, what waits for a person."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ingest.reader import charts, rendering, site
from ingest.reader.answers import Asked, Column, Table
from ingest.reader.charts import Chart
from ingest.reader.summary import Summaries, Summary
from ingest.store import queries
from ingest.store.rows import Row

_COLUMNS = 60  # days, months or years of the chart, at the most
_NARROW_COLUMNS = 20  # of the chart for a phone
_SERIES = 7  # sources with a colour of their own; the rest are one series
_STEPS = ("day", "month", "year")
_RUNS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the overview shows; the page and the file to mail are made of the same."""

    summary: Summary
    charts: tuple[Chart, ...]  # broad and narrow
    step: str
    arrivals: Table
    runs: Table


def overview(request: Request) -> Response:
    """Answer with the overview."""
    return rendering.page(request, "overview", {"shown": compose(request, request.query_params.get("by"))})


def compose(request: Request, step: str | None = None) -> Overview:
    """Put the overview together.

    Args:
        request: To the site whose overview it is.
        step: day, month or year: how articles are put together; chosen by the data where it is none of them.
    """
    summaries: Summaries = request.app.state.summaries
    with site.of(request).read() as connection:
        return composed(connection, summaries.get(), step)


def composed(connection: Connection, summary: Summary, step: str | None = None) -> Overview:
    """Put the overview together from a summary and the last runs."""
    chosen = step if step in _STEPS else _fitting(summary.days)
    found = arrivals(summary, chosen)
    return Overview(
        summary=summary,
        charts=_charts(found, summary, chosen),
        step=chosen,
        arrivals=found,
        runs=last_runs(connection, _RUNS),
    )


def arrivals(summary: Summary, step: str) -> Table:
    """Return how many articles each source has of each day, month or year, the newest first."""
    counts: dict[str, dict[str, int]] = {}
    for (source, day), number in summary.days.items():
        of_step = counts.setdefault(_name(day, step), {})
        of_step[source] = of_step.get(source, 0) + number
    rows = [
        {step: name, **{source: each.get(source, 0) for source in summary.sources}} for name, each in counts.items()
    ]
    rows.sort(key=lambda row: (row[step] != "no day", row[step]), reverse=True)
    columns = [Column(step, step.capitalize())]
    columns += [Column(source, source, numeric=True) for source in summary.sources]
    return Table(title=f"Articles by {step} and source", columns=columns, rows=rows, empty="There is no article yet.")


def last_runs(connection: Connection, number: int) -> Table:
    """Return the last runs, the newest first."""
    columns = [
        Column("started_at", "Began (UTC)"),
        Column("took", "Took"),
        Column("outcomes", "Outcomes", wide=True),
        Column("error", "Error", wide=True),
        Column("prefect", "In Prefect", link="away"),
    ]
    base = prefect_ui()
    rows = [_run(row, base) for row in queries.last_runs(connection, number)]
    return Table(title="Last runs", columns=columns, rows=rows, empty="There was no run yet: `ingest run`.")


def runs(connection: Connection, asked: Asked) -> Table:
    """Return the runs as a table by itself."""
    return last_runs(connection, asked.limit)


def quarantine(connection: Connection, asked: Asked) -> Table:
    """Return what is in quarantine, with the command that tries it again."""
    names = {"source": "Source", "address": "Address", "outcome": "Outcome", "stage": "Stage", "reason": "Reason"}
    columns = [Column(name, title) for name, title in (names | {"replay": "Try again with", "since": "Since"}).items()]
    rows = queries.quarantined(connection, asked.text("source"))
    shown = rows[: asked.limit]
    note = f"The first {len(shown):,} of {len(rows):,}." if len(rows) > len(shown) else ""
    return Table(title="Quarantine", columns=columns, rows=shown, note=note, empty="Nothing is in quarantine.")


def prefect_ui() -> str | None:
    """Return where Prefect's UI is: PREFECT_UI_URL, or what PREFECT_API_URL names less its /api; None without."""
    named = os.environ.get("PREFECT_UI_URL") or os.environ.get("PREFECT_API_URL", "").rstrip("/").removesuffix("/api")
    return named.rstrip("/") if urlsplit(named).scheme in {"http", "https"} else None


def _run(row: Row, base: str | None) -> Row:
    outcomes = [f"{source}: {_counts(counts)}" for source, counts in row["outcomes"].items()]
    took = f"{(row['ended_at'] - row['started_at']).total_seconds():,.1f} s" if row["ended_at"] else "not ended"
    link = f"{base}/runs/flow-run/{row['flow_run']}" if base and row["flow_run"] else None
    return {
        "key": row["key"],
        "started_at": row["started_at"],
        "took": took,
        "outcomes": outcomes,
        "error": row["error"],
        "prefect": link,
    }


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {outcome}" for outcome, number in counts.items()) or "no pages"


def _fitting(days: Iterable[tuple[str, date | None]]) -> str:
    """Return the smallest step by which the newest days, months or years still hold most of what there is."""
    known = sorted(day for _, day in days if day is not None)
    if not known:
        return "day"
    for step, span in (("day", timedelta(days=_COLUMNS)), ("month", timedelta(days=_COLUMNS * 30))):
        if sum(day > known[-1] - span for day in known) * 2 >= len(known):
            return step
    return "year"


def _charts(table: Table, summary: Summary, step: str) -> tuple[Chart, ...]:
    dated = {row[step]: row for row in table.rows if row[step] != "no day"}
    if not dated:
        return ()
    labels = _steps(max(dated), step)
    labels = labels[next(n for n, label in enumerate(labels) if label in dated) :] or labels
    zero: dict[str, int] = {}
    totals = {s: sum(dated.get(label, zero).get(s, 0) for label in labels) for s in summary.sources}
    order = [s for s in sorted(totals, key=lambda s: (-totals[s], s)) if totals[s]]
    series = {s: [dated.get(label, zero).get(s, 0) for label in labels] for s in order[:_SERIES]}
    if rest := order[_SERIES:]:
        series["other sources"] = [sum(dated.get(label, zero).get(s, 0) for s in rest) for label in labels]
    widths = ((_COLUMNS, charts.BROAD), (_NARROW_COLUMNS, charts.NARROW))
    return tuple(_drawn(labels[-number:], series, step, width) for number, width in widths)


def _drawn(labels: Sequence[str], series: Mapping[str, Sequence[int]], step: str, width: int) -> Chart:
    newest = {name: values[-len(labels) :] for name, values in series.items()}
    number = sum(map(sum, newest.values()))
    told = f"Columns from {labels[0]} to {labels[-1]}, one a {step}; {number:,} articles in all."
    return charts.columns(f"Articles by {step} and source", told, labels, newest, width=width)


def _steps(last: str, step: str) -> list[str]:
    """Return the names of the newest days, months or years up to one, the first one first."""
    if step == "year":
        return [str(year) for year in range(int(last) - _COLUMNS + 1, int(last) + 1)]
    if step == "day":
        end = date.fromisoformat(last)
        return [(end - timedelta(days=back)).isoformat() for back in range(_COLUMNS - 1, -1, -1)]
    months = int(last[:4]) * 12 + int(last[5:]) - 1
    return [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(months - _COLUMNS + 1, months + 1)]


def _name(day: date | None, step: str) -> str:
    return "no day" if day is None else day.isoformat()[: {"day": 10, "month": 7, "year": 4}[step]]


def arrivals_asked(summaries: Summaries) -> Any:
    """Return the table of arrivals as an address by itself."""

    def ask(_connection: Connection, asked: Asked) -> Table:
        found = summaries.get()
        step = asked.text("by")
        return arrivals(found, step if step in _STEPS else _fitting(found.days))

    return ask
