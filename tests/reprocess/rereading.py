"""Reading a project again from its archive without Prefect, and rows as other rules would have left them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from ingest.chunk import Desk, Watch, reread_chunk
from ingest.model import Outcome
from ingest.reprocess import Again, Rereading, chunks
from ingest.run import Run, begin, end
from ingest.sources.load import load, select
from ingest.store.engine import Database
from tests.flows.project import Project


def reread(
    project: Project,
    *,
    on_page: Callable[[], None] = lambda: None,
    settings: dict[str, Any] | None = None,
    **again: Any,
) -> Run:
    """Read all sources of a project again, in this process."""
    configured = project.settings(**settings or {})
    wanted = Again(**again)
    chosen = tuple(select(load(configured.config), []))
    with Desk(configured) as desk:
        desk.archive.check()
        run = begin(desk, Rereading(sources=chosen, force=wanted.everything, again=wanted))
        for source in chosen:
            for chunk in chunks(desk.database, configured, source, wanted):
                tally = reread_chunk(desk, source, chunk, force=wanted.everything, watch=Watch(on_page=on_page))
                run.tallies[source.name].add(tally)
        end(desk, run)
    return run


def outcomes(run: Run, source: str = "pages") -> dict[str, int]:
    """Return the outcomes of a source by name."""
    return {name.value: run.tallies[source].outcomes[name] for name in Outcome if run.tallies[source].outcomes[name]}


def change(project: Project, *statements: str) -> None:
    """Change a project's database by hand."""
    database = Database(project.settings().database)
    with database.write() as connection:
        for statement in statements:
            connection.execute(text(statement))
    database.close()


def as_of_old_rules(project: Project) -> None:
    """Make the rows of a project those of rules that found another publisher; the index of words knows of none."""
    change(
        project,
        "UPDATE page SET rules_version = 'old'",
        "UPDATE article SET rules_version = 'old', publisher = 'old', digest = 'old ' || digest",
    )
