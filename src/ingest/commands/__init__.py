"""The commands of ``ingest``, one module each. Prefect and the database are imported inside those that need them."""
