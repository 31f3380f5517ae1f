"""Rows out of the database and into a file: which, in which columns, written how."""
