"""Rounds over the hostile site leave nothing behind: no socket, no thread, no task, and no memory that grows."""

import asyncio
import gc
import threading
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.errors import TargetError
from ingest.fetch.web.fetcher import Fetcher
from ingest.fetch.web.manners import Manners
from ingest.fetch.web.session import Session, Wanted
from tests.fetch_web.behaviours import MAX_BYTES, cases
from tests.fetch_web.site import Site

# Slow behaviours are cut off early: what matters is what is left of them.
MANNERS = Manners(pace=0, robots=False, allow_private=True, max_bytes=MAX_BYTES, seconds=0.4, retries=0)
ROUNDS = 3
_TCP, _OPEN = Path("/proc/net/tcp"), {"01", "08"}  # established, and closed by the other end alone
_MOST_GROWTH = 100_000  # bytes a round; one answer that is kept has 200,000


def connections(site: Site) -> int:
    """Return how many connections to a site are open at our end, which is the one that is not on its port."""
    found = 0
    for line in _TCP.read_text("ascii").splitlines()[1:]:
        _, _, remote, state, *_ = line.split()
        found += int(remote.rpartition(":")[2], 16) == site.port and state in _OPEN
    return found


@pytest.mark.skipif(not _TCP.exists(), reason="counts connections by Linux's list of them")
def test_sessions_leave_no_connection_no_thread_and_no_memory() -> None:
    with Site({case.path: case.behaviour for case in cases()}) as site:
        urls = [site.url(case.path) for case in cases()]
        threads = set(threading.enumerate())  # those of other tests may end meanwhile
        held: list[int] = []
        tracemalloc.start()
        try:
            for _ in range(ROUNDS):
                session = Session("gaoxin-ingest/1", concurrency=64, per_host=64)
                met = sum(1 for _ in session.fetch_all([Wanted(url, url, MANNERS) for url in urls]))
                session.close()
                assert (met, connections(site), set(threading.enumerate()) - threads) == (len(urls), 0, set())
                site.log.clear()
                gc.collect()
                held.append(tracemalloc.get_traced_memory()[0])
        finally:
            tracemalloc.stop()
    # What is kept for good grows in each round; what the site's own threads have not let go yet, in one.
    assert min(later - sooner for sooner, later in pairwise(held)) < _MOST_GROWTH, held


def test_a_fetcher_leaves_no_task_behind() -> None:
    async def ask(site: Site) -> tuple[int, int]:
        fetcher = Fetcher("gaoxin-ingest/1", concurrency=64, per_host=64, backoff=0.01)

        async def one(path: str) -> None:
            try:
                await fetcher.fetch(site.url(path), MANNERS)
            except TargetError:
                return

        await asyncio.gather(*(one(case.path) for case in cases()))
        under_way = len(asyncio.all_tasks())
        await fetcher.aclose()
        await asyncio.sleep(0)
        return under_way, len(asyncio.all_tasks())

    with Site({case.path: case.behaviour for case in cases()}) as site:
        assert asyncio.run(ask(site)) == (1, 1)  # the one that asks
