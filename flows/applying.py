"""Deployments and automations brought to a Prefect server: the one that is named, or the one that is up here."""

import asyncio
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flows import embedded
from flows.catalogue import catalogue
from ingest import prefect_defaults
from ingest.errors import IngestError
from ingest.settings import Settings
from ingest.sources.config import Source
from ingest.sources.load import load


class ServerError(IngestError):
    """There is no Prefect server, or it does not answer."""


def find_server(settings: Settings) -> None:
    """Have Prefect, not yet imported, use the server that PREFECT_API_URL names or the one that is up here.

    Raises:
        ServerError: There is none.
    """
    prefect_defaults.apply(quiet=True)
    if prefect_defaults.is_set("PREFECT_API_URL"):
        return
    api = embedded.running_api(embedded.home(settings))
    if api is None:
        raise ServerError("there is no Prefect server: start one with `ingest up`, or name one in PREFECT_API_URL")
    os.environ["PREFECT_API_URL"] = api


@contextmanager
def reachable() -> Iterator[None]:
    """Tell of a server that does not answer in one line.

    Raises:
        ServerError: It does not.
    """
    import httpx

    msg = "Prefect's server does not answer: see that the one of PREFECT_API_URL is up"
    try:
        yield
    except httpx.TransportError as error:
        raise ServerError(msg) from error
    except RuntimeError as error:  # Prefect has no class of its own for this
        if "Failed to reach API" not in str(error):
            raise
        raise ServerError(msg) from error


def apply(settings: Settings, *, only_automations: bool = False) -> list[str]:
    """Bring everything to the server; return what became of it, a line each.

    Raises:
        IngestError: There is no server, or it does not answer; a source is broken.
    """
    sources = list(load(settings.config).values())
    find_server(settings)
    with reachable():
        return asyncio.run(bring(sources, only_automations=only_automations))


async def bring(sources: Iterable[Source], *, only_automations: bool = False) -> list[str]:
    """Bring the deployments and automations of sources to the server that Prefect uses now; say what became of them."""
    from prefect.client.orchestration import get_client

    from flows.alarms import install
    from flows.deploy import deploy

    sources = list(sources)
    lines: list[str] = []
    async with get_client() as client:
        if not only_automations:
            changes = await deploy(client, catalogue(sources))
            number = len(changes.created) + len(changes.kept)
            scheduled = sum(planned.cron is not None for planned in catalogue(sources))
            lines.append(f"{number} deployments ({len(changes.created)} new), {scheduled} of them with a schedule")
            lines += _line("paused by somebody, and left so", changes.paused)
            lines += _line("removed, as their source is gone or disabled", changes.removed)
        alarms = await install(client, sources, restore=only_automations)
    lines += _line("automations made", alarms.created)
    lines += _line("automations brought up to date", alarms.updated)
    lines += _line("automations left as somebody has changed them", alarms.kept)
    lines += _line("automations that somebody has deleted (`ingest deploy --automations` makes them)", alarms.left_out)
    lines += _line("automations removed, as their source has no schedule", alarms.removed)
    return lines


def _line(what: str, names: Iterable[str]) -> list[str]:
    told = ", ".join(name.removeprefix("gaoxin-ingest: ") for name in names)
    return [f"{what}: {told}"] if told else []
