"""An archive in a store of objects: what is safe when, what is lost, and what is said when the store is away."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import fsspec
import pytest

from ingest.errors import ConfigError
from ingest.fetch.archive import Archive, ArchiveError, LostError, Pointer
from ingest.fetch.storage import Store
from ingest.model import Capture
from ingest.settings import Settings

PLACE = "memory://captures/archive"


@pytest.fixture(autouse=True)
def _empty() -> None:
    fsspec.filesystem("memory").store.clear()


def capture(content: bytes, media: str | None = None) -> Capture:
    """Return a capture of these bytes."""
    return Capture(
        source="s",
        address="a.txt",
        content=content,
        sha256=sha256(content).hexdigest(),
        captured_at=datetime(2025, 3, 2, tzinfo=UTC),
        content_type=media,
    )


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


@pytest.mark.parametrize("in_a_folder", [True, False])
def test_what_was_synced_is_read_elsewhere_and_the_next_chunk_follows(tmp_path: Path, *, in_a_folder: bool) -> None:
    place = tmp_path / "archive" if in_a_folder else PLACE
    contents = [f"第{n}页".encode() * 50 for n in range(200)]
    with Archive(place) as archive:
        pointers = []
        for some in (contents[:3], contents[3:]):
            pointers += [archive.write(capture(content, "text/plain")) for content in some]
            archive.sync()
        reader = Archive(place)
        wanted = list(zip(pointers, map(digest, contents), strict=True))
        assert [found.content for found in reader.records(wanted) if not isinstance(found, LostError)] == contents
        assert {found.media for found in reader.records(wanted[:5]) if not isinstance(found, LostError)} == {
            "text/plain"
        }
        held = reader.holds(dict(zip("abc", pointers, strict=False)) | {"z": Pointer("none.warc.gz", 0, 1)})
    assert held == {"a", "b", "c"}
    assert len({pointer.file for pointer in pointers}) == (1 if in_a_folder else 2)


def test_an_object_is_there_whole_or_not_at_all() -> None:
    files = fsspec.filesystem("memory")
    with Archive(PLACE) as archive:
        first = archive.write(capture(b"first"))
        assert files.find("/captures") == []
        archive.drop()  # the chunk was stopped
        archive.sync()
        assert files.find("/captures") == []
        second = archive.write(capture(b"second"))
        archive.sync()
    assert [path.rpartition("/")[2] for path in files.find("/captures")] == [second.file]
    with pytest.raises(LostError, match="bring the archive back from its backup"):
        Archive(PLACE).read(first, digest(b"first"))
    assert Archive(PLACE).read(second, digest(b"second")) == b"second"


def test_a_lost_and_a_damaged_record_are_among_others(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        here = archive.write(capture(b"here"))
    away = Pointer("away.warc.gz", 0, 10)
    found = list(Archive(tmp_path).records([(here, digest(b"here")), (away, "0" * 64), (here, "0" * 64)]))
    assert not isinstance(found[0], LostError)
    assert [isinstance(each, LostError) for each in found] == [False, True, True]
    assert "is damaged" in str(found[2])


def test_a_store_that_does_not_answer_has_lost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class AwayError(Exception):
        """As libraries of stores have."""

    def away(*_: object, **__: object) -> object:
        msg = "the endpoint\ndoes not answer"
        raise AwayError(msg)

    archive = Archive(PLACE)
    pointer = archive.write(capture(b"x"))
    memory = type(fsspec.filesystem("memory"))
    for name in ("pipe_file", "cat_file", "size", "exists"):
        monkeypatch.setattr(memory, name, away)
    for ask in (
        archive.sync,
        archive.check,
        lambda: archive.holds({"x": pointer}),
        lambda: archive.read(pointer, digest(b"x")),
    ):
        with pytest.raises(ArchiveError, match="AwayError: the endpoint does not answer") as raised:
            ask()
        assert raised.value.transient
        assert not isinstance(raised.value, LostError)
    archive.drop()


def test_many_records_are_asked_for_together_within_bounds() -> None:
    files = fsspec.filesystem("memory")
    files.pipe_file("/captures/archive/a", bytes(1000))
    store = Store(PLACE)
    spans = [("a", number, 10) for number in range(300)] + [("a", 0, 20 * 1024**2)]
    found = list(store.read(spans))
    assert [len(each) for each in found if isinstance(each, bytes)] == [10] * 300 + [1000]


@pytest.mark.parametrize("place", ["nonsense://x/y", "s3n+ssh://x"])
def test_an_address_of_no_store_is_told(place: str) -> None:
    with pytest.raises(ArchiveError, match="cannot be used"):
        Archive(place)


def test_what_works_on_files_says_that_there_are_none(tmp_path: Path) -> None:
    settings = Settings(config=tmp_path / "config", archive_url="s3://bucket/archive")
    assert settings.archive_place == "s3://bucket/archive"
    with pytest.raises(ConfigError, match="s3://bucket/archive: this can only be done with an archive in a folder"):
        settings.archive  # noqa: B018 - asking is the test
    elsewhere = Settings(config=tmp_path / "config", archive_url="../captures")
    assert elsewhere.archive == tmp_path / "../captures"
