"""A host's pace, its robots.txt, what it gave to ask with later, and what is told to other hosts."""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import trustme

from ingest.due import next_due
from ingest.errors import TargetError
from ingest.fetch.web.answers import AnswerError, retry_after
from ingest.fetch.web.fetcher import Fetcher
from ingest.fetch.web.manners import Manners, validators
from ingest.fetch.web.pace import _MARGIN, Asking, Pace, RestingError
from ingest.fetch.web.robots import ForbiddenError
from ingest.fetch.web.session import Session
from ingest.model import Exchange
from tests.fetch_web.site import Answer, Behaviour, Request, Site, fixed, in_turn, page, running

OPEN = Manners(pace=0, robots=False, allow_private=True, retries=0)
POLITE = Manners(pace=0, robots=True, allow_private=True, retries=0)
AGENT = "gaoxin-ingest/1.0"


def robots(status: str = "200 OK", body: str = "") -> Behaviour:
    return fixed(status, body.encode(), Content_Type="text/plain")


def run(site: Site, *paths: str, manners: Manners = POLITE, agent: str = AGENT) -> list[Exchange | TargetError]:
    async def all_of_them() -> list[Exchange | TargetError]:
        fetcher = Fetcher(agent, backoff=0.01)
        found: list[Exchange | TargetError] = []
        for path in paths:
            try:
                found.append(await fetcher.fetch(site.url(path), manners))
            except TargetError as error:
                found.append(error)
        await fetcher.aclose()
        return found

    return asyncio.run(all_of_them())


