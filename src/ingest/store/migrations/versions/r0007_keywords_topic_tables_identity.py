"""Keywords, topic and tables of articles, and the identity of organisations.

Older rows have none until their pages are read again, as they are with the next run: the rules are other ones.
"""

import sqlalchemy as sa
from alembic import op

from ingest.store import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take a database here from the step before."""
    for name in ("keywords", "topic_cues", "tables"):
        op.add_column("article", sa.Column(name, types.Json(), server_default="[]", nullable=False))
    op.add_column("article", sa.Column("topic", sa.String(), nullable=True))
    op.add_column("article", sa.Column("topic_score", sa.Float(), nullable=True))
    op.add_column("organisation", sa.Column("identity", sa.String(), nullable=True))
    op.execute("DROP INDEX search_organisation")
    op.execute("CREATE INDEX search_organisation ON organisation (coalesce(identity, name), kind)")
