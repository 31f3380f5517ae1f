"""Loads what a run loads, the late parts too, so that the processes forked from here begin at once."""

import ingest.run
from ingest import read_page
from tests.flows.project import PAGE

__all__ = ["ingest"]

read_page(PAGE.encode())
