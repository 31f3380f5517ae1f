"""``ingest deploy``: the deployments and automations of a Prefect server as the sources say, or prefect.yaml for it."""

from pathlib import Path
from typing import Annotated

import typer


def deploy(
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write prefect.yaml instead, for Prefect's own command.")
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="See that this prefect.yaml is what the sources say."),
    ] = None,
    automations: Annotated[
        bool, typer.Option("--automations", help="Only the automations; those that were deleted are made again.")
    ] = False,
) -> None:
    """Bring a server's deployments to what config/sources says.

    What was paused or changed there stays so. The server is the one that PREFECT_API_URL names, or that of the `ingest
    up` that is at work here.
    """
    from flows import prefect_yaml
    from flows.catalogue import catalogue
    from ingest import settings
    from ingest.sources.load import load

    configured = settings.load()
    plan = catalogue(load(configured.config).values())
    if write:
        prefect_yaml.write(write, plan)
    if check:
        prefect_yaml.check(check, plan)
    if write or check:
        return
    from flows.applying import apply

    for line in apply(configured, only_automations=automations):
        typer.echo(line)
