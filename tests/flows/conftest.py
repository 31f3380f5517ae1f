"""A project in a folder, as a user has it, and a Prefect server for the tests that need one."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ingest import prefect_defaults
from tests.flows.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one source and no page yet."""
    return Project(tmp_path)


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Prefect server for all tests that need one, with its scheduler, on a free port; gives the API's address.

    A server of its own costs no more than Prefect's test harness, whose server schedules nothing. Flows run without
    the heartbeat, whose thread costs each sync flow a second.
    """
    prefect_defaults.apply(quiet=True)
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("prefect")
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
    finally:
        server.terminate()
        server.wait(30)


def _wait(url: str, server: subprocess.Popen[bytes], log: Path, seconds: float = 90) -> None:
    """Wait for a server to answer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    pytest.fail(f"Prefect's server did not start:\n{log.read_text('utf-8', 'replace')}")
