"""Which machines may be asked: the address is resolved, checked, and that very address connected to.

A page decides where its redirects lead, and whoever runs a name server decides what its names mean, a second later
something else (DNS rebinding). So names are never checked, only the addresses they lead to, at the moment of the
connection, whatever spelling the URL used: ``http://2130706433/``, ``http://0177.1/``, ``http://[::ffff:127.0.0.1]/``.
"""

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpcore
import httpx

from ingest.errors import TargetError

_SCHEMES = ("http", "https")
# IPv6 addresses that hold an IPv4 address in their last 32 bits: the translators of RFC 6052 and RFC 8215, and the
# "compatible" addresses of old. 6to4 (RFC 3056) and Teredo (RFC 4380) hold theirs elsewhere; ``ipaddress`` reads them.
_TRANSLATED = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))


class RefusedError(TargetError):
    """An address that may not be asked. Trying again does not help."""

    def __init__(self, message: str) -> None:
        super().__init__(message, stage="fetch")


def check_url(url: httpx.URL) -> None:
    """Refuse what is not the web: other schemes, no host, a password in the address.

    Raises:
        RefusedError: It is one of these; the message says which.
    """
    if url.scheme not in _SCHEMES:
        msg = f"leads to {url.scheme or 'no scheme'}:, and only http and https are fetched: mend the address"
        raise RefusedError(msg)
    if not url.host:
        raise RefusedError("has no host in its address: mend the address")
    if url.userinfo:
        raise RefusedError("has a user or password in its address: put credentials into `headers` of the source")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the public internet, and every address wrapped in it too."""
    if isinstance(address, IPv6Address):
        return all(map(is_public, _wrapped(address))) and _global(address)
    return _global(address)


def _global(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address in _TRANSLATED[0]):
        return True  # what it wraps has been looked at
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: IPv6Address) -> Iterable[IPv4Address]:
    if any(address in network for network in _TRANSLATED):
        yield IPv4Address(int(address) & 0xFFFFFFFF)
    yield from filter(None, (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())))


class GuardedBackend(httpcore.AnyIOBackend):
    """Connects to public addresses only, whatever a name means by now."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a host.

        Raises:
            RefusedError: The name means an address that is not public.
            httpcore.ConnectError: The name means nothing, or nobody answers there.
        """
        try:
            async with asyncio.timeout(timeout):
                addresses = await _resolve(host, port)
        except TimeoutError as error:
            msg = f"{host}: the name server does not answer"
            raise httpcore.ConnectTimeout(msg) from error
        for address in addresses:
            if not is_public(address):
                named = host if host == str(address) else f"{host}, which is {address}"
                msg = (
                    f"leads to {named}, an address of a private network: "
                    "if that is meant, set `allow_private = true` in its source (`ingest new-source --allow-private`)"
                )
                raise RefusedError(msg)
        return await self._connect(addresses, port, timeout, local_address, socket_options)

    async def _connect(
        self,
        addresses: list[IPv4Address | IPv6Address],
        port: int,
        timeout: float | None,  # noqa: ASYNC109 - as above
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers. A host often has an IPv6 address that its network does not."""
        for address in addresses[:-1]:
            try:
                return await super().connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await super().connect_tcp(str(addresses[-1]), port, timeout, local_address, socket_options)


async def _resolve(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    """Return the addresses that a name means now, in the order of the resolver, each once."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        msg = f"{host}: no such name ({error})"
        raise httpcore.ConnectError(msg) from error
    # A zone (fe80::1%eth0) is dropped: such an address is refused anyway.
    return list(dict.fromkeys(ip_address(str(each[4][0]).partition("%")[0]) for each in found))


class GuardedTransport(httpx.AsyncHTTPTransport):
    """HTTP as httpx speaks it, over connections to public addresses only."""

    def __init__(self, *, verify: bool = True, limits: httpx.Limits) -> None:
        super().__init__(verify=verify, trust_env=False, limits=limits)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(verify=verify, trust_env=False),
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            http1=True,
            http2=True,
            network_backend=GuardedBackend(),
        )
