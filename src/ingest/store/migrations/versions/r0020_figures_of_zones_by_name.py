"""The index of indicators by name has unit and subject too: which zones have an indicator is read from it alone."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take a database here from the step before. PostgreSQL keeps its hash: names may be longer than a B-tree takes."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP INDEX search_indicator")
        op.execute("CREATE INDEX search_indicator ON indicator (name, aspect, unit, subject)")
