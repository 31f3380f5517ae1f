"""Blocks to articles."""
