"""``ingest history``: the versions of an article, and what changed from each to the next."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from ingest.commands.opening import asking

if TYPE_CHECKING:
    from ingest.versions import Change, Piece

_AROUND = 24  # characters of unchanged text shown on either side of a change
_STYLES = {"same": "", "gone": "red strike", "new": "green"}
_MARKS = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}  # as wdiff writes them
_CAUSES = {
    "publisher": "the page changed",
    "rules": "the page is the same; our rules read it otherwise",
    "publisher or rules": "the page changed, and our rules did too: either may be why",
    "settings": "the page is the same; the source's settings changed",
}


def history(
    article: Annotated[str, typer.Argument(help="Its key, the beginning of it, or the address of its page.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Show an article's versions: when, why, and what changed.

    A version is a change of the text or of the particulars. What is found in the text (records, zones) is read anew
    with every change of the rules and has no versions.
    """
    from ingest.versions import changes

    row, versions = _ask(article)
    if as_json:
        told = {name: row[name] for name in ("key", "source", "address", "title", "withdrawn_at")}
        typer.echo(json.dumps(told | {"versions": versions}, ensure_ascii=False, default=_iso))
        return
    console = Console()
    _say(console, f"{row['title'] or '(no title)'}  {row['key']}")
    gone = f", withdrawn {_when(row['withdrawn_at'])}" if row["withdrawn_at"] else ""
    _say(console, f"{row['source']}: {row['address']}{gone}")
    for number, version in enumerate(versions):
        whence = f"read from capture {version['capture_key'][:12]} by rules {version['rules_version']}"
        _say(console, f"\nversion {version['number']}, first seen {_when(version['since'])}, {whence}")
        if number == 0:
            continue
        _say(console, f"  {_CAUSES.get(version['cause'], version['cause'])}")
        for change in changes(versions[number - 1]["content"], version["content"]):
            show(console, change)


def _ask(name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return an article's row and its versions, the first one first; ``cause`` is why a version came."""
    from ingest.store import lookup, revisions

    with asking() as connection:
        row = lookup.article(connection, name)
        versions = [*lookup.revisions(connection, row["key"]), revisions.standing(row)]
    causes = [None, *(version["cause"] for version in versions)]
    names = ("number", "since", "capture_key", "rules_version", "content")
    return row, [{n: v[n] for n in names} | {"cause": cause} for v, cause in zip(versions, causes, strict=False)]


def show(console: Console, change: "Change") -> None:
    """Print a change between two texts on a line, what went and what came marked."""
    head = f"  {change.name} {change.number or ''}".rstrip()
    line = Text(f"{head}: ")
    for place, piece in enumerate(change.pieces):
        before, after = ("", "") if console.is_terminal else _MARKS[piece.kind]
        shown = _shortened(piece, first=place == 0, last=place == len(change.pieces) - 1)
        line.append(f"{before}{shown}{after}", style=_STYLES[piece.kind])
    console.print(line, soft_wrap=True)


def _shortened(piece: "Piece", *, first: bool, last: bool) -> str:
    """Cut the middle out of a long stretch that is the same in both versions; at the ends of a text, the far end."""
    if piece.kind != "same" or len(piece.text) <= 2 * _AROUND:
        return piece.text
    head = "" if first else piece.text[:_AROUND]
    tail = "" if last else piece.text[-_AROUND:]
    return f"{head}…{tail}"


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def _when(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
