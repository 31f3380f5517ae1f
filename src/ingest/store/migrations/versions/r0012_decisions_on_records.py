"""What people decided on records; the analysts' views show what stands by it."""

import sqlalchemy as sa
from alembic import op

from ingest.store import types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take a database here from the step before."""
    article = op.f("fk_decision_article_key_article")
    op.create_table(
        "decision",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("article_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("value", types.Exact(), nullable=True),
        sa.Column("value_high", types.Exact(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("said", types.Json(), nullable=False),
        sa.Column("stands", types.Json(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", types.Utc(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_decision_number")),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=article, ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_reading_number"), "decision", ["reading", "number"], unique=True)
    op.create_index(op.f("ix_decision_article_key_kind"), "decision", ["article_key", "kind"])
