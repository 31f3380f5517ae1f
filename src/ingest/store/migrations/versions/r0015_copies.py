"""Copies: what is kept of articles to compare them, groups, parts, contradictions; how far a source is trusted."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _of_article(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_article")
    return sa.ForeignKeyConstraint([column], ["article.key"], name=name, ondelete="CASCADE")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    """Take a database here from the step before."""
    op.add_column("source", sa.Column("trust", sa.Float(), server_default="0.5", nullable=False))
    op.create_table(
        "copytext",
        _number("number"),
        _text("article_key"),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("mirrored", sa.Boolean(), nullable=False),
        _of_article("copytext", "article_key"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_copytext")),
    )
    pair = sa.PrimaryKeyConstraint("mark", "number", name=op.f("pk_copymark"))
    op.create_table("copymark", _number("mark"), _number("number"), pair, sqlite_with_rowid=False)
    alone = sa.PrimaryKeyConstraint("mark", name=op.f("pk_copycommon"))
    op.create_table("copycommon", _number("mark"), alone)
    op.create_table(
        "copymember",
        _text("article_key"),
        _text("group_key"),
        sa.Column("place", sa.Integer(), nullable=False),
        _text("kind"),
        sa.Column("score", sa.Float(), nullable=False),
        _of_article("copymember", "article_key"),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_copymember")),
    )
    op.create_table(
        "copypart",
        *map(_text, ("key", "part_key", "whole_key")),
        sa.Column("score", sa.Float(), nullable=False),
        _of_article("copypart", "part_key"),
        _of_article("copypart", "whole_key"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_copypart")),
    )
    op.create_table(
        "contradiction",
        *map(_text, ("key", "article_key", "head_key", "kind")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("paragraph", "span_start", "span_end")),
        *map(_text, ("text", "of_head")),
        _of_article("contradiction", "article_key"),
        _of_article("contradiction", "head_key"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_contradiction")),
    )
    indexes = ("copytext article_key", "copymember group_key", "copypart part_key", "copypart whole_key")
    for table, column in map(str.split, (*indexes, "contradiction article_key", "contradiction head_key")):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
