"""A second run over a site that has not changed: nothing is sent twice, and nothing is read twice."""

from collections import Counter
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.fetch_web.again import answered, behaviours, let_all_be_due, project
from tests.fetch_web.site import Site

PAGES = 40


def test_an_unchanged_site_costs_a_line_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Site(behaviours(PAGES)) as site:
        made = project(tmp_path, site.url("/map.xml"))
        assert made.run("site").outcomes == {"site": {"new": PAGES}}
        assert len(answered(site)) == PAGES
        rows = {table: made.rows(table) for table in ("capture", "page", "article", "indicator")}

        def nothing_is_read(*_: object, **__: object) -> None:
            raise AssertionError("a page was read again")

        monkeypatch.setattr("ingest.reading.read_page", nothing_is_read)
        assert made.run("site").outcomes == {"site": {"skipped": PAGES}}
        assert not answered(site)  # it is not due
        let_all_be_due(made)
        assert made.run("site").outcomes == {"site": {"unchanged": PAGES}}
        asked = answered(site)
        assert sorted(request.headers["if-none-match"] for request in asked) == sorted(f'"{n}"' for n in range(PAGES))
        assert {table: made.rows(table) for table in rows} == rows
    kinds: Counter[str] = Counter()
    for path in made.settings().archive.glob("*.warc.gz"):
        with path.open("rb") as file:
            kinds.update(record.rec_type for record in ArchiveIterator(file))
    assert (kinds["response"], kinds["revisit"]) == (PAGES, PAGES)
