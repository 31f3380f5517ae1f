"""Text to labelled blocks."""
