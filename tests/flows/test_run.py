"""A run without Prefect: one outcome for each target, and the same database after every further run."""

import gzip
import shutil
from threading import Event
from typing import Any

import pytest

from ingest import reading
from ingest.choice import Orders, check_only, chunks
from ingest.chunk import Desk, StoppedError, Watch, run_chunk
from ingest.errors import ConfigError
from ingest.fetch.archive import Archive, Pointer
from ingest.pipeline import read_page
from ingest.sources.load import load, select
from tests.conftest import ROOT
from tests.fetch.segments import inspect
from tests.flows.project import PAGE, Project

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8


def hostile(project: Project) -> None:
    """Put one good page among everything that a folder can hold."""
    project.put("good.txt")
    project.put("packed.txt.gz", gzip.compress(PAGE.encode("gb18030")))
    project.put("empty.html", b"")
    project.put("empty.html.gz", b"")
    project.put("torn.html.gz", gzip.compress(PAGE.encode())[:-20])
    project.put("picture.html", JPEG)
    (project.pages / "broken.html").symlink_to("nowhere.html")
    (project.pages / "folder.html").mkdir()
    with project.put("huge.txt", b"").open("wb") as file:
        file.truncate(200 * 1024**2)  # a hole: 200 MB on paper, nothing on the disk


HOSTILE = {
    "broken.html": ("failed", "fetch", "is a link to nowhere.html"),
    "empty.html": ("failed", "fetch", "is empty"),
    "empty.html.gz": ("failed", "fetch", "is empty"),
    "folder.html": ("failed", "fetch", "is a folder"),
    "huge.txt": ("failed", "fetch", "has 200.0 MiB, more than 32.0 MiB"),
    "picture.html": ("quarantined", "sniff", "is a JPEG picture"),
    "torn.html.gz": ("quarantined", "unpack", "break off"),
}


def test_everything_a_folder_can_hold_has_its_outcome_and_the_rest_goes_through(project: Project) -> None:
    hostile(project)
    run = project.run()
    assert run.outcomes == {"pages": {"new": 2, "failed": 5, "quarantined": 2}}
    assert run.total.targets == 9
    found = {p.address: (p.outcome.value, p.stage, p.reason) for p in run.total.problems}
    assert found.keys() == HOSTILE.keys()
    for address, (outcome, stage, words) in HOSTILE.items():
        assert found[address][:2] == (outcome, stage)
        assert words in found[address][2]
    rows = project.rows("quarantine")
    assert {row["address"]: (row["outcome"], row["stage"], row["reason"]) for row in rows} == found
    assert {row["replay"] for row in rows} == {f"ingest run pages --only {address}" for address in HOSTILE}
    had_bytes = {row["address"] for row in rows if row["capture_key"]}
    assert had_bytes == {"picture.html", "torn.html.gz"}
    assert {row["address"] for row in project.rows("article")} == {"good.txt", "packed.txt.gz"}


def test_the_second_run_changes_no_row(project: Project) -> None:
    hostile(project)
    project.put("nothing.html", "<html><body></body></html>")
    project.run()
    before = project.everything()
    segments = sorted(path.name for path in project.settings().archive.iterdir())
    run = project.run()
    assert run.outcomes == {"pages": {"unchanged": 2, "skipped": 1, "failed": 5, "quarantined": 2}}
    assert project.everything() == before
    assert (run.total.archived, run.total.articles) == (0, 0)
    forced = project.run(force=True)
    assert forced.outcomes == run.outcomes
    assert forced.total.articles == 2
    assert project.everything() == before
    assert sorted(path.name for path in project.settings().archive.iterdir()) == segments


def test_the_sample_pages_are_all_new_and_then_all_unchanged(project: Project) -> None:
    shutil.copytree(ROOT / "seeds" / "samples", project.pages, dirs_exist_ok=True)
    pages = [p for p in project.pages.iterdir() if not p.name.endswith(".json")]
    assert project.run().outcomes == {"pages": {"new": len(pages)}}
    before = project.everything()
    assert before["indicator"]
    assert project.run().outcomes == {"pages": {"unchanged": len(pages)}}
    assert project.run(force=True).outcomes == {"pages": {"unchanged": len(pages)}}
    assert project.everything() == before


