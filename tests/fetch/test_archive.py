"""The archive gives back what it took, and knows what is torn."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from ingest.fetch.archive import Archive, ArchiveError, Pointer
from ingest.model import Capture
from tests.fetch.segments import inspect

NOW = datetime(2025, 3, 2, 1, 30, tzinfo=UTC)


def capture(content: bytes, address: str = "a/高新区.html") -> Capture:
    """Make a capture."""
    digest = sha256(content).hexdigest()
    return Capture(source="s", address=address, content=content, sha256=digest, captured_at=NOW)


def fill(folder: Path, contents: list[bytes]) -> list[Pointer]:
    """Write captures of these bytes."""
    with Archive(folder) as archive:
        pointers = [archive.write(capture(content)) for content in contents]
        archive.sync()
    return pointers


CONTENTS = [b"<html>\r\n\r\n", "高新区".encode("gb18030"), bytes(range(256)) * 5000, b"", b"\x1f\x8b\x08"]


def test_what_was_written_is_read_while_the_file_is_open_and_after(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        pointers = [archive.write(capture(content)) for content in CONTENTS]
        archive.sync()
        for pointer, content in zip(pointers, CONTENTS, strict=True):
            assert archive.read(pointer, sha256(content).hexdigest()) == content
    for pointer, content in zip(pointers, CONTENTS, strict=True):
        assert Archive(tmp_path).read(pointer, sha256(content).hexdigest()) == content


@given(content=st.binary(max_size=2000))
def test_any_bytes_come_back(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("archive")
    [pointer] = fill(folder, [content])
    assert Archive(folder).read(pointer, sha256(content).hexdigest()) == content


def test_another_program_reads_the_files(tmp_path: Path) -> None:
    fill(tmp_path, CONTENTS)
    [path] = tmp_path.iterdir()
    with path.open("rb") as file:
        records = [(r.rec_type, r.rec_headers, r.content_stream().read()) for r in ArchiveIterator(file)]
    assert [kind for kind, _, _ in records] == ["warcinfo"] + ["resource"] * len(CONTENTS)
    assert [content for _, _, content in records[1:]] == CONTENTS
    headers = records[1][1]
    assert headers.get_header("WARC-Target-URI") == "urn:ingest:s:a/%E9%AB%98%E6%96%B0%E5%8C%BA.html"
    assert headers.get_header("WARC-Date") == "2025-03-02T01:30:00Z"


def test_files_are_rotated_by_size_and_begun_only_for_a_record(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive", segment_bytes=1000) as archive:
        assert not (tmp_path / "archive").exists()
        pointers = [archive.write(capture(bytes([n]) + sha256(bytes([n])).digest() * 20)) for n in range(5)]
    assert len({pointer.file for pointer in pointers}) > 1
    assert {path.name for path in (tmp_path / "archive").iterdir()} == {pointer.file for pointer in pointers}


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    with Archive(tmp_path) as one, Archive(tmp_path) as other:
        pointers = [each.write(capture(content)) for content in CONTENTS for each in (one, other)]
    assert len({pointer.file for pointer in pointers}) == 2
    assert [inspect(path).torn for path in tmp_path.iterdir()] == [False, False]


def test_a_torn_tail_is_seen_wherever_it_is_torn(tmp_path: Path) -> None:
    pointers = fill(tmp_path, CONTENTS[:3])
    [path] = tmp_path.iterdir()
    whole = path.read_bytes()
    assert (inspect(path).captures, inspect(path).whole_bytes, inspect(path).torn) == (3, len(whole), False)
    last = pointers[2].offset
    for length in (last + 1, last + 5, last + 300, len(whole) - 9, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert (inspect(path).captures, inspect(path).whole_bytes, inspect(path).torn) == (2, last, True)
        assert Archive(tmp_path).read(pointers[1], sha256(CONTENTS[1]).hexdigest()) == CONTENTS[1]
        with pytest.raises(ArchiveError, match=f"the record at byte {last} is damaged"):
            Archive(tmp_path).read(pointers[2], sha256(CONTENTS[2]).hexdigest())


def test_a_changed_byte_is_seen(tmp_path: Path) -> None:
    [first, _] = fill(tmp_path, [CONTENTS[2], b"x"])
    [path] = tmp_path.iterdir()
    damaged = bytearray(path.read_bytes())
    damaged[first.offset + first.length // 2] ^= 1
    path.write_bytes(damaged)
    assert inspect(path).torn
    with pytest.raises(ArchiveError, match="is damaged"):
        Archive(tmp_path).read(first, sha256(CONTENTS[2]).hexdigest())


def test_other_bytes_than_the_row_says_are_refused(tmp_path: Path) -> None:
    [pointer] = fill(tmp_path, [b"one"])
    with pytest.raises(ArchiveError, match="is damaged"):
        Archive(tmp_path).read(pointer, sha256(b"other").hexdigest())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"gone\.warc\.gz: cannot be read.*backup"):
        Archive(tmp_path).read(Pointer("gone.warc.gz", 0, 10), "")


def test_a_full_disk_tears_one_file_and_the_next_record_begins_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive(tmp_path) as archive:
        archive.write(capture(b"one"))

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("ingest.fetch.archive.WARCWriter.write_record", full)
            with pytest.raises(ArchiveError, match=r"cannot be written \(No space left on device\): make room"):
                archive.write(capture(b"two"))
        pointer = archive.write(capture(b"three"))
    assert len(list(tmp_path.iterdir())) == 2
    assert Archive(tmp_path).read(pointer, sha256(b"three").hexdigest()) == b"three"
