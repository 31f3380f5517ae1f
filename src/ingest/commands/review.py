"""``ingest review``: decisions on records that the rules are not sure of, one by one, and their export as gold."""

import getpass
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from ingest.commands.opening import asking, opened
from ingest.commands.telling import clip, complain
from ingest.errors import ConfigError, IngestError

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.settings import Settings
    from ingest.store.reviews import Verdict
    from ingest.store.rows import Row

app = typer.Typer(
    help="Accept, correct or reject records that are in doubt.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_SHOWN = 25
_SHORT = 12  # digits of a key that tell it from others, among a hundred million records
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST_STEM = 80  # characters of a file's name

Keys = Annotated[list[str], typer.Argument(metavar="KEY...", help="Keys of records, or their beginnings.")]
By = Annotated[str | None, typer.Option(help="Who decides; the setting INGEST_REVIEWER or the login name without it.")]
Note = Annotated[str, typer.Option(help="Why, for those who come after.")]


@app.command(name="list")
def list_(  # noqa: PLR0913 - each is an option of the command
    *,
    kind: Annotated[str | None, typer.Option(help="Only of this kind: indicators, people…")] = None,
    source: Annotated[str | None, typer.Option(help="Only of this source.")] = None,
    zone: Annotated[str | None, typer.Option(help="Only of articles about this zone.")] = None,
    decided: Annotated[bool, typer.Option("--decided", help="What was decided instead, the newest first.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Show so many at the most.")] = _SHOWN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a record for a program.")] = False,
) -> None:
    """List records in doubt, the least sure first; or what was decided."""
    from ingest.store import review_queue, reviews

    if decided and (kind or source or zone):
        raise ConfigError("--decided lists all decisions: leave --kind, --source and --zone out")
    with asking() as connection:
        if decided:
            rows = reviews.decisions(connection, limit=limit)
        else:
            narrowed = review_queue.Narrowed(kind=_table(kind), source=source, zone=zone)
            rows = review_queue.queue(connection, narrowed, limit=limit)
    console = Console(highlight=False)
    if not rows:
        console.print("Nothing was decided yet." if decided else "Nothing of the kind is in doubt.")
    for row in rows:
        if as_json:
            typer.echo(json.dumps(row, ensure_ascii=False, default=str))
        else:
            console.print(_decision(row) if decided else _doubt(row), markup=False, soft_wrap=True)


@app.command()
def show(keys: Keys) -> None:
    """Show records, what was decided on them, when and by whom."""
    from ingest.store import lookup, review_columns, reviews

    console = Console(highlight=False)
    with asking() as connection:
        for name in keys:
            kind, row = lookup.record(connection, name)
            told = {"key": row["key"], "kind of record": kind, "evidence": row["text"]}
            for field, value in (told | review_columns.said(kind, row)).items():
                console.print(f"{field + ':':<16}{value if value is not None else ''}", markup=False, soft_wrap=True)
            for decision in reviews.history(connection, kind, row):
                console.print(_decision(decision), markup=False, soft_wrap=True)


@app.command()
def accept(keys: Keys, *, by: By = None, note: Note = "") -> None:
    """Accept records: what they say is right."""
    _decide(keys, "accepted", by, note)


@app.command()
def reject(keys: Keys, *, by: By = None, note: Note = "") -> None:
    """Reject records: views and exports leave them out."""
    _decide(keys, "rejected", by, note)


@app.command()
def reopen(keys: Keys, *, by: By = None, note: Note = "") -> None:
    """Take back what was decided on records."""
    _decide(keys, "reopened", by, note)


@app.command()
def correct(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key of a record, or its beginning.")],
    values: Annotated[list[str], typer.Argument(metavar="COLUMN=VALUE...", help="value=412.5 unit=亿元 subject=")],
    *,
    by: By = None,
    note: Note = "",
) -> None:
    """Correct a record; what was read stays beside it."""
    changes: dict[str, str | None] = {}
    for each in values:
        name, found, value = each.partition("=")
        if not found:
            msg = f"{each!r}: write COLUMN=VALUE, for example value=412.5"
            raise ConfigError(msg)
        changes[name.strip()] = value
    _decide([key], "corrected", by, note, changes)


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="A folder; it gets a file for each page.")],
    *,
    complete: Annotated[bool, typer.Option("--complete", help="Only pages all of whose records are decided.")] = False,
    without_text: Annotated[bool, typer.Option("--without-text", help="Leave paragraphs and headings out.")] = False,
) -> None:
    """Export what was decided as gold, a JSON file for each page.

    It is the form that tests and the scorer read.
    """
    from ingest.store import keys, review_gold
    from ingest.store.export.write import replacing

    number = 0
    with asking() as connection:
        for page in review_gold.pages(connection, texts=not without_text):
            if complete and not page.complete:
                continue
            _make(out)
            stem = _UNSAFE.sub("_", page.address).strip("._")[-_LONGEST_STEM:] or "page"
            name = f"{stem}-{keys.page_key(page.source, page.address)[:8]}.json"
            with replacing(out / name) as file:
                file.write(f"{json.dumps(page.content, ensure_ascii=False, indent=1)}\n".encode())
            number += 1
    complain(f"{number} pages in {out}")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"the folder {folder} cannot be made: {error.strerror}"
        raise IngestError(msg) from error


