"""Bytes from files and the web, kept in an archive before anything reads them."""
