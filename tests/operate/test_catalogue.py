"""What is deployed, without a server: the catalogue, prefect.yaml, intervals of schedules, what this machine has."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from flows import prefect_yaml
from flows.alarms import longest_interval, shipped
from flows.catalogue import POOL, SLUG, catalogue
from flows.checkup import Level, caps, local
from flows.forms import source_names
from ingest.sources.load import load
from tests.commands.test_commands import ingest
from tests.conftest import ROOT
from tests.flows.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a source that has a schedule, one that has none, and one that is disabled."""
    project = Project(tmp_path)
    project.source("pages", 'schedule = "30 6 * * 1-5"\ntime_zone = "Asia/Urumqi"\n')
    project.source("by-hand")
    project.source("off", 'disabled = "the site is rebuilt"\nschedule = "0 1 * * *"\n')
    return project


def test_the_file_of_this_repository_is_what_its_sources_say() -> None:
    prefect_yaml.check(ROOT / "prefect.yaml", catalogue(load(ROOT / "config").values()))


def test_the_file_holds_the_catalogue_and_nothing_that_would_wake_what_is_paused(project: Project) -> None:
    plan = catalogue(load(project.folder / "config").values())
    content = yaml.safe_load(prefect_yaml.text(plan))
    assert [each["name"] for each in content["deployments"]][:2] == ["by-hand", "pages"]
    assert "off" not in {each["name"] for each in content["deployments"]}
    [schedule] = content["deployments"][1]["schedules"]
    assert schedule == {"slug": SLUG, "cron": "30 6 * * 1-5", "timezone": "Asia/Urumqi"}
    assert content["deployments"][0]["schedules"] == []
    assert {each["work_pool"]["name"] for each in content["deployments"]} == {POOL}
    for each in content["deployments"]:
        assert not {"active", "paused"} & ({*each} | {key for schedule in each["schedules"] for key in schedule})


def test_a_file_that_differs_is_told_with_what_differs(project: Project) -> None:
    assert ingest(project.folder, "deploy", "--write", "prefect.yaml").returncode == 0
    assert ingest(project.folder, "deploy", "--check", "prefect.yaml").returncode == 0
    project.source("pages", 'schedule = "30 7 * * 1-5"\ntime_zone = "Asia/Urumqi"\n')
    done = ingest(project.folder, "deploy", "--check", "prefect.yaml")
    assert done.returncode == 1
    assert "prefect.yaml is not what config/sources says (ingest/pages): `ingest deploy --write" in done.stderr
    (project.folder / "prefect.yaml").write_text("deployments: [", "utf-8")
    done = ingest(project.folder, "deploy", "--check", "prefect.yaml")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    ("cron", "zone", "longest"),
    [
        ("30 6 * * *", "Asia/Shanghai", timedelta(days=1)),
        ("30 6 * * 1-5", "Asia/Shanghai", timedelta(days=3)),
        ("0 */6 * * *", "UTC", timedelta(hours=6)),
        ("0 3 1 * *", "UTC", timedelta(days=31)),
        ("30 6 * * *", "Europe/Berlin", timedelta(hours=25)),  # the day on which the clock is put back
    ],
)
def test_the_longest_time_between_two_runs(cron: str, zone: str, longest: timedelta) -> None:
    assert longest_interval(cron, zone) == longest


def test_each_source_with_a_schedule_has_an_automation_of_its_own(project: Project) -> None:
    names = [each.name for each in shipped(load(project.folder / "config").values())]
    assert "gaoxin-ingest: pages is stale" in names
    assert not {"gaoxin-ingest: by-hand is stale", "gaoxin-ingest: off is stale"} & set(names)
    assert len(names) == len(set(names)) == 5


def test_a_form_offers_the_sources_that_are_not_disabled(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INGEST_CONFIG", str(project.folder / "config"))
    assert source_names() == ["by-hand", "pages"]
    monkeypatch.setenv("INGEST_CONFIG", str(project.folder / "nowhere"))
    assert source_names() == []


def test_what_is_found_on_this_machine(project: Project) -> None:
    found = {each.what: each for each in local(project.settings())}
    assert {each.level for each in found.values()} == {Level.OK}
    assert found["sources"].told == "3, 1 with a schedule, 1 disabled"
    (project.folder / "data").mkdir(exist_ok=True)
    (project.folder / "data" / "archive").rmdir()
    (project.folder / "data" / "archive").write_bytes(b"in the way")
    (project.folder / "config" / "sources" / "pages.toml").write_text('kind = "files"\n', "utf-8")
    [_, broken] = local(project.settings())
    assert (broken.what, broken.level) == ("sources", Level.FAIL)
    assert "pages.toml" in broken.told
    project.source("pages")
    found = {each.what: each for each in local(project.settings())}
    assert (found["archive"].level, bool(found["archive"].way_out)) == (Level.FAIL, True)


def test_the_caps_are_those_of_the_package() -> None:
    assert {name: str(cap) for name, cap in caps().items()}.keys() == {"prefect", "fastapi", "sqlalchemy"}
    assert "0.156.0" not in caps()["fastapi"]
    assert "2.1.0" not in caps()["sqlalchemy"]