def _table(kind: str | None) -> str | None:
    from ingest.store.tables import RECORDS

    if kind is None:
        return None
    if kind not in RECORDS:
        msg = f"there is no kind {kind!r}: {', '.join(RECORDS)}"
        raise ConfigError(msg)
    return str(RECORDS[kind].__tablename__)


def _decide(
    names: list[str], verdict: str, by: str | None, note: str, changes: dict[str, str | None] | None = None
) -> None:
    """Store the same decision on several records: all of them, or none."""
    from datetime import UTC, datetime

    from ingest.store import lookup, reviews

    with opened(ask=False) as (configured, database), database.write() as connection:
        who, now = _who(configured, by), datetime.now(UTC)
        ruling = reviews.Ruling(verdict=_verdict(verdict), by=who, at=now, changes=changes or {}, note=note)
        for name in names:
            kind, row = lookup.record(connection, name)
            typer.echo(_decision(reviews.decide(connection, kind, row["key"], ruling)))


def _verdict(named: str) -> "Verdict":
    from ingest.store.reviews import Verdict

    return Verdict(named)


def _who(configured: "Settings", by: str | None) -> str:
    if by or configured.reviewer:
        return str(by or configured.reviewer)
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:
        raise ConfigError("this user has no name: say --by NAME") from error


def _doubt(row: "Row") -> str:
    own = row | ({"kind": row["said_kind"]} if "said_kind" in row else {})
    at = f"{row['key'][:_SHORT]}  {row['confidence']:.2f} {row['kind']}: {_told(_said(row['kind'], own))}"
    return f"{at}\n              {clip(row['text'])}   [{row['source']}: {clip(row['title'] or row['address'], 40)}]"


def _said(kind: str, row: "Row") -> dict[str, Any]:
    from ingest.store import review_columns

    return review_columns.said(kind, row)


def _decision(row: "Row") -> str:
    at = f"{row['decided_at']:%Y-%m-%d %H:%M} {row['decided_by']} {row['verdict']} {row['kind']}"
    changed = {name: value for name, value in row["stands"].items() if row["said"].get(name) != value}
    to = f" -> {_told(changed)}" if changed else ""
    note = f" ({row['note']})" if row["note"] else ""
    return f"{at} {clip(row['text'])}: {_told(row['said'])}{to}{note}"


def _told(says: dict[str, Any]) -> str:
    return clip(", ".join(f"{name} {value}" for name, value in says.items() if value not in (None, "")), 160)
