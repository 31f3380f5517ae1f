"""What alembic runs for each of its commands, on the connection that it is given and within its transaction."""

from alembic import context

from ingest.store.migrations import options
from ingest.store.tables import Base

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=Base.metadata,
    render_item=attributes.get("render_item"),
    **options(),
)
with context.begin_transaction():
    context.run_migrations()
