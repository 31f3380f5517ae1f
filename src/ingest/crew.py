"""Those who work on a run's chunks: this process, several of this machine, or a Dask cluster. One call for all."""

from typing import Protocol

from ingest.chunk import Desk, Watch
from ingest.errors import ConfigError, IngestError
from ingest.settings import Settings
from ingest.tally import Tally

_DASK = "dask://"


class Job(Protocol):
    """A chunk and what is to be done with it; pickle must be able to hold it."""

    def __call__(self, desk: Desk, /, *, watch: Watch) -> Tally:
        """Do it at a desk."""


class WorkerError(IngestError):
    """A process died over its chunk, of which nothing is stored. To do the chunk again may help."""


class Crew(Protocol):
    """Those who work."""

    @property
    def size(self) -> int:
        """How many chunks may be asked for at once, each from a thread of its own."""

    def do(self, job: Job, watch: Watch, pages: int) -> Tally:
        """Do a chunk and wait for it.

        Args:
            job: The chunk.
            watch: Who watches it, and may stop it.
            pages: How many it has.

        Raises:
            WorkerError: Who had it in hand has died.
            StoppedError: It was stopped; nothing of it is stored.
        """

    def close(self) -> None:
        """Send all home."""


class Alone:
    """This process, at the desk that is open."""

    size = 1

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do(self, job: Job, watch: Watch, pages: int) -> Tally:  # noqa: ARG002 - of the protocol
        """Do a chunk in this thread."""
        return job(self._desk, watch=watch)

    def close(self) -> None:
        """Nothing was opened."""


def crew(desk: Desk, *, processes: int = 1, runner: str | None = None) -> Crew:
    """Return who is to work on the chunks of a run.

    Args:
        desk: This process's.
        processes: How many processes of this machine; 1 is this one itself.
        runner: The address of a Dask scheduler, as ``dask://host:8786``.

    Raises:
        ConfigError: The address is none, or the package for it is missing, or what it needs is not shared.
    """
    if runner is not None:
        if not runner.startswith(_DASK):
            msg = f"runner is {runner!r}, which is no address of a Dask scheduler: write dask://HOST:8786"
            raise ConfigError(msg)
        from ingest.cluster import Cluster

        return Cluster(_shared(desk.settings), f"tcp://{runner.removeprefix(_DASK)}")
    if processes == 1:
        return Alone(desk)
    from ingest.pool import Pool

    return Pool(desk.settings, processes)


def _shared(settings: Settings) -> Settings:
    """See that the workers of other machines can reach what they write to."""
    if settings.database.startswith("sqlite"):
        raise ConfigError(
            "a Dask cluster needs a database that all machines reach: set INGEST_DATABASE_URL to PostgreSQL"
        )
    return settings
