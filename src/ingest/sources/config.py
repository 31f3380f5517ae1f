"""What the TOML file of every source may say, and that of a folder's."""

import codecs
import difflib
from datetime import timedelta
from encodings.aliases import aliases
from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ByteSize, ConfigDict, Field, TypeAdapter, field_validator

from ingest.model import Selectors
from ingest.sources.expected import Expected
from ingest.sources.limits import MAX_BYTES
from ingest.sources.schedule import Cron, Duration, TimeZone
from ingest.sources.selectors import PageSelectors

_EXAMPLES = ("utf-8", "gb18030", "big5")
_CHARSETS = sorted({*_EXAMPLES, *aliases, *aliases.values()} - {"rot13", "rot_13", "hex", "hex_codec"})
_SIZE = TypeAdapter(ByteSize)
Bytes = Annotated[
    int,
    Field(gt=0),
    BeforeValidator(lambda value: int(_SIZE.validate_python(value)), json_schema_input_type=int | str),
]
Words = Annotated[tuple[str, ...], Field(strict=False)]  # TOML has lists, and a frozen model wants tuples


class Source(BaseModel):
    """What every kind of source has."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$",
        description="What the source is called in commands and rows; the file's name without .toml when left out.",
    )
    kind: str
    title: str = Field(min_length=1, description="For people: whose pages these are.")
    language: str = Field(default="zh", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="A language tag.")
    encoding: str | None = Field(default=None, description="The pages' charset, believed wherever it decodes.")
    max_bytes: Bytes = Field(
        default=MAX_BYTES, description='The largest page that is read, packed or unpacked: "32 MiB", or bytes.'
    )
    trust: float = Field(
        default=0.5, ge=0, le=1, description="Which of several copies is the head where all else is the same: 0 to 1."
    )
    disabled: str | None = Field(default=None, min_length=1, description="Why this source is not run.")
    schedule: Cron | None = Field(
        default=None, description='When it is run by itself, a cron expression: "30 6 * * *"; never when left out.'
    )
    time_zone: TimeZone = Field(default="Asia/Shanghai", description="Whose time the schedule and its windows are in.")
    window: Duration = Field(
        default=timedelta(days=1),
        description='How much time one run of the schedule covers: "1 day", "6 hours".',
        json_schema_extra={"default": "1 day"},
    )
    heal: int = Field(
        default=7, ge=0, le=1000, description="How many windows that were missed a run of the schedule makes up for."
    )
    page: PageSelectors | None = Field(default=None, description="CSS selectors of the parts of its pages.")
    expected: Expected = Field(default_factory=Expected, description="What a run of it is compared with.")

    @property
    def selectors(self) -> Selectors | None:
        """The selectors of its pages, where it has any."""
        return self.page.selectors() if self.page else None

    @field_validator("encoding")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            "".encode(value)  # refuses rot13, hex and the like, which are codecs and no charsets
            return codecs.lookup(value).name
        except LookupError:
            close = difflib.get_close_matches(value.lower(), _CHARSETS, n=3)
            msg = f"no such charset; {'did you mean' if close else 'for example'} {', '.join(close or _EXAMPLES)}"
            raise ValueError(msg) from None


class FilesSource(Source):
    """Pages that lie in a folder."""

    kind: Literal["files"]
    folder: str = Field(min_length=1, description="The folder; relative to the one that holds config/.")
    include: Words = Field(default=("*",), description="Patterns of paths below the folder; * stands for / too.")
    exclude: Words = Field(default=(), description="Patterns of paths that are left out.")
    suffixes: Words = Field(
        default=(".html", ".htm", ".txt"), description="What a page's name ends in; the same with .gz counts too."
    )


def matches(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path or an address is one of those that ``include`` or ``exclude`` names."""
    return any(pattern == "*" or fnmatchcase(name, pattern) for pattern in patterns)
