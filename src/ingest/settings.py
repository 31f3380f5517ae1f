"""The settings: environment variables ``INGEST_*`` over ``config/settings.toml`` over the defaults."""

import os
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.errors import ConfigError
from ingest.sources import toml
from ingest.sources.config import Bytes
from ingest.store.address import masked

_PREFIX = "INGEST_"
_RELATIVE = re.compile(r"(sqlite(?:\+\w+)?:///)([^/:].*)", re.DOTALL)  # a file below our root


class Settings(BaseModel):
    """What holds for every source. Relative paths begin at the folder that holds ``config``."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    config: Path = Field(default=Path("config"), description="The folder with sources/ and settings.toml.")
    data: Path = Field(default=Path("data"), description="Where the database and the archive lie.")
    database_url: str | None = Field(
        default=None, description="An SQLAlchemy address; data/ingest.db (SQLite) when left out."
    )
    archive_url: str | None = Field(
        default=None,
        description="Where captures are archived: a folder, or s3://bucket/path; data/archive when left out.",
    )
    # A chunk is one task and one transaction. At 500 pages Prefect's 30 ms a task are far below 1 % of the reading.
    chunk_pages: int = Field(default=500, gt=0, description="Pages in a chunk, at the most.")
    # What a chunk holds in memory before it is stored; more than the 500 pages of any real site (0.77 MB the largest).
    chunk_bytes: Bytes = Field(default=64 * 1024**2, description="Bytes of pages in a chunk, before the last of them.")
    contact: str | None = Field(
        default=None, description="Whom a site may ask about us: an address or a URL, told in the User-Agent."
    )
    concurrency: int = Field(default=16, gt=0, le=256, description="Requests to the web under way at once.")
    reader_url: str | None = Field(
        default=None, pattern=r"^https?://[^\s<>\"|]+$", description="Where the reader of articles is; runs link to it."
    )
    reviewer: str | None = Field(
        default=None, min_length=1, max_length=100, description="Who decides on records where nobody else is named."
    )
    metrics: str | None = Field(
        default=None, pattern=r"^[^\s:]+:\d{1,5}$", description="HOST:PORT where Prometheus may ask for metrics."
    )
    segment_bytes: Bytes = Field(default=1024**3, description="The size at which the archive begins a new file.")

    @property
    def agent(self) -> str:
        """The User-Agent; its first word is what robots.txt calls us."""
        return f"gaoxin-ingest/{version('gaoxin-ingest')}" + (f" (+{self.contact})" if self.contact else "")

    @property
    def root(self) -> Path:
        """Where relative paths begin."""
        return self.config.parent

    @property
    def archive(self) -> Path:
        """The folder of the WARC files, for what works on the files themselves.

        Raises:
            ConfigError: They are in a store of objects.
        """
        if isinstance(self.archive_place, str):
            msg = f"the archive is at {self.archive_place}: this can only be done with an archive in a folder"
            raise ConfigError(msg)
        return self.archive_place

    @property
    def archive_place(self) -> Path | str:
        """The folder of the WARC files, or the address of their store."""
        if self.archive_url and "://" in self.archive_url:
            return self.archive_url
        return self.root / (self.archive_url or self.data / "archive")

    @property
    def database(self) -> str:
        """The database's address for SQLAlchemy."""
        if self.database_url is None:
            return f"sqlite:///{self.root / self.data / 'ingest.db'}"
        relative = _RELATIVE.match(self.database_url)
        return f"{relative[1]}{self.root / relative[2]}" if relative else self.database_url

    @property
    def database_shown(self) -> str:
        """The database for people: a path, or an address without its password."""
        if self.database_url is None:
            return toml.shown(self.root / self.data / "ingest.db")
        return masked(self.database_url)


def load() -> Settings:
    """Read the settings for the folder we are in.

    Raises:
        ConfigError: There is no config folder, or a setting is unknown or wrong.
    """
    config = _config()
    path = config / "settings.toml"
    from_file = toml.read(path) if path.exists() else {}
    from_environment = {
        name: value for name in Settings.model_fields if (value := os.environ.get(_PREFIX + name.upper()))
    }
    try:
        return Settings.model_validate(from_file | from_environment | {"config": config})
    except ValidationError as error:
        msg = f"{_where(error, path, from_environment)}: {toml.explain(error, list(Settings.model_fields))}"
        raise ConfigError(msg) from error


def _config() -> Path:
    named = os.environ.get(_PREFIX + "CONFIG")
    config = Path(named or "config").expanduser().absolute()
    if config.is_dir():
        return config
    if named:
        msg = f"INGEST_CONFIG names {named}, which is no folder: set it to the one that holds sources/"
    else:
        msg = "there is no folder config here: go to the project's folder, or set INGEST_CONFIG to its config folder"
    raise ConfigError(msg)


def _where(error: ValidationError, path: Path, from_environment: dict[str, Any]) -> str:
    """Return where the wrong settings were made."""
    wrong = {str(each["loc"][0]) for each in error.errors()}
    variables = [_PREFIX + name.upper() for name in sorted(wrong & from_environment.keys())]
    return " and ".join(variables + ([toml.shown(path)] if wrong - from_environment.keys() else []))
