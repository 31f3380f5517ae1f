"""The tables of records: what an article says, a row for each finding, with the words that it was read from."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from ingest.store.base import Base
from ingest.store.types import Exact, Json


class Record(Base):
    """What all records have. ``paragraphs[paragraph][span_start:span_end]`` of the article is ``text``."""

    __table_args__ = (CheckConstraint("paragraph >= 0 AND 0 <= span_start AND span_start <= span_end", name="span"),)
    key: str = Field(primary_key=True)
    article_key: str = Field(foreign_key="article.key", ondelete="CASCADE", index=True)
    paragraph: int
    span_start: int
    span_end: int
    text: str
    method: str
    confidence: float


class Indicator(Record, table=True):
    """How much or how many of something there is, or was, or shall be."""

    subject: str | None = Field(index=True)
    name: str
    value: Decimal = Field(sa_type=Exact)
    value_high: Decimal | None = Field(sa_type=Exact)  # the upper end of a range
    unit: str
    bound: str
    aspect: str
    period_start: date | None
    period_end: date | None
    restated: bool


class Organisation(Record, table=True):
    """An organisation that the article names."""

    name: str = Field(index=True)
    kind: str
    identity: str | None  # the same in every article, where it can be told which organisation is meant
    aliases: list[str] = Field(sa_type=Json)


class Person(Record, table=True):
    """A named person."""

    name: str = Field(index=True)
    role: str | None
    organisation: str | None
    quotes: list[str] = Field(sa_type=Json)


class Policy(Record, table=True):
    """A document of a public body."""

    name: str = Field(index=True)


class Programme(Record, table=True):
    """A brand, platform, campaign or meeting with a name of its own."""

    name: str = Field(index=True)


class Honour(Record, table=True):
    """A prize or title and who holds it."""

    name: str = Field(index=True)
    recipient: str | None


class Place(Record, table=True):
    """A high-tech zone or an administrative division."""

    name: str = Field(index=True)
    kind: str
    code: str | None


# In this order rows may be written; the other way round they may be removed.
RECORDS: dict[str, type[Record]] = {
    "indicators": Indicator,
    "organisations": Organisation,
    "people": Person,
    "policies": Policy,
    "programmes": Programme,
    "honours": Honour,
    "places": Place,
}
