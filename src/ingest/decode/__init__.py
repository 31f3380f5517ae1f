"""Bytes to repaired text."""
