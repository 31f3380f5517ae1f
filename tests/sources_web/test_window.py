"""What lies in a window of time: what is known to lie outside is left out, and nothing else."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.web.config import SitemapSource
from ingest.sources.web.discover import Fetched, discover
from ingest.sources.web.links import Link
from ingest.sources.web.window import EVER, Window, published_at

SITE = "http://gxq.example.cn"
DAY = datetime(2026, 11, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
WINDOW = Window(since=DAY, until=DAY + timedelta(days=1))
NOON = datetime(2026, 11, 20, 12, 0)  # noqa: DTZ001 - as lists print it


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/xw/t20261121_10935.html", date(2026, 11, 21)),
        ("/2026/11/21/123.html", date(2026, 11, 21)),
        ("/2026-11/21/content_99.htm", date(2026, 11, 21)),
        ("/art/2026/11/5/art_123_9.html", date(2026, 11, 5)),
        ("/2026/1/15/1.html", date(2026, 1, 15)),
        ("/2026/11/5.html", None),  # a month and a number, or a day: not known
        ("/202611/t20261105_3.shtml", date(2026, 11, 5)),
        ("/zt/20240101/c/20261105/a.html", date(2026, 11, 5)),
        ("/content/2026112112345.html", None),
        ("/a20261121.html", None),
        ("/2026/02/31/1.html", None),
        ("/2026/11/index.html", None),
    ],
)
def test_a_day_in_an_address(address: str, day: date | None) -> None:
    found = published_at(Link(url=SITE + address))
    assert (found.date() if found else None) == day


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        (Link(url=SITE), True),
        (Link(url=SITE, published=NOON), True),
        (Link(url=SITE, published=NOON - timedelta(days=1)), False),
        (Link(url=SITE, published=NOON + timedelta(days=1)), False),
        (Link(url=SITE, published=DAY), True),
        (Link(url=SITE, published=DAY + timedelta(days=1)), False),  # the end is not within
        (Link(url=SITE, published=datetime(2026, 11, 19, 16, tzinfo=UTC)), True),
        (Link(url=SITE, published=datetime(2026, 11, 19, 15, 59, tzinfo=UTC)), False),
        (Link(url=SITE, changed=NOON - timedelta(days=1)), False),  # it came out before it changed
        (Link(url=SITE, changed=NOON + timedelta(days=9)), True),  # and may have come out long before
        (Link(url=SITE + "/t20261120_1.html", changed=NOON + timedelta(days=9)), True),
        (Link(url=SITE + "/t20261118_1.html", changed=NOON), False),
        (Link(url=SITE + "/t20261122_1.html"), False),
    ],
)
def test_what_is_known_to_lie_outside_is_left_out(link: Link, wanted: bool) -> None:
    assert WINDOW.holds(link) is wanted
    assert EVER.holds(link)


def test_a_day_without_an_hour_is_wanted_by_each_window_that_has_a_part_of_it() -> None:
    link = Link(url=SITE, published=datetime(2026, 11, 20))  # noqa: DTZ001 - as lists print it
    halves = [Window(since=DAY + timedelta(hours=n), until=DAY + timedelta(hours=n + 12)) for n in (-12, 0, 12, 24)]
    assert [half.holds(link) for half in halves] == [False, True, True, False]


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made so


@given(MOMENTS, st.timedeltas(timedelta(minutes=1), timedelta(days=40)), MOMENTS)
def test_windows_side_by_side_want_each_moment_once(start: datetime, length: timedelta, moment: datetime) -> None:
    cuts = [start + n * length for n in range(4)]
    windows = [Window(since=a, until=b) for a, b in zip([None, *cuts], [*cuts, None], strict=True)]
    assert sum(window.holds(Link(url=SITE, published=moment)) for window in windows) == 1


def test_what_a_list_prints_is_in_its_sources_time() -> None:
    body = f"<urlset><url><loc>{SITE}/a</loc><lastmod>2026-11-20T01:00:00</lastmod></url></urlset>".encode()
    keys = {"name": "x", "title": "x", "kind": "sitemap", "urls": [SITE]}
    for zone, wanted in (("Asia/Shanghai", False), ("UTC", True)):
        source = SitemapSource.model_validate(keys | {"time_zone": zone})
        window = Window(since=datetime(2026, 11, 20, 0, tzinfo=UTC))
        assert len(list(discover(source, lambda url: Fetched(url, body), window))) == wanted
