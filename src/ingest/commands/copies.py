"""``ingest copies``: the copies of an article, what they differ in, and what they say otherwise."""

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from ingest.commands.history import show
from ingest.commands.opening import asking, opened
from ingest.errors import ConfigError

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from sqlalchemy import Connection

_SHOWN = ("title", "subtitle", "paragraphs")
_ROLES = {"part": "stands within it", "whole": "it stands within this"}


def copies(
    article: Annotated[
        str | None, typer.Argument(help="Its key, the beginning of it, or the address of its page.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Compare all articles anew; what came before there were groups needs it.")
    ] = False,
) -> None:
    """Show an article's copies, what they contradict, and a diff.

    The head is the earliest of a group, then the fullest, then that of the most trusted source.
    """
    if rebuild:
        _rebuild()
    elif article is None:
        raise ConfigError("say of which article: its key or its page's address; or --rebuild")
    else:
        _show(_ask(article), as_json=as_json)


def _rebuild() -> None:
    from ingest.store import copies_waiting

    with opened(ask=False) as (_, database):
        typer.echo(f"{database.name}: {copies_waiting.rebuild(database)} articles compared")


def _ask(name: str) -> dict[str, Any]:
    from ingest.store import copies_ask, copies_waiting, lookup

    with asking() as connection:
        row = lookup.article(connection, name)
        told = {n: row[n] for n in ("key", "source", "address", "title", "published_on")}
        return told | {
            "waits": copies_waiting.waits(connection, row["key"]),
            "group": copies_ask.group(connection, row["key"]),
            "parts": copies_ask.parts(connection, row["key"]),
            "contradictions": copies_ask.contradictions(connection, row["key"]),
            "changes": _changes(connection, row["key"]),
        }


def _changes(connection: "Connection", article_key: str) -> list[Any]:
    """Return what differs between an article and its head."""
    from ingest.store import copies_ask
    from ingest.versions import changes

    pair = copies_ask.heads(connection, article_key)
    return changes(*({name: row[name] for name in _SHOWN} for row in pair)) if pair else []


def _show(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, default=_plain))
        return
    console = Console()
    _say(console, f"{told['title'] or '(no title)'}  {told['key']}")
    if told["waits"]:
        _say(console, "its copies are not looked for yet: the next run does, or `ingest copies --rebuild`")
    elif not told["group"]:
        _say(console, "no copies of the whole of it")
    for row in told["group"]:
        mark = "*" if row["key"] == told["key"] else " "
        _say(console, f"{mark} {row['kind']:6} {row['score']:.2f}  {row['published_on'] or 'no date'}  {_named(row)}")
    for row in told["parts"]:
        _say(console, f"  {_ROLES[row['role']]}, {row['score']:.2f}: {_named(row)}")
    for row in told["contradictions"]:
        _say(console, f"  {row['kind']} {row['text']!r}, and the head has {row['of_head']!r}: ¶{row['paragraph'] + 1}")
    if told["changes"]:
        _say(console, "\nfrom the head to this one:")
    for change in told["changes"]:
        show(console, change)


def _named(row: dict[str, Any]) -> str:
    return f"{row['key'][:12]} {row['source']}: {row['address']}  {row['title'] or '(no title)'}"


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    from dataclasses import asdict

    return asdict(value)  # type: ignore[call-overload]  # a change between two texts: all else is plain
