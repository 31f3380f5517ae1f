"""search, export and the care of the database, as a user types them."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.cli import app
from ingest.errors import ConfigError
from ingest.store.engine import NoDatabaseError
from tests.commands.test_commands import ingest
from tests.flows.project import PAGE, Project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with two pages that were read."""
    made = Project(tmp_path_factory.mktemp("project"))
    made.put("a.txt")
    made.put("b.txt", PAGE.replace("绵阳", "德阳").replace("中试线", "孵化器").replace("2025", "2024"))
    made.run()
    return made


def test_search_finds_marks_and_narrows(project: Project) -> None:
    done = ingest(project.folder, "search", "中試線")
    assert (done.returncode, done.stderr) == (0, "")
    title, particulars, snippet = done.stdout.splitlines()
    assert title == "绵阳高新区：新建两条中试线"
    assert particulars.split()[:4] == ["2025-03-02", "绵阳高新区", "园区创新", "pages"]
    assert "«中试线»" in snippet
    narrowed = [
        "search",
        "高新区",
        "--zone",
        "德阳高新技术产业开发区",
        "--since",
        "2024",
        "--until",
        "2024-12",
        "--json",
    ]
    [line] = ingest(project.folder, *narrowed).stdout.splitlines()
    assert (json.loads(line)["address"], json.loads(line)["zones"]) == ("b.txt", ["德阳高新区"])
    done = ingest(project.folder, "search", "氦氖", "--since", "2025")
    assert (done.returncode, done.stdout) == (0, "nothing found for 氦氖 (since 2025-01-01)\n")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["search", "高新", "--since", "2024-13"], "--since '2024-13' is no day: write 2024, 2024-05 or 2024-05-06"),
        (["search", "高新", "--until", "昨天"], "--until '昨天' is no day"),
        (["search", "高新", "--zone", "德阳高新"], "did you mean 德阳高新区"),
        (["search", "高新", "--source", "page"], "no source 'page'; did you mean pages?"),
        (["search", "。"], "no letter, digit or character"),
        (["export", "article"], "there is no 'article' to export: articles, indicators"),
        (["export"], "say what to export"),
        (["export", "articles", "--min-confidence", "0.5"], "leave --min-confidence out"),
        (["export", "articles", "--out", "x.xlsx"], "its name does not say the format: end it in .csv"),
        (["export", "articles", "--format", "xlsx"], "--format 'xlsx' is none: csv, jsonl, parquet"),
        (["db", "forget"], "--source NAME or --article KEY"),
        (["db", "forget", "--source", "page"], "did you mean pages?"),
    ],
)
def test_wrong_usage_is_told_in_a_line(
    project: Project, monkeypatch: pytest.MonkeyPatch, args: list[str], words: str
) -> None:
    monkeypatch.chdir(project.folder)
    error = CliRunner().invoke(app, args).exception  # main() makes a line and exit code 2 of it
    assert isinstance(error, ConfigError)
    assert words in str(error)
    assert "\n" not in str(error)


def test_export_to_a_file_and_to_a_pipe(project: Project) -> None:
    done = ingest(project.folder, "export", "indicators_by_zone", "--out", "i.csv", "--bom", "--zone", "绵阳高新区")
    assert done.returncode == 0, done.stderr
    content = (project.folder / "i.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfkey,zone,")
    told = {
        (row["name"], row["value"], row["unit"]) for row in csv.DictReader(content.decode("utf-8-sig").splitlines())
    }
    assert ("规模以上工业总产值", "41250000000", "元") in told
    columns = json.loads((project.folder / "i.csv.columns.json").read_text("utf-8"))
    assert next(column for column in columns if column["name"] == "value")["type"] == "decimal"
    done = ingest(project.folder, "export", "articles", "--format", "jsonl")
    assert [json.loads(line)["address"] for line in done.stdout.splitlines()] == ["b.txt", "a.txt"]
    assert ingest(project.folder, "export", "articles", "-o", "nowhere/x.csv").returncode == 1
    assert not list(project.folder.glob(".*.part"))
    assert "| indicators | value | decimal |" in ingest(project.folder, "export", "--dictionary").stdout


def test_without_a_database_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Project(tmp_path)
    monkeypatch.chdir(tmp_path)
    for args in (["search", "x"], ["export", "articles"], ["db", "stats"], ["db", "vacuum"], ["db", "reindex"]):
        error = CliRunner().invoke(app, args).exception
        assert isinstance(error, NoDatabaseError), args
        assert "`ingest run` makes it" in str(error)
    assert not (tmp_path / "data").exists()


def test_the_database_is_looked_after(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.put("a.txt")
    project.run()
    tables = {
        size["table"]: size for size in json.loads(ingest(project.folder, "db", "stats", "--json").stdout)["tables"]
    }
    assert tables["article"]["rows"] == 1
    assert ingest(project.folder, "db", "stats").returncode == 0
    assert "1 articles put into the index" in ingest(project.folder, "db", "reindex", "--all").stdout
    assert "MB now" in ingest(project.folder, "db", "vacuum").stdout
    done = ingest(project.folder, "db", "forget", "--source", "pages")
    assert (done.returncode, "nothing was done" in done.stdout, "1 article" in done.stdout) == (0, True, True)
    assert len(project.rows("article")) == 1
    [article] = project.rows("article")
    done = ingest(project.folder, "db", "forget", "--article", article["key"], "--yes")
    assert (done.returncode, "forgotten" in done.stdout) == (0, True), done.stderr
    assert {name: rows for name, rows in project.everything().items() if rows and name != "source"}.keys() <= {
        "forgotten", "measure"
    }  # fmt: skip
    assert project.run(force=True).outcomes == {"pages": {"skipped": 1}}  # the source still names it
    assert project.rows("article") == []
    assert ingest(project.folder, "db", "allow", "--source", "other").returncode == 1
    assert "1 taken back" in ingest(project.folder, "db", "allow", "--source", "pages").stdout
    project.run()
    assert len(project.rows("article")) == 1
