"""Backfills of what other rules have read: from the archive, or asked for again; the rest is left alone."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.fetch_web.site import Site
from tests.flows.dated import listing, put
from tests.flows.project import Project
from tests.flows.test_backfill import YESTERDAY, run_backfill
from tests.reprocess.rereading import change

pytestmark = [
    pytest.mark.usefixtures("prefect_server"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
EVER = {"since": date(2020, 1, 1), "until": YESTERDAY + timedelta(days=2)}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(listing([YESTERDAY], each=4)) as running:
        yield running


@pytest.fixture
def dated(project: Project, site: Site, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project of four pages of the web, of which other rules have read two: one today, one in 2024."""
    put(project, site)
    monkeypatch.chdir(project.folder)
    monkeypatch.setenv("INGEST_CONFIG", str(project.folder / "config"))
    project.run("dated")
    change(
        project,
        "UPDATE page SET rules_version = 'old' WHERE address LIKE '%/2.html' OR address LIKE '%/3.html'",
        "UPDATE article SET publisher = 'old', digest = 'old ' || digest",
        "UPDATE capture SET captured_at = '2024-05-06 10:00:00' WHERE address LIKE '%/3.html'",
    )
    site.log.clear()
    return project


def still_old(project: Project) -> set[str]:
    """Return the pages whose articles nobody has read again."""
    return {row["address"][-6] for row in project.rows("article") if row["publisher"] == "old"}


def test_only_what_other_rules_have_read_is_read_again_by_the_days_of_its_bytes(dated: Project, site: Site) -> None:
    old = {"since": date(2024, 5, 6), "until": date(2024, 5, 6)}
    state, told = run_backfill(what="outdated", sources=["dated"], **old)
    assert (state.name, [(unit.kind, unit.pages) for unit in told.done]) == ("Completed", [("reprocess", 1)])
    assert still_old(dated) == {"1", "2", "4"}
    _, told = run_backfill(what="outdated", **EVER)
    assert [(unit.kind, unit.pages) for unit in told.done] == [("reprocess", 1)]
    assert still_old(dated) == {"1", "4"}  # today's rules have read these
    state, _ = run_backfill(what="outdated", **EVER)
    assert state.name == "Nothing due"
    assert site.log == []
    assert len({row["rules_version"] for row in dated.rows("page")}) == 1


def test_what_other_rules_have_read_is_asked_for_again_by_refetch_and_nothing_else(dated: Project, site: Site) -> None:
    _, told = run_backfill(what="outdated", refetch=True, **EVER)
    assert [(unit.kind, unit.told) for unit in told.done] == [("read", "2 pages")]
    assert sorted(request.path[-6] for request in site.log if request.path != "/robots.txt") == ["2", "3"]
    assert still_old(dated) == {"1", "4"}
    assert len({row["rules_version"] for row in dated.rows("page")}) == 1
