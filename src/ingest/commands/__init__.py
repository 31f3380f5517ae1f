"""The commands of ``ingest``, one module each. What is heavy is imported inside them: the command must start at once."""
