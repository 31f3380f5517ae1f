"""What the pages of a source look like in a run, as counts that can be added: of chunks, and of runs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

# The particulars and findings whose fill rates are kept: what a reader asks for first.
FIELDS = (
    "title",
    "body",
    "published_on",
    "published_at",
    "publisher",
    "authors",
    "editors",
    "contributor",
    "dateline",
    "image",
    "keywords",
    "topic",
    "zones",
    "regions",
    "indicators",
    "organisations",
    "people",
)
Row = dict[str, Any]
SPUN = frozenset({"spun", "spun-text"})  # flags of text whose words were changed by a program
_CAPTION = "photo-caption"  # has no byline of its own and no length to speak of
_DIGITS = 2  # of a length: exact to 5 %, and a thousand runs' lengths are some hundred numbers


@dataclass(slots=True)
class Sample:
    """Counts over the pages that were read in a run, and over their articles."""

    pages: int = 0
    articles: int = 0  # photo captions too
    standing: int = 0  # articles on pages that were met and needed no reading
    news: int = 0  # articles that are no captions: what rates and lengths are of
    kept: int = 0  # characters of the articles' texts as published
    left_out: int = 0  # characters of the pages that are part of no article
    spun: int = 0  # articles whose text is flagged as spun
    newest: date | None = None  # the latest day of publication
    filled: Counter[str] = field(default_factory=Counter)  # articles that have it, by name of the particular
    lengths: Counter[int] = field(default_factory=Counter)  # articles by their length, to two digits
    charsets: Counter[str] = field(default_factory=Counter)  # pages

    @property
    def met(self) -> int:
        """Articles on all the pages that were met, read now or known."""
        return self.articles + self.standing

    def note(self, page: Row, articles: Iterable[Row], records: Mapping[str, Row], read_on: date) -> None:
        """Count a page that was read.

        Args:
            page: Its row.
            articles: Its articles' rows.
            records: Their records' rows, by the article's key and the kind.
            read_on: When it was read: no article is newer, but for the time zone; a later day is misread.
        """
        self.pages += 1
        self.charsets[page["encoding"]] += 1
        self.left_out += sum(page["left_out"].values())
        spun = _is_spun(page)
        for article in articles:
            self.articles += 1
            self.kept += sum(map(len, article["originals"]))
            if article["kind"] == _CAPTION:
                continue
            self.news += 1
            self.spun += spun or _is_spun(article)
            having = article | records[article["key"]] | {"body": article["paragraphs"]}
            self.filled.update(name for name in FIELDS if having[name])
            self.lengths[_rounded(sum(map(len, article["paragraphs"])))] += 1
            day = article["published_on"]
            if day and (day - read_on).days <= 1 and (self.newest is None or day > self.newest):
                self.newest = day

    def add(self, other: "Sample") -> None:
        """Add the counts of another part or of another run."""
        for each in fields(self):
            mine, theirs = getattr(self, each.name), getattr(other, each.name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            elif each.name == "newest":
                self.newest = max(filter(None, (mine, theirs)), default=None)
            else:
                setattr(self, each.name, mine + theirs)

    def row(self) -> dict[str, Any]:
        """Return the counts as a row of the table ``measure`` can hold them."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: _plain(value) if isinstance(value, Counter) else value for name, value in told.items()}

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> "Sample":
        """Return the counts that a row holds."""
        told: dict[str, Any] = {each.name: row[each.name] for each in fields(cls)}
        told["lengths"] = {int(length): number for length, number in row["lengths"].items()}
        for name in ("filled", "lengths", "charsets"):
            told[name] = Counter(told[name])
        return cls(**told)


def _is_spun(row: Row) -> bool:
    return any(flag["name"] in SPUN for flag in row["flags"])


def _rounded(length: int) -> int:
    """Return a length to two digits: 1234 as 1200."""
    step: int = 10 ** max(0, len(str(length)) - _DIGITS)
    return length // step * step


def _plain(counts: Counter[Any]) -> dict[str, int]:
    return {str(name): number for name, number in sorted(counts.items())}
