"""Ports for servers that are told where to listen before they do so, and some of which come back to where they were."""

import random
import socket
from pathlib import Path

_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST = 10_000
_OWN = random.SystemRandom()  # hypothesis seeds the common one, the same in each process of pytest


def free_port() -> int:
    """Return a free port that the system gives to nobody by itself, so that it stays free until its server listens.

    One of those that it gives would meanwhile be any connection's own end, that of a client too which asks a server
    that is not there yet: on loopback it then talks to itself, and the server finds its port taken.
    """
    for _ in range(1000):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", _OWN.randrange(_LOWEST, _given()) if _given() > 2 * _LOWEST else 0))
            except OSError:
                continue
            port: int = trial.getsockname()[1]
            return port
    raise OSError("no port is free")


def _given() -> int:
    """Return the lowest of the ports that the system gives; 32768 is Linux's own choice."""
    return int(_RANGE.read_text("ascii").split()[0]) if _RANGE.exists() else 32768
