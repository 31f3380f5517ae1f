"""Fixtures that every test may use: real pages; real databases, SQLite in a folder and PostgreSQL; a Prefect server."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, make_url, text

from ingest import prefect_defaults
from tests.operate.homes import put_database
from tests.operate.ports import free_port
from tests.operate.postgres import own_postgres

ROOT = Path(__file__).resolve().parent.parent
# No test here is timed: a busy machine is no fault. What decides over a commit (`.ci/run`) tries the same examples each
# time; without the option they are new ones each time, and what they find is worth a test of its own.
settings.register_profile("new", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", parent=settings.get_profile("new"), derandomize=True)
settings.load_profile("new")


_HOME = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Give Prefect a home of the session's own, before anything imports it: flows here leave results in theirs."""
    config.stash[_HOME] = TemporaryDirectory(prefix="ingest-prefect-", ignore_cleanup_errors=True)
    os.environ["PREFECT_HOME"] = config.stash[_HOME].name


def pytest_unconfigure(config: pytest.Config) -> None:
    """Clear Prefect's home away."""
    config.stash[_HOME].cleanup()


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
    with (
        TemporaryDirectory(prefix="ingest-postgres-", ignore_cleanup_errors=True) as folder,
        own_postgres(Path(folder)) as server,
    ):
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


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Prefect server for all tests that need one, with its scheduler, on a free port; gives the API's address.

    One in a process, and no second: Prefect's client sends its events to the first that it met.
    A server of its own costs no more than Prefect's test harness, whose server schedules nothing. Flows run without
    the heartbeat, whose thread costs each sync flow a second.
    """
    prefect_defaults.apply(quiet=True)
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.server import hand_in

    port = free_port()
    home = tmp_path_factory.mktemp("prefect")
    put_database(home)
    log = home / "server.log"
    environment = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1",
        "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(command, env=os.environ | environment, stdout=out, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}/api"
    try:
        _wait(f"{url}/health", server, log)
        with temporary_settings({PREFECT_API_URL: url, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            yield url
            hand_in()  # or what Prefect keeps for later is offered to nobody for a minute, as this process ends
    finally:
        server.terminate()
        server.wait(240)


@pytest.fixture(autouse=True)
def _sockets_of_prefect(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect the sockets that Prefect's clients leave to the garbage collector, before another test is blamed."""
    yield
    if "prefect_server" in request.fixturenames:
        gc.collect()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path, seconds: float = 240) -> None:
    """Wait for a server to answer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    pytest.fail(f"Prefect's server did not start:\n{log.read_text('utf-8', 'replace')}")
