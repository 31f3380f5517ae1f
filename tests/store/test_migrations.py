"""The steps that make the tables: they make those of the models, from nothing and from every older version."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlalchemy import CheckConstraint, inspect, text

from ingest.commands import db
from ingest.store import migrations
from ingest.store.engine import Database
from ingest.store.schema import SchemaError, Standing
from ingest.store.tables import Base
from tests.store.pages import article, everything, read, rows, store


def test_there_is_one_last_step_and_their_names_count_on() -> None:
    steps = migrations.revisions()
    assert steps == tuple(f"{number + 1:04}" for number in range(len(steps)))


def test_the_steps_make_the_tables_of_the_models(database: Database) -> None:
    with database.read() as connection:
        assert migrations.differences(connection) == []
        found = inspect(connection)
        for name, table in Base.metadata.tables.items():  # alembic does not compare these
            checks = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
            assert {c["name"] for c in found.get_check_constraints(name)} == checks, name
            keys = {(tuple(k.column_keys), k.referred_table.name, k.ondelete) for k in table.foreign_key_constraints}
            have = found.get_foreign_keys(name)
            assert {
                (tuple(k["constrained_columns"]), k["referred_table"], k["options"].get("ondelete")) for k in have
            } == keys, name


def test_a_change_that_has_no_step_is_seen(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("ALTER TABLE article ADD COLUMN stray TEXT"))
        connection.execute(text("DROP INDEX ix_article_published_on"))
    with database.read() as connection:
        kinds = {difference[0] for difference in migrations.differences(connection)}
    assert kinds == {"remove_column", "add_index"}


@pytest.fixture
def bare(address: str) -> Iterator[Database]:
    """A database without tables, which nobody makes but the test."""
    database = Database(address, prepare=False)
    yield database
    database.close()


def step_to(database: Database, revision: str) -> None:
    """Take a database to a version, as the program of that version did."""
    with database.engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        if connection.dialect.name == "sqlite":
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            migrations.upgrade(connection, revision)
        if connection.dialect.name == "sqlite":
            driver.execute("PRAGMA foreign_keys=ON")


def made_by_create_all(database: Database) -> None:
    """Make a database as it was before there were steps, with a row in every table that others hang on."""
    step_to(database, "0001")
    with database.write() as connection:
        connection.execute(text(f"DROP TABLE {migrations.VERSION_TABLE}"))
        connection.execute(text("INSERT INTO meta (name, value) VALUES ('schema_version', '1')"))
        fill(connection)


def fill(connection: Any) -> None:
    """Put rows into the tables of version 0001 that hang on one another."""
    connection.execute(text("INSERT INTO source VALUES ('s', 'files', 'S', 'zh')"))
    connection.execute(
        text("INSERT INTO capture VALUES ('c', 's', 'a', '0', 1, NULL, '2025-03-02 01:30:00.000000', 'x', 7, 2)")
    )
    connection.execute(
        text(
            "INSERT INTO article (key, source, address, capture_key, rules_version, position, blocks, paragraph_blocks,"
            " digest, revision, kind, authors, editors, zones, regions, paragraphs, headings, originals, flags)"
            " VALUES ('abc', 's', 'a', 'c', 'r', 0, '[]', '[]', 'd', 1, 'news', '[]', '[]', '[]', '[]', '[\"涪江\"]',"
            " '[]', '[]', '[]')"
        )
    )
    connection.execute(
        text(
            "INSERT INTO policy (key, article_key, paragraph, span_start, span_end, text, method, confidence, name)"
            " VALUES ('p', 'abc', 0, 0, 1, '涪', '', 1, '涪')"
        )
    )


def test_a_database_from_before_the_steps_is_taken_over(address: str, bare: Database) -> None:
    made_by_create_all(bare)
    found = bare.state()
    assert (found.revision, found.standing) == ("0001", Standing.OLDER)
    before = bare.upgrade()
    assert before == found
    assert bare.state().standing is Standing.CURRENT
    with bare.read() as connection:
        assert migrations.differences(connection) == []
        assert not inspect(connection).has_table("meta")
    [capture], [kept], [policy] = (rows(bare, name) for name in ("capture", "article", "policy"))
    assert (capture["archive_offset"], kept["paragraphs"], policy["article_key"]) == (7, ["涪江"], "abc")
    store(bare, read(article()))  # and it works
    again = Database(address)
    assert everything(again) == everything(bare)
    again.close()


@pytest.mark.parametrize("revision", migrations.revisions())
def test_every_older_version_is_upgraded_with_its_rows(bare: Database, revision: str) -> None:
    step_to(bare, "0001")
    with bare.write() as connection:
        fill(connection)
    step_to(bare, revision)
    bare.upgrade()
    with bare.read() as connection:
        assert migrations.differences(connection) == []
    assert [row["name"] for row in rows(bare, "policy")] == ["涪"]
    assert len(rows(bare, "article")) == 1


def test_older_tables_are_upgraded_by_themselves_in_sqlite_and_by_command_on_a_server(
    address: str, bare: Database
) -> None:
    made_by_create_all(bare)
    with pytest.raises(SchemaError, match=r"of version 0001, and this program needs \d+: save a copy.*db upgrade"):
        Database(address, ask=True)
    if bare.engine.dialect.name == "sqlite":
        Database(address).close()
    else:
        with pytest.raises(SchemaError, match="ingest db upgrade"):
            Database(address)
        bare.upgrade()
    Database(address, ask=True).close()


def test_a_step_that_fails_leaves_everything_as_it_was(bare: Database) -> None:
    made_by_create_all(bare)
    with bare.write() as connection:  # what the second step drops is not to be dropped: it fails half-way
        connection.execute(text("DROP TABLE meta"))
        connection.execute(text("CREATE TABLE meta (name TEXT, value TEXT)"))
        connection.execute(text("INSERT INTO meta VALUES ('schema_version', '1')"))
        connection.execute(text("CREATE VIEW holds AS SELECT archive_offset FROM capture"))
    with pytest.raises(Exception, match=r"holds|view"):
        bare.upgrade()
    with bare.read() as connection:
        found = inspect(connection)
        assert found.has_table("meta")
        assert not found.has_table(migrations.VERSION_TABLE)
    assert [row["archive_offset"] for row in rows(bare, "capture")] == [7]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> Path:
    """A project's folder that we are in, with the database at ``address``."""
    (tmp_path / "config").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INGEST_DATABASE_URL", address)
    return tmp_path


def test_the_command_makes_upgrades_and_checks(
    folder: Path, bare: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    db.upgrade()
    assert "has its tables now, of version" in capsys.readouterr().out
    db.upgrade()
    db.current()
    db.check()
    newest = migrations.newest()
    ends = [f"is of version {newest} already", f"current, version {newest} of {newest}", f"version {newest}"]
    for line, end in zip(capsys.readouterr().out.splitlines(), ends, strict=True):
        assert line.endswith(end)
    with bare.write() as connection:
        connection.execute(text("DROP INDEX ix_article_published_on"))
    with pytest.raises(typer.Exit):
        db.check()
    assert "differs: ('add_index'" in capsys.readouterr().out


def test_the_command_takes_an_older_database_up(
    folder: Path, bare: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    made_by_create_all(bare)
    db.current()
    with pytest.raises(SchemaError, match="ingest db upgrade"):
        db.check()
    db.upgrade()
    first, second = capsys.readouterr().out.splitlines()
    assert f"older, version 0001 of {migrations.newest()}" in first
    assert second.endswith(f"was of version 0001 and is of version {migrations.newest()} now")
