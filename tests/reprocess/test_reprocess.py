"""Pages read again from the archive: which, from which bytes, and what becomes of their rows."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.fetch.archive import ArchiveError
from ingest.reprocess import Again, counted
from ingest.sources.load import load
from ingest.store.engine import Database
from tests.flows.project import PAGE, Project
from tests.reprocess.rereading import as_of_old_rules, change, outcomes, reread

_OF_VERSIONS = {"revision", "since"}  # of an article that was read by other rules in between


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of three pages that was run; its pages are gone from the disk since."""
    return _run_once(tmp_path, None)


@pytest.fixture
def on_each(tmp_path: Path, address: str) -> Project:
    """The same on each engine."""
    return _run_once(tmp_path, address)


def _run_once(folder: Path, address: str | None) -> Project:
    made = Project(folder, address)
    for number in range(3):
        made.put(f"{number}.txt", PAGE.replace("31", str(number + 31)))
    made.run()
    shutil.rmtree(made.pages)
    made.pages.mkdir()
    return made


def less(rows: dict[str, list[dict[str, Any]]], names: set[str]) -> dict[str, list[dict[str, Any]]]:
    """Return all rows less some columns and former versions."""
    return {
        table: [{name: value for name, value in row.items() if name not in names} for row in each]
        for table, each in rows.items()
        if table != "revision"
    }


def test_what_other_rules_read_is_read_by_todays(on_each: Project) -> None:
    before = on_each.everything()
    as_of_old_rules(on_each)
    run = reread(on_each)
    assert outcomes(run) == {"updated": 3}
    assert run.total.well
    assert less(on_each.everything(), _OF_VERSIONS) == less(before, _OF_VERSIONS)
    former = on_each.rows("revision")
    assert {(row["cause"], row["rules_version"], row["number"]) for row in former} == {("rules", "old", 1)}
    assert {row["content"]["publisher"] for row in former} == {"old"}
    row = max(on_each.rows("run"), key=lambda row: str(row["started_at"]))
    assert row["parameters"] == {"reprocess": True, "everything": False, "only": []}
    assert row["outcomes"] == {"pages": {"updated": 3}}


def test_what_todays_rules_read_is_left_alone_unless_all_is_wanted(project: Project) -> None:
    before = project.everything()
    assert outcomes(reread(project)) == {}
    assert outcomes(reread(project, everything=True)) == {"unchanged": 3}
    assert project.everything() == before
    segments = list(project.settings().archive.iterdir())
    assert len(segments) == 1  # nothing is archived again


def test_what_is_counted_beforehand_is_what_is_read(on_each: Project) -> None:
    today = datetime.now(UTC).date()
    change(on_each, "UPDATE page SET rules_version = 'old' WHERE address <> '0.txt'")
    wanted: list[tuple[dict[str, Any], int]] = [
        ({}, 2),
        ({"everything": True}, 3),
        ({"only": ("1.txt", "0.txt")}, 1),
        ({"since": today + timedelta(days=1)}, 0),
        ({"until": today - timedelta(days=2)}, 0),
        ({"since": today - timedelta(days=1), "until": today, "everything": True}, 3),
    ]
    database = Database(on_each.settings().database)
    sources = load(on_each.settings().config).values()
    counts = [counted(database, sources, Again(**again))["pages"] for again, _ in wanted]
    database.close()
    assert [count.pages for count in counts] == [number for _, number in wanted]
    assert (counts[0].left, counts[0].gone, counts[0].quarantined) == (1, 0, 0)
    for again, number in wanted[::-1]:
        run = reread(on_each, **again)
        assert run.total.targets == number
        change(on_each, "UPDATE page SET rules_version = 'old' WHERE address <> '0.txt'")


def test_chunks_are_bounded_by_pages_and_bytes(project: Project) -> None:
    from ingest.reprocess import chunks

    as_of_old_rules(project)
    database = Database(project.settings().database)
    [source] = load(project.settings().config).values()
    by_pages = [len(chunk) for chunk in chunks(database, project.settings(chunk_pages=2), source, Again())]
    by_bytes = [len(chunk) for chunk in chunks(database, project.settings(chunk_bytes=100), source, Again())]
    database.close()
    assert by_pages == [2, 1]
    assert by_bytes == [1, 1, 1]


def test_bytes_that_the_archive_lost_are_told_and_taken_up_when_they_are_back(project: Project) -> None:
    as_of_old_rules(project)
    [segment] = project.settings().archive.iterdir()
    elsewhere = segment.rename(project.folder / "elsewhere")
    run = reread(project)
    assert outcomes(run) == {"quarantined": 3}
    problem = run.total.problems[0]
    assert problem.stage == "archive"
    assert "bring the archive back from its backup, then `ingest reprocess pages`" in problem.reason
    assert problem.replay == "ingest run pages --only 0.txt --force"
    assert {row["publisher"] for row in project.rows("article")} == {"old"}  # what was read once stands
    elsewhere.rename(segment)
    assert outcomes(reread(project)) == {"updated": 3}
    assert project.rows("quarantine") == []


