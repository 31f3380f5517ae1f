"""The limits of a source that sets none; apart from the models, so that reading one page needs no pydantic."""

# The largest of 57 real news pages has 0.77 MB, saved with its scripts; forty times that is a page no longer. What is
# read stands in memory several times over (bytes, text, tree, blocks), so the limit is also one on memory.
MAX_BYTES = 32 * 1024**2
