"""The steps that make the tables and bring an older database up to them: alembic, driven without an ini file."""

import warnings
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from ingest.store.tables import Base

# Alembic's own name for it, alembic_version, is taken where Prefect or another program shares the database.
VERSION_TABLE = "ingest_version"
# Tables and indexes made by a migration's SQL and not by a model: FTS5's virtual tables have no place in SQLModel.
UNMODELLED = "search"
FIRST = "0001"


@cache
def revisions() -> tuple[str, ...]:
    """Return the names of all steps, the first one first."""
    script = ScriptDirectory.from_config(config())
    return tuple(reversed([step.revision for step in script.walk_revisions()]))


def newest() -> str:
    """Return the step whose tables this program works with."""
    return revisions()[-1]


def current(connection: Connection) -> str | None:
    """Return the step that a database is at; None where it has none of ours."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def upgrade(connection: Connection, to: str = "head") -> None:
    """Take a database to a step, within the transaction of the connection."""
    command.upgrade(config(connection), to)


def stamp(connection: Connection, revision: str) -> None:
    """Note that a database is at a step, without taking it there."""
    command.stamp(config(connection), revision)


def differences(connection: Connection) -> list[Any]:
    """Return what alembic would change in a database to make it that of the models; none when they agree."""
    context = MigrationContext.configure(connection, opts=options())
    with warnings.catch_warnings():  # an index on an expression, as search_organisation is; it has no model anyhow
        warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index search_")
        return list(compare_metadata(context, Base.metadata))


def options() -> dict[str, Any]:
    """Return how alembic works with our databases."""
    return {
        "version_table": VERSION_TABLE,
        "render_as_batch": True,  # SQLite changes a column by making the table anew
        "compare_type": True,
        "include_name": _include,
    }


def config(connection: Connection | None = None) -> Config:
    """Return what alembic would read in an ini file."""
    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return made


def _include(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether alembic is to compare something that it found in a database."""
    return kind not in {"table", "index"} or not str(name).startswith(UNMODELLED)
