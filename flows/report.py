"""What a run leaves in Prefect's UI: one page of markdown for the person who looks after it, and lines of the log."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from prefect.artifacts import acreate_markdown_artifact

from flows.chart import chart
from flows.markup import address, code, table, text
from ingest.errors import IngestError
from ingest.model import Outcome
from ingest.run import Run
from ingest.settings import Settings
from ingest.store import keys, measures
from ingest.store.engine import Database
from ingest.tally import Problem, Tally

_MOST_PROBLEMS = 200  # rows; Prefect's UI takes seconds for a table of thousands, and the database has them all
_MOST_SOURCES = 200
_MOST_COUNTS = 50
_RUNS = 14  # in the chart of a source
_LONGEST_COMMAND = 200  # characters; a longer one is given by the target's key: a command that is cut does harm
_MOST_WARNINGS = 5  # of a chunk, each for another reason
_SHORT = 12  # digits of a key


async def leave(run: Run, settings: Settings, *, broken: Exception | None = None) -> None:
    """Leave a run's page in Prefect, under one name for each source: so its history is that of the source.

    ``broken`` is what ended it before its time.
    """
    past = await asyncio.to_thread(_past, run, settings)
    page = markdown(run, past, settings.reader_url, broken=broken)
    await acreate_markdown_artifact(key=artifact_key(run), markdown=page, description=_summary(run))


def artifact_key(run: Run) -> str:
    """Return the name of a run's page: that of its source, or the same for all runs over several.

    Prefect takes lower-case letters, digits and dashes. A name with _ ends in four digits, so that it is no other's.
    """
    if len(run.tallies) != 1:
        return "ingest-run"
    [name] = run.tallies
    plain = name.replace("_", "-")
    return f"ingest-run-{plain}" + (f"-{keys.key(name)[:4]}" if plain != name else "")


def markdown(
    run: Run,
    past: Sequence[tuple[str, Mapping[str, int]]] = (),
    reader: str | None = None,
    *,
    broken: Exception | None = None,
) -> str:
    """Return a run's page: outcomes by source, problems with their replay, damage, what was left out, slowest pages.

    Args:
        run: The run, at its end.
        past: Bars of its chart; those of its sources when left out.
        reader: The address of the reader of articles.
        broken: What ended it before its time.
    """
    total = run.total
    bars = past or [(name, tally.outcomes) for name, tally in run.tallies.items()]
    parts = [
        f"**Ended before its time:** {text(f'{type(broken).__name__}: {broken}')}" if broken else "",
        f"{_summary(run)}. Run `{run.key}`.",
        chart(bars),
        _outcomes(run, reader),
        _problems(run),
        _counts("Damage found and mended", "kind", "times", total.repairs),
        _counts("Flagged", "what", "times", total.flags),
        _counts("Pages that are no article", "kind", "pages", total.kinds),
        _counts("Left out of the articles", "label", "characters", total.left_out),
        _slowest(total),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def warnings(source: str, tally: Tally) -> list[str]:
    """Return what a person should know of a chunk: a line for each reason, with one address and the way out."""
    by_reason: dict[tuple[str, str], list[Problem]] = {}
    for problem in tally.problems:
        by_reason.setdefault((problem.stage, problem.reason), []).append(problem)
    groups = sorted(by_reason.items(), key=lambda each: -len(each[1]))
    lines = [_warning(source, problems) for _, problems in groups[:_MOST_WARNINGS]]
    if rest := sum(len(problems) for _, problems in groups[_MOST_WARNINGS:]):
        lines.append(f"{source}: {rest} more, for other reasons: `ingest quarantine list --source {source}`")
    return lines


def _warning(source: str, problems: Sequence[Problem]) -> str:
    first = problems[0]
    if len(problems) == 1:
        return f"{source}: {first.address}: {first.reason}. Again: {_command(first)}"
    again = f"ingest quarantine replay --source {source} --stage {first.stage}"
    return f"{source}: {len(problems)} times: {first.reason}; first {first.address}. Again: {again}"


def _past(run: Run, settings: Settings) -> list[tuple[str, dict[str, int]]]:
    """Return the outcomes of the last runs of a source, the newest first; nothing where it is not one source."""
    if len(run.tallies) != 1:
        return []
    [name] = run.tallies
    with suppress(IngestError):  # the run is well without its chart
        database = Database(settings.database, ask=True)
        try:
            with database.read() as connection:
                rows = measures.history(connection, name, run.started_at - timedelta(days=365), limit=_RUNS)
        finally:
            database.close()
        return [(f"{row['ended_at']:%Y-%m-%d %H:%M} UTC", row["outcomes"]) for row in rows]
    return []


def _summary(run: Run) -> str:
    total = run.total
    met = [f"{total.outcomes[outcome]:,} {outcome}" for outcome in Outcome if total.outcomes[outcome]]
    names = list(run.tallies)
    of = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return f"{of}: {', '.join(met) or 'no pages'}; {total.articles:,} articles read, {total.records:,} records"


def _outcomes(run: Run, reader: str | None) -> str:
    rows = [
        [
            _read_there(reader, name),
            *(tally.outcomes[outcome] or "" for outcome in Outcome),
            tally.targets,
            tally.articles,
            tally.records,
        ]
        for name, tally in list(run.tallies.items())[:_MOST_SOURCES]
    ]
    more = len(run.tallies) - len(rows)
    after = f"\n\nand {more} more sources: `ingest status` lists them all" if more else ""
    return "## Outcomes\n\n" + table(["source", *Outcome, "pages", "articles read", "records"], rows) + after


def _read_there(reader: str | None, source: str) -> str:
    """Return a source's name, linked to its articles where there is a reader."""
    name = text(source)
    return f"[{name}](<{reader.rstrip('/')}/articles?source={quote(source)}>)" if reader else name


