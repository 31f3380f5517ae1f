"""A run killed at any moment, and run again: the database is that of an unbroken run, and no capture is lost."""

from pathlib import Path

from tests.resilience.kills import kill_and_compare, make

PAGES = 60
KILLS = 2


def test_what_two_killed_runs_left_is_mended_by_the_next(address: str, tmp_path: Path) -> None:
    for name in ("killed", "unbroken"):
        (tmp_path / name).mkdir()
    killed = make(tmp_path / "killed", PAGES, address)
    unbroken = make(tmp_path / "unbroken", PAGES)
    found = kill_and_compare(killed, unbroken, kills=KILLS, seed=2)
    assert found.differences == ()
    assert found.hit == KILLS
    assert found.captures == PAGES - 1  # there is nothing to keep of the empty page
    assert found.records_in_archive >= found.captures
