"""``ingest doctor``: whether all that runs need is in order, and what to do where it is not."""

import asyncio
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:  # it takes a second to import
    from flows.checkup import Finding
    from ingest.settings import Settings

_STYLES = {"ok": "green", "warn": "yellow", "fail": "red"}


def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Close runs that have died, here and in Prefect.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Look at all that runs need, and say what to do.

    Packages, sources, database, archive, Prefect's server, schedules, workers, runs: each with a way out. Exit code 1
    where something fails; what only wants a look does not.
    """
    from ingest import settings

    findings = asyncio.run(_look(settings.load(), mend=mend, show=None if as_json else Console()))
    if as_json:
        typer.echo(json.dumps({"findings": [asdict(finding) for finding in findings]}, ensure_ascii=False))
    if any(finding.level == "fail" for finding in findings):
        raise typer.Exit(1)


async def _look(configured: "Settings", *, mend: bool, show: Console | None) -> "list[Finding]":
    """Collect what is found, and show each as soon as it is."""
    from flows.examine import examine

    findings = []
    async for finding in examine(configured, mend=mend):
        findings.append(finding)
        if show:
            _print(show, finding)
    return findings


def _print(console: Console, finding: "Finding") -> None:
    console.print(f"{finding.level:4} ", style=_STYLES[finding.level], end="")
    console.print(f"{finding.what}: {finding.told}", markup=False, highlight=False, soft_wrap=True)
    if finding.level != "ok" and finding.way_out:
        console.print(f"     {finding.way_out}", markup=False, highlight=False, soft_wrap=True)
