"""The sample pages are what the builder makes, byte for byte, and nothing else."""

import gzip

import pytest

from tests.damage.build_samples import PAGES, SAMPLES


def _content(raw: bytes, name: str) -> bytes:
    """Unpack a page sent with gzip: the same content packs into other bytes with another zlib."""
    return gzip.decompress(raw) if name.endswith(".gz") else raw


@pytest.mark.parametrize("name", PAGES)
def test_sample_is_as_built(name: str) -> None:
    assert _content((SAMPLES / name).read_bytes(), name) == _content(PAGES[name](), name)


def test_building_twice_gives_the_same_bytes() -> None:
    assert [build() for build in PAGES.values()] == [build() for build in PAGES.values()]


def test_every_page_of_the_folder_is_built() -> None:
    pages = {path.name for path in SAMPLES.iterdir() if not path.name.endswith(".expected.json")}
    assert pages == set(PAGES)
