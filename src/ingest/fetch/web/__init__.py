"""Bytes from the web: politely (``robots``, ``pace``), safely (``guard``, ``body``). Start at ``fetcher.Fetcher``."""
