"""``ingest archive verify`` on a project as a user has it: well, damaged, cut short, missing; by source, by sample."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ingest.cli import app
from ingest.errors import ConfigError
from tests.flows.project import PAGE, Project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path)
    for number in range(6):
        made.put(f"{number}.txt", PAGE.replace("31", f"3{number}"))
    made.run()
    monkeypatch.chdir(tmp_path)
    return made


def verify(*args: str) -> Result:
    return CliRunner().invoke(app, ["archive", "verify", *args])


def segment(project: Project) -> Path:
    (path,) = project.settings().archive.glob("*.warc.gz")
    return path


def test_all_is_well(project: Project) -> None:
    said = verify()
    assert (said.exit_code, "6 captures" in said.output, "all is well" in said.output) == (0, True, True), said.output
    said = verify("--sample", "4", "--source", "pages")
    assert (said.exit_code, "4 captures" in said.output) == (0, True), said.output
    with pytest.raises(ConfigError, match="no source 'page'"):
        raise verify("--source", "page").exception or AssertionError


def test_a_damaged_file_is_told_with_the_way_out(project: Project) -> None:
    path = segment(project)
    content = bytearray(path.read_bytes())
    row = project.rows("capture")[2]
    content[row["archive_offset"] + row["archive_length"] - 20] ^= 1
    path.write_bytes(content)
    for args in ((), ("--source", "pages"), ("--sample", "6")):
        said = verify(*args)
        assert said.exit_code == 1
        assert f"lost: pages: {row['address']} ({path.name}" in said.output
        assert "backup" in said.output
    *findings, total = (json.loads(line) for line in verify("--json").output.splitlines())
    assert [(each["fault"], each["address"]) for each in findings] == [("lost", row["address"])]
    assert (total["well"], total["findings"]) == (False, {"lost": 1})


def test_a_file_cut_short_and_one_that_is_missing(project: Project) -> None:
    path = segment(project)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    said = verify()
    assert said.exit_code == 1
    behind = [
        row for row in project.rows("capture") if row["archive_offset"] + row["archive_length"] > len(content) // 2
    ]
    assert said.output.count("lost: pages") == len(behind) > 1
    path.unlink()
    said = verify()
    assert (said.exit_code, f"no file: {path.name}, to which 6 captures point" in said.output) == (1, True)


def test_records_without_a_row_are_told_and_a_fault_only_by_demand(project: Project) -> None:
    path = segment(project)
    (path.parent / "20200101000000-0123456789ab.warc.gz").write_bytes(path.read_bytes())
    said = verify()
    assert (said.exit_code, said.output.count("stray:"), "were killed" in said.output) == (0, 6, True)
    assert verify("--strict").exit_code == 1
