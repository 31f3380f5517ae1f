"""Metrics in Prometheus' text format, from what the database says at the moment when they are asked for.

All are gauges: they say how things stand, and a program that looks every minute misses nothing that matters.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, generate_latest, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from ingest.errors import ConfigError, IngestError
from ingest.model import Outcome
from ingest.store.engine import Database
from ingest.store.gauges import Gauges, gauges


def text(address: str) -> str:
    """Return the metrics of the database at an SQLAlchemy address.

    Raises:
        DatabaseError: It does not answer, or there is none.
    """
    return generate_latest(_registry(_Asked(address))).decode()


@contextmanager
def served(address: str, where: str) -> Iterator[str]:
    """Serve the metrics of a database in a thread of this process, for as long as the context lasts.

    Args:
        address: The database, as SQLAlchemy calls it.
        where: ``HOST:PORT``; port 0 takes a free one.

    Yields:
        The URL.

    Raises:
        ConfigError: ``where`` is no address, or somebody has it already.
    """
    host, port = _host_and_port(where)
    registry = _registry(_Kept(address))
    try:
        server = make_server(host, port, make_wsgi_app(registry), WSGIServer, _Quiet)
    except OSError as error:
        msg = f"metrics cannot be served at {where}: {error.strerror or error}: choose another HOST:PORT"
        raise ConfigError(msg) from error
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _host_and_port(where: str) -> tuple[str, int]:
    host, _, port = where.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        msg = f"{where!r} is no HOST:PORT: write for example 127.0.0.1:9464"
        raise ConfigError(msg)
    return host, int(port)


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has in the standard library
        """Say nothing."""


class _Asked(Collector):
    """Asks the database anew each time; what goes wrong there is the caller's to tell."""

    def __init__(self, address: str) -> None:
        self._address = address

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Return the metrics."""
        database = Database(self._address, ask=True)
        try:
            with database.read() as connection:
                return list(_families(gauges(connection)))
        finally:
            database.close()


class _Kept(_Asked):
    """The same for a server: while the database does not answer, ``ingest_up`` is 0 and all else is missing."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Return the metrics."""
        try:
            return super().collect()
        except IngestError:
            return [_up(0)]


def _registry(collector: Collector) -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)  # the database is not asked only to learn the metrics' names
    registry.register(collector)
    return registry


def _families(found: Gauges) -> Iterator[GaugeMetricFamily]:
    yield _up(1)
    yield _family("ingest_runs", "Rows of runs, by how they ended.", ["state"], found.runs)
    outcomes = {
        (row["source"], outcome.value): row["outcomes"].get(outcome.value, 0)
        for row in found.last
        for outcome in Outcome
    }
    yield _family("ingest_last_run_targets", "Targets of the last run, by outcome.", ["source", "outcome"], outcomes)
    articles = {row["source"]: row["articles"] + row["standing"] for row in found.last}
    yield _family("ingest_last_run_articles", "Articles that the last run met, new and known.", ["source"], articles)
    seconds = {row["source"]: (row["ended_at"] - row["started_at"]).total_seconds() for row in found.last}
    yield _family("ingest_last_run_duration_seconds", "How long the last run took.", ["source"], seconds)
    ended = {row["source"]: row["ended_at"].timestamp() for row in found.last}
    yield _family("ingest_last_run_timestamp_seconds", "When the last run ended.", ["source"], ended)
    well = {source: at.timestamp() for source, at in found.succeeded.items()}
    help_text = "When the last run over all targets ended that ended well."
    yield _family("ingest_last_success_timestamp_seconds", help_text, ["source"], well)
    newest = {source: _midnight(day) for source, day in found.newest.items()}
    help_text = "The latest day of publication of an article, as the beginning of that day in UTC."
    yield _family("ingest_newest_article_timestamp_seconds", help_text, ["source"], newest)
    kept = {(source, "standing" if stands else "withdrawn"): n for (source, stands), n in found.articles.items()}
    yield _family("ingest_articles", "Articles in the database.", ["source", "state"], kept)
    labels = ["source", "outcome", "stage"]
    yield _family("ingest_quarantine", "Targets that failed or are in quarantine.", labels, found.quarantine)


def _up(value: int) -> GaugeMetricFamily:
    return GaugeMetricFamily("ingest_up", "Whether the database answers.", value=value)


def _family(
    name: str, told: str, labels: list[str], values: Mapping[str, float] | Mapping[Any, float]
) -> GaugeMetricFamily:
    """Return a metric; the keys of ``values`` are what its labels are, a text or several."""
    family = GaugeMetricFamily(name, told, labels=labels)
    for key, value in sorted(values.items()):
        family.add_metric([key] if isinstance(key, str) else list(key), value)
    return family


def _midnight(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
