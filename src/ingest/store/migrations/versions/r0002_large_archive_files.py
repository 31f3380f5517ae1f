"""Offsets in archive files beyond 2 GiB; the version of the tables is alembic's to keep, and ``meta`` goes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take a database here from the step before."""
    op.drop_table("meta")
    with op.batch_alter_table("capture") as table:
        table.alter_column("archive_offset", existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=False)
