"""All that ``ingest doctor`` looks at, one after the other."""

from collections.abc import AsyncIterator

from flows.applying import ServerError, find_server, reachable
from flows.checkup import Finding, Level, close_dead, local, open_runs
from ingest.settings import Settings
from ingest.sources.load import load


async def examine(settings: Settings, *, mend: bool) -> AsyncIterator[Finding]:
    """Yield what is found, and before it what was mended if that is asked for."""
    for finding in local(settings):
        yield finding
        if finding.what == "sources" and finding.level is Level.FAIL:
            return
    try:
        find_server(settings)
        with reachable():
            async for finding in _on_server(settings, mend=mend):
                yield finding
    except ServerError as error:
        told, _, way_out = str(error).partition(": ")
        yield Finding("Prefect's server", Level.FAIL, told, way_out)
        for finding in close_dead(settings, open_runs(settings)) if mend else []:
            yield finding


async def _on_server(settings: Settings, *, mend: bool) -> AsyncIterator[Finding]:
    from prefect.client.orchestration import get_client

    from flows import checkup_prefect

    async with get_client() as client:
        for finding in await checkup_prefect.mend(client, settings) if mend else []:
            yield finding
        async for finding in checkup_prefect.remote(client, settings, list(load(settings.config).values())):
            yield finding
