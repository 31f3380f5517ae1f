"""${message}."""

import sqlalchemy as sa
from alembic import op

from ingest.store import types
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take a database here from the step before."""
    ${upgrades if upgrades else "pass"}
