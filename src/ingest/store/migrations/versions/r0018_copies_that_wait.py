"""Articles whose copies are still to be looked for; a group's order by what its articles say of themselves.

Groups are made by other rules from here on, so all articles wait: the next run or ``ingest copies --rebuild`` links
them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def _of_article(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_article_key_article")
    return sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=name, ondelete="CASCADE")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def upgrade() -> None:
    """Take a database here from the step before."""
    op.create_table(
        "copywait",
        _text("article_key"),
        _text("digest"),
        _of_article("copywait"),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_copywait")),
    )
    op.drop_table("copymember")
    op.create_table(
        "copymember",
        *map(_text, ("article_key", "group_key", "standing", "kind")),
        sa.Column("score", sa.Float(), nullable=False),
        _of_article("copymember"),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_copymember")),
    )
    op.create_index(op.f("ix_copymember_group_key_standing"), "copymember", ["group_key", "standing"])
    for table in ("contradiction", "copypart", "copycommon", "copymark", "copytext"):
        op.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 - names of ours
    op.execute(sa.text("INSERT INTO copywait SELECT key, coalesce(digest, '') FROM article WHERE withdrawn_at IS NULL"))