def test_every_record_points_to_the_bytes_it_was_read_from(project: Project) -> None:
    project.put("a/page.txt.gz", gzip.compress(PAGE.encode("gb18030")))
    project.run()
    [article], [capture] = project.rows("article"), project.rows("capture")
    [person] = project.rows("person")
    assert person["name"] == "唐晓舟"
    assert article["paragraphs"][person["paragraph"]][person["span_start"] : person["span_end"]] == person["text"]
    pointer = Pointer(capture["archive_file"], capture["archive_offset"], capture["archive_length"])
    content = Archive(project.settings().archive).read(pointer, capture["sha256"])
    assert content == (project.pages / "a/page.txt.gz").read_bytes()
    assert article["capture_key"] == capture["key"]


def test_a_change_is_updated_and_both_captures_stay(project: Project) -> None:
    project.put("a.txt")
    project.put("b.txt")
    project.run()
    project.put("a.txt", PAGE.replace("31家", "32家"))
    assert project.run().outcomes == {"pages": {"updated": 1, "unchanged": 1}}
    assert len(project.rows("capture")) == 3
    project.put("a.txt")
    run = project.run()
    assert run.outcomes == {"pages": {"updated": 1, "unchanged": 1}}
    assert run.total.archived == 0  # these bytes lie in the archive already
    assert sum(inspect(path).captures for path in project.settings().archive.iterdir()) == 3


def test_a_target_leaves_quarantine_once_it_is_read_or_gone(project: Project) -> None:
    hostile(project)
    project.run()
    project.put("empty.html")
    (project.pages / "broken.html").unlink()
    run = project.run(limit=3)
    assert run.total.targets == 3
    assert {row["address"] for row in project.rows("quarantine")} == HOSTILE.keys() - {"empty.html"}
    project.run()
    assert {row["address"] for row in project.rows("quarantine")} == HOSTILE.keys() - {"empty.html", "broken.html"}


def test_a_page_that_turns_bad_and_back_leaves_quarantine(project: Project) -> None:
    project.put("a.txt")
    project.run()
    before = project.everything()
    project.put("a.txt", b"")
    assert project.run().outcomes == {"pages": {"failed": 1}}
    assert len(project.rows("article")) == 1
    project.put("a.txt")
    assert project.run().outcomes == {"pages": {"unchanged": 1}}
    assert project.everything() == before


