"""The review queue goes by index in its order: the least sure first, alike ones by their key."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
_RECORDS = ("indicator", "organisation", "person", "policy", "programme", "honour", "place")


def upgrade() -> None:
    """Take a database here from the step before."""
    for table in _RECORDS:
        op.execute(f"DROP INDEX search_doubtful_{table}")
        op.execute(f"CREATE INDEX search_doubtful_{table} ON {table} (confidence, key) WHERE confidence < 0.6")
