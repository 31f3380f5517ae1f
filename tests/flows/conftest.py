"""A project in a folder, as a user has it, and a Prefect server for the tests that need one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one source and no page yet."""
    return Project(tmp_path)


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """One temporary Prefect server for all tests; without the heartbeat, which costs each sync flow a second."""
    from ingest import prefect_defaults

    prefect_defaults.apply(quiet=True)
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=90), temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield
