"""Whether a source is as it should be: what its runs gave, beside what is expected and beside its own past.

All of it is pure but ``ask``, which asks the database.
"""
