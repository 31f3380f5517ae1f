"""The targets of a folder, in an order and under addresses that are the same on every machine."""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import TargetError
from ingest.model import Target
from ingest.sources.config import FilesSource, matches


def folder_of(source: FilesSource, root: Path) -> Path:
    """Return where a source's folder is; a relative one lies below ``root``."""
    return root / Path(source.folder).expanduser()


def discover(source: FilesSource, root: Path) -> Iterator[Target]:
    """Yield the source's pages, folder by folder, sorted.

    Links to nowhere, folders that may not be read and the like are targets too: what is wrong with them is said when
    they are fetched, so that nothing is left out in silence. Names that begin with a dot are left out: they are the
    droppings of editors and file managers (macOS puts a binary ._page.html beside page.html).

    Raises:
        TargetError: There is no such folder.
    """
    folder = folder_of(source, root)
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        msg = f"its folder {source.folder} {what}: make the folder, or mend `folder` in the source's TOML file"
        raise TargetError(msg, stage="discover")
    waiting = [(folder, "")]
    while waiting:
        here, prefix = waiting.pop()
        folders: list[tuple[Path, str]] = []
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            yield Target(source=source.name, address=prefix or ".", location=str(here))
            continue
        for address, entry in _named(entries, prefix):
            if entry.is_dir(follow_symlinks=False):
                folders.append((Path(entry.path), address + "/"))
            if _wanted(source, address) and (_is_page(source, entry.name) or _leads_out(entry, folder)):
                yield Target(source=source.name, address=address, location=entry.path, size=_size(entry))
        waiting.extend(reversed(folders))


def _named(entries: list["os.DirEntry[str]"], prefix: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Yield each entry with its address, one entry an address: two spellings of a name in Unicode are one."""
    seen: set[str] = set()
    for entry in entries:
        address = prefix + _spelled(entry.name)
        if address not in seen and not entry.name.startswith("."):
            seen.add(address)
            yield address, entry


def _spelled(name: str) -> str:
    r"""Return a file's name as a text that every database and terminal can hold.

    Names in GBK on a disk that takes them for UTF-8 keep their bytes as ``\xd6``; macOS's decomposed letters are
    composed, so that the address is the same on Linux; control characters are escaped.
    """
    text = unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _wanted(source: FilesSource, address: str) -> bool:
    return matches(address, source.include) and not matches(address, source.exclude)


def _is_page(source: FilesSource, name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith(tuple(suffix.lower() for suffix in source.suffixes))


def _leads_out(entry: "os.DirEntry[str]", folder: Path) -> bool:
    """Whether an entry is a link to a folder elsewhere; one to a folder within would only list the same pages again."""
    if not entry.is_symlink() or not entry.is_dir():
        return False
    return not Path(os.path.realpath(entry.path)).is_relative_to(os.path.realpath(folder))


def _size(entry: "os.DirEntry[str]") -> int | None:
    try:
        return entry.stat().st_size
    except OSError:
        return None
