"""``ingest search``: articles by what they say."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from ingest.commands import days
from ingest.commands.opening import asking

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from sqlalchemy import Connection

    from ingest.store.search.find import Hit, Narrowing

_LIMIT = 20


def search(  # noqa: PLR0913 - the options of a command are its arguments
    words: Annotated[list[str], typer.Argument(help="What to look for: 量子 合肥; what stands in “ ” as it stands.")],
    *,
    zone: Annotated[list[str] | None, typer.Option(help="Only articles of this zone; once more for another.")] = None,
    region: Annotated[list[str] | None, typer.Option(help="Only articles of this division: 四川省.")] = None,
    source: Annotated[str | None, typer.Option(help="Only articles of this source.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only articles of this kind: news, photo-caption.")] = None,
    since: Annotated[str | None, typer.Option(help="Published then or later: 2024, 2024-05, 2024-05-06.")] = None,
    until: Annotated[str | None, typer.Option(help="Published then or before.")] = None,
    withdrawn: Annotated[bool, typer.Option(help="Articles too that are no longer on their page.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="The most articles to show.")] = _LIMIT,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object an article.")] = False,
) -> None:
    """Find articles by the words of their titles and texts.

    An article must have all the words. Words that stand together are looked for as they stand; five characters and
    more also as the words they are made of. Two zones given: articles that are of both.
    """
    from ingest.store.search import find, index, query
    from ingest.store.search.find import Narrowing

    terms = query.parse(" ".join(words))
    spans = {"since": days.first(since, "--since"), "until": days.last(until, "--until")}
    with asking() as connection:
        tags = _tags(connection, {"zone": zone or [], "region": region or []}, source, kind)
        narrowing = Narrowing(tags=tags, withdrawn=withdrawn, **spans)
        hits = find.find(connection, terms, narrowing, limit=limit)
        pending = index.pending(connection)
    _warn(pending)
    if as_json:
        for hit in hits:
            typer.echo(json.dumps(_object(hit), ensure_ascii=False, default=str))
        return
    _print(hits, limit)
    if not hits:
        typer.echo(f"nothing found for {' '.join(term.text for term in terms)}{_within(narrowing)}")


def _tags(
    connection: "Connection", places: dict[str, list[str]], source: str | None, kind: str | None
) -> tuple[tuple[str, str], ...]:
    """Return what a search is narrowed by, each name checked."""
    from ingest.store.search import names

    tags = [(each, names.place(connection, each, name)) for each, given in places.items() for name in given]
    if source is not None:
        tags.append(("source", names.source(connection, source)))
    return (*tags, ("kind", kind)) if kind is not None else tuple(tags)


def _warn(pending: int) -> None:
    from ingest.commands.telling import complain

    if pending:
        complain(f"{pending} articles are not in the index yet and cannot be found: run `ingest db reindex`")


def _object(hit: "Hit") -> dict[str, Any]:
    names = ("key", "title", "published_on", "source", "address", "kind", "topic", "zones", "regions", "withdrawn_at")
    return {name: hit.article[name] for name in names} | {"snippet": hit.snippet, "score": round(hit.score, 4)}


def _print(hits: "Sequence[Hit]", limit: int) -> None:
    console = Console(highlight=False)
    for hit in hits:
        article = hit.article
        told = [str(article["published_on"] or "no date"), *article["zones"]]
        told += [*filter(None, [article["topic"]]), article["source"], article["key"]]
        if article["withdrawn_at"] is not None:
            told.append("withdrawn")
        console.print(Text(article["title"] or "(no title)", style="bold"), soft_wrap=True)
        console.print(Text("  " + "  ".join(told), style="dim"), soft_wrap=True)
        console.print(Text("  " + hit.snippet), soft_wrap=True)
    if len(hits) == limit:
        console.print(Text(f"the best {limit}; --limit shows more"), soft_wrap=True)


def _within(narrowing: "Narrowing") -> str:
    """Say what a search was narrowed by."""
    parts = [f"{kind} {name}" for kind, name in narrowing.tags]
    parts += [f"since {narrowing.since}"] if narrowing.since else []
    parts += [f"until {narrowing.until}"] if narrowing.until else []
    return f" ({', '.join(parts)})" if parts else ""
