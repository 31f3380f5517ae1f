"""What was forgotten by command, so that no run brings it back."""

import sqlalchemy as sa
from alembic import op

from ingest.store import types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take a database here from the step before."""
    op.create_table(
        "forgotten",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", types.Utc(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_forgotten")),
    )
    op.create_index(op.f("ix_forgotten_source"), "forgotten", ["source"])
