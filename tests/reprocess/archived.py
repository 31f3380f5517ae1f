"""A project whose pages lie in the archive and whose rows say that other rules have read them: made without reading."""

import gzip
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from ingest.fetch.archive import Archive
from ingest.model import Capture
from ingest.store import keys, queries
from ingest.store.engine import Database
from ingest.store.rows import capture_row
from ingest.store.tables import Base
from ingest.store.upsert import insert as put
from tests.flows.project import PAGE, Project

_SOME = 2_000  # pages a transaction
_AT = datetime(2025, 3, 2, tzinfo=UTC)
# A figure in the text: its last digit, before what is no part of markup, an entity, an address or a date.
_DIGIT = re.compile(rb"(?<=[^\w#&;=\"'/.:-]\d)\d(?=[^\w;\"'/.:-])")


def small(number: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many short pages, each with its name."""
    for each in range(number):
        yield f"{each:06}.txt", PAGE.replace("31", str(each + 31)).encode()


def varied(samples: Path, number: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many pages: the samples in turn, each time with other figures and other bytes."""
    paths = sorted(path for path in samples.iterdir() if path.suffix in {".html", ".txt", ".gz"})
    contents = [(gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes()) for p in paths]
    for each in range(number):
        path, content = paths[each % len(paths)], contents[each % len(paths)]
        digit = str(each // len(paths) % 10).encode()
        name = path.name.removesuffix(".gz")
        mark = b"\n<!-- %d -->" % each if name.endswith(".html") else b"\n" * (1 + each // len(paths) % 10)
        yield f"{each:06}-{name}", _DIGIT.sub(digit, content) + mark


def archived(project: Project, pages: Iterable[tuple[str, bytes]]) -> int:
    """Put pages into the archive of a project and their rows into its database; return how many."""
    settings = project.settings()
    database = Database(settings.database)
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = []
    number = 0
    with Archive(settings.archive) as archive:
        with database.write() as connection:
            queries.put_source(connection, {"name": "pages", "kind": "files", "title": "pages", "language": "zh"})
        for name, content in pages:
            digest = sha256(content).hexdigest()
            capture = Capture(source="pages", address=name, content=content, sha256=digest, captured_at=_AT)
            captured = capture_row(capture, archive.write(capture))
            rows.append((captured, _page(name, captured["key"])))
            number += 1
            if len(rows) == _SOME:
                _put(database, archive, rows)
                rows = []
        _put(database, archive, rows)
    database.close()
    return number


def _put(database: Database, archive: Archive, rows: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    archive.sync()
    if rows:
        with database.write() as connection:
            put(connection, Base.metadata.tables["capture"], [captured for captured, _ in rows])
            put(connection, Base.metadata.tables["page"], [page for _, page in rows])


def _page(name: str, capture: str) -> dict[str, Any]:
    return {
        "key": keys.page_key("pages", name),
        "source": "pages",
        "address": name,
        "capture_key": capture,
        "rules_version": "old",
        "content_type": None,
        "encoding": "utf-8",
        "confidence": 1.0,
        "evidence": [],
        "flags": [],
        "repairs": {},
        "left_out": {},
        "articles": 0,
        "kind": "article",
        "kind_reason": "",
        "selectors": "",
        "gone_at": None,
    }
