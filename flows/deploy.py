"""Brings a Prefect server's deployments to what the catalogue says, and leaves alone what a person has changed there.

Prefect's own ways do not: ``serve()`` un-pauses everything when it starts, creating a deployment anew forgets which of
its schedules were paused, and both throw away schedules that were added in the UI. So a deployment that is there is
changed field by field, and of its schedules only the one that we made (by its slug), its ``active`` untouched.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from prefect import Flow
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import (
    DeploymentScheduleCreate,
    DeploymentUpdate,
    WorkPoolCreate,
)
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.objects import DeploymentSchedule
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectAlreadyExists
from prefect.utilities.callables import parameter_schema
from prefect.workers.process import ProcessWorker

from flows.catalogue import JOB, POOL, POOL_LIMIT, POOL_TYPE, SLUG, TAG, Planned

_PAGE = 200  # deployments asked for at once, the most that Prefect gives


@dataclass(slots=True)
class Changes:
    """What became of the deployments; names as in ``Planned.full_name``."""

    created: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    paused: list[str] = field(default_factory=list)  # by a person, and left so


async def deploy(client: PrefectClient, plan: Sequence[Planned]) -> Changes:
    """Make the deployments of a plan, the work pool they need, and remove ours that are in the plan no more."""
    await ensure_pool(client)
    changes = Changes()
    there = {await full_name(client, each): each for each in await ours(client)}
    for planned in plan:
        await _put(client, planned, there.pop(planned.full_name, None), changes)
    for name, gone in there.items():
        await client.delete_deployment(gone.id)  # its runs stay
        changes.removed.append(name)
    return changes


async def ensure_pool(client: PrefectClient) -> None:
    """Make the work pool where there is none; one that is there may be of another type or limit, and stays as it is."""
    pool = WorkPoolCreate(
        name=POOL,
        type=POOL_TYPE,
        description="The runs of gaoxin-ingest.",
        concurrency_limit=POOL_LIMIT,
        base_job_template=ProcessWorker.get_default_base_job_template(),
    )
    with suppress(ObjectAlreadyExists):
        await client.create_work_pool(pool)


async def ours(client: PrefectClient) -> list[DeploymentResponse]:
    """Return all deployments that were made of a catalogue, those of sources that are gone too."""
    mine = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
    found: list[DeploymentResponse] = []
    while page := await client.read_deployments(deployment_filter=mine, limit=_PAGE, offset=len(found)):
        found += page
    return found


def schema_of(planned: Planned) -> dict[str, Any]:
    """Return the JSON schema of a deployment's parameters, of which the UI makes its form."""
    module, _, name = planned.entrypoint.rpartition(".")
    flow: Flow[..., Any] = getattr(import_module(module), name)
    return parameter_schema(flow).model_dump(exclude_unset=True)


async def full_name(client: PrefectClient, deployment: DeploymentResponse) -> str:
    """Return a deployment's name as Prefect's commands know it."""
    return f"{(await client.read_flow(deployment.flow_id)).name}/{deployment.name}"


async def _put(client: PrefectClient, planned: Planned, there: DeploymentResponse | None, changes: Changes) -> None:
    if there is None:
        await _create(client, planned)
        changes.created.append(planned.full_name)
        return
    await client.update_deployment(there.id, DeploymentUpdate(**_fields(planned)))
    await _put_schedule(client, planned, there)
    changes.kept.append(planned.full_name)
    if there.paused or any(not schedule.active for schedule in there.schedules):
        changes.paused.append(planned.full_name)


def _fields(planned: Planned) -> dict[str, Any]:
    """Return what is ours to say of a deployment, whether it is new or not."""
    return {
        "description": planned.description,
        "tags": list(planned.tags),
        "parameters": planned.parameters,
        "parameter_openapi_schema": schema_of(planned),
        "enforce_parameter_schema": True,
        "entrypoint": planned.entrypoint,
        "work_pool_name": POOL,
        "job_variables": dict(JOB),
        "pull_steps": [],
        "concurrency_limit": planned.limit,
    }


async def _create(client: PrefectClient, planned: Planned) -> None:
    flow = await client.create_flow_from_name(planned.flow)
    schedule = _schedule(planned)
    schedules = [DeploymentScheduleCreate(schedule=schedule, slug=SLUG)] if schedule else []
    await client.create_deployment(flow_id=flow, name=planned.name, schedules=schedules, **_fields(planned))


def _schedule(planned: Planned) -> CronSchedule | None:
    return CronSchedule(cron=planned.cron, timezone=planned.time_zone) if planned.cron else None


async def _put_schedule(client: PrefectClient, planned: Planned, there: DeploymentResponse) -> None:
    """Bring our schedule of a deployment to what its source says; whether it is active is not ours to say."""
    wanted, made = _schedule(planned), _made_by_us(there.schedules)
    if made is None and wanted:
        await client.create_deployment_schedules(there.id, [DeploymentScheduleCreate(schedule=wanted, slug=SLUG)])
    elif made and wanted is None:
        await client.delete_deployment_schedule(there.id, made.id)
    elif made and made.schedule != wanted:
        await client.update_deployment_schedule(there.id, made.id, schedule=wanted)


def _made_by_us(schedules: Sequence[DeploymentSchedule]) -> DeploymentSchedule | None:
    return next((schedule for schedule in schedules if schedule.slug == SLUG), None)
