"""Kinds of pages, selectors, the memory of sites, and the addresses that articles give."""

import sqlalchemy as sa
from alembic import op

from ingest.store import types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KNOWN = ("kind", "kind_reason", "selectors")


def upgrade() -> None:
    """Take a database here from the step before."""
    for name in _KNOWN:
        op.add_column("page", sa.Column(name, sa.String(), nullable=True))
    op.execute("UPDATE page SET kind = CASE WHEN articles > 0 THEN 'article' ELSE 'other' END")
    op.execute("UPDATE page SET kind_reason = '', selectors = ''")
    with op.batch_alter_table("page") as table:
        for name in _KNOWN:
            table.alter_column(name, existing_type=sa.String(), nullable=False)
    for name in ("site_version", "canonical", "image", "image_caption", "next_page"):
        op.add_column("article", sa.Column(name, sa.String(), nullable=True))
    op.add_column("article", sa.Column("page_count", sa.Integer(), nullable=True))
    op.create_table(
        "site",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("recurring", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_site")),
    )
    op.create_table(
        "sitepage",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("fingerprints", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sitepage")),
    )
    op.create_index(op.f("ix_sitepage_site"), "sitepage", ["site"])
    op.create_table(
        "siteblock",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_siteblock")),
    )
    op.create_index(op.f("ix_siteblock_site_pages"), "siteblock", ["site", "pages"])
