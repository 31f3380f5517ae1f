"""The archive held against its rows: whatever is damaged, cut off, missing or too many is found, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.archive import Archive
from ingest.fetch.erase import blank
from ingest.fetch.verify import Fault, Finding, Row, Seen, verify_file, verify_rows
from ingest.model import Capture, Exchange

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def exchange(status: int, body: bytes, led: tuple[Exchange, ...] = ()) -> Exchange:
    return Exchange(
        url="http://gxq.example.cn/a",
        status=status,
        reason="OK",
        http_version="HTTP/1.1",
        request_headers=(("Host", "gxq.example.cn"),),
        headers=(("Content-Type", "text/html"),),
        raw=body,
        body=body,
        fetched_at=NOW,
        redirected=led,
    )


def capture(content: bytes, *, web: bool) -> Capture:
    led = (exchange(302, b"", ()), exchange(200, b"<meta refresh>"))
    return Capture(
        source="s",
        address=content.decode("latin-1")[:9],
        content=content,
        sha256=sha256(content).hexdigest(),
        captured_at=NOW,
        exchange=exchange(200, content, led) if web else None,
    )


def fill(folder: Path) -> tuple[Path, list[Row]]:
    """Write captures from files and of the web, behind redirects, with a revisit between them."""
    rows = []
    with Archive(folder) as archive:
        for number in range(8):
            each = capture(f"page {number} ".encode() * 40, web=number % 2 == 1)
            pointer = archive.write(each)
            rows.append(Row(source="s", address=each.address, sha256=each.sha256, pointer=pointer))
            if number == 5:
                archive.revisit(exchange(304, b""))
    (path,) = folder.glob("*.warc.gz")
    return path, rows


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Row]]:
    path, rows = fill(tmp_path_factory.mktemp("archive"))
    return path.read_bytes(), [replace(row, pointer=replace(row.pointer, file="x.warc.gz")) for row in rows]


def found(folder: Path, content: bytes, rows: list[Row], seen: Seen | None = None) -> list[Finding]:
    path = folder / "x.warc.gz"
    path.write_bytes(content)
    return list(verify_file(path, rows, seen or Seen()))


Whole = tuple[bytes, list[Row]]


def test_what_is_whole_gives_no_finding_and_all_of_it_was_seen(whole: Whole, tmp_path: Path) -> None:
    content, rows = whole
    seen = Seen()
    assert found(tmp_path, content, rows, seen) == []
    # A warcinfo, four resources, four responses with a request and two redirects each, a revisit.
    assert (seen.rows, seen.records, seen.files, seen.bytes) == (8, 1 + 4 + 4 * 4 + 1, 1, len(content))
    assert list(verify_rows(Archive(tmp_path), rows, seen := Seen())) == []
    assert (seen.rows, seen.records) == (8, 8)


@pytest.mark.parametrize("number", range(8))
def test_a_changed_byte_is_found_in_its_record_alone(whole: Whole, tmp_path: Path, number: int) -> None:
    content, rows = bytearray(whole[0]), whole[1]
    pointer = rows[number].pointer
    content[pointer.offset + pointer.length // 2] ^= 0xFF
    findings = found(tmp_path, bytes(content), rows)
    assert [(each.fault, each.row, each.offset) for each in findings] == [(Fault.LOST, rows[number], pointer.offset)]
    assert [each.row for each in verify_rows(Archive(tmp_path), rows, Seen())] == [rows[number]]


def test_a_file_that_is_cut_short_loses_what_stood_behind(whole: Whole, tmp_path: Path) -> None:
    content, rows = whole
    cut = rows[5].pointer.offset + 20
    lost = [each.row for each in found(tmp_path, content[:cut], rows) if each.fault == Fault.LOST]
    assert lost == rows[5:]
    assert [each.row for each in verify_rows(Archive(tmp_path), rows, Seen())] == rows[5:]


def test_the_torn_end_of_a_killed_run_has_no_row(whole: Whole, tmp_path: Path) -> None:
    content, rows = whole
    at = rows[7].pointer.offset
    (torn,) = found(tmp_path, content[: at + 30], [*rows[:7]])
    assert (torn.fault, torn.offset, torn.length) == (Fault.TORN, at, 30)


@pytest.mark.parametrize("missing", [0, 3, 7])
def test_a_record_without_a_row_is_found_and_a_redirect_is_none(whole: Whole, tmp_path: Path, missing: int) -> None:
    content, rows = whole
    (stray,) = found(tmp_path, content, rows[:missing] + rows[missing + 1 :])
    assert (stray.fault, stray.offset) == (Fault.STRAY, rows[missing].pointer.offset)


def test_a_file_of_which_nothing_is_known(whole: Whole, tmp_path: Path) -> None:
    content, rows = whole
    findings = found(tmp_path, content, [])
    assert {each.fault for each in findings} == {Fault.STRAY}
    assert [each.offset for each in findings] == [row.pointer.offset for row in rows]


def test_a_file_that_is_not_there(whole: Whole, tmp_path: Path) -> None:
    (missing,) = verify_file(tmp_path / "gone.warc.gz", whole[1], Seen())
    assert (missing.fault, missing.file, missing.rows) == (Fault.NO_FILE, "gone.warc.gz", 8)


def test_what_was_forgotten_is_no_fault(whole: Whole, tmp_path: Path) -> None:
    content, rows = whole
    pointer = rows[2].pointer
    blanked = content[: pointer.offset] + blank(pointer.length) + content[pointer.offset + pointer.length :]
    assert found(tmp_path, blanked, rows[:2] + rows[3:]) == []
    assert [each.row for each in found(tmp_path, blanked, rows)] == [rows[2]]


def test_another_digest_and_another_place_are_found(whole: Whole, tmp_path: Path) -> None:
    content, rows = whole
    other = replace(rows[0], sha256=rows[1].sha256)
    moved = replace(rows[4], pointer=replace(rows[4].pointer, offset=rows[4].pointer.offset + 1))
    lost = [each.row for each in found(tmp_path, content, [other, *rows[1:4], moved, *rows[5:]]) if each.row]
    assert lost == [other, moved]


def _cut(content: bytes, at: int) -> bytes:
    return content[:at]


def _flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]


def _zero(content: bytes, at: int) -> bytes:
    return content[:at] + b"\0" * len(content[at : at + 512]) + content[at + 512 :]


@given(st.integers(0, 10**6), st.sampled_from([_cut, _flip, _zero]))
def test_no_damage_to_a_capture_goes_unseen(
    whole: Whole, tmp_path_factory: pytest.TempPathFactory, place: int, damage: Callable[[bytes, int], bytes]
) -> None:
    """A row is lost exactly when its bytes do not come back; and every byte belongs to something that was looked at."""
    content, rows = whole
    folder = tmp_path_factory.mktemp("archive")
    damaged = damage(content, place % len(content))
    findings = found(folder, damaged, rows)
    unreadable = [each.row for each in verify_rows(Archive(folder), rows, Seen())]
    assert [each.row for each in findings if each.fault == Fault.LOST] == unreadable
    assert findings or damaged == content or _only_unused_bits(content, damaged)


def _only_unused_bits(content: bytes, damaged: bytes) -> bool:
    """Whether what changed says nothing: the time and the system in the header of a gzip member."""
    return len(content) == len(damaged) and sum(a != b for a, b in zip(content, damaged, strict=True)) == 1