def _problems(run: Run) -> str:
    number = sum(tally.troubled for tally in run.tallies.values())
    if not number:
        return ""
    troubled = [tally for tally in run.tallies.values() if tally.problems]
    each = max(1, _MOST_PROBLEMS // len(troubled))
    shown = [problem for tally in troubled for problem in tally.problems[:each]][:_MOST_PROBLEMS]
    rows = [[text(p.source), address(p.address), text(p.stage), text(p.reason), code(_command(p))] for p in shown]
    more = number - len(rows)
    after = f"\n\nand {more:,} more: `ingest quarantine list` has them all" if more else ""
    return (
        f"## Failed and quarantined: {number:,}\n\n{_reasons(troubled)}\n\n"
        + table(["source", "address", "stage", "why", "again"], rows)
        + after
    )


def _reasons(troubled: Iterable[Tally]) -> str:
    """Return how often each source and stage had a problem, with the command that tries all of them again."""
    counts = Counter((problem.source, problem.stage) for tally in troubled for problem in tally.problems)
    rows = [
        [text(source), text(stage), number, code(f"ingest quarantine replay --source {source} --stage {stage}")]
        for (source, stage), number in counts.most_common(_MOST_COUNTS)
    ]
    return table(["source", "stage", "targets", "all of them again"], rows)


def _command(problem: Problem) -> str:
    """Return the command that tries a target again; by its key where it cannot be shown as it is to be typed."""
    as_typed = problem.replay
    if len(as_typed) <= _LONGEST_COMMAND and as_typed.isprintable() and "`" not in as_typed:
        return as_typed
    return f"ingest quarantine replay {keys.page_key(problem.source, problem.address)[:_SHORT]}"


def _counts(title: str, what: str, how_many: str, counts: Counter[str]) -> str:
    rows: list[list[Any]] = [[text(name), f"{number:,}"] for name, number in counts.most_common(_MOST_COUNTS)]
    return f"## {title}\n\n" + table([what, how_many], rows) if counts else ""


def _slowest(total: Tally) -> str:
    rows = [[address(name), f"{seconds * 1000:.0f} ms"] for seconds, name in total.slowest]
    return "## Slowest pages\n\n" + table(["address", "time"], rows) if rows else ""
