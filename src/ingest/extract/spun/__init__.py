"""Spun text and injected keywords: what a program changed or pushed in, told without any spinner's table."""

from ingest.extract.spun.judging import gathered, judged
from ingest.extract.spun.score import Score, score
from ingest.extract.spun.signature import despun

__all__ = ["Score", "despun", "gathered", "judged", "score"]
