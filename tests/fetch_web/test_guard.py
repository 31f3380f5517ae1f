"""Nothing but the public internet is connected to, however its address is written and wherever a page leads."""

import asyncio
import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, ip_address
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import TargetError
from ingest.fetch.web import guard
from ingest.fetch.web.fetcher import Fetcher
from ingest.fetch.web.guard import RefusedError, check_url, is_public
from ingest.fetch.web.manners import Manners
from ingest.fetch.web.redirects import RedirectError
from tests.fetch_web.site import Behaviour, Site, fixed, running

GUARDED = Manners(pace=0, robots=False, retries=0)
PRIVATE = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
           "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1",
           "fd00:ec2::254", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
           "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe"]  # fmt: skip
PUBLIC = ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
SPELLINGS = ["127.0.0.1", "127.1", "2130706433", "0177.0.0.1", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]",
             "[::ffff:7f00:1]", "localhost", "LOCALHOST", "127。0。0。1"]  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    yield from running({"/": fixed()})


async def _fetch(url: str, manners: Manners) -> bytes:
    fetcher = Fetcher("test/1", backoff=0.01)
    try:
        return (await fetcher.fetch(url, manners)).body
    finally:
        await fetcher.aclose()


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_hides_nothing(address: IPv4Address) -> None:
    for prefix in ("::ffff:", "64:ff9b::"):
        assert is_public(ip_address(f"{prefix}{address}")) == is_public(address)


@pytest.mark.parametrize("host", SPELLINGS)
def test_every_spelling_of_this_machine_is_refused(site: Site, host: str) -> None:
    before = len(site.log)
    with pytest.raises(TargetError) as caught:
        asyncio.run(_fetch(site.url("/", host=host), GUARDED))
    assert not caught.value.transient or "no such name" in str(caught.value)
    assert len(site.log) == before


def test_the_source_may_allow_it(site: Site) -> None:
    allowed = Manners(pace=0, robots=False, allow_private=True)
    assert asyncio.run(_fetch(site.url("/"), allowed))


TRAPS = ["http://127.0.0.1:{}/", "http://[::1]:{}/", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/latest",
         "http://2130706433:{}/", "http://0177.0.0.1:{}/", "//localhost:{}/", "https://127.0.0.1:{}/"]  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_a_redirect_into_a_private_network_is_refused(trap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback has many addresses: one of them plays the public site here."""
    monkeypatch.setattr(guard, "is_public", lambda address: str(address) == "127.0.0.2" or is_public(address))
    behaviours: dict[str, Behaviour] = {"/": fixed()}
    with Site(behaviours, host="0.0.0.0") as site:
        behaviours["/away"] = fixed("302 Found", b"", Location=trap.format(site.port))
        behaviours["/refresh"] = fixed(body=f'<meta http-equiv=refresh content="0;{trap.format(site.port)}">'.encode())
        for path in ("/away", "/refresh"):
            with pytest.raises((RefusedError, RedirectError)):
                asyncio.run(_fetch(site.url(path, host="127.0.0.2"), GUARDED))
        assert not site.asked("/")
        assert len(site.log) == 2


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "http:///nowhere", "http://user:pw@example.org/", "data:,x"]
)
def test_what_is_not_the_web_is_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        check_url(httpx.URL(url))


def test_a_name_that_changes_its_meaning_is_refused_the_second_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the first look-up gives a public address where nobody answers, the second this machine."""
    meanings = ["192.0.0.9", "127.0.0.1"]  # the first is public (RFC 7723), and nobody routes it here
    looked_up: list[str] = []

    def resolve(host: str, port: int, *args: Any, **named: Any) -> list[Any]:
        address = meanings[min(len(looked_up), 1)] if host == "rebinding.example" else host
        looked_up.append(address)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    manners = Manners(pace=0, robots=False, seconds=1, retries=1)
    with pytest.raises(TargetError):
        asyncio.run(_fetch(site.url("/", host="rebinding.example"), manners))
    assert "127.0.0.1" in looked_up
    assert not [request for request in site.log if "rebinding" in request.headers.get("host", "")]


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(host: str, port: int, *args: Any, **named: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(RefusedError, match=r"10\.0\.0\.1"):
        asyncio.run(_fetch("http://both.example/", GUARDED))
