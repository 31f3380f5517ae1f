"""``ingest check``: what a source names and what its first pages give, with nothing stored."""

import json
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from ingest.errors import IngestError, TargetError

if TYPE_CHECKING:  # `ingest extract` must not wait for pydantic and httpx to be imported
    from ingest.fetch.capture import Had
    from ingest.model import Page
    from ingest.settings import Settings
    from ingest.sources.config import Source

_MOST_TARGETS = 1000  # counted; a source that names more is told as more
_SHORT = 60  # characters of a body: a brief has more


@dataclass(slots=True)
class Found:
    """What a page of the source gives, and what a person should look at."""

    address: str
    kind: str = ""
    title: str | None = None
    published: str | None = None
    characters: int = 0
    records: int = 0
    warnings: list[str] = field(default_factory=list)


class CheckError(IngestError):
    """The source gives no article."""


def check(
    name: Annotated[str, typer.Argument(metavar="SOURCE", help="The source; a disabled one too.")],
    pages: Annotated[int, typer.Option(min=1, max=50, help="So many of its pages are read.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Try a source: its targets, and its first pages as articles. Nothing is stored."""
    from ingest import settings
    from ingest.sources.load import find, load

    configured = settings.load()
    source = find(load(configured.config), name)
    number, found = _try(source, configured, pages)
    if as_json:
        told: dict[str, Any] = {"source": name, "targets": number, "pages": [_plain(each) for each in found]}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        _print(name, number, found)
    if not any(each.title or each.characters for each in found):
        msg = f"{name}: none of the {len(found)} pages that were read gives an article"
        raise CheckError(msg)


def _try(source: "Source", configured: "Settings", pages: int) -> tuple[int, list[Found]]:
    from ingest.fetch.capture import captures, getter
    from ingest.fetch.web.session import Session
    from ingest.sources.discover import discover

    web = Session(configured.agent, concurrency=configured.concurrency)
    try:
        try:
            targets = list(islice(discover(source, configured.root, getter(source, web)), _MOST_TARGETS))
        except TargetError as error:
            msg = f"{source.name}: {error}"
            raise CheckError(msg) from error
        found = {target.address: Found(target.address) for target in targets[:pages]}
        for target, had in captures(source, targets[:pages], configured.root, web, {}):
            _look(found[target.address], source, had)
        return len(targets), list(found.values())
    finally:
        web.close()


def _look(found: Found, source: "Source", had: "Had") -> None:
    from ingest.fetch.payload import unpack
    from ingest.model import Capture
    from ingest.pipeline import read_page

    try:
        if not isinstance(had, Capture):
            found.warnings.append(str(had))
            return
        content = unpack(had.content, max_bytes=source.max_bytes)
        page = read_page(content, url=had.url, content_type=had.content_type, selectors=source.selectors)
    except TargetError as error:
        found.warnings.append(str(error))
        return
    _describe(found, page)


def _describe(found: Found, page: "Page") -> None:
    found.kind = page.kind.value
    found.warnings += [f"{flag.name}: {flag.reason}" if flag.reason else flag.name for flag in page.flags]
    if not page.articles:
        found.warnings.append(f"no article: {page.kind_reason}")
        return
    article = max(page.articles, key=lambda each: sum(map(len, each.paragraphs)))
    found.title = article.title
    found.published = article.published_on.isoformat() if article.published_on else None
    found.characters = sum(map(len, article.paragraphs))
    found.records = sum(len(each.indicators) + len(each.organisations) + len(each.people) for each in page.articles)
    missing = [what for what, value in (("title", found.title), ("date", found.published)) if not value]
    found.warnings += [f"no {what}: give `{what}` a selector under [page]" for what in missing]
    if found.characters < _SHORT:
        found.warnings.append(f"only {found.characters} characters: give `body` a selector under [page]")


def _plain(found: Found) -> dict[str, Any]:
    return {name: getattr(found, name) for name in Found.__slots__}


def _print(name: str, number: int, found: list[Found]) -> None:
    console = Console()
    more = "at least " if number == _MOST_TARGETS else ""
    console.print(f"{name}: {more}{number} pages; nothing is stored", markup=False, highlight=False)
    for each in found:
        console.print(each.address, style="bold", markup=False, highlight=False, soft_wrap=True)
        if each.characters:
            line = f"{each.published or 'no date'}  {each.title or 'no title'}"
            console.print(f"    {line}", markup=False, highlight=False, soft_wrap=True)
            counts = f"    {each.characters} characters, {each.records} indicators, organisations and people"
            console.print(counts, highlight=False)
        for warning in each.warnings:
            console.print(f"    [yellow]{escape(warning)}[/]", highlight=False, soft_wrap=True)
