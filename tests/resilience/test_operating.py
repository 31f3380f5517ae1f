"""Flow, worker, Prefect's server and the database killed while pages are read again: one command mends it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.resilience.operating import KINDS, kill_and_compare, world

PAGES = 320  # work for longer than it takes to hear how much is left of it


def test_whatever_was_killed_one_command_mends_it() -> None:
    with (
        TemporaryDirectory(prefix="ingest-kills-", ignore_cleanup_errors=True) as place,
        world(Path(place), PAGES, "reprocess") as (killed, unbroken),
    ):
        found = kill_and_compare(killed, unbroken, list(KINDS), pages=PAGES, seed=3)
    assert found.differences == []
    assert found.hit.total() >= 2  # the last may have been late on a quick machine
