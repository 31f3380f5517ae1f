"""What each run gave of each source: the past that a source is compared with."""

import sqlalchemy as sa
from alembic import op

from ingest.store import types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_COUNTS = ("pages", "articles", "standing", "news", "kept", "left_out", "spun")


def upgrade() -> None:
    """Take a database here from the step before."""
    run, source = op.f("fk_measure_run_key_run"), op.f("fk_measure_source_source")
    op.create_table(
        "measure",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("run_key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("ended_at", types.Utc(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("outcomes", types.Json(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _COUNTS),
        sa.Column("newest", sa.Date(), nullable=True),
        sa.Column("filled", types.Json(), nullable=False),
        sa.Column("lengths", types.Json(), nullable=False),
        sa.Column("charsets", types.Json(), nullable=False),
        sa.ForeignKeyConstraint(["run_key"], ["run.key"], name=run, ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name=source, ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_measure")),
    )
    op.create_index(op.f("ix_measure_run_key"), "measure", ["run_key"])
    op.create_index(op.f("ix_measure_source_ended_at"), "measure", ["source", "ended_at"])
