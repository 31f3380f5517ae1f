"""A figure while it is being read, before it becomes a record."""

from dataclasses import dataclass

from ingest.extract.indicators.days import Period
from ingest.extract.indicators.phrase import Phrase
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.spans import Span
from ingest.extract.indicators.times import Time


@dataclass(slots=True, kw_only=True)
class Figure:
    """A quantity with what has been found out about it. ``clause`` and ``sentence`` are spans of its paragraph."""

    quantity: Quantity
    phrase: Phrase
    clause: Span
    sentence: Span
    subject: str | None = None
    time: Time | None = None
    period: Period | None = None
    aspect: str = "level"
    sign: int = 1
    source: str = "nobody"  # where the subject was found: named, carried, zone, default, speaker, nobody
    inherited: bool = False  # whether the noun was said before and left out here
