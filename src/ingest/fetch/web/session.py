"""The fetcher for those who do not await: its loop runs in a thread of its own, ahead of who takes the pages."""

import asyncio
import threading
from collections import deque
from collections.abc import Coroutine, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from ingest.errors import TargetError
from ingest.fetch.web.fetcher import Fetcher
from ingest.fetch.web.manners import Manners, Validators
from ingest.model import Exchange

# Pages that wait for their host's turn or, fetched, to be taken: so many times what is under way at once.
_AHEAD = 4
Key = TypeVar("Key")
Result = TypeVar("Result")


class Session:
    """One fetcher for a run.

    Args:
        agent: Our User-Agent.
        concurrency: The most requests that are under way at once.
        per_host: The most of them to one host.
    """

    def __init__(self, agent: str, *, concurrency: int = 16, per_host: int = 2) -> None:
        self._agent, self._concurrency, self._per_host = agent, concurrency, per_host
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """Break off what is under way and close the connections."""
        with self._lock:
            if self._loop is None:
                return
            asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()
            self._loop = None

    def fetch(self, url: str, manners: Manners, validators: Validators | None = None) -> Exchange:
        """Return a page; see ``Fetcher.fetch``."""
        return self._submit(self._fetch(url, manners, validators)).result()

    def fetch_all(self, wanted: "Iterable[Wanted[Key]]") -> "Iterator[tuple[Key, Exchange | TargetError]]":
        """Yield what came of each page, in the order in which they come. Leaving off breaks off what is under way."""
        waiting = _in_turn(wanted)
        under_way: dict[Future[Exchange], Key] = {}
        try:
            while True:
                for each in islice(waiting, _AHEAD * self._concurrency - len(under_way)):
                    under_way[self._submit(self._fetch(each.url, each.manners, each.validators))] = each.key
                if not under_way:
                    return
                for done in wait(under_way, return_when=FIRST_COMPLETED).done:
                    yield under_way.pop(done), _result(done)
        finally:
            for future in under_way:
                future.cancel()

    async def _fetch(self, url: str, manners: Manners, validators: Validators | None) -> Exchange:
        return await self._fetcher.fetch(url, manners, validators)

    def _submit(self, work: Coroutine[Any, Any, Result]) -> Future[Result]:
        return asyncio.run_coroutine_threadsafe(work, self._started())

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="fetch", daemon=True)
                self._thread.start()
                asyncio.run_coroutine_threadsafe(self._begin(), self._loop).result()
            return self._loop

    async def _begin(self) -> None:
        self._fetcher = Fetcher(self._agent, concurrency=self._concurrency, per_host=self._per_host)

    async def _end(self) -> None:
        mine = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not mine]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._fetcher.aclose()
        # What was broken off within a body is an unfinished generator that holds a connection.
        await asyncio.get_running_loop().shutdown_asyncgens()
        await asyncio.sleep(0)  # a connection that was closed is gone in the loop's next round


def _in_turn(wanted: "Iterable[Wanted[Key]]") -> "Iterator[Wanted[Key]]":
    """Yield pages of one host after another, so that hosts are asked side by side, each at its pace."""
    hosts: dict[str, deque[Wanted[Key]]] = {}
    for each in wanted:
        hosts.setdefault(urlsplit(each.url).netloc, deque()).append(each)
    while hosts:
        for host in list(hosts):
            yield hosts[host].popleft()
            if not hosts[host]:
                del hosts[host]


def _result(done: Future[Exchange]) -> Exchange | TargetError:
    try:
        return done.result()
    except TargetError as error:
        return error


class Wanted(Generic[Key]):
    """A page to be fetched, and what its result is to be given with."""

    __slots__ = ("key", "manners", "url", "validators")

    def __init__(self, key: Key, url: str, manners: Manners, validators: Validators | None = None) -> None:
        self.key, self.url, self.manners, self.validators = key, url, manners, validators
