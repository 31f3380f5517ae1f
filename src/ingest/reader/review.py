"""The review: records in doubt, one below the other, each to be accepted, corrected or rejected."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ingest.errors import ConfigError, IngestError
from ingest.reader import rendering, site
from ingest.reader.answers import PAGE, Asked, Column, Table, cursor, listed, read_cursor
from ingest.reader.findings import Finding, finding
from ingest.reader.review_desk import NAME, BusyError, Desk, RefusedError, form_of, keep
from ingest.store import lookup, review_columns, review_queue, reviews
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


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that is put to somebody: its row of the queue, what it says, and how often it was decided on."""

    row: Row
    told: Finding
    says: Mapping[str, Any]
    seen: int


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


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the addresses of the review."""

    def page(request: Request) -> Response:
        return _page(request, desk)

    def one(request: Request) -> Response:
        return _one(request, desk)

    async def decide(request: Request) -> Response:
        return await _decide(request, desk)

    tables = listed("/review", _queue)
    return [
        *listed("/review/decisions", _decisions),
        Route("/review/decide", decide, methods=["POST"], name="review_decide"),
        Route("/review/record/{key}", one, name="review_record"),
        *tables[:-1],
        Route("/review", page, name="review"),
    ]


def _page(request: Request, desk: Desk) -> Response:
    word = request.query_params.get("after", "")
    asked = Asked({}, request.query_params, PAGE, read_cursor(word[:2_000]) if word else None, page=True)
    with site.of(request).read() as connection:
        table = _queue(connection, asked)
        doubts = _doubts(connection, [dict(row) for row in table.rows])
        sources = review_queue.sources(connection)
    back = rendering.address("", dict(request.query_params), done=None)
    done = _done(request.query_params.get("done", ""))
    shown = {"table": table, "doubts": doubts, "sources": sources, "kinds": list(_TABLES), "done": done, "back": back}
    return _answer(request, desk, "review", shown)


def _one(request: Request, desk: Desk) -> Response:
    """Answer with one record, in doubt or not, and all that was decided on it."""
    key = request.path_params["key"]
    if not _KEY.fullmatch(key):
        raise HTTPException(404)
    with site.of(request).read() as connection:
        found = next(((kind, row) for kind in review_columns.KINDS if (row := lookup.row(connection, kind, key))), None)
        if found is None:
            raise HTTPException(404)
        doubts = _doubts(connection, [review_queue.one(connection, *found)])
        told = reviews.history(connection, *found)
    back = f"/article/{found[1]['article_key']}"
    return _answer(request, desk, "review_record", {"doubts": doubts, "told": told[::-1], "back": back})


def _answer(request: Request, desk: Desk, template: str, shown: dict[str, Any]) -> Response:
    visit = desk.visit(request)
    context = shown | {"visit": visit, "choices": review_columns.choices}
    return desk.welcome(request, rendering.stream(request, template, context), visit)


def _doubts(connection: Connection, rows: Sequence[Row]) -> list[Doubt]:
    """Return records as the page puts them to somebody."""
    last = reviews.last_of(connection, [reviews.reading_key(row["kind"], row) for row in rows])
    return [_doubt(row, last.get(reviews.reading_key(row["kind"], row))) for row in rows]


def _doubt(row: Row, last: Row | None) -> Doubt:
    kind = row["kind"]
    own = row | ({"kind": row["said_kind"]} if "said_kind" in row else {})
    standing = last if last and last["verdict"] != Verdict.REOPENED else None
    says = standing["stands"] if standing else review_columns.said(kind, own)
    told = finding(kind, row, row["evidence_paragraph"], standing, _AROUND)
    return Doubt(row, told, says, last["number"] if last else 0)


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
    """Return a record of the queue as programs get it."""
    own = row | ({"kind": row["said_kind"]} if "said_kind" in row else {})
    return row | {"reads": _told(review_columns.said(row["kind"], own))}


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
    answer = RedirectResponse(_way_back(form.get("back", ""), row, key), 303)
    keep(request, answer, **{NAME: quote(who)})
    return answer


def _way_back(back: str, decision: Row, key: str) -> str:
    """Return where a decision leads back to: the record in its article, or the place in the queue with a notice."""
    if back == f"/article/{decision['article_key']}":
        return f"{back}#r-{key}"
    there = "/review" + (back if back.startswith("?") else "")
    done = f"{decision['kind']}:{key}:{decision['verdict']}:{decision['number']}"
    return rendering.quoted(f"{there}{'&' if '?' in there else '?'}done={done}")


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
