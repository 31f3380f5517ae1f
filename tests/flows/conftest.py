"""A project in a folder, as a user has it."""

from pathlib import Path

import pytest

from tests.flows.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one source and no page yet."""
    return Project(tmp_path)
