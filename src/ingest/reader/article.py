"""The views of one article: its text with its page beside it, its versions, its copies, its capture, its bytes."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ingest import marking, versions
from ingest.model import Repair
from ingest.reader import copied, rendering, site, strange
from ingest.reader.answers import Asked, Column, Table
from ingest.reader.findings import Finding
from ingest.reader.review_desk import Desk
from ingest.reader.whole import Again, Whole, again, captured, paragraphs, whole
from ingest.rules import rules_version
from ingest.store import lookup, revisions

_EXAMPLES = 3  # repairs shown of each kind
_SHOWN_BYTES = 60_000  # of a page's source
_PARTICULARS = (
    *("subtitle", "kicker", "published_at", "published_on", "publisher", "authors", "editors", "contributor"),
    *("dateline", "image_credit", "image", "image_caption", "canonical", "page_count", "next_page"),
    *("zones", "regions", "keywords", "topic"),
)
_RECORDS = (
    Column("kind", "Kind"),
    Column("says", "Says", wide=True),
    Column("text", "Evidence", link="record"),
    Column("paragraph", "Paragraph", numeric=True),
    Column("method", "Read by"),
    Column("confidence", "Confidence", link="confidence", numeric=True),
    Column("verdict", "Decided"),
    Column("decided_by", "By"),
)


def text(request: Request) -> Response:
    """Answer with the text, its records marked in place, and the page as it came."""
    with site.of(request).read() as connection:
        found = _whole(connection, request)
        read = again(connection, site.of(request), found)
        other = copied.others(connection, found.article["key"])
    here = request.query_params.get("record", "")[:64]
    context = {
        "paragraphs": paragraphs(found),
        "particulars": [(name, found.article[name]) for name in _PARTICULARS if found.article[name]],
        "kinds": Counter(each.group for each in found.findings),
        "read_again": read,
        "same_rules": found.article["rules_version"] == rules_version(),
        "original": marking.original,
        "repairs_of": repairs,
        "record_here": here,
        "copies": other,
        "flags": _flags(found),
        "strange": strange.beside_the_text(found.article),
        "headings": frozenset(found.article["headings"]),
    }
    desk: Desk = request.app.state.desk
    visit = desk.visit(request)
    whole_context = {"found": found, "article": found.article, "visit": visit} | context
    return desk.welcome(request, rendering.stream(request, "article", whole_context, rendering.FEW), visit)


def records_asked(connection: Connection, asked: Asked) -> Table:
    """Return the records of an article as a table by itself."""
    return records(whole(connection, _key(asked.path["key"])))


def records(found: Whole) -> Table:
    """Return all records of an article, in the order of the text."""
    rows = [_record(each) for each in found.findings]
    return Table(title="Records", columns=_RECORDS, rows=rows, empty="No record was read from it.")


def _flags(found: Whole) -> list[dict[str, Any]]:
    """Return the flags of an article and of its page, on which the article's stand again."""
    both = [*found.article["flags"], *(found.page["flags"] if found.page else ())]
    return [flag for number, flag in enumerate(both) if flag not in both[:number]]


def _record(told: Finding) -> dict[str, Any]:
    decided = told.decision or {"verdict": None, "decided_by": None}
    return {
        **{name: told.row[name] for name in ("key", "article_key", "text", "method", "confidence")},
        "kind": told.group,
        "says": "".join(piece.text for piece in told.says),
        "paragraph": told.row["paragraph"] + 1,
        **{name: decided[name] for name in ("verdict", "decided_by")},
    }


def history(request: Request) -> Response:
    """Answer with the versions of an article and what each changed."""
    with site.of(request).read() as connection:
        found = _whole(connection, request)
    now = revisions.standing(found.article)
    steps = [*found.former, now]
    changed = [
        {"from": former, "to": later, "changes": versions.changes(former["content"], later["content"])}
        for former, later in pairwise(steps)
    ]
    return _answer(request, "article_history", found, {"changed": changed[::-1]})


def capture(request: Request) -> Response:
    """Answer with the capture: what the site said, the verdict on the charset, the source as text."""
    with site.of(request).read() as connection:
        found = _whole(connection, request)
        reading = again(connection, site.of(request), found)
    read = reading()
    shown, cut = "", False
    if read.record is not None and read.page is not None:
        content = read.record.content
        cut = len(content) > _SHOWN_BYTES
        shown = content[:_SHOWN_BYTES].decode(_codec(read.page.encoding), "replace")
    return _answer(request, "article_capture", found, {"again": read, "source": shown, "cut": cut})


def copies(request: Request) -> Response:
    """Answer with the copies of an article."""
    with site.of(request).read() as connection:
        found = _whole(connection, request)
        other = copied.others(connection, found.article["key"])
    return _answer(request, "article_copies", found, {"copies": other})


def raw(request: Request) -> Response:
    """Answer with the bytes as they came, as a file to save: no browser is to show them as a page of ours."""
    own = site.of(request)
    with own.read() as connection:
        found = _whole(connection, request)
    content = captured(own, found.capture).content
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{found.capture["sha256"][:16]}.bin"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def record(request: Request) -> Response:
    """Lead from a record's key to its words in its article."""
    with site.of(request).read() as connection:
        _, row = lookup.record(connection, _key(request.path_params["key"]))
    return RedirectResponse(f"/article/{row['article_key']}?record={row['key']}#here", 303)


def repairs(read: Again) -> list[tuple[str, int, Sequence[Repair]]]:
    """Return what was mended on the page: kinds, how often, and some examples."""
    if read.page is None:
        return []
    counts = Counter(each.kind for each in read.page.repairs)
    examples: dict[str, list[Repair]] = {kind: [] for kind in counts}
    for each in read.page.repairs:
        if len(examples[each.kind]) < _EXAMPLES:
            examples[each.kind].append(each)
    return [(kind, number, examples[kind]) for kind, number in counts.most_common()]


def _whole(connection: Connection, request: Request) -> Whole:
    return whole(connection, _key(request.path_params["key"]))


def _key(written: str) -> str:
    """Return a key as it is written in an address.

    Raises:
        HTTPException: 404, it is none.
    """
    if not 4 <= len(written) <= 32 or not set(written) <= set("0123456789abcdef"):
        raise HTTPException(404)
    return written


def _answer(request: Request, template: str, found: Whole, context: dict[str, Any]) -> Response:
    return rendering.page(request, template, {"found": found, "article": found.article} | context)


def _codec(name: str) -> str:
    """Return a codec that Python has for what the charset is called."""
    try:
        b"".decode(name)
    except LookupError:
        return "latin-1"
    return name
