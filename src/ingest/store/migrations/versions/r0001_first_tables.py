"""The first tables, as `create_all` made them before there were steps; what it made is taken for this step."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from ingest.store import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables in an empty database."""
    _table("meta", _text("name"), _text("value"), key="name")
    _runs()
    _sources()
    _articles()
    _records()


def _runs() -> None:
    _table(
        "run",
        _text("key"),
        _column("started_at", types.Utc()),
        _column("ended_at", types.Utc(), null=True),
        _column("sources", types.Json()),
        _column("parameters", types.Json()),
        _text("rules_version"),
        _column("outcomes", types.Json()),
        _text("error", null=True),
    )
    _index("run", "started_at")


def _sources() -> None:
    _table("source", *map(_text, ("name", "kind", "title", "language")), key="name")
    _table(
        "capture",
        *map(_text, ("key", "source", "address", "sha256")),
        _column("size", sa.Integer()),
        _text("url", null=True),
        _column("captured_at", types.Utc()),
        _text("archive_file"),
        _column("archive_offset", sa.Integer()),
        _column("archive_length", sa.Integer()),
        _foreign("capture", "source", "source.name"),
    )
    _index("capture", "source", "address")
    _table(
        "page",
        *map(_text, ("key", "source", "address", "capture_key", "rules_version")),
        _text("content_type", null=True),
        _text("encoding"),
        _column("confidence", sa.Float()),
        *(_column(name, types.Json()) for name in ("evidence", "flags", "repairs", "left_out")),
        _column("articles", sa.Integer()),
        _foreign("page", "capture_key", "capture.key"),
        _foreign("page", "source", "source.name"),
    )
    _index("page", "capture_key")
    _index("page", "source", "address", unique=True)
    _table(
        "quarantine",
        *map(_text, ("key", "source", "address")),
        _text("capture_key", null=True),
        *map(_text, ("outcome", "stage", "reason")),
        _text("exception", null=True),
        _column("transient", sa.Boolean()),
        _text("replay"),
        _column("since", types.Utc()),
        _foreign("quarantine", "capture_key", "capture.key"),
        _foreign("quarantine", "source", "source.name"),
    )
    _index("quarantine", "capture_key")
    _index("quarantine", "source", "address", unique=True)


def _articles() -> None:
    _table(
        "article",
        *map(_text, ("key", "source", "address", "capture_key", "rules_version")),
        _column("position", sa.Integer()),
        _column("blocks", types.Json()),
        _column("paragraph_blocks", types.Json()),
        _text("digest"),
        _column("revision", sa.Integer()),
        _text("kind"),
        *(_text(name, null=True) for name in ("title", "subtitle", "kicker")),
        _column("published_on", sa.Date(), null=True),
        _column("published_at", sa.DateTime(), null=True),
        _text("publisher", null=True),
        _column("authors", types.Json()),
        _column("editors", types.Json()),
        *(_text(name, null=True) for name in ("contributor", "dateline", "image_credit")),
        *(_column(name, types.Json()) for name in ("zones", "regions", "paragraphs", "headings", "originals", "flags")),
        _column("withdrawn_at", types.Utc(), null=True),
        sa.CheckConstraint("revision > 0", name=op.f("ck_article_revision")),
        _foreign("article", "capture_key", "capture.key"),
        _foreign("article", "source", "source.name"),
    )
    _index("article", "capture_key")
    _index("article", "published_on")
    _index("article", "source", "address")


def _records() -> None:
    _record(
        "indicator",
        _text("subject", null=True),
        _text("name"),
        _column("value", types.Exact()),
        _column("value_high", types.Exact(), null=True),
        *map(_text, ("unit", "bound", "aspect")),
        _column("period_start", sa.Date(), null=True),
        _column("period_end", sa.Date(), null=True),
        _column("restated", sa.Boolean()),
        indexed="subject",
    )
    _record("organisation", _text("name"), _text("kind"), _column("aliases", types.Json()))
    _record(
        "person",
        _text("name"),
        _text("role", null=True),
        _text("organisation", null=True),
        _column("quotes", types.Json()),
    )
    _record("policy", _text("name"))
    _record("programme", _text("name"))
    _record("honour", _text("name"), _text("recipient", null=True))
    _record("place", _text("name"), _text("kind"), _text("code", null=True))


def _record(table: str, *columns: sa.Column[Any], indexed: str = "name") -> None:
    span = "paragraph >= 0 AND 0 <= span_start AND span_start <= span_end"
    _table(
        table,
        _text("key"),
        _text("article_key"),
        *(_column(name, sa.Integer()) for name in ("paragraph", "span_start", "span_end")),
        _text("text"),
        _text("method"),
        _column("confidence", sa.Float()),
        *columns,
        sa.CheckConstraint(span, name=op.f("ck_indicator_span")),  # the tables share the name too
        _foreign(table, "article_key", "article.key", ondelete="CASCADE"),
    )
    _index(table, "article_key")
    _index(table, indexed)


def _table(name: str, *parts: sa.Column[Any] | sa.Constraint, key: str = "key") -> None:
    op.create_table(name, *parts, sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{name}")))


def _column(name: str, kind: sa.types.TypeEngine[Any], *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null)


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=null)


def _foreign(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target.split('.', maxsplit=1)[0]}"
    return sa.ForeignKeyConstraint([column], [target], name=op.f(name), ondelete=ondelete)


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=unique)
