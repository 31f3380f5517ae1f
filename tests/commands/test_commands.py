"""The commands as a user types them, but for Prefect: wrong usage, sources, status, and what each may import."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.store.engine import Database
from tests.flows.project import Project
from tests.flows.test_run import HOSTILE, hostile


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one source and no page yet."""
    return Project(tmp_path)


def ingest(folder: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``ingest`` in a folder."""
    command = [sys.executable, "-c", "from ingest.cli import main; main()", *args]
    set_here = {name: value for name, value in os.environ.items() if not name.startswith(("INGEST_", "PREFECT_"))}
    set_here |= {"HOME": str(folder), "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=set_here | environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["page"], "no source is named 'page'; did you mean `pages`?"),
        (["--only", "b.txt"], "pages: no target has the address 'b.txt'; did you mean 'a.txt'?"),
        (["--limit", "0"], "'--limit'"),
        (["--lim", "1"], "--limit"),
    ],
)
def test_wrong_usage_is_told_at_once(project: Project, args: list[str], words: str) -> None:
    project.put("a.txt")
    done = ingest(project.folder, "run", *args)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project.folder / "data").exists()


def test_without_a_config_the_way_out_is_named(tmp_path: Path, project: Project) -> None:
    elsewhere = tmp_path / "pages"
    for command in ("run", "sources", "status"):
        done = ingest(elsewhere, command)
        assert done.returncode == 2
        assert "there is no folder config here" in done.stderr
        assert "INGEST_CONFIG" in done.stderr
    done = ingest(elsewhere, "sources", INGEST_CONFIG=str(tmp_path / "config"))
    assert done.returncode == 0
    done = ingest(elsewhere, "sources", INGEST_CONFIG="nowhere")
    assert (done.returncode, "which is no folder" in done.stderr) == (2, True)


def test_a_broken_source_is_told_in_one_line(project: Project) -> None:
    project.source("pages", 'foldr = "x"\n')
    done = ingest(project.folder, "run")
    assert done.returncode == 2
    assert done.stderr == "ingest: config/sources/pages.toml: unknown key `foldr`; did you mean `folder`?\n"


def test_settings_come_from_the_environment_over_the_file(project: Project) -> None:
    (project.folder / "config" / "settings.toml").write_text("chunk_pages = 0\n")
    done = ingest(project.folder, "sources")
    assert (done.returncode, "config/settings.toml: `chunk_pages` is 0" in done.stderr) == (2, True)
    assert ingest(project.folder, "sources", INGEST_CHUNK_PAGES="7").returncode == 0
    done = ingest(project.folder, "sources", INGEST_CHUNK_PAGES="many")
    assert (done.returncode, "INGEST_CHUNK_PAGES: `chunk_pages` is 'many'" in done.stderr) == (2, True)
    (project.folder / "config" / "settings.toml").write_text('databse_url = "x"\n')
    done = ingest(project.folder, "sources")
    assert "unknown key `databse_url`; did you mean `database_url`?" in done.stderr


def test_sources_are_listed(project: Project) -> None:
    project.put("a.txt")
    project.put("b.html")
    project.source("gone")
    project.source("old", 'disabled = "the site is gone"\n')
    done = ingest(project.folder, "sources")
    assert done.returncode == 0, done.stderr
    told = {line.split()[0]: line for line in done.stdout.splitlines()[1:]}
    assert told["pages"].split()[:3] == ["pages", "files", "2"]
    assert "disabled: the site is gone" in told["old"]
    assert "its folder gone does not exist" in told["gone"]
    listed = [json.loads(line) for line in ingest(project.folder, "sources", "--json").stdout.splitlines()]
    assert [(each["name"], each["pages"], each["disabled"]) for each in listed] == [
        ("gone", None, None),
        ("old", None, "the site is gone"),
        ("pages", 2, None),
    ]


def test_status_tells_runs_rows_and_quarantine(project: Project) -> None:
    done = ingest(project.folder, "status")
    assert (done.returncode, "There is none yet" in done.stdout) == (0, True)
    assert not (project.folder / "data").exists()
    hostile(project)
    run = project.run()
    done = ingest(project.folder, "status")
    assert done.returncode == 0, done.stderr
    assert "pages: 2 new, 5 failed, 2 quarantined" in done.stdout
    assert "In quarantine: 7" in done.stdout
    for address, (outcome, _, words) in HOSTILE.items():
        [line] = [line for line in done.stdout.splitlines() if line.startswith(f"{outcome}: pages: {address}: ")]
        assert words in line
        assert f"    again: ingest run pages --only {address}" in done.stdout.splitlines()
    told = json.loads(ingest(project.folder, "status", "--json").stdout)
    assert told["runs"][0]["key"] == run.key
    assert (told["rows"]["article"], told["rows"]["quarantine"]) == (2, 7)


def test_status_makes_nothing_and_waits_for_no_writer(project: Project) -> None:
    done = ingest(project.folder, "status", INGEST_DATABASE_URL="sqlite:///other/mine.db")
    assert (done.returncode, "There is none yet" in done.stdout) == (0, True)
    assert not (project.folder / "other").exists()
    (project.folder / "empty.db").touch()
    done = ingest(project.folder, "status", "--json", INGEST_DATABASE_URL="sqlite:///empty.db")
    assert (done.returncode, done.stdout) == (0, "null\n")
    assert (project.folder / "empty.db").stat().st_size == 0
    project.put("a.txt")
    project.run()
    database = Database(project.settings().database)
    with database.write():  # a run is storing a chunk
        done = ingest(project.folder, "status")
    database.close()
    assert (done.returncode, "pages: 1 new" in done.stdout) == (0, True)


def test_status_hides_the_password(project: Project) -> None:
    url = "postgresql://someone:secret@127.0.0.1:9/none"
    done = ingest(project.folder, "status", INGEST_DATABASE_URL=url)
    assert done.returncode == 1
    assert "secret" not in done.stdout + done.stderr
    assert "someone" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_address_that_is_none_is_wrong_usage(project: Project) -> None:
    project.put("a.txt")
    for url in ("postgresql://u:secret@localhost:abc/x", "mysql://u:secret@h/x", "nonsense"):
        for command in ("run", "status"):
            done = ingest(project.folder, command, INGEST_DATABASE_URL=url)
            assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
            assert "secret" not in done.stdout + done.stderr


def test_prefect_and_the_database_are_imported_by_those_that_need_them(project: Project) -> None:
    project.put("a.txt")
    script = "import sys\nfrom ingest import cli\nsys.argv = sys.argv[1:]\ntry: cli.main()\nexcept SystemExit: pass\n"
    script += "print(*({'prefect', 'sqlalchemy', 'httpx', 'warcio'} & set(sys.modules)), file=sys.stderr)"

    def loaded(*args: str) -> set[str]:
        command = [sys.executable, "-c", script, "ingest", *args]
        done = subprocess.run(command, cwd=project.folder, capture_output=True, text=True, check=True)
        return set(done.stderr.split("\n")[-2].split())

    project.run()
    assert loaded("extract", "pages/a.txt") == set()
    assert loaded("sources") == set()
    assert "prefect" not in loaded("status")
    assert "prefect" not in loaded("run", "nonsense")
