"""What to ingest: one TOML file a source, and the targets it names."""
