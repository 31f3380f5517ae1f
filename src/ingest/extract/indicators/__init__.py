"""Indicators: the figures of an article, each with subject, name, value, unit, bound, aspect, period and evidence."""

from ingest.extract.context import Context
from ingest.extract.indicators.paragraph import numbers
from ingest.extract.indicators.reader import Reader
from ingest.model import Indicator

__all__ = ["find"]


def find(article: Context) -> tuple[Indicator, ...]:
    """The indicators of an article in the order of its text. Pure; any text gives some result, perhaps none."""
    found = [numbers(text, article.published_on) for text in article.paragraphs]
    while found and not found[-1].quantities:  # who is spoken of behind the last figure, nobody asks
        found.pop()
    return tuple(Reader(article).read(found)) if found else ()
