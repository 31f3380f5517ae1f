"""Forgetting on both engines: everything of a source or a page goes, nothing else does, and a crash leaves no half."""

import zlib
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ingest.errors import ConfigError
from ingest.fetch import erase
from ingest.fetch.archive import Archive, ArchiveError, Pointer
from ingest.model import Capture
from ingest.store import forget, forgotten, queries, sizes
from ingest.store.engine import Database
from ingest.store.rows import reading
from ingest.store.tables import Base
from ingest.store.write import store_readings
from tests.fetch.segments import inspect
from tests.store.pages import NOW, article, everything, page, rows
from tests.store.test_search import titles


class World:
    """A database and an archive with two sources of some pages, one of them read in two versions."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        with Archive(folder) as archive:
            self.archive = archive
            self.put("s", "1", b"one", "甲")
            self.put("s", "1", b"one again", "甲二", "乙")
            self.put("s", "2", b"two", "丙")
            self.put("t", "1", b"other", "丁")

    def put(self, source: str, address: str, content: bytes, *names: str) -> Pointer:
        """Store a page as a run does."""
        digest = sha256(content).hexdigest()
        capture = Capture(source=source, address=address, content=content, sha256=digest, captured_at=NOW)
        pointer = self.archive.write(capture)
        self.archive.sync()
        read = reading(capture, pointer, page(*(article(name) for name in names)), "r")
        with self.database.write() as connection:
            queries.put_source(connection, {"name": source, "kind": "files", "title": source, "language": "zh"})
            store_readings(connection, [read], NOW)
        return pointer

    def planned(self, scope: forget.Scope) -> forget.Plan:
        """Return what would go."""
        with self.database.read() as connection:
            return forget.plan(connection, scope, self.folder)

    def held(self) -> bytes:
        """Return all that the archive's files hold, unpacked."""
        return b"".join(unpacked(path.read_bytes()) for path in self.folder.glob("*.warc.gz"))

    def whole(self) -> bool:
        """Whether every row's bytes are in the archive, and every file can be read to its end."""
        for row in rows(self.database, "capture"):
            pointer = Pointer(row["archive_file"], row["archive_offset"], row["archive_length"])
            self.archive.read(pointer, row["sha256"])
        return not any(inspect(path).torn for path in self.folder.glob("*.warc.gz"))


def unpacked(content: bytes) -> bytes:
    """Unpack gzip members that follow one another."""
    whole = b""
    while content:
        inflater = zlib.decompressobj(31)
        whole += inflater.decompress(content)
        content = inflater.unused_data
    return whole


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    """Two sources."""
    return World(database, tmp_path / "archive")


def test_a_source_goes_with_all_that_hangs_on_it(world: World) -> None:
    others = {
        name: [row for row in table if "t" in (row.get("source"), row.get("name"))]
        for name, table in everything(world.database).items()
        if name in {"source", "capture", "page", "article"}
    }
    planned = world.planned(forget.Scope("s"))
    assert planned.titles == ("甲二", "乙", "甲", "丙") or set(planned.titles) == {"甲", "甲二", "乙", "丙"}
    assert planned.rows["article"] == len(planned.titles)
    assert planned.rows["capture"] == 3
    assert b"two" in world.held()
    forget.carry_out(world.database, planned, world.folder)
    now = everything(world.database)
    assert {name: now[name] for name in others} == others
    hanging = {row["article_key"] for name in ("indicator", "organisation", "person") for row in now[name]}
    assert hanging == {row["key"] for row in now["article"]}
    assert (now["revision"], titles(world.database, "绵阳高新区", withdrawn=True)) == ([], ["丁"])
    assert b"two" not in world.held()
    assert b"urn:ingest:s:" not in world.held()
    assert b"other" in world.held()
    assert world.whole()
    assert not (world.folder / "erasing.json").exists()


def test_an_article_goes_with_its_page(world: World) -> None:
    [key] = [row["key"] for row in rows(world.database, "article") if row["title"] == "乙"]
    with world.database.read() as connection:
        scope = forget.of_article(connection, key)
    assert scope == forget.Scope("s", "1")
    forget.carry_out(world.database, world.planned(scope), world.folder)
    assert {row["title"] for row in rows(world.database, "article")} == {"丙", "丁"}
    assert {row["address"] for row in rows(world.database, "capture") if row["source"] == "s"} == {"2"}
    assert b"one" not in world.held()
    assert world.whole()
    with Archive(world.folder) as world.archive:
        world.put("s", "1", b"one", "甲")  # it may come again
    assert titles(world.database, "甲") == ["甲"]


def among(world: World, *addresses: str) -> frozenset[str]:
    with world.database.read() as connection:
        return forgotten.among(connection, "s", addresses)


