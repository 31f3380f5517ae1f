"""What the options of ``ingest quarantine`` pick, and whether it can be tried again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ingest.errors import ConfigError, IngestError

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.settings import Settings
    from ingest.sources.config import Source
    from ingest.store.engine import Database
    from ingest.store.quarantine import Pick


class QuarantineError(IngestError):
    """What was named is not in quarantine."""


def orphaned(source: str, known: Mapping[str, "Source"]) -> str:
    """Say that a source was removed or disabled, so that none of its targets can be tried again; empty otherwise."""
    if source not in known:
        return f"{source} was removed"
    return f"{source} is disabled: {known[source].disabled}" if known[source].disabled else ""


def picked(  # noqa: PLR0913 - each is an option of the commands
    known: Mapping[str, "Source"],
    names: Sequence[str] | None,
    sources: Sequence[str] | None,
    *,
    stage: str | None,
    reason: str | None,
    ages: tuple[str | None, str | None],
    orphans: bool = False,
) -> "Pick":
    """Return what the options of a command pick; ``ages`` are --older-than and --newer-than.

    Raises:
        ConfigError: An age is no duration.
    """
    from ingest.store.quarantine import Pick

    living = tuple(name for name in known if not orphaned(name, known))
    return Pick(
        names=tuple(names or ()),
        sources=tuple(sources or ()),
        stage=stage,
        reason=reason,
        until=_ago(ages[0], "--older-than"),
        since=_ago(ages[1], "--newer-than"),
        sources_but=living if orphans else None,
    )


def _ago(duration: str | None, option: str) -> datetime | None:
    from datetime import UTC

    from pydantic import TypeAdapter, ValidationError

    from ingest.sources.schedule import Duration

    if duration is None:
        return None
    try:
        return datetime.now(UTC) - TypeAdapter(Duration).validate_python(duration)
    except ValidationError:
        msg = f'{option} {duration!r} is no duration: write "90 minutes", "12 hours", "3 days" or "2 weeks"'
        raise ConfigError(msg) from None


def rows_of(database: "Database", pick: "Pick") -> list[dict[str, Any]]:
    """Return what is picked.

    Raises:
        QuarantineError: Something that was named is not in quarantine.
    """
    from ingest.store import quarantine

    with database.read() as connection:
        rows = quarantine.rows(connection, pick)
    if lost := quarantine.missing(pick.names, rows):
        msg = f"not in quarantine: {', '.join(lost)}; `ingest quarantine list` shows what is"
        raise QuarantineError(msg)
    return rows


def sources_of(settings: "Settings") -> dict[str, "Source"]:
    """Return the sources of the config folder by name, the disabled ones too."""
    from ingest.sources.load import load

    return load(settings.config)
