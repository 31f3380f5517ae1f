"""What to ingest: one TOML file a source, and the targets it names.

Start at ``load.load`` and ``discover.discover``.
"""
