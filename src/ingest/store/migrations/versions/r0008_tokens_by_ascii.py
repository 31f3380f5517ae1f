"""The index of words on SQLite goes by FTS5's ascii tokenizer: half the time of unicode61 to put an article in.

Our tokens are folded and have white space between them, so there is nothing left to know of Unicode. The index is made
anew: `ingest db reindex` puts the articles in.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TABLE = "CREATE VIRTUAL TABLE search_index USING fts5(title, body, tags, content='', tokenize='ascii')"
# Bytes of new entries that are held until they are written, 64 MiB and not 1: a chunk of 500 articles is one piece and
# not several, which would have to be merged.
_HELD = "INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 67108864)"


def upgrade() -> None:
    """Take a database here from the step before."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("DROP TABLE search_index")
    op.execute(_TABLE)
    op.execute(_HELD)
    op.execute("UPDATE search_document SET indexed = false")
