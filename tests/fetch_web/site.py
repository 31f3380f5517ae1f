"""A web server on loopback that can be as hostile as the web: each path is a behaviour, down to the socket."""

import asyncio
import contextlib
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Self

Headers = dict[str, str]  # _ stands for -
_SECONDS = 120  # for a thread to begin and to end: the machine has others at work


@dataclass(slots=True)
class Request:
    """What came in. ``times`` is how often this path was asked before."""

    path: str
    headers: dict[str, str]
    times: int
    at: float


@dataclass(slots=True)
class Answer:
    """The other end of the wire, for a behaviour to write to."""

    writer: asyncio.StreamWriter

    async def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        with contextlib.suppress(ConnectionError):
            await self.writer.drain()

    async def send(
        self, status: str = "200 OK", body: bytes = b"", *, length: int | None = None, headers: Headers | None = None
    ) -> None:
        """Send a whole answer; ``length`` is what Content-Length says, and -1 sends none."""
        lines = [f"HTTP/1.1 {status}"]
        if length != -1:
            lines.append(f"Content-Length: {len(body) if length is None else length}")
        for name, value in ({"Content_Type": "text/html; charset=utf-8"} | (headers or {})).items():
            lines.append(f"{name.replace('_', '-')}: {value}")
        await self.raw("\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body)

    def reset(self) -> None:
        """Break the connection the hard way."""
        self.writer.transport.abort()


Behaviour = Callable[[Request, Answer], Awaitable[None]]


@dataclass
class Site:
    """A server in a thread of its own. ``log`` has every request, in the order and at the times it saw them."""

    behaviours: dict[str, Behaviour]
    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    port: int = 0
    log: list[Request] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(_SECONDS)
        assert not self._thread.is_alive()

    def url(self, path: str, *, host: str | None = None) -> str:
        """Return the address of a path."""
        return f"{'https' if self.tls else 'http'}://{host or self.host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """Return the requests for a path, the query left off."""
        return [request for request in self.log if request.path.partition("?")[0] == path]

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._run(ready))
        self._loop.close()

    async def _run(self, ready: threading.Event) -> None:
        self._end = asyncio.Event()
        self._times: dict[str, int] = defaultdict(int)
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._connected, self.host, self.port, ssl=self.tls, backlog=512)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._end.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0.05)  # connections that were aborted are closed in the loop's next rounds

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            while (request := await self._request(reader)) is not None:
                behaviour = self.behaviours.get(request.path.partition("?")[0], not_found)
                await behaviour(request, Answer(writer))
                if writer.is_closing():
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(Exception, asyncio.CancelledError):
                await writer.wait_closed()
            self._tasks.discard(task)  # not before: who ends the loop waits for those that are closing, too

    async def _request(self, reader: asyncio.StreamReader) -> Request | None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head.strip().split("\r\n")
        path = first.split()[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        request = Request(path=path, headers=headers, times=self._times[path], at=time.monotonic())
        self._times[path] += 1
        self.log.append(request)
        return request


async def not_found(_: Request, answer: Answer) -> None:
    """Answer as a site does that has no such page."""
    await answer.send("404 Not Found", b"<h1>404</h1>")


def page(text: str = "德阳高新区的一则短讯。") -> bytes:
    """Return a small page."""
    return f"<html><head><title>短讯</title></head><body><p>{text}</p></body></html>".encode()


def fixed(status: str = "200 OK", body: bytes | None = None, *, length: int | None = None, **headers: str) -> Behaviour:
    """Return a behaviour that always answers the same."""

    async def answer_so(_: Request, answer: Answer) -> None:
        await answer.send(status, page() if body is None else body, length=length, headers=headers)

    return answer_so


def closing(status: str = "200 OK", body: bytes = b"", *, length: int = -1, **headers: str) -> Behaviour:
    """Return a behaviour that answers and closes the connection, whatever length it said."""

    async def answer_so(_: Request, answer: Answer) -> None:
        await answer.send(status, body, length=length, headers=headers | {"Connection": "close"})
        answer.writer.close()

    return answer_so


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Return a behaviour that is another each time, the last one for ever."""

    async def answer_so(request: Request, answer: Answer) -> None:
        await behaviours[min(request.times, len(behaviours) - 1)](request, answer)

    return answer_so


def running(behaviours: dict[str, Behaviour], tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Yield a running site, for a fixture."""
    with Site(behaviours, tls) as site:
        yield site
