"""What articles have in common: pure features of one article, and what two articles' features say of them as a pair."""

from ingest.copies.features import Features, features
from ingest.copies.kinds import Kind
from ingest.copies.pairs import Verdict, compare

__all__ = ["Features", "Kind", "Verdict", "compare", "features"]