def test_a_page_that_brings_the_rules_down_is_quarantined(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fragile(content: bytes, **told: Any) -> Any:
        if b"bad" in content:
            msg = f"no rule for {object()}"
            raise LookupError(msg)
        return read_page(content, **told)

    monkeypatch.setattr(reading, "read_page", fragile)
    project.put("a.txt")
    project.put("b b.txt", PAGE + "bad")
    run = project.run()
    assert run.outcomes == {"pages": {"new": 1, "quarantined": 1}}
    [row] = project.rows("quarantine")
    assert (row["stage"], row["replay"]) == ("read", "ingest run pages --only 'b b.txt'")
    assert row["reason"].startswith("LookupError: no rule for <object object at 0x…>: a fault of the program")
    assert row["exception"].splitlines()[-1] == "LookupError: no rule for <object object at 0x…>"
    assert "in fragile: raise LookupError(msg)" in row["exception"]
    assert str(ROOT) not in row["exception"]
    before = project.everything()
    project.run()
    assert project.everything() == before
    monkeypatch.undo()
    assert project.run(only=("b b.txt",)).outcomes == {"pages": {"new": 1}}
    assert project.rows("quarantine") == []


def test_a_row_that_the_database_refuses_costs_no_other_page(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def crooked(content: bytes, **told: Any) -> Any:
        page = read_page(content, **told)
        if b"bad" in content:
            for article in page.articles:
                object.__setattr__(article.people[0], "start", 99)
        return page

    monkeypatch.setattr(reading, "read_page", crooked)
    for name in ("a.txt", "c.txt"):
        project.put(name)
    project.put("b.txt", PAGE + "bad")
    assert project.run().outcomes == {"pages": {"new": 2, "quarantined": 1}}
    [row] = project.rows("quarantine")
    assert (row["address"], row["stage"]) == ("b.txt", "store")
    assert "span" in row["reason"]
    assert row["capture_key"] in {capture["key"] for capture in project.rows("capture")}


def test_a_source_that_cannot_be_reached_is_one_failed_target(project: Project) -> None:
    project.source("gone")
    project.put("a.txt")
    run = project.run()
    assert run.outcomes == {"gone": {"failed": 1}, "pages": {"new": 1}}
    [problem] = run.total.problems
    assert (problem.stage, problem.replay) == ("discover", "ingest run gone")
    assert "its folder gone does not exist" in problem.reason
    (project.folder / "gone").mkdir()
    project.run()
    assert project.rows("quarantine") == []


def test_the_encoding_of_a_source_is_believed(project: Project) -> None:
    short = "涪江".encode("big5")
    project.put("a.txt", short * 3)
    project.source("pages", 'encoding = "big5"\n')
    project.run()
    assert [row["encoding"] for row in project.rows("page")] == ["big5hkscs"]
    assert [row["content_type"] for row in project.rows("page")] == ["text/plain; charset=big5"]
    before = project.rows("page")
    project.source("pages", 'encoding = "gb18030"\n')
    project.run()  # nothing about the file has changed, and yet it is read again
    assert project.rows("page") != before


def test_chunks_are_bounded_by_number_and_by_size(project: Project) -> None:
    for number in range(7):
        project.put(f"{number}.txt", b"x" * (100 if number < 3 else 10))
    settings = project.settings(chunk_pages=3, chunk_bytes=150)
    [source] = select(load(settings.config), [])
    orders = Orders(sources=(source,))
    assert [len(chunk) for chunk in chunks(settings, orders, source)] == [2, 3, 2]
    assert [len(chunk) for chunk in chunks(settings, Orders(sources=(source,), limit=4), source)] == [2, 2]


def test_a_run_in_many_chunks_equals_a_run_in_one(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Project(tmp_path_factory.mktemp("other"))
    for each in (project, other):
        for number in range(5):
            each.put(f"{number}.txt", PAGE.replace("31", str(number + 31)))
        hostile(each)
    assert project.run(chunk_pages=2).outcomes == other.run().outcomes
    times = {"captured_at", "since", "archive_file", "archive_offset", "archive_length"}
    one, two = project.everything(), other.everything()
    for table in one:
        strip = [[{k: v for k, v in row.items() if k not in times} for row in each[table]] for each in (one, two)]
        assert strip[0] == strip[1]


def test_a_stopped_chunk_stores_nothing(project: Project) -> None:
    project.put("a.txt")
    project.put("b.txt")
    settings = project.settings()
    [source] = select(load(settings.config), [])
    orders = Orders(sources=(source,))
    stop = Event()
    with Desk(settings) as desk:
        [chunk] = chunks(settings, orders, source)
        with pytest.raises(StoppedError):
            run_chunk(desk, source, chunk, watch=Watch(stop=stop, on_page=stop.set))
    assert project.rows("capture") == []
    assert project.run().outcomes == {"pages": {"new": 2}}


def test_an_address_that_is_no_target_is_told(project: Project) -> None:
    project.put("a/page.txt")
    settings = project.settings()
    sources = tuple(select(load(settings.config), []))
    check_only(settings, Orders(sources=sources, only=("a/page.txt",)))
    with pytest.raises(ConfigError, match=r"no target has the address 'a/pag\.txt'; did you mean 'a/page\.txt'\?"):
        check_only(settings, Orders(sources=sources, only=("a/pag.txt",)))


def test_the_run_has_its_row(project: Project) -> None:
    project.put("a.txt")
    run = project.run(limit=1)
    [row] = project.rows("run")
    assert (row["key"], row["outcomes"], row["error"]) == (run.key, {"pages": {"new": 1}}, None)
    assert row["parameters"] == {"only": [], "limit": 1, "force": False, "what": "all"}
    assert row["ended_at"] >= row["started_at"]


def test_a_project_can_be_moved(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    hostile(project)
    project.run()
    before = project.everything()
    elsewhere = tmp_path_factory.mktemp("moved") / "project"
    shutil.copytree(project.folder, elsewhere, symlinks=True)
    project.folder, project.pages = elsewhere, elsewhere / "pages"
    assert project.run().outcomes == {"pages": {"unchanged": 2, "failed": 5, "quarantined": 2}}
    assert project.everything() == before
