"""From a record back to the bytes it was read from, each step proved anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from typing import Any

from ingest.errors import TargetError
from ingest.fetch.archive import Archive, ArchiveError, Pointer
from ingest.fetch.payload import unpack
from ingest.model import Block, Page, Selectors, SiteProfile
from ingest.pipeline import read_page
from ingest.rules import rules_version
from ingest.store import keys
from ingest.store.rows import Row, record_rows
from ingest.store.tables import RECORDS

_FIELDS = {str(model.__tablename__): name for name, model in RECORDS.items()}


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain. ``held`` is None where there was nothing to prove, or no way to."""

    name: str
    said: str
    held: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows that the chain goes through."""

    kind: str  # the name of the record's table
    record: Row
    article: Row
    page: Row | None
    capture: Row


@dataclass(slots=True)
class Trace:
    """The chain from a record to its bytes."""

    rows: Rows
    steps: list[Step] = field(default_factory=list)

    @property
    def proved(self) -> bool:
        """Whether every step that could be proved held, and the bytes were among them."""
        held = {step.name: step.held for step in self.steps}
        return held.get("bytes") is True and held.get("again") is True and False not in held.values()

    def say(self, name: str, said: str, *, held: bool | None = None) -> None:
        """Add a step."""
        self.steps.append(Step(name, said, held))


def trace(
    rows: Rows,
    archive: Archive,
    *,
    max_bytes: int,
    selectors: Selectors | None = None,
    site: SiteProfile | None = None,
) -> Trace:
    """Follow a record to its bytes and read them again by today's rules.

    Args:
        rows: What the database says.
        archive: Where the bytes lie.
        max_bytes: The largest page that is unpacked.
        selectors: Those of the source today.
        site: What is known of the page's site today.
    """
    found = Trace(rows)
    _stored(found)
    content = _bytes(found, archive)
    if content is None:
        return found
    _rules(found, site)
    told_type = rows.page["content_type"] if rows.page else None
    try:
        page = read_page(
            unpack(content, max_bytes=max_bytes),
            url=rows.capture["url"],
            content_type=told_type,
            selectors=selectors,
            site=site,
        )
    except TargetError as error:
        found.say("again", f"today's rules do not read the page: {error}", held=False)
        return found
    _again(found, page)
    return found


def _stored(found: Trace) -> None:
    """The record, and that its span of the stored article is its text."""
    record, article = found.rows.record, found.rows.article
    names = {"key", "article_key", "paragraph", "span_start", "span_end", "text", "method", "confidence"}
    told = {name: value for name, value in record.items() if name not in names and value not in (None, [])}
    says = ", ".join(f"{name} {_plain(value)}" for name, value in told.items())
    how = f"by {record['method'] or 'an unnamed rule'}, confidence {record['confidence']:g}"
    found.say("record", f"{found.rows.kind} {record['key']}: {says} ({how})")
    place = f"paragraph {record['paragraph'] + 1}, characters {record['span_start']} to {record['span_end']}"
    holds = _span(article["paragraphs"], record) == record["text"]
    found.say("span", f"{place}: «{record['text']}»", held=holds)
    found.say("article", f"{article['key']}: {article['title'] or '(no title)'}, version {article['revision']}")


def _bytes(found: Trace, archive: Archive) -> bytes | None:
    """The capture, and that its bytes still lie where they were put, with the digest they had."""
    capture = found.rows.capture
    pointer = Pointer(*(capture[f"archive_{name}"] for name in ("file", "offset", "length")))
    seen = f"{capture['captured_at']:%Y-%m-%d %H:%M:%S} UTC"
    found.say("capture", f"{capture['key']}: {capture['url'] or capture['address']}, first seen {seen}")
    found.say("archive", f"{pointer.file}, byte {pointer.offset}, {pointer.length} bytes long")
    try:
        content = archive.read(pointer, capture["sha256"])
    except ArchiveError as error:
        found.say("bytes", str(error), held=False)
        return None
    found.say("bytes", f"{len(content)} bytes, SHA-256 {capture['sha256']}: as they came", held=True)
    return content


def _rules(found: Trace, site: SiteProfile | None) -> None:
    article, now = found.rows.article, rules_version()
    then = article["rules_version"]
    changed = f"{then} then, {now} today: THE RULES HAVE CHANGED SINCE"
    found.say("rules", f"{then}, today's too" if then == now else changed)
    known, knew = (site.version if site else "") or "nothing", article["site_version"] or "nothing"
    if knew != known:
        found.say("site", f"what is known of its site has changed since: {knew} then, {known} today")


def _again(found: Trace, page: Page) -> None:
    """The page read anew: its article, the span, the blocks that the span stands in, the record."""
    record, row = found.rows.record, found.rows.article
    article_keys = keys.article_keys(row["source"], row["address"], page.articles)
    if row["key"] not in article_keys:
        found.say("again", f"today's rules find no such article among the {len(page.articles)} of the page", held=False)
        return
    article = page.articles[article_keys.index(row["key"])]
    holds = _span(article.paragraphs, record) == record["text"]
    words = "the span holds the same words" if holds else "the span holds other words"
    found.say("again", f"decoded as {page.encoding} and read by today's rules: {words}", held=holds)
    if not holds:
        return
    for block, start, end in _blocks(page.blocks, article.paragraph_blocks[record["paragraph"]], record):
        where = f"line {block.line}" if block.line else block.path
        mended = "" if block.text == block.original else f"; as published: «{_shown(block.original, start, end)}»"
        found.say("block", f"{block.index} ({block.label}, {where}), characters {start} to {end}{mended}")
    kind = _FIELDS[found.rows.kind]
    if record["key"] in {each["key"] for each in record_rows(row["key"], kind, getattr(article, kind))}:
        found.say("record again", "today's reading gives the same record", held=True)
    else:  # other rules may find otherwise in the same words; the same rules may not
        other = row["rules_version"] != rules_version()
        found.say("record again", "TODAY'S READING GIVES NO SUCH RECORD", held=None if other else False)


def _span(paragraphs: Sequence[str], record: Row) -> str | None:
    if record["paragraph"] >= len(paragraphs):
        return None
    paragraph: str = paragraphs[record["paragraph"]]
    return paragraph[record["span_start"] : record["span_end"]]


def _blocks(blocks: Sequence[Block], of_paragraph: Sequence[int], record: Row) -> list[tuple[Block, int, int]]:
    """Return the blocks that a span stands in, with its part of each; a paragraph is its blocks, one after another."""
    own = [blocks[index] for index in of_paragraph]
    lengths = [len(block.text.strip()) for block in own]
    starts = accumulate(lengths, initial=0)
    found = []
    for block, length, begins in zip(own, lengths, starts, strict=False):
        start, end = max(record["span_start"] - begins, 0), min(record["span_end"] - begins, length)
        indent = len(block.text) - len(block.text.lstrip())
        if start < end:
            found.append((block, indent + start, indent + end))
    return found


def _plain(value: Any) -> str:
    """Say a value: a decimal without an exponent, a list without brackets."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "、".join(value) if isinstance(value, list) else str(value)


def _shown(original: str, start: int, end: int) -> str:
    """Return a stretch of what was published about a stretch of the reading text, whose offsets differ a little."""
    slack = 10  # characters: an annotation of pinyin or two
    return original[max(start - slack, 0) : end + slack]
