"""The automations of ``flows/automations``: installed once each, kept up to date, never over what a person changed.

For each automation a variable of the Prefect server holds the digest of what we installed. One that differs from it now
was changed by somebody and is left as it is; one that is there no more was deleted by somebody and is not made again,
unless it is asked for. Whether it is switched on is no part of the digest, and always stays.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from cronsim import CronSim
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import VariableCreate, VariableUpdate
from prefect.events.schemas.automations import Automation, AutomationCore

from ingest.sources.config import Source

FILES = Path(__file__).with_name("automations")
VARIABLE = "gaoxin_ingest_automations"  # digests of what we installed, by name
# A source may be late once, as sites and machines rest; twice in a row wants a look.
STALE_INTERVALS = 3
_PER_SOURCE = "staleness.yaml"
_TIMES = 400  # runs of a schedule looked at for the longest time between two: a year of daily ones, with its weekends
_SINCE = datetime(2025, 1, 1, tzinfo=UTC)  # any day will do, and the same one gives the same answer each time
_PAGE = 200


@dataclass(slots=True)
class Installed:
    """What became of the automations, by name."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # as somebody has changed them
    left_out: list[str] = field(default_factory=list)  # somebody has deleted them
    removed: list[str] = field(default_factory=list)  # of sources that are gone or have no schedule any more


def shipped(sources: Iterable[Source]) -> list[AutomationCore]:
    """Return the automations as the files say, one for each source that has a schedule among them."""
    return [AutomationCore.model_validate(yaml.safe_load(text)) for text in _texts(sources)]


def _texts(sources: Iterable[Source]) -> Iterator[str]:
    for path in sorted(FILES.glob("*.yaml")):
        if path.name != _PER_SOURCE:
            yield path.read_text("utf-8")
    template = Template((FILES / _PER_SOURCE).read_text("utf-8"))
    for source in sources:
        if source.schedule and not source.disabled:
            within = longest_interval(source.schedule, source.time_zone) * STALE_INTERVALS
            yield template.substitute(
                source=source.name, intervals=STALE_INTERVALS, within=int(within.total_seconds()), told=within
            )


def longest_interval(cron: str, time_zone: str) -> timedelta:
    """Return the longest time between two runs of a schedule; of one for working days that is the weekend."""
    times = islice(CronSim(cron, _SINCE.astimezone(ZoneInfo(time_zone))), _TIMES)
    return max((after.astimezone(UTC) - before.astimezone(UTC) for before, after in pairwise(times)), default=_ONCE)


_ONCE = timedelta(days=366)  # a schedule that comes once in our time


async def install(client: PrefectClient, sources: Iterable[Source], *, restore: bool = False) -> Installed:
    """Make a server's automations as the files say, but for those that a person has changed or deleted there.

    Args:
        client: Of the server.
        sources: All of the config folder; each that has a schedule gets its own.
        restore: Make those again that were deleted.
    """
    done = Installed()
    known = await _known(client)
    there = await _there(client)
    wanted = {each.name: each for each in shipped(sources)}
    for name, automation in wanted.items():
        if name in there:
            known[name] = await _bring_up(client, automation, there[name], known.get(name, ""), done)
        elif name in known and not restore:
            done.left_out.append(name)
        else:
            known[name] = await _create(client, automation, done)
    for name in set(known) - set(wanted):
        gone = known.pop(name)
        if name in there and digest_of(there[name]) == gone:
            await client.delete_automation(there[name].id)
            done.removed.append(name)
    await _remember(client, known)
    return done


async def _create(client: PrefectClient, wanted: AutomationCore, done: Installed) -> str:
    made = await client.read_automation(await client.create_automation(wanted))
    done.created.append(wanted.name)
    return digest_of(made or wanted)


async def _bring_up(
    client: PrefectClient, wanted: AutomationCore, there: Automation, known: str, done: Installed
) -> str:
    """Bring an automation that is there to what it should be; return the digest to remember."""
    if digest_of(there) == digest_of(wanted):
        return digest_of(there)
    if digest_of(there) != known:
        done.kept.append(wanted.name)
        return known
    wanted.enabled = there.enabled
    await client.update_automation(there.id, wanted)
    done.updated.append(wanted.name)
    return digest_of(wanted)


def digest_of(automation: AutomationCore) -> str:
    """Return a digest of what an automation does; whether it is switched on does not count."""
    content = _ordered(automation.model_dump(mode="json", include={"description", "trigger", "actions"}))
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _ordered(value: Any) -> Any:
    """Return JSON with its lists in order: those of a trigger are sets."""
    if isinstance(value, dict):
        return {key: _ordered(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted((_ordered(each) for each in value), key=json.dumps)
    return value


async def _there(client: PrefectClient) -> dict[str, Automation]:
    found: list[Automation] = []
    while page := await client.read_automations(limit=_PAGE, offset=len(found)):
        found += page
    return {each.name: each for each in found}


async def _known(client: PrefectClient) -> dict[str, str]:
    variable = await client.read_variable_by_name(VARIABLE)
    return dict(variable.value) if variable and isinstance(variable.value, dict) else {}


async def _remember(client: PrefectClient, known: dict[str, str]) -> None:
    value: dict[str, Any] = dict(known)
    if await client.read_variable_by_name(VARIABLE):
        await client.update_variable(VariableUpdate(name=VARIABLE, value=value))
    else:
        await client.create_variable(VariableCreate(name=VARIABLE, value=value))
