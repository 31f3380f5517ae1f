"""The connection: two writers, a locked file, a database of another version; clear words for each."""

import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from ingest.errors import ConfigError, IngestError
from ingest.store import sqlite, write
from ingest.store.engine import Database, DatabaseError
from ingest.store.rows import Reading
from ingest.store.schema import SchemaError, Standing
from tests.store.pages import NOW, article, everything, read, rows, store


def test_a_database_is_made_once(address: str, database: Database) -> None:
    store(database, read(article()))
    again = Database(address)
    assert everything(again) == everything(database)
    assert again.state().standing is Standing.CURRENT
    again.close()


def test_a_newer_version_is_refused(address: str, database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE ingest_version SET version_num = '9999'"))
    for ask in (True, False):
        with pytest.raises(SchemaError, match=r"of version 9999, and this program knows \d+: install a newer"):
            Database(address, ask=ask)
    with pytest.raises(SchemaError, match="install a newer"):
        database.upgrade()


def test_tables_of_something_else_are_left_alone(address: str, database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("DROP TABLE ingest_version"))
    with pytest.raises(SchemaError, match="tables of something else"):
        Database(address)


def test_two_first_runs_at_once_make_one_database(address: str) -> None:
    made: list[Database] = []
    threads = [threading.Thread(target=lambda: made.append(Database(address))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert made[0].state().standing is Standing.CURRENT
    for each in made:
        each.close()


def test_two_writers_of_the_same_articles_leave_one_result(address: str, database: Database) -> None:
    readings = [read(article(f"第{n}篇"), address=f"{n}.html") for n in range(40)]
    other = Database(address)
    store(database)
    failed: list[BaseException] = []

    def put(into: Database, order: int) -> None:
        try:
            for _ in range(5):
                store(into, *readings[::order])
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=put, args=args) for args in ((database, 1), (other, -1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert [row["revision"] for row in rows(database, "article")] == [1] * 40
    assert len(rows(database, "indicator")) == 40
    other.close()


def test_two_writers_with_mixed_outcomes_of_the_same_pages_wait_for_each_other_in_order(
    address: str, database: Database
) -> None:
    pages = [read(article(), address=f"{n}.html", content=b"2") for n in range(2)]
    store(database, *pages)
    other, both = Database(address), threading.Barrier(2)
    failed: list[BaseException] = []

    def run(into: Database, read_now: Reading, gone: Reading) -> None:
        try:
            with into.write() as connection:
                write.store_readings(connection, [read_now], NOW, leaving=[gone.key])
                with suppress(threading.BrokenBarrierError):  # the second one is not to come so far
                    both.wait(timeout=1)
                write.leave(connection, [gone.key], NOW)
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=run, args=args) for args in ((database, *pages), (other, *pages[::-1]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(row["gone_at"] is None for row in rows(database, "page")) == [False, True]
    other.close()


def test_a_locked_database_says_so_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_PRAGMAS", ("busy_timeout=50",))
    address = f"sqlite:///{tmp_path / 'a.db'}"
    one, other = Database(address), Database(address)
    with (
        one.write(),
        pytest.raises(DatabaseError, match=r"a\.db: database is locked: see that") as raised,
        other.write(),
    ):
        pass
    assert raised.value.transient
    with one.write(), other.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM article")) == 0  # readers need not wait
    one.close()
    other.close()


def test_sqlite_holds_its_foreign_keys_and_waits_for_other_writers(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.read() as connection:
        found = [connection.scalar(text(f"PRAGMA {name}")) for name in ("foreign_keys", "journal_mode", "busy_timeout")]
    assert found == [1, "wal", 30_000]
    database.close()


@pytest.mark.parametrize(
    ("address", "kind", "words"),
    [
        ("nonsense", ConfigError, "is no address"),
        ("postgresql://localhost:abc/x", ConfigError, "is no address"),
        ("postgresql://nobody:secret@localhost:abc/x", ConfigError, "is no address"),
        ("sqlite://", ConfigError, "in memory"),
        ("oracle9://nobody:secret@x/y", ConfigError, "'oracle9' is no database we know"),
        ("mysql://nobody:secret@x/y", ConfigError, "'mysql' is no database we know"),
        ("postgresql+asyncpg://nobody:secret@x/y", ConfigError, "is no database we know"),
        ("sqlite+aiosqlite:///x.db", ConfigError, "is no database we know"),
        ("postgresql://nobody:s@secret@127.0.0.1/none", ConfigError, "write %40"),
        ("postgresql://nobody:secret@127.0.0.1:9/none", DatabaseError, "see that the database is up"),
        ("postgresql://nobody@127.0.0.1:9/none?password=secret", DatabaseError, "see that the database is up"),
        ("sqlite:////proc/none/a.db", DatabaseError, "/proc/none cannot be made"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_one_line(address: str, kind: type[IngestError], words: str) -> None:
    with pytest.raises(kind, match=words) as raised:
        Database(address)
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"not a database" * 100)
    with pytest.raises(DatabaseError, match=r"a\.db: file is not a database: see that INGEST_DATABASE_URL") as raised:
        Database(f"sqlite:///{tmp_path / 'a.db'}")
    assert not raised.value.transient
