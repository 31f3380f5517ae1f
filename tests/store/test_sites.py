"""What the store learns of sites, on both engines."""

from collections.abc import Iterable, Sequence
from random import Random

import pytest

from ingest.model import SITE_PAGES, SiteProfile
from ingest.store import sites
from ingest.store.engine import Database
from ingest.store.rows import Reading
from tests.store.pages import article, everything, read, rows, store

SITE = "s:"


def counted(number: int, *prints: str, site: str = SITE) -> dict[str, object]:
    return {"key": f"k{number:03}", "site": site, "fingerprints": sorted(prints)}


def learn(database: Database, pages: Iterable[dict[str, object]]) -> None:
    with database.write() as connection:
        sites.learn(connection, list(pages))


def counts(database: Database) -> dict[tuple[str, str], int]:
    return {(row["site"], row["fingerprint"]): row["pages"] for row in rows(database, "siteblock")}


PAGES = [counted(n, "every", *(["half"] if n % 2 else []), f"own{n}") for n in range(12)]


def test_each_page_counts_once_however_often_it_is_read(database: Database) -> None:
    for _ in range(3):
        learn(database, PAGES)
    found = counts(database)
    assert (found[SITE, "every"], found[SITE, "half"], found[SITE, "own3"]) == (12, 6, 1)


def test_neither_order_nor_chunks_matter(database: Database) -> None:
    shuffled = Random(1).sample(PAGES, len(PAGES))
    for start in range(0, 12, 5):
        learn(database, shuffled[start : start + 5])
    in_parts = counts(database), rows(database, "sitepage")
    with database.write() as connection:
        for name in ("sitepage", "siteblock"):
            connection.exec_driver_sql(f"DELETE FROM {name}")
    learn(database, PAGES)
    assert (counts(database), rows(database, "sitepage")) == in_parts


def test_a_page_that_changed_counts_for_what_it_says_now(database: Database) -> None:
    learn(database, PAGES)
    learn(database, [counted(1, "every", "new"), counted(2, site="elsewhere"), counted(3, "every", site="elsewhere")])
    found = counts(database)
    assert (found[SITE, "every"], found[SITE, "half"], found[SITE, "new"]) == (10, 4, 1)
    assert found["elsewhere", "every"] == 1
    assert (SITE, "own1") not in found
    assert "k002" not in {row["key"] for row in rows(database, "sitepage")}


def many(number: int) -> list[Reading]:
    return [read(article(), address=f"{n}.html", fingerprints=("aa", f"{n:02}")) for n in range(number)]


def published(database: Database, names: Sequence[str] = (SITE,)) -> dict[str, SiteProfile]:
    with database.write() as connection:
        sites.publish(connection, ["s"])
    with database.read() as connection:
        return sites.profiles(connection, names)


@pytest.mark.parametrize(("pages", "known"), [(SITE_PAGES - 1, False), (SITE_PAGES, True)])
def test_a_site_is_known_from_so_many_pages_on(database: Database, pages: int, known: bool) -> None:
    learn_pages(database, many(pages))
    found = published(database)
    assert (SITE in found) is known
    if known:
        assert (found[SITE].pages, dict(found[SITE].counts)) == (pages, {"aa": pages})


def learn_pages(database: Database, readings: list[Reading]) -> None:
    store(database, *readings)
    learn(database, [reading.site_page for reading in readings])


def test_publishing_again_changes_no_row(database: Database) -> None:
    learn_pages(database, many(10))
    first = published(database)
    before = everything(database)
    assert published(database) == first
    assert everything(database) == before


def test_the_version_stands_for_what_recurs_and_not_for_how_often(database: Database) -> None:
    learn_pages(database, many(10))
    first = published(database)[SITE]
    learn_pages(database, many(14))
    second = published(database)[SITE]
    assert (first.pages, second.pages) == (10, 14)
    assert first.version == second.version


def test_a_site_is_a_host_or_a_folder_of_a_source() -> None:
    assert sites.site_of("s", "a/b/c.html", None) == "s:a/b"
    assert sites.site_of("s", "https://www.example.cn/x/1.html", "https://www.example.cn/x/1.html") == "example.cn"
