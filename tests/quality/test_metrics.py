"""Metrics that Prometheus can read, from what runs left in a real database; and what a run leaves to be compared."""

import signal
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from ingest import metrics
from ingest.choice import Orders
from ingest.chunk import Desk
from ingest.errors import ConfigError
from ingest.quality.sample import Sample
from ingest.run import begin, end
from ingest.store.engine import NoDatabaseError
from tests.flows.project import PAGE, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a source whose name and pages are plain."""
    return Project(tmp_path)


def read(text: str) -> dict[tuple[str, ...], float]:
    """Return metrics by name and labels, read by Prometheus' own parser."""
    found: dict[tuple[str, ...], float] = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation
        assert family.type == "gauge"
        for sample in family.samples:
            key = (sample.name, *(sample.labels[name] for name in sorted(sample.labels)))
            assert key not in found
            found[key] = sample.value
    return found


def test_metrics_say_how_runs_and_sources_stand(project: Project, address: str) -> None:
    project.database = address
    project.put("a.txt")
    project.put("b.txt", PAGE.replace("31", "32"))
    project.run()
    project.put("c.txt", b"\x89PNG\r\n\x1a\n" + bytes(99))
    (project.pages / "b.txt").unlink()
    before = datetime.now(UTC).timestamp()
    project.run()
    with Desk(project.settings()) as desk:
        broken = begin(desk, Orders(sources=()))
        end(desk, broken, error="ZeroDivisionError: of ours")
        begin(desk, Orders(sources=()))
        found = read(metrics.text(address))
    assert found[("ingest_up",)] == 1
    assert [found[("ingest_runs", state)] for state in ("completed", "failed", "running")] == [2, 1, 1]
    outcomes = {key[1]: value for key, value in found.items() if key[0] == "ingest_last_run_targets"}
    wanted = {"new": 0, "updated": 0, "unchanged": 1, "skipped": 0, "failed": 0, "quarantined": 1}
    assert outcomes == wanted
    assert found[("ingest_last_run_articles", "pages")] == 1
    assert found[("ingest_articles", "pages", "standing")] == found[("ingest_articles", "pages", "withdrawn")] == 1
    assert found[("ingest_quarantine", "quarantined", "pages", "sniff")] == 1
    assert before - 1 <= found[("ingest_last_success_timestamp_seconds", "pages")] <= datetime.now(UTC).timestamp() + 1
    assert found[("ingest_newest_article_timestamp_seconds", "pages")] == datetime(2025, 3, 2, tzinfo=UTC).timestamp()
    assert 0 <= found[("ingest_last_run_duration_seconds", "pages")] < 60


def test_a_run_leaves_what_it_gave_of_each_source(project: Project) -> None:
    project.put("a.txt")
    project.put("b.html", "<p>新闻</p>")
    project.run()
    project.run()
    project.run(limit=1)
    first, second, third = sorted(project.rows("measure"), key=lambda row: row["ended_at"])
    assert [row["whole"] for row in (first, second, third)] == [True, True, False]
    assert first["outcomes"] == {"new": 1, "skipped": 1}
    sample = Sample.of_row(first)
    assert (sample.pages, sample.articles, sample.news, sample.met, sample.newest) == (2, 1, 1, 1, date(2025, 3, 2))
    assert sample.filled["title"] == sample.filled["indicators"] == sample.filled["body"] == 1
    assert sample.charsets.total() == 2
    assert sample.kept > 80
    assert (Sample.of_row(second).articles, Sample.of_row(second).met) == (0, 1)  # known, and met all the same


def test_metrics_are_served_until_the_end_and_say_so_when_the_database_is_away(project: Project) -> None:
    project.put("a.txt")
    project.run()
    settings = project.settings()
    with metrics.served(settings.database, "127.0.0.1:0") as url:
        with urllib.request.urlopen(url) as answer:
            assert answer.headers["Content-Type"].startswith("text/plain; version=")
            assert read(answer.read().decode())[("ingest_articles", "pages", "standing")] == 1
        taken = url.removeprefix("http://").removesuffix("/metrics")
        with pytest.raises(ConfigError, match="metrics cannot be served at"), metrics.served(settings.database, taken):
            pass
        (project.folder / "data" / "ingest.db").unlink()
        with urllib.request.urlopen(url) as answer:
            assert read(answer.read().decode()) == {("ingest_up",): 0}
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(url)
    with pytest.raises(NoDatabaseError):
        metrics.text(settings.database)


@pytest.mark.parametrize("where", ["9464", "localhost", "localhost:http", "localhost:99999", ":9464"])
def test_what_is_no_address_is_refused(project: Project, where: str) -> None:
    with pytest.raises(ConfigError, match="HOST:PORT"), metrics.served("sqlite:///x.db", where):
        pass


def test_the_command_prints_them_or_serves_them_until_it_is_stopped(project: Project) -> None:
    project.put("a.txt")
    project.run()
    script = [sys.executable, "-c", "from ingest.cli import main; main()", "metrics"]
    served = subprocess.Popen(
        [*script, "--serve", "127.0.0.1:0"], cwd=project.folder, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    with served:
        assert served.stdout is not None
        url = served.stdout.readline().split()[2].rstrip(";")
        with urllib.request.urlopen(url) as answer:
            assert read(answer.read().decode())[("ingest_up",)] == 1
        served.send_signal(signal.SIGTERM)
        assert served.wait(20) == 0
