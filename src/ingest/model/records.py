"""What an article says, each with its evidence."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Something the article says, with its evidence: ``paragraphs[paragraph][start:end] == text``."""

    paragraph: int
    start: int
    end: int
    text: str
    method: str = ""  # the rule that read it
    confidence: float = 1.0  # 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Record):
    """A number that says how much or how many of something there is.

    ``value`` is in ``unit``, with 万 and 亿 multiplied out; a range is a pair. ``bound`` is exact, about, over or
    under. ``aspect`` is level, change, growth, share, rank or target. ``period`` is a pair of days, the first None
    when open.
    """

    subject: str | None
    name: str
    value: Decimal | tuple[Decimal, Decimal]
    unit: str
    bound: str
    aspect: str
    period: tuple[date | None, date] | None
    restated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """An organisation that the article names, under the fullest form it uses. ``kind``: see the vocabulary there.

    ``identity`` is the same for the same organisation in every article: its full name where it is known, else its own
    name with its place; None where the article leaves open which one it means (市金融局 of one of two cities).
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    identity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A named person with role, organisation and what they are quoted as saying."""

    name: str
    role: str | None
    organisation: str | None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Record):
    """A document of a public body, named in 《》 or as “…”政策."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Record):
    """A brand, platform, campaign, meeting or slogan with a name of its own."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Honour(Record):
    """A prize or title and who holds it."""

    name: str
    recipient: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """A high-tech zone or an administrative division under its official name. ``kind`` is zone or region."""

    name: str
    kind: str
    code: str | None = None  # six-digit division code (GB/T 2260); of a zone that of its city


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What an article is about; ``score`` (0 to 1) is its share among the topics, ``cues`` the words that say so."""

    name: str
    score: float
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Records:
    """All records of an article."""

    zones: tuple[str, ...] = ()  # canonical short names: 德阳高新区
    regions: tuple[str, ...] = ()  # official names, widest first
    indicators: tuple[Indicator, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    policies: tuple[Policy, ...] = ()
    programmes: tuple[Programme, ...] = ()
    honours: tuple[Honour, ...] = ()
    places: tuple[Place, ...] = ()
    keywords: tuple[str, ...] = ()  # the weightiest first
    topic: Topic | None = None  # None where nothing speaks plainly for one