Sent = dict[str, list[Asking]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What is noted of the requests to each host, in their order."""
    found: Sent = defaultdict(list)
    real = Pace.turn

    @asynccontextmanager
    async def noting(self: Pace, host: str, seconds: float) -> AsyncIterator[Asking]:
        async with real(self, host, seconds) as asking:
            found[host].append(asking)
            yield asking

    monkeypatch.setattr(Pace, "turn", noting)
    return found


def assert_kept(pace: float, sent: list[Asking], seen: list[float]) -> None:
    """See that requests left at their pace, and came so to a server that sees them before the margin is over."""
    left = [asking.left_at for asking in sent]
    assert len(left) == len(seen)
    assert min(after - before for before, after in pairwise(left)) >= pace
    if max(at - before for before, at in zip(left, seen, strict=True)) < _MARGIN * pace:
        assert min(after - before for before, after in pairwise(seen)) >= pace


def test_pace_is_kept_for_each_host_however_many_ask(sent: Sent) -> None:
    pace, hosts, pages = 0.1, 5, 12
    with Site({f"/{n}": fixed() for n in range(pages)}, host="0.0.0.0") as site:

        async def ask() -> None:
            fetcher = Fetcher(AGENT, concurrency=100)
            manners = Manners(pace=pace, robots=False, allow_private=True)
            urls = [site.url(f"/{n}", host=f"127.0.0.{host + 1}") for n in range(pages) for host in range(hosts)]
            await asyncio.gather(*(fetcher.fetch(url, manners) for url in urls))
            await fetcher.aclose()

        asyncio.run(ask())
    times: dict[str, list[float]] = defaultdict(list)
    for request in site.log:
        times[request.headers["host"]].append(request.at)
    assert [len(each) for each in times.values()] == [pages] * hosts
    for host, seen in times.items():
        assert_kept(pace, sent[host], seen)


def test_robots_txt_is_asked_once_and_obeyed() -> None:
    text = "User-agent: *\nDisallow: /secret\n\nUser-agent: gaoxin-ingest\nDisallow: /ours\nAllow: /ours/open\n"
    with Site({"/robots.txt": robots(body=text), "/secret": fixed(), "/ours/open": fixed()}) as site:
        found = run(site, "/secret", "/ours/x", "/ours/open", "/ours/y")
    assert isinstance(found[1], ForbiddenError)
    assert [isinstance(each, Exchange) for each in found] == [True, False, True, False]
    assert len(site.asked("/robots.txt")) == 1
    assert not site.asked("/ours/x")


@pytest.mark.parametrize("status", ["404 Not Found", "403 No", "400 Bad", "410 Gone"])
def test_without_robots_txt_all_is_allowed(status: str) -> None:
    with Site({"/robots.txt": robots(status), "/": fixed()}) as site:
        assert isinstance(run(site, "/")[0], Exchange)


@pytest.mark.parametrize("status", ["500 Oops", "503 Wait", "429 Slow"])
def test_robots_txt_that_fails_means_wait(status: str) -> None:
    with Site({"/robots.txt": robots(status), "/": fixed()}) as site:
        (found,) = run(site, "/")
    assert isinstance(found, TargetError)
    assert (found.stage, found.transient) == ("robots", True)
    assert not site.asked("/")


def test_what_keeps_robots_txt_back_for_ever_is_told_as_it_is() -> None:
    manners = Manners(pace=0, robots=True, retries=2)
    with Site({"/": fixed()}) as site:
        session = Session("gaoxin-ingest/test")
        try:
            with pytest.raises(TargetError, match=r"^leads to 127\.0\.0\.1, an address of a private network") as told:
                session.fetch(site.url("/"), manners)
        finally:
            session.close()
    assert not told.value.transient


def test_robots_txt_of_five_megabytes_is_read_in_part() -> None:
    text = "User-agent: *\nDisallow: /secret\n" + "# nothing\n" * 500_000
    with Site({"/robots.txt": robots(body=text), "/": fixed(), "/secret": fixed()}) as site:
        found = run(site, "/", "/secret")
    assert isinstance(found[0], Exchange)
    assert isinstance(found[1], ForbiddenError)


def test_robots_txt_behind_a_redirect() -> None:
    behaviours = {
        "/robots.txt": fixed("301 Moved", b"", Location="/real.txt"),
        "/real.txt": robots(body="User-agent: *\nDisallow: /"),
    }
    with Site(behaviours) as site:
        assert isinstance(run(site, "/")[0], ForbiddenError)


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed() -> None:
    behaviours = {
        "/robots.txt": robots(body="User-agent: *\nDisallow: /secret"),
        "/": fixed("302 Found", b"", Location="/secret"),
        "/secret": fixed(),
    }
    with Site(behaviours) as site:
        assert isinstance(run(site, "/")[0], ForbiddenError)
    assert not site.asked("/secret")


def test_crawl_delay_is_kept(sent: Sent) -> None:
    behaviours = {"/robots.txt": robots(body="User-agent: *\nCrawl-delay: 0.3"), "/a": fixed(), "/b": fixed()}
    with Site(behaviours) as site:
        run(site, "/a", "/b")
    [of_host] = sent.values()  # robots.txt, and the two pages
    assert_kept(0.3, of_host[1:], [site.asked(path)[0].at for path in ("/a", "/b")])


@pytest.mark.parametrize("status", ["429 Slow", "503 Wait"])
def test_a_host_that_asks_for_rest_is_left_alone_whatever_the_page(status: str) -> None:
    behaviours = {"/busy": in_turn(fixed(status, Retry_After="1"), fixed())} | {f"/{n}": fixed() for n in range(4)}
    with Site(behaviours, host="0.0.0.0") as site:

        async def ask() -> None:
            fetcher = Fetcher(AGENT, backoff=0.01)
            with pytest.raises(TargetError, match="status"):
                await fetcher.fetch(site.url("/busy", host="127.0.0.1"), OPEN)
            pages = [site.url(f"/{n}", host=f"127.0.0.{n % 2 + 1}") for n in range(4)]
            await asyncio.gather(*(fetcher.fetch(page, OPEN) for page in pages))
            await fetcher.aclose()

        asyncio.run(ask())
    refused = site.log[0].at
    waited = {request.path: request.at - refused for request in site.log[1:]}
    assert min(waited["/0"], waited["/2"]) >= 0.9  # the server notes a request a little before it answers it
    assert max(waited["/1"], waited["/3"]) < min(waited["/0"], waited["/2"])


def test_a_host_that_asks_for_a_long_rest_is_not_asked_again_in_the_run() -> None:
    with Site({"/busy": fixed("503 Wait", Retry_After="7200"), "/other": fixed()}) as site:
        busy, other = run(site, "/busy", "/other", manners=OPEN)
    assert isinstance(busy, TargetError)
    assert isinstance(other, RestingError)
    assert (other.transient, other.stage) == (True, "fetch")
    assert "asked to be left alone" in str(other)
    assert not site.asked("/other")
    now = datetime(2026, 11, 20, tzinfo=UTC)
    assert timedelta(minutes=119) < next_due(None, now, other) - now <= timedelta(hours=2)


@pytest.mark.parametrize("said", ["9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_rest_without_end_is_a_month(said: str) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    error = AnswerError("x", transient=True, retry_after=retry_after(said, now=now))
    assert next_due(None, now, error) - now == timedelta(days=30)


def test_a_page_is_asked_for_again_with_what_it_came_with() -> None:
    async def answer(request: Request, to: Answer) -> None:
        if request.headers.get("if-none-match") == '"1"':
            await to.send("304 Not Modified", headers={"ETag": '"1"'})
        else:
            await to.send(body=page(), headers={"ETag": '"1"', "Last_Modified": "Sat, 21 Nov 2026 08:00:00 GMT"})

    async def twice(site: Site) -> tuple[Exchange, Exchange]:
        fetcher = Fetcher(AGENT)
        first = await fetcher.fetch(site.url("/"), OPEN)
        second = await fetcher.fetch(site.url("/"), OPEN, validators(first))
        await fetcher.aclose()
        return first, second

    with Site({"/": answer}) as site:
        first, second = asyncio.run(twice(site))
    assert (first.unchanged, second.unchanged, second.body) == (False, True, b"")
    assert site.log[1].headers["if-modified-since"] == "Sat, 21 Nov 2026 08:00:00 GMT"


def test_headers_of_the_source_and_cookies_stay_with_their_host() -> None:
    with Site({"/": fixed()}) as other:
        away = fixed("302 Found", b"", Location=other.url("/", host="localhost"), Set_Cookie="seen=1; Path=/")
        with Site({"/": away}) as site:
            run(site, "/", "/", manners=Manners(pace=0, robots=False, allow_private=True, headers={"X-Key": "secret"}))
    assert [request.headers.get("x-key") for request in site.log] == ["secret", "secret"]
    assert [request.headers.get("cookie") for request in site.log] == [None, "seen=1"]
    assert [request.headers.get("x-key") or request.headers.get("cookie") for request in other.log] == [None, None]


def test_we_say_who_we_are() -> None:
    with Site({"/": fixed()}) as site:
        run(site, "/", manners=OPEN, agent="gaoxin-ingest/1.0 (+mailto:us@example.org)")
    assert site.log[0].headers["user-agent"] == "gaoxin-ingest/1.0 (+mailto:us@example.org)"


@pytest.fixture(scope="module")
def untrusted() -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost", "127.0.0.1").configure_cert(context)
    yield from running({"/": fixed()}, context)


def test_a_certificate_nobody_vouches_for_is_refused(untrusted: Site) -> None:
    (found,) = run(untrusted, "/", manners=OPEN)
    assert isinstance(found, TargetError)
    assert "certificate" in str(found)
    assert not found.transient


def test_tls_where_there_is_none() -> None:
    with Site({"/": fixed()}) as site:
        site_url = site.url("/").replace("http:", "https:")

        async def ask() -> None:
            fetcher = Fetcher(AGENT)
            try:
                await fetcher.fetch(site_url, replace(OPEN, seconds=2))  # it waits for its whole greeting
            finally:
                await fetcher.aclose()

        with pytest.raises(TargetError, match="tried again"):
            asyncio.run(ask())
