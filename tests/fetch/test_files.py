"""Whatever lies in a folder, there are bytes or an error that says what to do."""

import gzip
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.errors import TargetError
from ingest.fetch.files import read_raw
from ingest.fetch.named import read_file
from ingest.fetch.payload import unpack

PAGE = "绵阳高新区新建中试线2条。\n".encode()


def refusal(path: Path, folder: Path | None = None, max_bytes: int = 1000) -> str:
    """Return why a file is not read."""
    with pytest.raises(TargetError) as raised:
        read_raw(path, folder=folder, max_bytes=max_bytes)
    assert raised.value.stage == "fetch"
    return str(raised.value)


def test_a_file_comes_as_it_lies_there(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE, mtime=0)
    (tmp_path / "a.html.gz").write_bytes(packed)
    assert read_raw(tmp_path / "a.html.gz", folder=tmp_path) == packed
    assert read_file(tmp_path / "a.html.gz") == PAGE


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    for name in ("a.html", "a.html.gz"):
        (tmp_path / name).touch()
        assert refusal(tmp_path / name).startswith("is empty: fetch it again")


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)  # a hole: 200 MB on paper, nothing on the disk
    reason = refusal(path)
    assert reason == "has 200.0 MiB, more than 1000 bytes: raise `max_bytes` of its source to read it"
    path.write_bytes(b"x" * 1000)
    assert len(read_raw(path, max_bytes=1000)) == 1000


def test_links(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (tmp_path / "secret.html").write_bytes(PAGE)
    (pages / "a.html").write_bytes(PAGE)
    (pages / "within.html").symlink_to("a.html")
    (pages / "broken.html").symlink_to("nowhere.html")
    (pages / "out.html").symlink_to(tmp_path / "secret.html")
    (pages / "circle.html").symlink_to("circle.html")
    assert read_raw(pages / "within.html", folder=pages) == PAGE
    for folder in (pages, None):
        assert "is a link to nowhere.html, which does not exist" in refusal(pages / "broken.html", folder)
        assert "leads back to itself" in refusal(pages / "circle.html", folder)
    assert "outside its source's folder" in refusal(pages / "out.html", pages)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.html").mkdir()
    os.mkfifo(tmp_path / "pipe.html")
    assert "is a folder" in refusal(tmp_path / "folder.html")
    assert "is a pipe" in refusal(tmp_path / "pipe.html")  # and nobody waits for its writer
    assert "does not exist" in refusal(tmp_path / "missing.html")


def test_a_file_that_may_not_be_read_is_refused() -> None:
    with nobody(), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.html"
        path.write_bytes(PAGE)
        path.chmod(0)
        assert "may not be read" in refusal(path)


@contextmanager
def nobody() -> Iterator[None]:
    """Be a user who may not read everything, where the tests are run by one who may."""
    if os.geteuid() != 0:
        yield
        return
    temporary = Path(tempfile.gettempdir())
    os.seteuid(65534)
    try:
        if not os.access(temporary, os.W_OK, effective_ids=True):
            pytest.skip("another user has no temporary folder here")
        yield
    finally:
        os.seteuid(0)


def test_the_path_is_named_to_one_who_named_it(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    with pytest.raises(TargetError, match=r"a\.html: is a JPEG picture"):
        read_file(tmp_path / "a.html")


def test_gzip_is_known_by_its_bytes_and_not_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(gzip.compress(PAGE, mtime=0))
    (tmp_path / "b.html.gz").write_bytes(PAGE)
    assert read_file(tmp_path / "a.html") == read_file(tmp_path / "b.html.gz") == PAGE


def test_members_follow_one_another_and_padding_is_no_harm() -> None:
    assert unpack(gzip.compress(PAGE, mtime=0) * 2 + bytes(512), max_bytes=1000) == PAGE * 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gzip.compress(PAGE, mtime=0)[:-9], "break off"),
        (gzip.compress(PAGE, mtime=0)[:5], "break off"),
        (gzip.compress(PAGE, mtime=0)[:-8] + b"00000000", "are damaged"),
        (b"\x1f\x8b" + b"\xff" * 50, "are damaged"),
        (gzip.compress(b"", mtime=0), "unpacks to nothing"),
        (gzip.compress(gzip.compress(PAGE, mtime=0), mtime=0), "is packed with gzip twice"),
    ],
)
def test_damaged_gzip_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(TargetError, match=words):
        unpack(content, max_bytes=1000)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(300 * 1024**2), 1, mtime=0)  # 1.3 MB that unpack to 300
    with pytest.raises(TargetError, match=r"unpacks to more than 2.0 MiB"):
        unpack(bomb, max_bytes=2 * 1024**2)
    many = gzip.compress(b"x" * 900, mtime=0) * 3
    with pytest.raises(TargetError, match=r"unpacks to more than 2.0 KiB"):
        unpack(many, max_bytes=2048)
    assert len(unpack(many, max_bytes=2700)) == 2700
