"""Where the marks of copies are written before they go into the large table."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    """Take a database here from the step before."""
    pair = sa.PrimaryKeyConstraint("mark", "number", name=op.f("pk_copyfresh"))
    op.create_table("copyfresh", _number("mark"), _number("number"), pair, sqlite_with_rowid=False)
