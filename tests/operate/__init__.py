"""`ingest up`, `deploy` and `doctor` with a real Prefect server, and its UI in a real browser."""
