"""``prefect.yaml`` for those who deploy with Prefect's own command: the catalogue in Prefect's words.

It says nothing of ``active`` or ``paused``, so that ``prefect deploy --all`` leaves what a person paused as it is, and
its schedules have our slug, by which Prefect knows them again. ``pull`` is empty: the code is installed where it runs.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from flows.catalogue import JOB, POOL, SLUG, Planned
from ingest.errors import IngestError

_HEAD = """\
# Made of config/sources by `ingest deploy --write prefect.yaml`. Change the sources and make it anew; what is changed
# here is lost then. `ingest deploy --check prefect.yaml` says whether the two agree. How to use it: flows/README.md
"""
_WIDTH = 118


class DriftError(IngestError):
    """The file is not what the sources say."""


def text(plan: Sequence[Planned]) -> str:
    """Return the content of the file."""
    content = {"name": "gaoxin-ingest", "pull": [], "deployments": [_deployment(planned) for planned in plan]}
    return _HEAD + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=_WIDTH)


def write(path: Path, plan: Sequence[Planned]) -> None:
    """Write the file.

    Raises:
        IngestError: It cannot be written.
    """
    try:
        path.write_text(text(plan), "utf-8")
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}"
        raise IngestError(msg) from error


def check(path: Path, plan: Sequence[Planned]) -> None:
    """See that the file is what the sources say.

    Raises:
        DriftError: It is not, or cannot be read; the message names the deployments that differ.
    """
    try:
        there = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        msg = f"{path} cannot be read ({' '.join(str(error).split())}): `ingest deploy --write {path}` makes it"
        raise DriftError(msg) from error
    wanted = yaml.safe_load(text(plan))
    if there != wanted:
        names = sorted(_named(there).items() ^ _named(wanted).items())
        differ = ", ".join(dict.fromkeys(name for name, _ in names)) or "what is said of all"
        msg = f"{path} is not what config/sources says ({differ}): `ingest deploy --write {path}` makes it anew"
        raise DriftError(msg)


def _named(content: Any) -> dict[str, str]:
    """Return what a file says of each deployment."""
    deployments = content.get("deployments") if isinstance(content, dict) else None
    return {
        f"{each.get('entrypoint', '').rpartition('.')[2]}/{each.get('name')}": repr(each)
        for each in deployments or []
        if isinstance(each, dict)
    }


def _deployment(planned: Planned) -> dict[str, Any]:
    schedule = {"slug": SLUG, "cron": planned.cron, "timezone": planned.time_zone}
    return {
        "name": planned.name,
        "entrypoint": planned.entrypoint,
        "description": planned.description,
        "tags": list(planned.tags),
        "parameters": planned.parameters,
        "schedules": [schedule] if planned.cron else [],
        "concurrency_limit": planned.limit,
        "work_pool": {"name": POOL, "job_variables": dict(JOB)},
    }