def test_what_was_forgotten_is_known_until_it_is_allowed(world: World) -> None:
    assert among(world, "1", "2") == frozenset()
    forget.carry_out(world.database, world.planned(forget.Scope("s", "1")), world.folder)
    assert among(world, "1", "2") == {"1"}
    forget.carry_out(world.database, world.planned(forget.Scope("s")), world.folder)
    assert among(world, "1", "2", "3") == {"1", "2", "3"}
    with world.database.write() as connection:
        assert forgotten.allow(connection, "t", None) == 0
        assert forgotten.allow(connection, "s", "2") == 0  # it went with its source
        assert forgotten.allow(connection, "s", None) == 1
    assert among(world, "1", "2", "3") == frozenset()


def test_a_note_says_nothing_of_the_page(world: World) -> None:
    with Archive(world.folder) as world.archive:
        world.put("s", "secret/名字.html", b"three", "戊")
    forget.carry_out(world.database, world.planned(forget.Scope("s", "secret/名字.html")), world.folder)
    assert "secret" not in str(everything(world.database))


def test_what_may_come_again_leaves_no_note(world: World) -> None:
    forget.carry_out(world.database, world.planned(forget.Scope("s", "1")), world.folder)
    forget.carry_out(world.database, world.planned(forget.Scope("s", "1")), world.folder, again=True)
    assert among(world, "1") == frozenset()


def test_bytes_without_a_row_go_too(world: World) -> None:
    with Archive(world.folder) as archive:  # of a run that was killed before it stored
        for address in ("2", "3"):
            content = b"lost " + address.encode()
            digest = sha256(content).hexdigest()
            archive.write(Capture(source="s", address=address, content=content, sha256=digest, captured_at=NOW))
    forget.carry_out(world.database, world.planned(forget.Scope("s", "2")), world.folder)
    assert (b"lost 2" in world.held(), b"lost 3" in world.held()) == (False, True)
    forget.carry_out(world.database, world.planned(forget.Scope("s")), world.folder)
    assert b"lost" not in world.held()
    assert world.whole()


def test_a_crash_before_the_rows_are_gone_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before, held = everything(world.database), world.held()

    def crash(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(forget, "_delete_rows", crash)
    with pytest.raises(KeyboardInterrupt):
        forget.carry_out(world.database, world.planned(forget.Scope("s")), world.folder)
    assert forget.resume(world.database, world.folder) == 0
    assert (everything(world.database), world.held()) == (before, held)
    assert not (world.folder / "erasing.json").exists()


def test_a_crash_after_that_is_gone_on_with(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = world.planned(forget.Scope("s"))
    with monkeypatch.context() as patched:
        patched.setattr(erase, "finish", lambda *_: (_ for _ in ()).throw(ArchiveError("the power is cut")))
        with pytest.raises(ArchiveError):
            forget.carry_out(world.database, planned, world.folder)
    assert b"two" in world.held()
    with Archive(world.folder) as world.archive:
        world.put("s", "2", b"two anew", "丙")  # a run has come between
    assert forget.resume(world.database, world.folder) == planned.archived
    assert b"two\r\n" not in world.held()
    assert b"two anew" in world.held()
    assert world.whole()
    assert forget.resume(world.database, world.folder) == 0


def test_what_is_not_there_is_told(world: World) -> None:
    with world.database.read() as connection:
        with pytest.raises(ConfigError, match="no source 'u'"):
            forget.of_source(connection, "u")
        with pytest.raises(ConfigError, match="no article 'x'"):
            forget.of_article(connection, "x")


@pytest.mark.parametrize("length", [260, 261, 300, 1000, 100_000])
def test_a_blank_is_a_record_of_its_length(length: int, tmp_path: Path) -> None:
    made = erase.blank(length)
    assert len(made) == length
    path = tmp_path / "x.warc.gz"
    path.write_bytes(made + made)
    assert (inspect(path).whole_bytes, inspect(path).captures, inspect(path).torn) == (2 * length, 0, False)
    with pytest.raises(ArchiveError, match="too short"):
        erase.blank(100)


def test_the_shortest_record_of_ours_has_room_for_a_blank(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        at = datetime(2025, 1, 1, tzinfo=UTC)
        empty = Capture(source="a", address="a", content=b"", sha256=sha256(b"").hexdigest(), captured_at=at)
        pointer = archive.write(empty)
    assert len(erase.blank(pointer.length)) == pointer.length


def test_sizes_are_told_and_vacuum_makes_it_smaller(world: World) -> None:
    with world.database.read() as connection:
        told = {size.table: size for size in sizes.sizes(connection)}
    assert set(Base.metadata.tables) <= set(told)
    assert told["article"].rows == len(rows(world.database, "article"))
    assert (told["article"].table_bytes or 0) > 0
    assert (told["article"].index_bytes or 0) > 0
    sizes.vacuum(world.database)
    assert titles(world.database, "绵阳高新区", withdrawn=True)[-1] == "甲二" or titles(world.database, "丙") == ["丙"]
    if world.database.engine.dialect.name == "sqlite":
        with world.database.write() as connection:
            connection.execute(text("DELETE FROM person"))
        sizes.vacuum(world.database)
        with world.database.read() as connection:
            [free] = [size for size in sizes.sizes(connection) if size.table == "(free)"]
        assert free.table_bytes == 0
