"""Prefect flows: scheduling, batching, retries, artifacts. No parsing in here."""
