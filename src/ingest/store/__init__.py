"""Articles to rows."""
