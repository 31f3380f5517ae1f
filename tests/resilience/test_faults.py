"""A full disk, a database that may not be written, a server that goes away: clear words, and nothing half-written."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from ingest.chunk import Desk
from ingest.store.engine import Database, DatabaseError
from tests.conftest import ROOT
from tests.flows.project import Project
from tests.operate.postgres import begin_again, own_postgres
from tests.resilience.kills import compare, make

PAGES = 12
# A file that grows beyond the limit is refused like one on a full disk, by the system itself.
FULL = """
import resource, sys
from pathlib import Path
from ingest.errors import IngestError
from tests.flows.project import Project
from tests.operate.postgres import begin_again, own_postgres
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    Project(Path(sys.argv[1])).run(chunk_pages=4)
except IngestError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def unbroken(tmp_path: Path) -> Project:
    """A project that was run without any fault."""
    (tmp_path / "unbroken").mkdir()
    project = make(tmp_path / "unbroken", PAGES)
    project.run()
    return project


@pytest.mark.parametrize("limit", [3_000, 60_000, 400_000, 600_000])
def test_a_full_disk_is_told_and_leaves_nothing_half_written(tmp_path: Path, unbroken: Project, limit: int) -> None:
    (tmp_path / "full").mkdir()
    project = make(tmp_path / "full", PAGES)
    if limit == 3_000:  # the tables are there; it is the archive that has no room
        Database(project.settings().database).close()
    command = [sys.executable, "-c", FULL, str(project.folder), str(limit)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    if done.stdout:
        assert done.stdout.startswith(("DatabaseError", "ArchiveError"))
        assert ("has room" in done.stdout) or ("make room" in done.stdout)
        assert len(done.stdout.splitlines()) == 1
    else:
        assert limit == 600_000  # that much it needs
    project.run()
    assert compare(project, unbroken, 0).differences == ()


@contextmanager
def nobody() -> Iterator[None]:
    """Be a user without rights for a while, where we are root, whom no right is refused."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_an_sqlite_file_that_may_not_be_written_is_told() -> None:
    with TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        path = Path(folder) / "ingest.db"
        Database(f"sqlite:///{path}").close()
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        try:
            with nobody(), pytest.raises(DatabaseError, match="right to write to it") as raised:
                Database(f"sqlite:///{path}", prepare=False).upgrade()
        finally:
            Path(folder).chmod(0o755)
    assert not raised.value.transient


def test_a_server_that_takes_no_writing_is_told(own_server: Any, tmp_path: Path) -> None:
    address = own_server.get_uri()
    project = make(tmp_path, PAGES, address)
    Database(address).close()
    administer(address, "ALTER DATABASE postgres SET default_transaction_read_only = on")
    with pytest.raises(DatabaseError, match="read-only transaction: give this user the right to write") as raised:
        project.run()
    assert not raised.value.transient
    administer(address, "ALTER DATABASE postgres RESET default_transaction_read_only")
    assert project.rows("page") == []
    assert project.run().total.targets == PAGES


def administer(address: str, statement: str) -> None:
    """Do something on a server that no transaction may hold."""
    url = make_url(address).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("SET default_transaction_read_only = off"))
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def own_server() -> Iterator[Any]:
    """A PostgreSQL server of the test's own, to stop and to start."""
    with (
        TemporaryDirectory(prefix="ingest-postgres-", ignore_cleanup_errors=True) as folder,
        own_postgres(Path(folder)) as server,
    ):
        yield server


CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'postgres'"


def test_a_connection_cut_between_chunks_is_made_again(own_server: Any, tmp_path: Path, unbroken: Project) -> None:
    address = own_server.get_uri()
    project = make(tmp_path, PAGES, address)
    pages: list[int] = []

    def cut() -> None:
        pages.append(1)
        if len(pages) in {2, 6}:  # while pages are read, the connection waits in the pool
            administer(address, CUT)

    assert project.run(chunk_pages=4, on_page=cut).total.targets == PAGES
    assert compare(project, unbroken, 0).differences == ()


def test_a_connection_cut_within_a_transaction_leaves_nothing_of_it(own_server: Any) -> None:
    address = own_server.get_uri()
    database = Database(address)
    insert = "INSERT INTO source VALUES ('s', 'files', 'S', 'zh')"

    def write_and_be_cut() -> None:
        with database.write() as connection:
            connection.execute(text(insert))
            administer(address, CUT)
            connection.execute(text("SELECT 1"))

    with pytest.raises(DatabaseError, match="see that the database is up") as raised:
        write_and_be_cut()
    assert raised.value.transient
    with database.write() as connection:
        assert connection.scalar(text("SELECT count(*) FROM source")) == 0
    database.close()


def test_a_server_that_is_down_is_told_and_the_next_run_mends_it(
    own_server: Any, tmp_path: Path, unbroken: Project
) -> None:
    project = make(tmp_path, PAGES, own_server.get_uri())
    pages: list[int] = []

    def stop_at_the_sixth() -> None:
        pages.append(1)
        if len(pages) == 6:
            own_server.stop()

    with pytest.raises(DatabaseError, match="see that the database is up") as raised:
        project.run(chunk_pages=4, on_page=stop_at_the_sixth)
    assert raised.value.transient
    begin_again(own_server)
    assert len(project.rows("page")) == 4  # the first chunk, whole
    project.run()
    assert compare(project, unbroken, 0).differences == ()


@pytest.mark.usefixtures("prefect_server")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_flow_waits_for_a_server_that_restarts(
    own_server: Any, tmp_path: Path, unbroken: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    from flows.chunks import read_chunk
    from flows.ingest import ingest
    from ingest.run import on_page

    project = make(tmp_path, PAGES, own_server.get_uri())
    monkeypatch.chdir(project.folder)
    monkeypatch.setenv("INGEST_DATABASE_URL", own_server.get_uri())
    monkeypatch.setenv("INGEST_CHUNK_PAGES", "4")
    monkeypatch.setattr(read_chunk, "retry_delay_seconds", [2, 4, 60])  # a busy machine starts it in ten
    pages: list[int] = []

    def start_in_a_second() -> None:
        time.sleep(1)
        begin_again(own_server)

    def restart() -> None:
        pages.append(1)
        if len(pages) == 6:
            own_server.stop()
            threading.Thread(target=start_in_a_second).start()

    on_page.set(restart)
    run = asyncio.run(ingest())
    on_page.set(lambda: None)
    assert run.total.targets == PAGES
    assert compare(project, unbroken, 0).differences == ()


def test_a_desk_that_cannot_open_its_database_leaves_nothing_open(tmp_path: Path) -> None:
    project = make(tmp_path, PAGES, "postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(DatabaseError, match="see that the database is up"):
        Desk(project.settings())
