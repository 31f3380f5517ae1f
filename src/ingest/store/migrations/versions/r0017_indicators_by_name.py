"""An index of indicators by name: one indicator across zones is asked for by it."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# A hash on PostgreSQL: a B-tree there refuses a text of more than 2.7 KB, and a name is what a page has.
_WAY = {"sqlite": "(name, aspect)", "postgresql": "USING hash (name)"}


def upgrade() -> None:
    """Take a database here from the step before."""
    op.execute(f"CREATE INDEX search_indicator ON indicator {_WAY[op.get_bind().dialect.name]}")
