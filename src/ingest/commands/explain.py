"""``ingest explain``: what was read from a page, what was left out, and why."""

import json
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Styled

from ingest import output
from ingest.commands.reading import read_pages
from ingest.commands.telling import clip, complain, some, told
from ingest.errors import ConfigError
from ingest.model import Article, Page, PageKind, Repair

_PLACES = ("canonical", "image", "image_caption", "page_count", "next_page")
_EXAMPLES = 3  # repairs shown of each kind


def explain(  # noqa: PLR0913, PLR0917 - each is an option of the command
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="A page (.html .htm .txt, also .gz), or - for standard input.")
    ],
    url: Annotated[str | None, typer.Option(help="Where the page came from; helps to date it.")] = None,
    content_type: Annotated[str | None, typer.Option(help="The Content-Type it was sent with.")] = None,
    source: Annotated[str | None, typer.Option(help="A source whose selectors and encoding hold for it.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write one self-contained HTML page here instead.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Show what was kept of a page, what was left out, and why.

    Repairs and records are shown too, each record with its evidence.
    """
    [(name, page)] = read_pages([path], url=url, content_type=content_type, source=source)
    if page is None:
        raise typer.Exit(1)
    if as_json:
        shown = output.page(page, name) | {"blocks": [output.block(b) for b in page.blocks]}
        for told_of, article in zip(shown["articles"], page.articles, strict=True):
            told_of |= {"marks": [asdict(mark) for mark in article.marks], "candidates": list(article.candidates)}
        typer.echo(json.dumps(shown, ensure_ascii=False))
        return
    if html:
        _write_html(page, name, html)
        complain(f"{html}: {html.stat().st_size:,} bytes")
        return
    console = Console()
    console.print(f"[bold]{escape(name)}[/]  {page.encoding}, confidence {page.confidence:.2f}")
    if page.kind is not PageKind.ARTICLE:
        console.print(f"[yellow]no article[/] {page.kind}: {escape(page.kind_reason)}", highlight=False)
    for line in page.evidence:
        console.print(f"  {escape(line)}", highlight=False)
    for flag in page.flags:
        console.print(f"[yellow]flag[/] {flag.name} {flag.score:.2f}  {escape(flag.reason)}", highlight=False)
    _print_repairs(console, page.repairs)
    _print_blocks(console, page)
    for number, article in enumerate(page.articles, 1):
        _print_article(console, article, number)


def _write_html(page: Page, name: str, path: Path) -> None:
    """Write the HTML page.

    Raises:
        ConfigError: It cannot be written there.
    """
    from ingest.commands import explain_html

    shown = explain_html.render(page, name).encode("utf-8", "backslashreplace")
    try:
        path.write_bytes(shown)
    except OSError as error:
        msg = f"--html {path}: cannot be written ({error.strerror or error}): name a file in a folder that exists"
        raise ConfigError(msg) from error


def _print_repairs(console: Console, repairs: tuple[Repair, ...]) -> None:
    kinds: dict[str, list[Repair]] = defaultdict(list)
    for repair in repairs:
        kinds[repair.kind].append(repair)
    if not kinds:
        console.print("no repairs")
        return
    table = Table("repair", "times", "for example", title="Repairs", title_justify="left")
    for kind, found in sorted(kinds.items()):
        examples = "   ".join(f"{clip(r.found, 20)} → {clip(r.made, 20) or 'nothing'}" for r in found[:_EXAMPLES])
        table.add_row(kind, str(len(found)), Styled(examples))
    console.print(table)


def _print_blocks(console: Console, page: Page) -> None:
    table = Table("", "block", "label", "why", "text", title="Blocks: ✓ kept, · left out", title_justify="left")
    for block in page.blocks:
        if not block.text.strip():
            continue
        mark, style = ("✓", "") if block.label.kept else ("·", "dim")
        place = f"line {block.line}" if block.line else str(block.index)
        table.add_row(mark, place, block.label.value, Styled(block.reason), Styled(clip(block.text)), style=style)
    console.print(table)


def _print_article(console: Console, article: Article, number: int) -> None:
    console.rule(Styled(f"{number}. {article.title or '(no title)'}"), align="left")
    for name in ("kind", "kicker", "subtitle", "published_at", "published_on", "publisher", "authors", "editors"):
        _print_field(console, name, getattr(article, name))
    for name in ("contributor", "dateline", "image_credit", *_PLACES, "zones", "regions"):
        _print_field(console, name, getattr(article, name))
    for flag in article.flags:
        console.print(f"  [yellow]flag[/] {flag.name} {flag.score:.2f}  {escape(flag.reason)}", highlight=False)
    _print_marks(console, article)
    size = sum(map(len, article.paragraphs))
    console.print(f"  {some(len(article.paragraphs), 'paragraph')}, {some(size, 'character')}", highlight=False)
    table = Table("record", "what", "evidence", "where", "sure", title_justify="left")
    for kind in ("indicators", "organisations", "people", "policies", "programmes", "honours", "places"):
        for record in getattr(article, kind):
            where = f"¶{record.paragraph + 1} {record.start}–{record.end}"
            table.add_row(kind, Styled(told(record)), Styled(clip(record.text)), where, f"{record.confidence:.2f}")
    if table.row_count:
        console.print(table)


def _print_marks(console: Console, article: Article) -> None:
    """The sentences and keywords that the flags speak of, and how they may have read before a known spinner."""
    if not article.marks:
        return
    table = Table("mark", "where", "text", "why", title="Marks", title_justify="left")
    for mark in article.marks:
        where = f"¶{mark.paragraph + 1} {mark.start}–{mark.end}" if mark.paragraph >= 0 else "title"
        where = where if mark.block is None else f"block {mark.block}"
        table.add_row(mark.kind, where, Styled(clip(mark.text)), Styled(mark.reason))
    console.print(table)
    for number, candidate in enumerate(article.candidates, 1):
        console.print(Styled(f"  ¶{number} may have read: {clip(candidate)}"))


def _print_field(console: Console, name: str, value: object) -> None:
    if value:
        shown = "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
        console.print(f"  {name:13} {escape(shown)}", highlight=False)
