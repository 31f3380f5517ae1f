"""The targets of a folder: the same everywhere, and nothing left out in silence."""

import os
import unicodedata
from pathlib import Path

import pytest

from ingest.errors import TargetError
from ingest.sources.config import FilesSource
from ingest.sources.discover import discover


def source(folder: str = "pages", **keys: list[str]) -> FilesSource:
    """Make a source of files."""
    return FilesSource.model_validate({"name": "s", "kind": "files", "title": "T", "folder": folder} | keys)


def addresses(root: Path, **keys: list[str]) -> list[str]:
    """Return the addresses of the targets below ``root``/pages."""
    return [target.address for target in discover(source("pages", **keys), root)]


def put(root: Path, *names: str) -> None:
    """Make files below ``root``/pages."""
    for name in names:
        path = root / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_pages_are_told_from_other_files_by_their_names(tmp_path: Path) -> None:
    put(tmp_path, "a.html", "b.HTM", "c.txt", "d.html.gz", "e.TXT.GZ", "f.jpg", "g.gz", "h.css", ".i.html", "._j.html")
    assert addresses(tmp_path) == ["a.html", "b.HTM", "c.txt", "d.html.gz", "e.TXT.GZ"]
    assert addresses(tmp_path, suffixes=[".css"]) == ["h.css"]


def test_folders_come_in_order_and_addresses_are_relative(tmp_path: Path) -> None:
    put(tmp_path, "b.html", "a/z.html", "a/b/c.html", "c/a.html", "a.html")
    assert addresses(tmp_path) == ["a.html", "b.html", "a/z.html", "a/b/c.html", "c/a.html"]


def test_patterns_include_and_exclude(tmp_path: Path) -> None:
    put(tmp_path, "2023/a.html", "2024/a.html", "2024/print/a.html")
    assert addresses(tmp_path, include=["2024/*"]) == ["2024/a.html", "2024/print/a.html"]
    assert addresses(tmp_path, exclude=["*/print/*", "2023/*"]) == ["2024/a.html"]


def test_a_target_says_where_it_lies_and_how_large_it_is(tmp_path: Path) -> None:
    put(tmp_path, "a/b.html")
    [target] = discover(source(), tmp_path)
    assert (target.source, target.address, target.size) == ("s", "a/b.html", 1)
    assert Path(target.location).read_bytes() == b"x"


def test_an_absolute_folder_stands_for_itself(tmp_path: Path) -> None:
    put(tmp_path, "a.html")
    assert [t.address for t in discover(source(str(tmp_path / "pages")), Path("/elsewhere"))] == ["a.html"]


def test_what_cannot_be_read_is_a_target_too(tmp_path: Path) -> None:
    put(tmp_path, "a.html")
    pages = tmp_path / "pages"
    (pages / "broken.html").symlink_to(pages / "nowhere")
    (pages / "folder.html").mkdir()
    (tmp_path / "outside").mkdir()
    (pages / "elsewhere").symlink_to(tmp_path / "outside")
    (pages / "within").symlink_to(pages / "folder.html")
    assert addresses(tmp_path) == ["a.html", "broken.html", "elsewhere", "folder.html"]


@pytest.mark.parametrize("folder", ["missing", "pages/a.html"])
def test_a_folder_that_is_not_there_says_so(tmp_path: Path, folder: str) -> None:
    put(tmp_path, "a.html")
    with pytest.raises(TargetError, match=f"its folder {folder} (does not exist|is a file)") as raised:
        list(discover(source(folder), tmp_path))
    assert raised.value.stage == "discover"


def test_names_in_any_encoding_have_an_address(tmp_path: Path) -> None:
    put(tmp_path, "高新区.html", "tab\there.html")
    (tmp_path / "pages" / os.fsdecode("区.html".encode("gb18030"))).write_bytes(b"x")
    found = addresses(tmp_path)
    assert found == ["tab\\there.html", "高新区.html", "\\xc7\\xf8.html"]
    for target in discover(source(), tmp_path):
        assert Path(target.location).read_bytes() == b"x"


def test_two_spellings_of_a_name_are_one_address(tmp_path: Path) -> None:
    put(tmp_path, unicodedata.normalize("NFC", "é.html"), unicodedata.normalize("NFD", "é.html"))
    assert addresses(tmp_path) == [unicodedata.normalize("NFC", "é.html")]
