"""What was put into articles or changed in them, and how a spun text may have read before.

Older rows have none until their pages are read again, as they are with the next run: the rules are other ones.
"""

import sqlalchemy as sa
from alembic import op

from ingest.store import types

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take a database here from the step before."""
    for name in ("marks", "candidates"):
        op.add_column("article", sa.Column(name, types.Json(), server_default="[]", nullable=False))
