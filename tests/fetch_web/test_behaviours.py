"""Every behaviour of the hostile site has its outcome: none hangs, none gets through the guard."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ingest.errors import TargetError
from ingest.fetch.web.fetcher import Fetcher
from ingest.fetch.web.manners import Manners
from ingest.model import Exchange
from tests.fetch_web.behaviours import MAX_BYTES, PAGE, Case, cases
from tests.fetch_web.site import Site, running

AGENT = "gaoxin-ingest/1.0 (+mailto:test@example.org)"
MANNERS = Manners(pace=0, robots=False, allow_private=True, max_bytes=MAX_BYTES, retries=1)
CASES = cases()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    yield from running({case.path: case.behaviour for case in CASES})


def fetch(url: str, manners: Manners) -> Exchange | TargetError:
    async def run() -> Exchange:
        fetcher = Fetcher(AGENT, backoff=0.01)
        try:
            return await fetcher.fetch(url, manners)
        finally:
            await fetcher.aclose()

    try:
        return asyncio.run(asyncio.wait_for(run(), 100))
    except TargetError as error:
        return error


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path)
def test_outcome(site: Site, case: Case) -> None:
    before = len(site.asked(case.path))
    met = fetch(site.url(case.path), replace(MANNERS, seconds=case.seconds))
    if isinstance(met, TargetError):
        assert case.gives in str(met)
        assert (met.transient, met.stage) == (case.transient, "fetch")
    else:
        assert case.gives == "page"
        assert PAGE in met.body
    assert len(site.asked(case.path)) - before == case.tries


def test_there_are_sixty() -> None:
    assert len({case.path for case in CASES}) >= 60
