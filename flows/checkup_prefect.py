"""What ``ingest doctor`` looks at on the Prefect server: deployments, schedules, workers, runs, automations."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import prefect
from packaging.version import Version
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.events.filters import EventFilter, EventNameFilter, EventOccurredFilter, EventResourceFilter
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows import alarms
from flows.catalogue import POOL, SLUG, TAG, Planned, catalogue
from flows.checkup import Finding, Level, OpenRun, close_dead, ended_flow_runs, mended, open_runs
from flows.deploy import full_name, ours
from flows.maintenance import FLOWS
from ingest.settings import Settings
from ingest.sources.config import Source

_DEPLOY = "`ingest deploy` makes it so"
_MEND = "`ingest doctor --mend` puts it right"
_PAGE = 200
# A run that begins or ends is for some seconds further with one of the two than with the other.
_GRACE = timedelta(minutes=2)
_SILENCE = timedelta(seconds=90)  # three beats missed: as flows/automations/crashed.yaml has it
_DEAD = "`ingest doctor` found its process gone"


async def remote(client: PrefectClient, settings: Settings, sources: Sequence[Source]) -> AsyncIterator[Finding]:
    """Yield what is found on a server that answers."""
    yield _version(await client.api_version(), str(client.api_url))
    there = {await full_name(client, each): each for each in await ours(client)}
    for finding in (_deployments(there, catalogue(sources)), _schedules(there)):
        yield finding
    yield await _workers(client)
    yield await _late(client)
    yield await _automations(client)
    for finding in await _runs(client, settings):
        yield finding


def _version(server: str, url: str) -> Finding:
    here = prefect.__version__
    told = f"{url} answers, version {server}" + ("" if server == here else f"; here it is {here}")
    if Version(server).release[:2] == Version(here).release[:2]:
        return Finding("Prefect's server", Level.OK, told)
    return Finding("Prefect's server", Level.WARN, told, "have the server and the workers of one version")


def _deployments(there: dict[str, DeploymentResponse], plan: Sequence[Planned]) -> Finding:
    wanted = {planned.full_name: planned for planned in plan}
    wrong = [f"{name} is missing" for name in wanted if name not in there]
    wrong += [f"{name} has no source any more" for name in there if name not in wanted]
    wrong += [
        f"{name} has another schedule than its file"
        for name in wanted.keys() & there.keys()
        if _cron(there[name]) != ((wanted[name].cron, wanted[name].time_zone) if wanted[name].cron else None)
    ]
    if wrong:
        return Finding("deployments", Level.WARN, "; ".join(sorted(wrong)), _DEPLOY)
    return Finding("deployments", Level.OK, f"{len(there)}, as the sources say")


def _cron(deployment: DeploymentResponse) -> tuple[str, str] | None:
    for each in deployment.schedules:
        if each.slug == SLUG:
            return str(getattr(each.schedule, "cron", "")), str(getattr(each.schedule, "timezone", ""))
    return None


def _schedules(there: dict[str, DeploymentResponse]) -> Finding:
    scheduled = [name for name, each in there.items() if each.schedules]
    paused = [name for name in scheduled if there[name].paused or not any(s.active for s in there[name].schedules)]
    told = f"{len(scheduled) - len(paused)} active"
    if paused:
        way_out = "if that was not meant: switch them on in the UI"
        return Finding("schedules", Level.WARN, f"{told}, paused: {', '.join(sorted(paused))}", way_out)
    return Finding("schedules", Level.OK, told)


async def _workers(client: PrefectClient) -> Finding:
    try:
        pool = await client.read_work_pool(POOL)
    except ObjectNotFound:
        return Finding("workers", Level.FAIL, f"there is no work pool {POOL!r}", _DEPLOY)
    workers = await client.read_workers_for_work_pool(POOL)
    online = [worker.name for worker in workers if worker.status == "ONLINE"]
    if pool.is_paused:
        return Finding("workers", Level.WARN, f"the work pool {POOL!r} is paused", "resume it in the UI")
    if not online:
        way_out = f"`ingest up`, or `prefect worker start --pool {POOL}` where the runs are to be"
        return Finding("workers", Level.FAIL, "none: nothing that is due is run", way_out)
    limit = f", {pool.concurrency_limit} runs at once" if pool.concurrency_limit else ""
    return Finding("workers", Level.OK, f"{', '.join(online)}{limit}")


async def _late(client: PrefectClient) -> Finding:
    late = FlowRunFilterState(name=FlowRunFilterStateName(any_=["Late"]))
    mine = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
    runs = await client.read_flow_runs(deployment_filter=mine, flow_run_filter=FlowRunFilter(state=late), limit=_PAGE)
    if not runs:
        return Finding("late runs", Level.OK, "none")
    oldest = min(run.expected_start_time or datetime.now(UTC) for run in runs)
    told = f"{len(runs)}{'+' if len(runs) == _PAGE else ''}, the oldest since {oldest:%Y-%m-%d %H:%M} UTC"
    return Finding("late runs", Level.WARN, told, "they begin when a worker has room; doubles end at once")


async def _automations(client: PrefectClient) -> Finding:
    wanted = [each.name for each in alarms.shipped([])]
    there = {each.name: each for each in await client.read_automations()}
    lacking = [name.removeprefix("gaoxin-ingest: ") for name in wanted if name not in there]
    off = [name.removeprefix("gaoxin-ingest: ") for name in wanted if name in there and not there[name].enabled]
    if lacking:
        told = f"missing: {', '.join(lacking)}"
        return Finding("automations", Level.WARN, told, "`ingest deploy --automations` makes them")
    if off:
        return Finding("automations", Level.WARN, f"switched off: {', '.join(off)}", "if not meant: the UI")
    return Finding("automations", Level.OK, f"{len(wanted)} of all sources, and one for each with a schedule")


async def _runs(client: PrefectClient, settings: Settings) -> list[Finding]:
    """Compare our runs with Prefect's."""
    opened = open_runs(settings)
    theirs = await _dead_flow_runs(client, settings, opened)
    found = list(_ours_told(opened, await _ended(client, opened)))
    found += [
        Finding("runs", Level.FAIL, f"Prefect's {run.name} is {run.state_name}, and its process is gone", _MEND)
        for run in theirs
    ]
    return found or [Finding("runs", Level.OK, f"{len(opened)} at work; ours and Prefect's agree")]


