"""The view that counts a figure once for all copies of an article; views are made anew after the steps."""

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take a database here from the step before."""
