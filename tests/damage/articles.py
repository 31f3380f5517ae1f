"""Healthy articles: a small text form that people can write, read into fields."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "healthy"
_HEADING = "# "


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A healthy article with its particulars, before any site or damage.

    ``paragraphs`` includes the headings; ``headings`` names those that are. ``time`` is ``YYYY-MM-DDTHH:MM:SS``.
    """

    paragraphs: tuple[str, ...]
    headings: tuple[str, ...] = ()
    title: str = ""
    subtitle: str = ""
    kicker: str = ""
    kind: str = "news"
    date: str = ""
    time: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    contributor: str = ""
    dateline: str = ""
    credit: str = ""


def parse(text: str) -> Source:
    """Read an article: ``name: value`` lines, an empty line, then a paragraph a line; headings begin with ``# ``.

    Raises:
        TypeError: a name in the head is no field of an article.
    """
    head, _, body = text.partition("\n\n")
    fields: dict[str, str] = {}
    for line in head.splitlines():
        name, _, value = line.partition(": ")
        fields[name] = value
    authors, editors = (tuple(v.split("、")) if (v := fields.pop(k, "")) else () for k in ("authors", "editors"))
    lines = [line for line in body.splitlines() if line]
    return Source(
        paragraphs=tuple(line.removeprefix(_HEADING) for line in lines),
        headings=tuple(line.removeprefix(_HEADING) for line in lines if line.startswith(_HEADING)),
        authors=authors,
        editors=editors,
        **fields,
    )


@cache
def load(name: str) -> Source:
    """Return the article ``healthy/<name>.txt``."""
    return parse((FOLDER / f"{name}.txt").read_text("utf-8"))


def names() -> list[str]:
    """Return the names of all healthy articles, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))
