"""From a figure that has been read to the record, and which records tell what an earlier one told."""

from dataclasses import replace
from decimal import Decimal

from ingest.extract.indicators import periods
from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators.paragraph import Paragraph
from ingest.extract.indicators.scan import Value
from ingest.model import Indicator

#: How sure a subject is, by where it was found: the share that was right on all annotated pages (931 figures, 135 of
#: them on pages held back from the rules), rounded.
_SOURCES = {"named": 0.94, "carried": 0.92, "zone": 0.7, "speaker": 0.9, "default": 0.75, "nobody": 0.75}


def of(part: Paragraph, figure: Figure) -> Indicator:
    """The record of a figure."""
    q, here = figure.quantity, figure.phrase
    order = "before its noun" if here.first else "behind its noun"
    return Indicator(
        paragraph=part.index,
        start=here.start,
        end=here.end,
        text=part.text[here.start : here.end],
        method=f"{q.kind} {'with a noun said before' if figure.inherited else order}; subject {figure.source}",
        confidence=_confidence(figure),
        subject=figure.subject,
        name=here.name,
        value=_signed(q.value, figure.sign),
        unit=q.unit,
        bound=q.bound,
        aspect=figure.aspect,
        period=periods.period(figure),
    )


def _signed(value: Value, sign: int) -> Value:
    """The value with the sign that the verb gives it; 下降-5% says the minus twice and is -5."""
    if sign > 0 or (isinstance(value, Decimal) and value < 0):
        return value
    return -value if isinstance(value, Decimal) else (-value[1], -value[0])


def _confidence(figure: Figure) -> float:
    """How sure the record is, 0 to 1."""
    sure = _SOURCES[figure.source]
    if not figure.phrase.name:
        sure *= 0.5
    elif figure.inherited:
        sure *= 0.85
    return round(sure * (0.8 if figure.quantity.kind == "bare" else 1.0), 2)


class Told:
    """The records of an article so far, by value and unit."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Value, str], list[Indicator]] = {}

    def add(self, record: Indicator) -> Indicator:
        """Take in a record; it comes back marked as restated if an earlier one tells the same figure."""
        told = self._seen.setdefault((record.value, record.unit), [])
        same = next((s for s in told if _same(s, record)), None)
        if same is not None:
            record = replace(record, restated=True, period=record.period or same.period)
        if len(told) < _KEPT:
            told.append(record)
        return record

    def like(self, value: Value, unit: str, name: str) -> Indicator | None:
        """An earlier record of the same value, unit and name."""
        return next((s for s in self._seen.get((value, unit), ()) if s.name == name), None)


#: A figure told more often than this needs no more comparing.
_KEPT = 50


def _same(one: Indicator, other: Indicator) -> bool:
    """Whether two records of one value tell the same figure: subject, period, one name within the other."""
    if one.subject != other.subject or not other.name:
        return False
    if one.period and other.period and one.period != other.period:
        return False
    return one.name.endswith(other.name) or other.name.endswith(one.name)
