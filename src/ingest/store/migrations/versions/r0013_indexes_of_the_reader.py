"""Indexes of the reader: the newest articles, of all sources or of one, and what has a flag.

Partial, so that a page of articles is read from the index in its order and what is sound costs nothing.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NONE = {"sqlite": "'[]'", "postgresql": "'[]'::jsonb"}
_NEWEST = {"sqlite": "published_on DESC", "postgresql": "published_on DESC NULLS LAST"}


def upgrade() -> None:
    """Take a database here from the step before."""
    engine = op.get_bind().dialect.name
    newest, none = _NEWEST[engine], _NONE[engine]
    op.execute(f"CREATE INDEX search_newest ON article ({newest}, key) WHERE withdrawn_at IS NULL")
    op.execute(f"CREATE INDEX search_newest_of ON article (source, {newest}, key) WHERE withdrawn_at IS NULL")
    for table in ("article", "page"):
        op.execute(f"CREATE INDEX search_flagged_{table} ON {table} (source, address) WHERE flags <> {none}")
