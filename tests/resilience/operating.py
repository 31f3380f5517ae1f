"""Kill −9 flow, worker, Prefect's server and the database at random moments, then one command; compare with no kill.

    uv run python -m tests.resilience.operating [--pages 10000] [--each 20] [--seed 1] [--what WHAT]

WHAT is ``reprocess``, which reads pages again that lie in the archive, or ``ingest``, from their folder, each with two
processes; ``outdated``, a backfill that reads from the archive in the flow's own process, so that no worker is killed;
or ``backfill``, windows of a site on loopback, a run each, which two workers of Prefect's share. All on PostgreSQL.

Prints what it found and ends with 1 where the databases differ, a run is left open, or a window was said to be covered
while pages of it were missing. The same with fewer pages and kills is in the test suite (test_operating.py).
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text

from ingest.store.engine import Database
from tests.flows.project import Project
from tests.operate.postgres import own_postgres
from tests.reprocess.archived import archived, small
from tests.resilience.kills import said
from tests.resilience.spread import Spread, site
from tests.resilience.world import PATIENCE, World

KINDS = ("flow", "worker", "server", "database")
_COMMANDS = {
    "reprocess": ["reprocess", "--processes", "2", "--json"],
    "outdated": ["backfill", "--what", "outdated", "--since", "2020", "--json"],
    "ingest": ["run", "--processes", "2", "--json"],
}
_OLD = "SELECT count(*) FROM page WHERE rules_version = 'old'"
_OF_THE_WEB = {"first_seen", "fetched_at", "due_at"}  # when a page was asked for
WHAT = (*_COMMANDS, "backfill")


@dataclass(slots=True)
class Found:
    """What came of it: ``hit`` counts kills while pages were missing, by kind; ``began`` how often the flow began."""

    hit: Counter[str] = field(default_factory=Counter)
    began: int = 0
    differences: list[str] = field(default_factory=list)


def kill_and_compare(killed: World, unbroken: Project, kinds: list[str], *, pages: int, seed: int) -> Found:
    """Kill at random moments, spread over the pages, finish by one command, and compare with a project of no kills."""
    moments = random.Random(seed)
    moments.shuffle(kinds)
    found = Found()
    for number, kind in enumerate(kinds):
        _wait(killed, pages * (1 - (number + moments.random()) / (len(kinds) + 1)), found)
        time.sleep(moments.uniform(0, 0.1))  # about a chunk: a quick machine is through with all in half a second
        missing = killed.left  # before it: a flow may be through by the time that a server is there again
        if killed.kill(kind) and missing:
            found.hit[kind] += 1
            if claims := killed.claims():
                found.differences.append(f"{claims} windows are said to be covered after {number} kills")
    if code := killed.finish():
        found.differences.append(f"the last run ended with {code}")
    one, other = plain(killed.project), plain(unbroken)
    found.differences += [
        f"table {table}: {differing(one[table], other[table])}" for table in one if one[table] != other[table]
    ]
    found.differences += [f"run {row['key']} is open" for row in killed.project.rows("run") if row["ended_at"] is None]
    return found


def plain(project: Project) -> dict[str, list[dict[str, object]]]:
    """Return all rows less place and time, and which windows are covered."""
    rows = {
        table: [{name: value for name, value in row.items() if name not in _OF_THE_WEB} for row in rows]
        for table, rows in said(project).items()
    }
    covered = (row for row in project.rows("coverage") if row["state"] == "covered")
    return rows | {"coverage": [{name: row[name] for name in ("source", "since", "until")} for row in covered]}


def differing(one: list[dict[str, object]], other: list[dict[str, object]]) -> str:
    """Say how two tables differ."""
    if len(one) != len(other):
        return f"{len(one)} rows and not {len(other)}"
    return ", ".join(name for name in one[0] if [row[name] for row in one] != [row[name] for row in other])


def _wait(world: World, until_left: float, found: Found) -> None:
    """Wait until so few pages are left, beginning the flow again as often as it has ended."""
    before, deadline = world.left, time.monotonic() + PATIENCE
    while (left := world.left) > until_left and time.monotonic() < deadline:
        if left < before:
            before, deadline = left, time.monotonic() + PATIENCE
        if world.flow is None or world.flow.poll() is not None:
            world.begin()
            found.began += 1
        time.sleep(0.02)
    if left > until_left:
        found.differences.append(f"nothing was done for {PATIENCE} s while {left} pages were missing")


@contextmanager
def world(folder: Path, pages: int, what: str) -> Iterator[tuple[World, Project]]:
    """Give a world whose flow has not begun, and a project where it has run through, unbroken."""
    with own_postgres(folder) as server, ExitStack() as stack:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        administrator = create_engine(url, isolation_level="AUTOCOMMIT")
        with administrator.connect() as connection:
            connection.execute(text("CREATE DATABASE killed"))
        project = Project(folder, url.set(database="killed").render_as_string(hide_password=False))
        _prepare(project, pages, what, stack)
        Database(project.settings().database).close()  # with its tables
        with administrator.connect() as connection:
            connection.execute(text("CREATE DATABASE unbroken TEMPLATE killed"))
        administrator.dispose()
        unbroken = Project(folder, url.set(database="unbroken").render_as_string(hide_password=False))
        killed = _made(project, server, pages, what)
        stack.callback(killed.close)
        killed.once(unbroken.settings().database, killed.command if isinstance(killed, Spread) else None)
        yield killed, unbroken


def _prepare(project: Project, pages: int, what: str, stack: ExitStack) -> None:
    """Put pages where the flow finds them."""
    if what == "backfill":
        stack.enter_context(site(project, pages))
    elif what == "ingest":
        for name, content in small(pages):
            project.put(name, content)
    else:
        archived(project, small(pages))


def _made(project: Project, postgres: Any, pages: int, what: str) -> World:
    if what == "backfill":
        return Spread(project, postgres, pages)
    left = f"SELECT {pages} - (SELECT count(*) FROM page)" if what == "ingest" else _OLD
    return World(project, postgres, _COMMANDS[what], left)


def main() -> None:
    """Do it at full size and print what was found."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--pages", type=int, default=10_000)
    cli.add_argument("--each", type=int, default=20)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--what", choices=WHAT, default="reprocess")
    args = cli.parse_args()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place,
        world(Path(place), args.pages, args.what) as (killed, unbroken),
    ):
        kinds = [kind for kind in KINDS if args.what != "outdated" or kind != "worker"] * args.each
        found = kill_and_compare(killed, unbroken, kinds, pages=args.pages, seed=args.seed)
    print(found)
    sys.exit(1 if found.differences else 0)


if __name__ == "__main__":
    main()
