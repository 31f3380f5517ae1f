"""Healthy articles to spin: our own, those of the other tests' fixtures and, where they are, those of real pages."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ingest

_HERE = Path(__file__).parent
_TESTS = _HERE.parent
# An article is cut so long: what a brief of a zone's site has at least, and what most news has at most.
_LEAST, _MOST = 150, 450
# The one of the five seeds that a spinner made, and its copy among the gold pages.
_SPUN = ("001_49aee452a4c450b8", "dev-001_49aee452a4c450b8")


class Healthy(NamedTuple):
    """A healthy article. ``topic`` is zone, industry, policy; sport, weather, food …; or page where nobody says."""

    name: str
    topic: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs as lines."""
        return "\n".join(self.paragraphs)


def own() -> tuple[Healthy, ...]:
    """The articles written for these tests, on the field and off it."""
    return _written("field") + _written("other")


def news() -> tuple[Healthy, ...]:
    """News of all kinds, written so that the check may know what is ordinary in it."""
    return _written("news_*")


@cache
def _written(name: str) -> tuple[Healthy, ...]:
    found = []
    for path in sorted((_HERE / "articles").glob(f"{name}.txt")):
        for number, text in enumerate(path.read_text("utf-8").split("\n= ")[1:]):
            head, *paragraphs = text.strip().splitlines()
            topic, title = head.split(" | ")
            found.append(Healthy(f"{path.stem}-{number}", topic, title, tuple(paragraphs)))
    return tuple(found)


@cache
def fixtures() -> tuple[Healthy, ...]:
    """The healthy articles of the other tests: what was written to be damaged, and the text pages."""
    found = []
    for path in sorted((_TESTS / "damage" / "healthy").glob("*.txt")):
        head, _, body = path.read_text("utf-8").partition("\n\n")
        title = head.partition("title: ")[2].partition("\n")[0]
        lines = [line for line in body.splitlines() if len(line) > 20]  # no headings: they tell nothing of its words
        found.append(Healthy(path.stem, "page", title, tuple(lines)))
    for path in sorted((_TESTS / "pages").glob("*.txt")):
        found += _of_page(path, "page")
    return tuple(_cut(found))


@cache
def real(shared: Path) -> tuple[Healthy, ...]:
    """The articles of the real pages in the folder beside the project, long ones cut; without the spun seed."""
    paths = [*sorted((shared / "pages").glob("*.html")), *sorted((shared / "seeds").glob("*.txt"))]
    return tuple(_cut([one for path in paths if path.stem not in _SPUN for one in _of_page(path, "page")]))


@cache
def odd(shared: Path) -> tuple[Healthy, ...]:
    """Healthy sentences with words that spinners put in, as one article."""
    cases = json.loads((shared / "data" / "must_not_fire.json").read_text("utf-8"))
    return (Healthy("odd", "page", "", tuple(cases["spun-text"])),)


def every(shared: Path) -> tuple[Healthy, ...]:
    """All of them."""
    return own() + news() + fixtures() + real(shared) + odd(shared)


def _of_page(path: Path, topic: str) -> list[Healthy]:
    page = ingest.read_page(path.read_bytes())
    return [
        Healthy(f"{path.stem}-{number}", topic, article.title or "", article.paragraphs)
        for number, article in enumerate(page.articles)
        if article.kind == "news"
    ]


def _cut(articles: list[Healthy]) -> list[Healthy]:
    """Long articles in parts of the size of an article; what is too short for one is left out."""
    found: list[Healthy] = []
    for article in articles:
        part: list[str] = []
        for number, paragraph in enumerate(article.paragraphs, 1):
            part.append(paragraph)
            size = sum(map(len, part))
            if size >= _MOST or (number == len(article.paragraphs) and size >= _LEAST):
                found.append(article._replace(name=f"{article.name}.{len(found)}", paragraphs=tuple(part)))
                part = []
    return found
