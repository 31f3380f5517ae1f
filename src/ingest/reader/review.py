"""The review: records in doubt, one below the other, each to be accepted, corrected or rejected."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ingest.errors import ConfigError, IngestError
from ingest.reader import rendering, site
from ingest.reader.answers import PAGE, Asked, Column, Table, cursor, listed, read_cursor
from ingest.reader.review_desk import NAME, SESSION, BusyError, Desk, RefusedError, form_of, keep
from ingest.reader.site import Site
from ingest.store import review_columns, review_queue, reviews
from ingest.store.review_queue import Narrowed
from ingest.store.reviews import OvertakenError, Ruling, Verdict
from ingest.store.rows import Row
from ingest.store.tables import RECORDS

_TABLES = {kind: str(model.__tablename__) for kind, model in RECORDS.items()}
_KEY = re.compile(r"[0-9a-f]{32}")
_AROUND = 160  # characters of the paragraph that are shown on either side of the evidence
_COLUMNS = tuple(
    Column(name, name)
    for name in ("kind", "text", "reads", "method", "confidence", "title", "published_on", "source", "address")
)
_DECIDED = {
    "decided_at": "When (UTC)",
    "decided_by": "Who",
    "verdict": "Verdict",
    "kind": "Kind",
    "text": "Evidence",
    "read": "As read",
    "now": "As it stands",
    "note": "Note",
}


def routes(here: Site) -> list[BaseRoute]:
    """Return the addresses of the review."""
    desk = Desk(here)

    def page(request: Request) -> Response:
        return _page(request, desk)

    async def decide(request: Request) -> Response:
        return await _decide(request, desk)

    tables = listed("/review", _queue)
    return [
        *listed("/review/decisions", _decisions),
        Route("/review/decide", decide, methods=["POST"], name="review_decide"),
        *tables[:-1],
        Route("/review", page, name="review"),
    ]


def _page(request: Request, desk: Desk) -> Response:
    here = site.of(request)
    word = request.query_params.get("after", "")
    asked = Asked({}, request.query_params, PAGE, read_cursor(word[:2_000]) if word else None, page=True)
    with here.read() as connection:
        table = _queue(connection, asked)
        sources = review_queue.sources(connection)
    session = desk.session(request)
    shown = {
        "table": table,
        "sources": sources,
        "kinds": list(_TABLES),
        "base": "/review",
        "stamp": desk.stamp(session),
        "who": unquote(request.cookies.get(NAME, "")) or here.configured.reviewer or "",
        "done": _done(request.query_params.get("done", "")),
        "choices": review_columns.choices,
        "back": rendering.address("", dict(request.query_params), done=None),
    }
    answer = rendering.page(request, "review", shown)
    if here.writable and SESSION not in request.cookies:
        keep(request, answer, **{SESSION: session})
    return answer


def _queue(connection: Connection, asked: Asked) -> Table:
    """Return the records in doubt that are asked for, the least sure first."""
    after = _place(asked.after)
    found = review_queue.queue(connection, _narrowed(asked), limit=asked.limit + 1, after=after, texts=asked.page)
    rows = [_shown(row) for row in found[: asked.limit]]
    last = cursor(rows[-1]["confidence"], rows[-1]["key"]) if len(found) > asked.limit else None
    return Table(title="Review", columns=_COLUMNS, rows=rows, after=last, empty="Nothing is in doubt here.")


def _narrowed(asked: Asked) -> Narrowed:
    kind = asked.text("kind")
    table = _TABLES.get(kind, kind) if kind else None
    if table is not None and table not in review_columns.KINDS:
        msg = f"{kind!r} is no kind of record: {', '.join(_TABLES)}"
        raise ConfigError(msg)
    return Narrowed(kind=table, source=asked.text("source"), zone=asked.text("zone"))


def _place(after: tuple[Any, ...] | None) -> tuple[float, str] | None:
    match after:
        case None:
            return None
        case (int() | float() as confidence, str() as key) if "\0" not in key:
            return float(confidence), key
    raise ConfigError("`after` is no place in the queue: go back to its first page")


def _shown(row: Row) -> Row:
    """Return a record of the queue as the page shows it."""
    kind = row["kind"]
    own = row | ({"kind": row["said_kind"]} if "said_kind" in row else {})
    says = review_columns.said(kind, own)
    paragraph, start, end = row["evidence_paragraph"], row["span_start"], row["span_end"]
    around = {
        "before": ("…" if start > _AROUND else "") + paragraph[max(0, start - _AROUND) : start],
        "behind": paragraph[end : end + _AROUND] + ("…" if len(paragraph) > end + _AROUND else ""),
    }
    reads = ", ".join(f"{name}: {value}" for name, value in says.items() if value not in (None, ""))
    return row | around | {"says": says, "reads": reads}


def _decisions(connection: Connection, asked: Asked) -> Table:
    """Return what was decided, the newest first."""
    found = reviews.decisions(connection, limit=asked.limit + 1, before=_before(asked.after))
    columns = [Column(name, title) for name, title in _DECIDED.items()]
    rows = [row | {"read": _told(row["said"]), "now": _now(row)} for row in found[: asked.limit]]
    last = found[asked.limit - 1] if len(found) > asked.limit else None
    after = cursor(last["decided_at"], last["key"]) if last else None
    return Table(title="Decisions", columns=columns, rows=rows, after=after, empty="Nothing was decided yet.")


def _before(after: tuple[Any, ...] | None) -> tuple[datetime, str] | None:
    match after:
        case None:
            return None
        case (str() as moment, str() as key) if "\0" not in key:
            try:
                at = datetime.fromisoformat(moment)
            except ValueError:
                at = None
            if at is not None and at.tzinfo is not None:
                return at, key
    raise ConfigError("`after` is no place among the decisions: go back to the first page")


def _now(row: Row) -> str:
    return {"rejected": "left out", "reopened": "as read"}.get(row["verdict"]) or _told(row["stands"])


def _told(says: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in says.items() if value not in (None, ""))


async def _decide(request: Request, desk: Desk) -> Response:
    try:
        form = await form_of(request)
        return await run_in_threadpool(_take, request, desk, form)
    except IngestError as error:
        status = {RefusedError: 403, BusyError: 503, OvertakenError: 409}.get(type(error), 400)
        return rendering.page(request, "review_refused", {"said": str(error)}, status=status)


def _take(request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
    """Take a decision and lead back to the queue."""
    desk.check(request, form)
    kind, key, who = form.get("kind", ""), form.get("key", ""), form.get("by", "").strip()
    if kind not in review_columns.KINDS or not _KEY.fullmatch(key):
        raise RefusedError("this names no record")
    verdict = _verdict(form.get("verdict", ""))
    changes = (
        {name: form[f"says_{name}"] for name in review_columns.columns(kind) if f"says_{name}" in form}
        if verdict is Verdict.CORRECTED
        else {}
    )
    ruling = Ruling(verdict=verdict, by=who, at=datetime.now(UTC), changes=dict(changes), note=form.get("note", ""))
    row = desk.decide(kind, key, ruling, _number(form.get("seen", "")))
    back = form.get("back", "")
    there = "/review" + (back if back.startswith("?") else "")
    done = f"{kind}:{key}:{row['verdict']}:{row['number']}"
    answer = RedirectResponse(rendering.quoted(f"{there}{'&' if '?' in there else '?'}done={done}"), 303)
    keep(request, answer, **{NAME: quote(who)})
    return answer


def _verdict(written: str) -> Verdict:
    try:
        return Verdict(written)
    except ValueError:
        raise RefusedError("this is no decision: accept, correct or reject") from None


def _number(written: str) -> int | None:
    return int(written) if re.fullmatch(r"\d{1,6}", written) else None


def _done(word: str) -> dict[str, Any] | None:
    """Return what was decided a moment ago, for the notice that lets it be taken back."""
    kind, _, rest = word.partition(":")
    key, _, rest = rest.partition(":")
    verdict, _, number = rest.partition(":")
    known = kind in review_columns.KINDS and _KEY.fullmatch(key) and verdict in set(Verdict) and _number(number)
    return {"kind": kind, "key": key, "verdict": verdict, "number": number} if known else None
