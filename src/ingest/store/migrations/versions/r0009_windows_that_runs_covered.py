"""Windows of time that runs covered, backfills that are under way, and Prefect's id of a run."""

import sqlalchemy as sa
from alembic import op

from ingest.store import types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take a database here from the step before."""
    op.create_table(
        "backfill",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("began_at", types.Utc(), nullable=False),
        sa.Column("ended_at", types.Utc(), nullable=True),
        sa.Column("parameters", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_backfill")),
    )
    op.create_index(op.f("ix_backfill_began_at"), "backfill", ["began_at"])
    op.create_table(
        "coverage",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("since", types.Utc(), nullable=False),
        sa.Column("until", types.Utc(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("at", types.Utc(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"], ["source.name"], name=op.f("fk_coverage_source_source"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_coverage")),
    )
    op.create_index(op.f("ix_coverage_source_since"), "coverage", ["source", "since"])
    with op.batch_alter_table("run") as table:
        table.add_column(sa.Column("flow_run", sa.String(), nullable=True))
