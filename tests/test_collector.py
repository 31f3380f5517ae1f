"""The garbage collector waits while a page is read, and works again afterwards, whatever happens."""

import gc
from collections.abc import Iterator

import pytest

from ingest import collector, decode
from ingest.model import Text
from ingest.pipeline import read_page


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """Each test begins with a collector that works and leaves one."""
    gc.enable()
    yield
    gc.enable()


def test_it_waits_while_a_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    read_source = decode.read_source

    def watched(content: bytes, *, content_type: str | None = None) -> Text:
        seen.append(gc.isenabled())
        return read_source(content, content_type=content_type)

    monkeypatch.setattr(decode, "read_source", watched)
    read_page("某市去年引进项目十二个。".encode())
    assert seen == [False]
    assert gc.isenabled()


def test_it_works_again_after_an_error() -> None:
    @collector.paused
    def torn() -> None:
        raise ValueError("torn")

    with pytest.raises(ValueError, match="torn"):
        torn()
    assert gc.isenabled()


def test_one_that_was_off_stays_off() -> None:
    gc.disable()
    assert not collector.paused(gc.isenabled)()
    assert not gc.isenabled()


def test_the_inner_of_two_pauses_does_not_end_the_outer() -> None:
    inner = collector.paused(gc.isenabled)

    @collector.paused
    def outer() -> tuple[bool, bool]:
        return inner(), gc.isenabled()

    assert outer() == (False, False)
    assert gc.isenabled()


def test_a_result_that_is_let_go_at_once_is_not_gone_through() -> None:
    rounds: list[str] = []

    def watch(phase: str, _: dict[str, int]) -> None:
        rounds.append(phase)

    gc.collect()
    gc.callbacks.append(watch)
    try:
        collector.paused(lambda: [[] for _ in range(10 * gc.get_threshold()[0])])()
    finally:
        gc.callbacks.remove(watch)
    assert rounds == []