def test_a_damaged_record_is_told_and_the_others_are_read(project: Project) -> None:
    as_of_old_rules(project)
    row = project.rows("capture")[0]
    path = project.settings().archive / row["archive_file"]
    with path.open("r+b") as file:
        file.seek(row["archive_offset"] + row["archive_length"] // 2)
        file.write(b"\0\0\0\0")
    run = reread(project)
    assert outcomes(run) == {"updated": 2, "quarantined": 1}
    assert "is damaged" in run.total.problems[0].reason


def test_an_archive_that_is_not_there_at_all_is_no_loss_of_its_pages(project: Project) -> None:
    as_of_old_rules(project)
    shutil.rmtree(project.settings().archive)
    with pytest.raises(ArchiveError, match="mount or mend it"):
        reread(project)
    assert project.rows("quarantine") == []


def test_a_page_that_brought_a_rule_down_is_read_once_the_rule_is_mended(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.pipeline import read_page as right

    def broken(content: bytes, **options: Any) -> Any:
        if "39家" in content.decode():
            msg = "a rule"
            raise ZeroDivisionError(msg)
        return right(content, **options)

    project.put("new.txt", PAGE.replace("31", "39"))
    project.put("0.txt", PAGE.replace("31", "39"))  # a page that had been read, with other bytes
    with monkeypatch.context() as patched:
        patched.setattr("ingest.reading.read_page", broken)
        project.run()
    assert {row["address"] for row in project.rows("quarantine")} == {"new.txt", "0.txt"}
    # the folder's other pages are gone, and stay so: 1.txt and 2.txt
    assert outcomes(reread(project)) == {"new": 1, "updated": 1}
    assert project.rows("quarantine") == []
    assert {row["address"] for row in project.rows("article") if row["withdrawn_at"] is None} == {"new.txt", "0.txt"}
    read = {row["address"]: row["capture_key"] for row in project.rows("article")}
    newest = {
        row["address"]: row["key"] for row in sorted(project.rows("capture"), key=lambda r: str(r["captured_at"]))
    }
    assert read["0.txt"] == newest["0.txt"]


def test_what_a_source_has_no_longer_stays_withdrawn(project: Project) -> None:
    project.put("0.txt", PAGE.replace("31", "31"))
    project.run()  # the others are gone
    as_of_old_rules(project)
    assert outcomes(reread(project, everything=True)) == {"updated": 1}
    assert {row["address"] for row in project.rows("article") if row["withdrawn_at"]} == {"1.txt", "2.txt"}


def test_a_page_that_could_not_be_had_lately_stays_in_quarantine(on_each: Project) -> None:
    as_of_old_rules(on_each)
    change(
        on_each,
        "INSERT INTO quarantine SELECT key, source, address, NULL, 'failed', 'fetch', 'no answer', NULL, true, "
        "'ingest run', '2026-01-01 00:00:00' FROM page WHERE address = '1.txt'",
    )
    assert outcomes(reread(on_each)) == {"updated": 3}
    assert [row["reason"] for row in on_each.rows("quarantine")] == ["no answer"]


def test_newer_bytes_that_come_meanwhile_are_not_overwritten(on_each: Project) -> None:
    as_of_old_rules(on_each)
    newer = PAGE.replace("31", "77")
    pages: list[int] = []

    def meanwhile() -> None:
        pages.append(1)
        if len(pages) == 1:  # the chunk was listed and is being read
            for number in range(3):
                on_each.put(f"{number}.txt", PAGE.replace("31", str(number + 31)))
            on_each.put("0.txt", newer)
            on_each.run()

    run = reread(on_each, on_page=meanwhile)
    assert outcomes(run) == {"unchanged": 2, "skipped": 1}
    [article] = [row for row in on_each.rows("article") if row["address"] == "0.txt"]
    assert "77家" in "".join(article["paragraphs"])


def test_other_selectors_are_a_reason_to_read_again(project: Project) -> None:
    project.source("pages", '[page]\ntitle = "h1"\n')
    assert reread(project).total.targets == 3
    assert reread(project).total.targets == 0


def test_the_source_s_encoding_of_today_counts(project: Project) -> None:
    project.put("0.txt", PAGE.encode("gb18030"))
    project.run()
    project.source("pages", 'encoding = "gb18030"\n')
    change(project, "UPDATE page SET rules_version = 'old'")
    assert reread(project).total.targets == 1
    [page] = [row for row in project.rows("page") if row["address"] == "0.txt"]
    assert page["content_type"] == "text/plain; charset=gb18030"
    assert project.run().outcomes == {"pages": {"unchanged": 1}}  # as a run would have read it


def test_days_are_those_of_the_first_capture(on_each: Project) -> None:
    change(on_each, "UPDATE capture SET captured_at = '2024-05-06 23:59:59' WHERE address = '1.txt'")
    as_of_old_rules(on_each)
    assert outcomes(reread(on_each, until=date(2024, 5, 5))) == {}
    assert outcomes(reread(on_each, since=date(2024, 5, 6), until=date(2024, 5, 6))) == {"updated": 1}
