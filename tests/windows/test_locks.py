"""One run a source at a time: the lock, on both engines, and how the dead lose it."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from ingest.store import alive
from ingest.store.engine import Database
from tests.conftest import ROOT
from tests.operate.running import wait

HOLD = """
import sys
from ingest.store import alive
from ingest.store.engine import Database
database = Database(sys.argv[1])
kept = alive.take(database, "s")
assert kept
print(flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    opened = Database(address)
    yield opened
    opened.close()


def test_a_source_has_one_owner_and_others_their_own(database: Database) -> None:
    mine = alive.take(database, "s")
    assert mine is not None
    assert alive.take(database, "s") is None
    other = alive.take(database, "other")
    assert other is not None
    mine()
    again = alive.take(database, "s")
    assert again is not None
    assert alive.take(database, "s") is None
    again()
    other()


def test_one_that_is_killed_loses_what_it_had(database: Database) -> None:
    address = database.engine.url.render_as_string(hide_password=False)
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, address], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline()
        assert alive.take(database, "s") is None
        child.send_signal(signal.SIGKILL)
    taken = wait(lambda: alive.take(database, "s"), "the lock of the dead")  # of whose end a server hears late
    taken()


def test_many_that_ask_at_once_have_it_one_after_the_other(database: Database) -> None:
    """Whoever removes a lock's file while another waits to lock it must not leave two owners behind."""
    inside, most, turns = 0, 0, 0
    guard = threading.Lock()

    def work() -> None:
        nonlocal inside, most, turns
        done = 0
        while done < 8:
            if (release := alive.take(database, "s")) is None:
                continue
            with guard:
                inside += 1
                most = max(most, inside)
            with guard:
                inside -= 1
                turns += 1
            release()
            done += 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, turns) == (1, 32)
