"""When a host may be asked again: never two requests closer than its pace, however many ask at once."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from ingest.errors import TargetError

# A server sees a request some time between our sending it and its answer's arrival here. So the next request is a pace
# from the answer, which no delay on the way can undercut, for as long as the waits for answers are no more than this
# share of the time that the paces take. Of a host that is slower than that, an answer is waited for to that measure: a
# single late answer (a busy machine) has all that quick ones left over.
_MARGIN = 0.08
LONGEST_REST = 60.0  # seconds that a host may ask us to wait within a run; for more, the next run tries


class RestingError(TargetError):
    """A host that asked to be left alone for longer than a run waits: it was not asked. ``retry_after`` in seconds."""

    def __init__(self, host: str, seconds: float) -> None:
        msg = f"waits, for {host} asked to be left alone for {seconds:.0f} seconds more: the next run tries again"
        super().__init__(msg, stage="fetch", transient=True)
        self.retry_after = seconds


class Asking:
    """A request on its way: when it left, and when its answer began. Times are of the clock that nobody sets."""

    def __init__(self) -> None:
        self.left_at = self.answered_at = float("inf")
        self._left, self._answered = asyncio.Event(), asyncio.Event()

    def left(self) -> None:
        """Note that the request goes out now, on a connection that stands."""
        self.left_at = min(self.left_at, time.monotonic())
        self._left.set()

    def answered(self) -> None:
        """Note that the answer has begun, or that there will be none."""
        self.left()
        self.answered_at = min(self.answered_at, time.monotonic())
        self._answered.set()

    async def passed(self, margin: float) -> float:
        """Return the time from which the pace counts: of the answer, or so many seconds after the request left."""
        await self._left.wait()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.left_at + margin - time.monotonic()):
                await self._answered.wait()
        return min(self.answered_at, self.left_at + margin)


@dataclass(slots=True)
class _Host:
    open: asyncio.Semaphore  # so many requests may be under way
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)  # in which one waits for its turn
    last: Asking | None = None
    spare: float = 0.0  # seconds that answers may be waited for
    rests_until: float = 0.0  # of the clock that nobody sets


class Pace:
    """The pace of every host that a run asks.

    Args:
        concurrency: The most requests that are under way to one host.
    """

    def __init__(self, *, concurrency: int = 2) -> None:
        self._concurrency = concurrency
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, seconds: float) -> AsyncIterator[Asking]:
        """Wait until the host may be asked, and ask it within the context; ``seconds`` are its pace.

        What asks tells the yielded object when the request leaves and when its answer begins.

        Raises:
            RestingError: The host is not to be asked for longer than a run waits.
        """
        known = self._host(host)
        async with known.open:
            async with known.gate:
                await self._wait(known, seconds)
                await _rested(known, host)
                known.last = asking = Asking()
            try:
                yield asking
            finally:
                asking.answered()

    def rest(self, host: str, seconds: float) -> None:
        """Note that a host asked to be left alone: none of its pages is asked for meanwhile."""
        known = self._host(host)
        known.rests_until = max(known.rests_until, time.monotonic() + seconds)

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(open=asyncio.Semaphore(self._concurrency)))

    @staticmethod
    async def _wait(host: _Host, seconds: float) -> None:
        if host.last is not None and seconds > 0:
            host.spare += _MARGIN * seconds
            since = await host.last.passed(host.spare)
            host.spare -= since - host.last.left_at
            await asyncio.sleep(since + seconds - time.monotonic())


async def _rested(host: _Host, name: str) -> None:
    """Wait until a host has rested; what is under way to it may prolong that meanwhile."""
    while (seconds := host.rests_until - time.monotonic()) > 0:
        if seconds > LONGEST_REST:
            raise RestingError(name, seconds)
        await asyncio.sleep(seconds)