def _ours_told(opened: Sequence[OpenRun], ended: set[str]) -> Iterator[Finding]:
    for run in opened:
        if run.dead:
            yield Finding("runs", Level.FAIL, f"{run.told}, was killed, and its row has no end", _MEND)
        elif run.flow_run in ended:
            told = f"{run.told}, is at work although Prefect holds it for ended"
            yield Finding("runs", Level.WARN, told, "it ends by itself; what it stores is stored")


async def _ended(client: PrefectClient, opened: Sequence[OpenRun]) -> set[str]:
    """Return which of Prefect's runs that ours belong to are at an end."""
    ids = [UUID(run.flow_run) for run in opened if run.flow_run]
    if not ids:
        return set()
    runs = await client.read_flow_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=ids)))
    return {str(run.id) for run in runs if run.state and run.state.is_final()}


async def _dead_flow_runs(client: PrefectClient, settings: Settings, opened: Sequence[OpenRun]) -> list[FlowRun]:
    """Return Prefect's runs of ours that are at work with it, and of which the process has gone."""
    states = FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.CANCELLING])
    at_work = await client.read_flow_runs(
        flow_filter=FlowFilter(name=FlowFilterName(any_=list(FLOWS))),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=states)),
        limit=_PAGE,
    )
    before = datetime.now(UTC) - _GRACE
    old = [run for run in at_work if run.start_time and run.start_time < before]
    dead = {run.flow_run for run in opened if run.dead}
    live = {run.flow_run for run in opened if not run.dead}
    over = ended_flow_runs(settings, [str(run.id) for run in old])
    silent = [run for run in old if str(run.id) not in live | dead | over and not await _lives(client, run)]
    return [run for run in at_work if str(run.id) in dead or (run in old and str(run.id) in over) or run in silent]


async def _lives(client: PrefectClient, run: FlowRun) -> bool:
    """Whether a run has given a sign of life of late."""
    now = datetime.now(UTC)
    beats = EventFilter(
        occurred=EventOccurredFilter(since=now - _SILENCE, until=now),
        event=EventNameFilter(name=["prefect.flow-run.heartbeat"]),
        resource=EventResourceFilter(id=[f"prefect.flow-run.{run.id}"]),
    )
    return bool((await client.read_events(beats, limit=1)).events)


async def mend(client: PrefectClient, settings: Settings) -> list[Finding]:
    """Close what is dead, with us and with Prefect; return what was done."""
    opened = open_runs(settings)
    theirs = await _dead_flow_runs(client, settings, opened)
    for run in theirs:
        await client.set_flow_run_state(run.id, Crashed(message=_DEAD), force=True)
    return [*close_dead(settings, opened), *(mended(f"Prefect's {run.name} is Crashed now") for run in theirs)]
