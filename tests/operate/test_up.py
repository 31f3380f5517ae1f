"""``ingest up`` from its start to its end and its next start, on a real server; a test goes on from the one before."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ingest.store import queries
from ingest.store.engine import Database
from tests.flows.project import PAGE
from tests.operate.running import Up, environment, wait, within

MANY = 1200  # pages in one chunk: work for longer than it takes to begin to stop it
# Daily schedules whose hour is not now, and not soon.
HOURS = [(datetime.now(ZoneInfo("Asia/Shanghai")).hour + more) % 24 for more in (11, 12, 13)]


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """An ``ingest up`` that is up."""
    running = Up(tmp_path_factory.mktemp("up"))
    running.project.source("many", f'schedule = "0 {HOURS[0]} * * *"\n')
    (running.folder / "many").mkdir()
    (running.folder / "config" / "settings.toml").write_text(f"chunk_pages = {MANY}\n", "utf-8")
    for number in range(MANY):
        (running.folder / "many" / f"{number:04}.txt").write_text(PAGE.replace("31", str(number + 31)), "utf-8")
    try:
        running.start()
        yield running
    finally:
        running.end()


def test_all_of_the_catalogue_is_deployed_with_its_schedules(up: Up) -> None:
    there = up.deployments()
    assert set(there) == {"pages", "many", "backfill", "reprocess", "quality", "maintenance"}
    [schedule] = there["pages"]["schedules"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("* * * * *", "Asia/Shanghai")
    assert there["pages"]["parameters"] == {"sources": ["pages"]}
    assert there["backfill"]["schedules"] == []
    assert {each["work_pool_name"] for each in there.values()} == {"ingest"}
    assert all(each["description"] and "gaoxin-ingest" in each["tags"] for each in there.values())
    assert f"Prefect's UI: {up.address}" in up.said


def test_forms_have_choices_dates_and_words(up: Up) -> None:
    form = up.deployments()["backfill"]["parameter_openapi_schema"]
    fields = form["properties"]
    assert _items(fields["sources"])["enum"] == ["many", "pages"]
    assert fields["since"]["format"] == fields["until"]["format"] == "date"
    assert fields["what"]["enum"] == ["missing", "failed", "outdated", "all"]
    assert all(field["description"] for field in fields.values())
    assert form["required"] == ["since", "until"]
    for deployment in up.deployments().values():
        for name, field in deployment["parameter_openapi_schema"]["properties"].items():
            assert field.get("description"), (deployment["name"], name)


def _items(field: dict[str, Any]) -> dict[str, Any]:
    """Return what the items of a list are, which may be left out."""
    kinds: list[dict[str, Any]] = field.get("anyOf", [field])
    [items] = [kind["items"] for kind in kinds if kind.get("type") == "array"]
    return dict(items)


def test_another_up_or_a_taken_port_is_told_in_one_line(up: Up) -> None:
    second = up.command("up", "--port", str(up.port + 1))
    assert second.returncode == 1
    [line] = second.stderr.splitlines()
    assert line.startswith("ingest: `ingest up` is at work already")
    assert up.address in line
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        third = up.command("up", "--port", port, INGEST_DATA="elsewhere")
    assert third.returncode == 1
    assert third.stderr.startswith(f"ingest: the port {port} is taken")
    assert "--port" in third.stderr


def _workers(up: Up) -> list[Any]:
    return [each for each in up.ask("/work_pools/ingest/workers/filter") if each["status"] == "ONLINE"]


def test_the_doctor_finds_all_in_order_but_a_dead_run_and_mends_that(up: Up) -> None:
    wait(lambda: _workers(up), "a worker")
    there = up.deployments()["pages"]
    up.ask(f"/deployments/{there['id']}/pause_deployment")  # a run that begins would close the dead one itself
    begun = {"flow_runs": {"state": {"type": {"any_": ["RUNNING", "PENDING"]}}}}
    wait(lambda: not up.ask("/flow_runs/filter", begun), "the runs at work to end")
    flow = there["flow_id"]
    body = {"flow_id": flow, "name": "dead-duck", "state": {"type": "RUNNING", "name": "Running"}}
    theirs = up.ask("/flow_runs/", body)["id"]
    row = {"key": "d" * 32, "started_at": datetime(2026, 1, 1, tzinfo=UTC), "ended_at": None, "sources": ["pages"]}
    row |= {"parameters": {}, "rules_version": "0", "outcomes": {}, "error": None, "flow_run": theirs}
    database = Database(up.project.settings().database)
    with database.write() as connection:
        queries.begin_run(connection, row)
    database.close()
    done = up.command("doctor")
    assert done.returncode == 1
    assert "fail runs: dddddddd of pages, begun 2026-01-01 00:00 UTC, was killed, and its row has no end" in done.stdout
    assert "fail runs: Prefect's dead-duck is Running, and its process is gone" in done.stdout
    assert "`ingest doctor --mend` puts it right" in done.stdout
    done = up.command("doctor", "--mend", "--json")
    findings = json.loads(done.stdout)["findings"]
    assert [each["what"] for each in findings].count("mended") == 2
    assert done.returncode == 0, findings
    assert {each["what"] for each in findings if each["level"] != "ok"} == {"schedules"}, findings
    up.ask(f"/deployments/{there['id']}/resume_deployment")
    whats = {each["what"] for each in findings}
    assert whats >= {"packages", "database", "archive", "Prefect's server", "workers", "late runs", "runs"}
    assert up.state(theirs) == "Crashed"
    [ours] = [each for each in up.project.rows("run") if each["flow_run"] == theirs]
    assert ours["error"].startswith("killed")
    assert ours["ended_at"] is not None


def test_automations_are_there_once_and_what_a_person_changed_stays(up: Up) -> None:
    told = ("a run failed", "a run has died", "a run has not begun", "a source has drifted")
    names = {f"gaoxin-ingest: {what}" for what in told}
    names |= {"gaoxin-ingest: pages is stale", "gaoxin-ingest: many is stale"}
    there = automations(up)
    assert there.keys() == names
    stale = there["gaoxin-ingest: many is stale"]["trigger"]
    assert (stale["posture"], stale["within"]) == ("Proactive", 3 * 24 * 3600)
    failed = there["gaoxin-ingest: a run failed"]
    body = {name: failed[name] for name in ("name", "description", "enabled", "trigger", "actions")}
    body["trigger"]["threshold"] = 2
    up.ask(f"/automations/{failed['id']}", body, "PUT")
    up.ask(f"/automations/{there['gaoxin-ingest: a run has died']['id']}", {"enabled": False}, "PATCH")
    up.ask(f"/automations/{there['gaoxin-ingest: pages is stale']['id']}", method="DELETE")
    done = up.command("deploy")
    assert "automations left as somebody has changed them: a run failed" in done.stdout.splitlines()
    assert any(line.startswith("automations that somebody has deleted") for line in done.stdout.splitlines())
    after = automations(up)
    assert after.keys() == names - {"gaoxin-ingest: pages is stale"}
    assert after["gaoxin-ingest: a run failed"]["trigger"]["threshold"] == 2
    assert not after["gaoxin-ingest: a run has died"]["enabled"]
    done = up.command("deploy", "--automations")
    assert "automations made: pages is stale" in done.stdout.splitlines()
    assert automations(up).keys() == names
    assert len(up.ask("/automations/filter")) == len(names)


def automations(up: Up) -> dict[str, dict[str, Any]]:
    """Return the automations by name."""
    return {each["name"]: each for each in up.ask("/automations/filter")}


def test_prefects_own_deploy_takes_our_file_and_leaves_a_paused_schedule(up: Up) -> None:
    assert up.command("deploy", "--write", "prefect.yaml").returncode == 0
    there = up.deployments()["pages"]
    [schedule] = there["schedules"]
    up.ask(f"/deployments/{there['id']}/schedules/{schedule['id']}", {"active": False}, "PATCH")
    told = environment(up.folder) | {"PREFECT_API_URL": f"{up.address}/api", "DO_NOT_TRACK": "1"}
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    done = subprocess.run(command, cwd=up.folder, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    after = up.deployments()
    assert after.keys() == {"pages", "many", "backfill", "reprocess", "quality", "maintenance"}
    assert [each["active"] for each in after["pages"]["schedules"]] == [False]
    assert after["pages"]["parameter_openapi_schema"] == there["parameter_openapi_schema"]
    assert after["pages"]["entrypoint"] == there["entrypoint"]
    up.ask(f"/deployments/{there['id']}/schedules/{schedule['id']}", {"active": True}, "PATCH")


def test_a_run_that_is_stopped_goes_on_at_the_next_start_and_pauses_stay(up: Up) -> None:
    there = up.deployments()
    up.ask(f"/deployments/{there['quality']['id']}/pause_deployment")
    [schedule] = there["maintenance"]["schedules"]
    up.ask(f"/deployments/{there['maintenance']['id']}/schedules/{schedule['id']}", {"active": False}, "PATCH")
    own = {"schedule": {"cron": f"5 {HOURS[0]} * * *", "timezone": "Asia/Shanghai"}, "active": True}
    up.ask(f"/deployments/{there['many']['id']}/schedules", [own])
    run = up.run("many", sources=["many"], what="all")
    wait(lambda: up.state(run) == "Running", "the run to begin")
    code, seconds = up.stop()
    assert code == 0, up.said
    assert seconds < within(10)
    assert up.said[-1] == "stopping; runs that are at work go on at the next start"
    assert up.project.rows("article") == [] or not any(r["source"] == "many" for r in up.project.rows("article"))
    # A new one, and a changed one.
    up.project.source("late", f'schedule = "0 {HOURS[1]} * * *"\n')
    up.project.source("many", f'schedule = "0 {HOURS[2]} * * *"\n')
    up.start()
    after = up.deployments()
    assert "late" in after
    assert (after["quality"]["paused"], after["pages"]["paused"]) == (True, False)
    assert [each["active"] for each in after["maintenance"]["schedules"]] == [False]
    crons = {each["slug"]: each["schedule"]["cron"] for each in after["many"]["schedules"]}
    assert crons == {None: f"5 {HOURS[0]} * * *", "config": f"0 {HOURS[2]} * * *"}
    assert any(line.startswith("paused by somebody, and left so: ") for line in up.said)
    wait(lambda: up.state(run) == "Completed", "the run that was stopped")
    assert sum(row["source"] == "many" for row in up.project.rows("article")) == MANY


def test_a_source_that_is_gone_has_no_deployment(up: Up) -> None:
    (up.folder / "config" / "sources" / "late.toml").unlink()
    done = up.command("deploy")
    assert done.returncode == 0, done.stderr
    assert "removed, as their source is gone or disabled: ingest/late" in done.stdout.splitlines()
    assert "late" not in up.deployments()
    assert up.deployments()["quality"]["paused"]


def test_the_schedule_has_run_by_itself_and_left_a_readable_page(up: Up) -> None:
    deployment = up.deployments()["pages"]["id"]
    mine = {"deployments": {"id": {"any_": [deployment]}}, "sort": "START_TIME_DESC"}
    done = {"flow_runs": {"state": {"name": {"any_": ["Completed"]}}}}
    [run, *_] = wait(lambda: up.ask("/flow_runs/filter", mine | done), "a run of the schedule")
    assert run["auto_scheduled"]
    planned = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    assert wait(lambda: up.ask("/flow_runs/filter", mine | planned), "runs that are planned")
    runs = [each["id"] for each in up.ask("/flow_runs/filter", mine | done)]
    pages = {"artifacts": {"flow_run_id": {"any_": runs}, "type": {"any_": ["markdown"]}}}
    artifacts = up.ask("/artifacts/filter", pages)
    assert any("| pages | 3 |" in each["data"] for each in artifacts), artifacts
    assert any(row["flow_run"] in runs for row in up.project.rows("run"))


def test_ingest_run_shows_in_the_server_that_is_up(up: Up) -> None:
    done = up.command("run", "pages", "--json")
    assert done.returncode == 0, done.stderr
    key = json.loads(done.stdout)["run"]
    [row] = [row for row in up.project.rows("run") if row["key"] == key] or [{"flow_run": None}]
    if row["flow_run"]:
        assert up.state(row["flow_run"]) == "Completed"


def test_ctrl_c_ends_it_and_frees_the_port(up: Up) -> None:
    code, seconds = up.stop(signal.SIGINT)
    assert (code, up.said[-1]) == (0, "stopping; runs that are at work go on at the next start")
    assert seconds < within(10)
    with socket.create_server(("127.0.0.1", up.port)):
        pass
    done = up.command("deploy")
    assert done.returncode == 1
    assert "there is no Prefect server: start one with `ingest up`" in done.stderr
