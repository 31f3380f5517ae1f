"""What runs claim of a source of the web, and what the next ones read because of it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from time import sleep
from zoneinfo import ZoneInfo

import pytest

from ingest.commands.gaps import gaps as gaps_command
from ingest.gaps import Gap, gaps
from ingest.run import Idle
from ingest.sources.load import load
from ingest.store.engine import Database
from tests.conftest import ROOT
from tests.fetch_web.site import Site, fixed
from tests.flows.dated import days_before, listing, put
from tests.flows.project import Project

ZONE = ZoneInfo("Asia/Shanghai")
LATE = time(23, 58)  # two minutes are ten times what the longest of these tests takes on a busy machine


def today() -> date:
    return datetime.now(ZONE).date()


@pytest.fixture(autouse=True)
def _within_a_day() -> None:
    """Begin no test in which the day could end: what is due would be another."""
    while datetime.now(ZONE).time() >= LATE:
        sleep(1)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(listing(days_before(today(), 8))) as running:
        yield running


@pytest.fixture
def dated(project: Project, site: Site) -> Project:
    put(project, site)
    return project


def states(project: Project) -> list[tuple[str, date, date]]:
    """Return what the ledger says: state, first and last day."""
    rows = sorted(project.rows("coverage"), key=lambda row: row["since"])
    return [
        (
            row["state"],
            row["since"].astimezone(ZONE).date(),
            (row["until"] - timedelta(seconds=1)).astimezone(ZONE).date(),
        )
        for row in rows
        if row["state"] != "looked"
    ]


def holes(project: Project, name: str = "dated") -> list[Gap]:
    database = Database(project.settings().database)
    with database.read() as connection:
        found = list(gaps(connection, load(project.settings().config)[name], datetime.now(UTC)))
    database.close()
    return found


def test_the_first_run_claims_as_far_as_the_lists_go_and_the_next_reads_what_is_new(dated: Project, site: Site) -> None:
    assert dated.run("dated", what="due").outcomes == {"dated": {"new": 8}}
    assert states(dated) == [("covered", today() - timedelta(days=7), today() - timedelta(days=1))]
    asked = len(site.log)
    run = dated.run("dated", what="due")
    assert run.outcomes == {"dated": {"skipped": 2}}  # the day under way and the one before, not due yet
    assert len(site.log) - asked <= 2
    assert holes(dated) == []


def test_what_comes_late_is_told_that_nothing_is_due(dated: Project, site: Site) -> None:
    scheduled = datetime.now(UTC)
    dated.run("dated", what="due")
    asked, before = len(site.log), len(dated.rows("run"))
    late = dated.run("dated", what="due", scheduled=scheduled)
    assert late.idle == {"dated": Idle.NOTHING_DUE}
    assert (len(site.log), len(dated.rows("run"))) == (asked, before)
    assert dated.run("dated", what="due", scheduled=datetime.now(UTC)).idle == {}
    assert dated.run("dated", what="due", scheduled=scheduled, force=True).idle == {}


def test_a_folder_has_no_windows_and_late_doubles_too(project: Project) -> None:
    project.put("a.txt")
    scheduled = datetime.now(UTC)
    assert project.run(what="due", scheduled=scheduled).outcomes == {"pages": {"new": 1}}
    assert project.run(what="due", scheduled=scheduled).idle == {"pages": Idle.NOTHING_DUE}
    assert project.run(what="due").outcomes == {"pages": {"unchanged": 1}}
    assert states(project) == []


def test_a_site_that_is_down_leaves_a_hole_that_the_next_run_heals(
    dated: Project, site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    yesterday, before = today() - timedelta(days=1), today() - timedelta(days=2)
    dated.run("dated", since=today() - timedelta(days=4), until=before)
    assert states(dated) == [("covered", today() - timedelta(days=4), before)]
    [gap] = holes(dated)
    assert (gap.since, gap.until, gap.why) == (yesterday, yesterday, "no run")
    up = site.behaviours["/list.html"]
    site.behaviours["/list.html"] = fixed("503 Away")
    assert dated.run("dated", what="due").outcomes == {"dated": {"failed": 1}}
    [gap] = holes(dated)
    assert "status 503" in gap.why
    monkeypatch.chdir(dated.folder)
    gaps_command(["dated"])
    said = capsys.readouterr().out
    assert "dated: 1 gap;" in said
    assert f"ingest backfill dated --since {yesterday} --until {yesterday}" in said
    site.behaviours["/list.html"] = up
    dated.run("dated", what="due")
    assert holes(dated) == []
    assert states(dated)[-1] == ("covered", yesterday, yesterday)


def test_pages_that_fail_in_passing_leave_their_window_open(dated: Project, site: Site) -> None:
    yesterday = today() - timedelta(days=1)
    path = f"/{yesterday:%Y/%m/%d}/1.html"
    page, site.behaviours[path] = site.behaviours[path], fixed("503 Away")
    run = dated.run("dated", since=yesterday, until=yesterday)
    assert run.outcomes == {"dated": {"failed": 1}}
    assert states(dated) == [("partial", yesterday, yesterday)]
    assert holes(dated)[0].why == "partial: 1 of 1 pages failed in passing"
    site.behaviours[path] = page
    dated.run("dated", since=yesterday, until=yesterday, force=True)
    assert states(dated) == [("covered", yesterday, yesterday)]


def test_a_run_of_some_pages_claims_nothing(dated: Project) -> None:
    dated.run("dated", limit=3)
    dated.run("dated", what="due", limit=3)
    assert dated.rows("coverage") == []


def test_only_the_days_that_are_asked_for_are_read(dated: Project, site: Site) -> None:
    day = today() - timedelta(days=3)
    assert dated.run("dated", since=day, until=day).outcomes == {"dated": {"new": 1}}
    assert dated.run("dated", what="due", since=day, until=day).idle == {"dated": Idle.NOTHING_DUE}
    assert [row["whole"] for row in dated.rows("measure")] == [False]


def test_a_feed_that_dropped_what_is_old_claims_only_what_it_still_has(project: Project) -> None:
    days = days_before(today(), 3)
    item = "<item><link>/{0:%Y%m%d}.html</link><pubDate>{0:%a, %d %b %Y} 12:00:00 +0800</pubDate></item>"
    rss = f'<rss version="2.0"><channel><title>x</title>{"".join(map(item.format, days))}</channel></rss>'.encode()
    with Site({"/feed.xml": fixed(body=rss, Content_Type="text/xml")}) as site:
        put(project, site, "feed", feed=True)
        project.run("feed", since=today() - timedelta(days=5), until=today())
    yesterday = today() - timedelta(days=1)
    # The pages themselves are not there (404, which lasts), so that nothing fails in passing.
    assert states(project) == [
        ("partial", today() - timedelta(days=5), today() - timedelta(days=2)),
        ("covered", yesterday, yesterday),
    ]
    [gap] = holes(project, "feed")
    assert "the lists go back no further than" in gap.why


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from tests.flows.project import Project
project = Project(Path(sys.argv[1]))
day = date.fromisoformat(sys.argv[2])
project.run("dated", since=day, until=day, on_page=lambda: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_a_killed_run_claims_nothing_and_the_next_one_heals(
    dated: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    yesterday = today() - timedelta(days=1)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(dated.folder), yesterday.isoformat()], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    monkeypatch.chdir(dated.folder)
    gaps_command(["dated"])
    assert f"{yesterday}: its run was killed" in capsys.readouterr().out
    assert dated.run("dated", what="due", since=yesterday, until=yesterday).outcomes == {"dated": {"new": 1}}
    assert states(dated) == [("covered", yesterday, yesterday)]
