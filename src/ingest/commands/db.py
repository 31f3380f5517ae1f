"""``ingest db``: the version of the database's tables, and the way to this program's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.store.engine import Database

app = typer.Typer(help="Look after the database.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def upgrade() -> None:
    """Make the tables, or bring older ones to this program's version.

    It is one transaction, all or nothing. `ingest run` does it by itself for SQLite. A PostgreSQL database may have
    other programs at work on it: save a copy, stop them, upgrade, start their new versions.
    """
    from ingest.store import migrations
    from ingest.store.schema import Standing

    with _open(ask=False) as database:
        before = database.upgrade()
        came = {
            Standing.CURRENT: f"is of version {before.revision} already",
            Standing.EMPTY: f"has its tables now, of version {migrations.newest()}",
        }
        typer.echo(f"{database.name} {came.get(before.standing) or _raised(before.revision, migrations.newest())}")


@app.command()
def current() -> None:
    """Show the version of the database's tables, and this program's."""
    from ingest.store import migrations

    with _open(ask=True) as database:
        found = database.state()
        typer.echo(f"{database.name}: {found.standing}, version {found.revision or '-'} of {migrations.newest()}")


@app.command()
def check() -> None:
    """See that the database's tables are those of this program.

    Exit code 1 where they are not. A difference without a difference in version means that somebody changed the tables
    by hand.
    """
    from ingest.store import migrations, schema

    with _open(ask=True) as database:
        schema.check(database.state())
        with database.read() as connection:
            found = migrations.differences(connection)
        for difference in found:
            typer.echo(f"differs: {_told(difference)}")
        if found:
            raise typer.Exit(1)
        typer.echo(f"{database.name}: as it should be, version {migrations.newest()}")


@contextmanager
def _open(*, ask: bool) -> Iterator["Database"]:
    from ingest import settings
    from ingest.store.engine import Database

    database = Database(settings.load().database, ask=ask, prepare=False)
    try:
        yield database
    finally:
        database.close()


def _raised(before: str | None, after: str) -> str:
    return f"was of version {before} and is of version {after} now"


def _told(difference: object) -> str:
    """Say one of alembic's differences in a line."""
    return " ".join(str(difference).split())
