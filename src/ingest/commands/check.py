"""``ingest check``: what a source names and what its first pages give, with nothing stored."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape

from ingest.commands import days
from ingest.commands.telling import some
from ingest.errors import IngestError, TargetError

if TYPE_CHECKING:  # `ingest extract` must not wait for pydantic and httpx to be imported
    from ingest.fetch.capture import Had
    from ingest.model import Page
    from ingest.settings import Settings
    from ingest.sources.config import Source
    from ingest.sources.web.discover import Get
    from ingest.sources.web.window import Window

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
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Only pages of this day or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Only pages of this day or earlier.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Try a source: what it names, and its first pages as articles.

    It says what is odd about it, and stores nothing. A page lies outside of --since and --until when its list or its
    address says so; one without a date is kept.
    """
    from ingest import settings
    from ingest.sources.load import find, load

    configured = settings.load()
    source = find(load(configured.config), name)
    number, found, warnings = _try(source, configured, pages, _window(source, since, until))
    warnings = [*_of_source(source, found), *warnings]
    if as_json:
        told: dict[str, Any] = {"source": name, "targets": number, "pages": [_plain(each) for each in found]}
        typer.echo(json.dumps(told | {"warnings": warnings}, ensure_ascii=False))
    else:
        _print(name, number, found, warnings)
    if not any(each.title or each.characters for each in found):
        msg = f"{name}: none of the {len(found)} pages that were read gives an article"
        raise CheckError(msg if number else f"{name}: it names no page")


def _window(source: "Source", since: str | None, until: str | None) -> "Window":
    """Return the days from ``since`` to ``until``, as the source's time zone has them."""
    from ingest.sources.web.window import Window

    zone = ZoneInfo(source.time_zone)
    first, last = days.first(since, "--since"), days.last(until, "--until")
    return Window(
        since=datetime.combine(first, time.min, zone) if first else None,
        until=datetime.combine(last + timedelta(days=1), time.min, zone) if last else None,
    )


def _try(source: "Source", configured: "Settings", pages: int, window: "Window") -> tuple[int, list[Found], list[str]]:
    from ingest.fetch.capture import captures, getter
    from ingest.fetch.web.session import Session
    from ingest.sources.discover import discover

    web = Session(configured.agent, concurrency=configured.concurrency)
    get = cache(getter(source, web))  # a list is asked for once, though it may be looked through again
    try:
        try:
            targets = list(islice(discover(source, configured.root, get, window), _MOST_TARGETS))
            warnings = [] if targets else _why_none(source, configured, get, window)
        except TargetError as error:
            msg = f"{source.name}: {error}"
            raise CheckError(msg) from error
        found = {target.address: Found(target.address) for target in targets[:pages]}
        for target, had in captures(source, targets[:pages], configured.root, web, {}):
            _look(found[target.address], source, had)
        return len(targets), list(found.values()), warnings
    finally:
        web.close()


def _why_none(source: "Source", configured: "Settings", get: "Get", window: "Window") -> list[str]:
    """Say what leaves out all that a source names: its patterns, the days that are asked for, or nothing does."""
    from ingest.sources.discover import discover
    from ingest.sources.web.window import EVER

    def number(**changed: Any) -> int:
        other = source.model_copy(update=changed)
        return sum(1 for _ in islice(discover(other, configured.root, get), _MOST_TARGETS))

    if window != EVER and (within := number()):
        return [f"none of its {within} pages lies within these days"]
    filters = {"include": ("*",), "exclude": (), "hosts": (), "words": ()}
    set_here = {key: empty for key, empty in filters.items() if getattr(source, key, empty) != empty}
    if set_here and (without := number(**set_here)):
        keys = ", ".join(f"`{key}`" for key in set_here)
        return [f"{keys} of its TOML file leave out all of its {without} pages"]
    return ["its lists name no page: see that `urls`, or `folder`, is where the pages are"]


def _of_source(source: "Source", found: list[Found]) -> list[str]:
    """Return what is odd about a source as a whole, by the pages that were read."""
    said = [f"is disabled, and no run reads it: {source.disabled}"] if source.disabled else []
    titles = {each.title for each in found if each.title}
    if len(titles) == 1 and sum(bool(each.title) for each in found) > 1:
        said.append(f"all pages have one title, {titles.pop()!r}: give `title` a selector under [page]")
    newest = max((each.published for each in found if each.published), default=None)
    limit = source.expected.freshness
    if limit and newest and datetime.now(ZoneInfo(source.time_zone)).date() - date.fromisoformat(newest) > limit:
        said.append(f"the newest page is of {newest}, which is older than `freshness` expects")
    return said


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


def _print(name: str, number: int, found: list[Found], warnings: list[str]) -> None:
    console = Console()
    more = "at least " if number == _MOST_TARGETS else ""
    console.print(f"{name}: {more}{some(number, 'page')}; nothing is stored", markup=False, highlight=False)
    for warning in warnings:
        console.print(f"[yellow]{escape(warning)}[/]", highlight=False, soft_wrap=True)
    for each in found:
        console.print(each.address, style="bold", markup=False, highlight=False, soft_wrap=True)
        if each.characters:
            line = f"{each.published or 'no date'}  {each.title or 'no title'}"
            console.print(f"    {line}", markup=False, highlight=False, soft_wrap=True)
            counts = f"    {each.characters} characters, {each.records} indicators, organisations and people"
            console.print(counts, highlight=False)
        for warning in each.warnings:
            console.print(f"    [yellow]{escape(warning)}[/]", highlight=False, soft_wrap=True)
