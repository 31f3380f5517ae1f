"""Former versions of articles, when each version was first seen, and pages that their source no longer has."""

import sqlalchemy as sa
from alembic import op

from ingest.store import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take a database here from the step before."""
    op.add_column("page", sa.Column("gone_at", types.Utc(), nullable=True))
    op.add_column("article", sa.Column("since", types.Utc(), nullable=True))
    op.execute("UPDATE article SET since = (SELECT captured_at FROM capture WHERE capture.key = article.capture_key)")
    check = sa.CheckConstraint("revision > 0", name=op.f("ck_article_revision"))
    with op.batch_alter_table("article", table_args=(check,)) as table:
        table.alter_column("since", existing_type=types.Utc(), nullable=False)
    op.create_table(
        "revision",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("article_key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", types.Utc(), nullable=False),
        sa.Column("replaced_at", types.Utc(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("capture_key", sa.String(), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("content", types.Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_key"], ["article.key"], name=op.f("fk_revision_article_key_article"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["capture_key"], ["capture.key"], name=op.f("fk_revision_capture_key_capture")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_revision")),
    )
    op.create_index(op.f("ix_revision_article_key_number"), "revision", ["article_key", "number"], unique=True)
    op.create_index(op.f("ix_revision_capture_key"), "revision", ["capture_key"])
