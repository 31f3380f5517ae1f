"""Targets in quarantine tried again: a run for each source, all of them on one Prefect server."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

import typer

from ingest import prefect_defaults

if TYPE_CHECKING:
    from ingest.settings import Settings
    from ingest.sources.config import Source

_ITSELF = "."  # the address of a source whose list could not be had
_AT_ONCE = 1000  # addresses that a run is told: they stand in its row and in Prefect's


def again(settings: "Settings", sources: Sequence["Source"], rows: Sequence[dict[str, Any]]) -> None:
    """Run the targets of quarantine's rows again, also those that are not due yet; what came of them is printed."""
    wanted = {source.name: [row["address"] for row in rows if row["source"] == source.name] for source in sources}
    with _one_server():
        for source in sources:
            _again(settings, source, wanted[source.name])


def _again(settings: "Settings", source: "Source", addresses: Sequence[str]) -> None:
    if _ITSELF in addresses:
        _run(source.name)
    left = iter(_there(settings, source, [each for each in addresses if each != _ITSELF]))
    while some := list(islice(left, _AT_ONCE)):
        _run(source.name, only=some)


def _there(settings: "Settings", source: "Source", addresses: Sequence[str]) -> list[str]:
    """Return the addresses that a source still has; of a folder those that are gone are told."""
    from ingest.errors import TargetError
    from ingest.sources.discover import discover, is_local

    if not addresses or not is_local(source):
        return list(addresses)
    try:
        here = {target.address for target in discover(source, settings.root)}
    except TargetError as error:
        typer.echo(f"{source.name}: {error}", err=True)
        return []
    for address in addresses:
        if address not in here:
            typer.echo(f"{source.name}: {address} is no longer there: `ingest run {source.name}` clears it", err=True)
    return [address for address in addresses if address in here]


def _run(source: str, only: list[str] | None = None) -> None:
    from ingest.commands import run

    try:
        run.run([source], only=only, force=only is not None)
    except typer.Exit as done:
        if done.exit_code != 1:  # 1: some failed again, which is counted when all have been tried
            raise


@contextmanager
def _one_server() -> Iterator[None]:
    """Let all runs share one temporary Prefect server, which takes seconds to start."""
    prefect_defaults.apply(quiet=True)
    from flows.server import temporary_server

    with temporary_server() as server:
        if server is None:
            yield
            return
        from prefect.settings import PREFECT_API_URL, temporary_settings

        from flows.server import hand_in

        os.environ["PREFECT_API_URL"] = url = server.wait()
        try:
            with temporary_settings({PREFECT_API_URL: url}):
                yield
        finally:
            hand_in()
            del os.environ["PREFECT_API_URL"]
