"""The views, asked over HTTP, on pages that were archived and read for real: what each shows, and that it is right."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from ingest.fetch.archive import Archive
from ingest.model import Capture, Exchange
from ingest.pipeline import read_page
from ingest.rules import rules_version
from ingest.store import queries, write
from ingest.store.engine import Database
from ingest.store.rows import reading
from tests.reader.made import client, site

ZONES = ("合肥高新区", "绵阳高新区")
YEARS = range(2019, 2025)
NOW = datetime(2025, 3, 2, tzinfo=UTC)
PAGE = """<!doctype html><html><head><meta charset="gb2312"><title>{zone}{year}年经济运行情况</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/x">新闻中心</a> <a href="/t">统计数据</a></div>
<h1>{zone}{year}年经济运行情况</h1><p class="info">{next}-02-17 09:30 来源：{zone}管委会</p><div class="content">
<p>{year}年，{zone}实现地区生产总值{level}亿元，同比增长{growth}%，其中服务业的贡献超过一半，工业投资也保持了较快的速度。</p>
<p>根据《{zone}促进科技创新若干政策》，{next}年{zone}将力争地区生产总值增长{target}%以上，让更多企业留下来、长起来。</p>
<p>{zone}入选国家知识产权示范园区。&lt;script&gt;window.hit=1&lt;/script&gt; 中国科学技术大学等单位参加了会议。</p>
</div><div class="foot">版权所有 {zone}管理委员会</div></body></html>"""


@dataclass(frozen=True)
class Shown:
    """A client, and what it asks about."""

    ask: httpx.Client
    folder: Path

    def soup(self, address: str) -> BeautifulSoup:
        answer = self.ask.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return BeautifulSoup(answer.text, "lxml")

    def key(self, zone: str, year: int) -> str:
        rows = self.ask.get("/articles.json", params={"zone": zone}).json()["rows"]
        [found] = [row["key"] for row in rows if row["title"] == f"{zone}{year}年经济运行情况"]
        return str(found)


def level(zone: str, year: int) -> int:
    return (800 if zone == ZONES[0] else 400) + 70 * (year - 2019)


def content(zone: str, year: int, *, more: str = "") -> bytes:
    figures = {"level": level(zone, year), "growth": 6 + (year % 4) / 2, "target": 7, "next": year + 1}
    page = PAGE.format(zone=zone, year=year, **figures)
    return page.replace("参加了会议。", f"参加了会议。{more}").encode("gb18030")


def put(database: Database, archive: Archive, address: str, page: bytes, now: datetime) -> None:
    """Archive a page as if a site had sent it, read it, store it."""
    url = f"http://127.0.0.1/{quote(address)}"
    headers = (("Content-Type", "text/html"), ("Server", "<b>odd</b>"))
    exchange = Exchange(
        url=url,
        status=200,
        reason="OK",
        http_version="HTTP/1.1",
        request_headers=(),
        headers=headers,
        raw=page,
        body=page,
        fetched_at=now,
    )
    capture = Capture(
        source="zones",
        address=address,
        content=page,
        sha256=sha256(page).hexdigest(),
        captured_at=now,
        content_type="text/html",
        url=url,
        exchange=exchange,
    )
    pointer = archive.write(capture)
    archive.sync()
    with database.write() as connection:
        row = {"name": "zones", "kind": "urls", "title": "Zones", "language": "zh"}
        queries.put_source(connection, row)
        read = read_page(page, url=url, content_type="text/html")
        write.store_readings(connection, [reading(capture, pointer, read, rules_version())], now)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The reader of a dozen pages, one of which has changed since it was first read."""
    folder = tmp_path_factory.mktemp("views")
    (folder / "config" / "sources").mkdir(parents=True)
    address = f"sqlite:///{folder}/data/ingest.db"
    database = Database(address)
    with Archive(folder / "data" / "archive") as archive:
        for zone in ZONES:
            for year in YEARS:
                put(database, archive, f"{zone}/{year}.html", content(zone, year), NOW)
        changed = content(ZONES[0], 2024, more="会后还举行了签约仪式。")
        put(database, archive, f"{ZONES[0]}/2024.html", changed, NOW.replace(day=3))
    with database.write() as connection:
        run = {"started_at": NOW, "ended_at": NOW.replace(minute=1), "sources": ["zones"], "parameters": {}}
        outcomes = {"zones": {"new": 12, "updated": 1}}
        more = {"rules_version": "r", "outcomes": outcomes, "error": None, "flow_run": "4f0b"}
        queries.begin_run(connection, {"key": "1", **run, **more})
    database.close()
    made = site(address, folder)
    with client(made) as ask:
        yield Shown(ask, folder)
    made.database.close()


def texts(found: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [" ".join(each.get_text(" ", strip=True).split()) for each in found.select(selector)]


def test_the_overview_counts_and_draws_what_there_is(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_UI_URL", "http://127.0.0.1:4200")
    soup = shown.soup("/?by=year")
    figures = dict(zip(texts(soup, ".figures dt"), texts(soup, ".figures dd"), strict=True))
    assert figures["Articles"] == "12"
    bars = texts(soup, "svg.broad rect title")
    assert bars == [f"{year + 1}, zones: 2" for year in YEARS]
    assert [row["zones"] for row in shown.ask.get("/arrivals.json?by=year").json()["rows"]] == [2] * 6
    assert "12 new, 1 updated" in soup.select_one("section[aria-labelledby=runs]").text  # type: ignore[union-attr] # a view without runs is the failure
    assert soup.select_one('a[href="http://127.0.0.1:4200/runs/flow-run/4f0b"]')


def test_pages_of_articles_are_whole_and_say_no_article_twice(shown: Shown) -> None:
    for words in ("", "高新区"):
        titles, address = [], f"/articles?q={words}"
        rows = shown.ask.get("/articles.json", params={"q": words}).json()["rows"]
        whole = [row["title"] for row in rows]
        for _ in range(5):
            page = shown.soup(address + "&rows=5")
            titles += texts(page, ".found h2")
            more = page.select_one("a.next")
            if more is None:
                break
            address = str(more["href"])
        assert titles == whole
        assert len(set(whole)) == 12


def test_articles_are_narrowed_by_facets_and_the_facets_are_right(shown: Shown) -> None:
    soup = shown.soup("/articles?q=地区生产总值")
    zones = {a.text: str(a["href"]) for a in soup.select(".facets a") if a.text in ZONES}
    assert set(zones) == set(ZONES)
    assert len(shown.soup(zones[ZONES[1]]).select(".found > li")) == 6
    for asked, number in (
        ("zone=合肥高新区&since=2022&until=2023-12", 2),
        ("record=indicators", 12),
        ("record=people", 0),
        ("flag=doubtful-charset", 0),
        ("source=zones&kind=news", 12),
        ("zone=合肥高新区&region=合肥市", 6),
        ("q=签约仪式", 1),
        ("q=签约仪式&record=people", 0),
    ):
        assert len(shown.ask.get(f"/articles.json?{asked}").json()["rows"]) == number, asked


def test_a_page_is_reached_from_the_page_before_it_by_its_key(shown: Shown) -> None:
    """Rows that come new between two pages move nothing."""
    from ingest.reader import articles
    from ingest.reader.answers import Asked, read_cursor

    database = Database(f"sqlite:///{shown.folder}/data/ingest.db", ask=True)
    for query in ({}, {"q": "高新区"}, {"zone": ZONES[0]}, {"source": "zones"}):
        keys: list[str] = []
        after = None
        with database.read() as connection:
            for _ in range(20):
                table = articles.articles(connection, Asked({}, query, 1, after))
                keys += [row["key"] for row in table.rows]
                if table.after is None:
                    break
                after = read_cursor(table.after)
            whole = articles.articles(connection, Asked({}, query, 100, None))
        assert keys == [row["key"] for row in whole.rows]
        assert len(keys) == (6 if "zone" in query else 12)
    database.close()


def test_an_article_shows_its_records_in_place_beside_the_page_as_it_came(shown: Shown) -> None:
    key = shown.key(ZONES[0], 2023)
    soup = shown.soup(f"/article/{key}")
    records = shown.ask.get(f"/article/{key}/records.json").json()["rows"]
    marked = "".join(texts(soup, ".prose mark"))
    for record in records:
        assert record["text"] in soup.select_one(".prose").text.replace("\n", "")  # type: ignore[union-attr] # as above
    assert f"地区生产总值{level(ZONES[0], 2023)}亿元" in marked.replace(" ", "")
    blocks = dict(zip(texts(soup, ".block .label"), soup.select(".block"), strict=True))
    assert {"nav", "title", "body", "copyright"} <= set(blocks)
    assert "kept" in blocks["body"]["class"]
    assert "kept" not in blocks["nav"]["class"]
    assert all("·" in each for each in texts(soup, ".block small"))  # the reason
    assert not soup.select("main script")
    assert "<script>window.hit=1" in soup.select_one(".prose").text  # type: ignore[union-attr] # text, and no element


def test_a_record_leads_to_its_words(shown: Shown) -> None:
    key = shown.key(ZONES[1], 2022)
    record = next(r for r in shown.ask.get(f"/article/{key}/records.json").json()["rows"] if r["kind"] == "honours")
    there = shown.ask.get(f"/record/{record['key']}").headers["location"]
    here = shown.soup(there).select("mark.here")
    assert "".join(each.text for each in here) == record["text"]
    assert here[0]["id"] == "here"


def test_versions_are_shown_with_what_changed(shown: Shown) -> None:
    soup = shown.soup(f"/article/{shown.key(ZONES[0], 2024)}/history")
    assert "".join(texts(soup, "main ins")) == "会后还举行了签约仪式。"
    assert "publisher" in soup.select_one("main").text  # type: ignore[union-attr] # as above


def test_the_capture_shows_headers_verdict_and_source_as_text_and_gives_the_bytes(shown: Shown) -> None:
    key = shown.key(ZONES[0], 2023)
    soup = shown.soup(f"/article/{key}/capture")
    head, source = soup.select("pre")
    assert head.text.splitlines()[0] == "HTTP/1.1 200 OK"
    assert "Server: <b>odd</b>" in head.text
    assert "gb18030" in soup.select_one("section[aria-labelledby=charset]").text  # type: ignore[union-attr] # as above
    assert source.text.startswith("<!doctype html>")
    raw = shown.ask.get(f"/article/{key}/raw")
    assert raw.content == content(ZONES[0], 2023)
    assert raw.headers["content-type"] == "application/octet-stream"
    assert raw.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in raw.headers["content-security-policy"]


def test_a_page_that_is_no_longer_in_the_archive_leaves_its_article(shown: Shown) -> None:
    key = shown.key(ZONES[1], 2019)
    archive = next((shown.folder / "data" / "archive").iterdir())
    away = archive.rename(archive.with_suffix(".away"))
    try:
        soup = shown.soup(f"/article/{key}/capture")
        assert "cannot be shown" in soup.select_one(".notice.bad").text  # type: ignore[union-attr] # as above
        assert shown.ask.get(f"/article/{key}").status_code == 200
        assert shown.ask.get(f"/article/{key}/raw").status_code == 503
    finally:
        away.rename(archive)


def test_a_zones_charts_keep_units_and_aspects_apart_and_lead_to_evidence(shown: Shown) -> None:
    soup = shown.soup(f"/zone/{quote(ZONES[0])}")
    charts = {
        (section.select_one("h2").text, figure.select_one("figcaption").contents[0]): figure  # type: ignore[union-attr] # as above
        for section in soup.select("section[aria-labelledby^=a-]")
        for figure in section.select("figure")
    }
    assert {("Levels", "地区生产总值"), ("Growth", "地区生产总值"), ("Targets", "地区生产总值")} <= set(charts)
    points = charts["Levels", "地区生产总值"].select("svg a")
    told = [str(point["aria-label"]) for point in points]
    assert told == [f"{year}: {level(ZONES[0], year):,} 亿元" for year in YEARS]
    heights = [float(str(point.select_one("circle")["cy"])) for point in points]  # type: ignore[index] # as above
    assert heights == sorted(heights, reverse=True)
    here = shown.soup(str(points[2]["href"])).select(".prose mark.here")
    assert str(level(ZONES[0], 2021)) in "".join(each.text for each in here)
    named = {part: texts(soup, f"section[aria-labelledby=t-{part}] tbody td:first-child") for part in ("honours",)}
    assert named["honours"][0] == "国家知识产权示范园区"


def test_a_zones_tables_are_addresses_of_their_own(shown: Shown) -> None:
    for part in ("indicators", "organisations", "honours", "policies", "articles"):
        base = f"/zone/{quote(ZONES[0])}/{part}"
        rows = shown.ask.get(f"{base}.json").json()["rows"]
        assert rows, part
        [names, *lines] = list(csv.reader(io.StringIO(shown.ask.get(f"{base}.csv").text.removeprefix("\ufeff"))))
        assert names == list(rows[0])
        assert len(lines) == len(rows)
        assert len(shown.soup(base).select("tbody tr")) == min(len(rows), 25)
    assert shown.ask.get("/zone/无此高新区").status_code == 404


def test_zones_are_compared_by_one_indicator(shown: Shown) -> None:
    soup = shown.soup("/compare?name=地区生产总值&aspect=level")
    assert len(soup.select("svg.broad polyline")) == 2
    assert sorted(texts(soup, ".key li")[:2]) == sorted(ZONES)
    assert {row["unit"] for row in shown.ask.get("/compare/figures.json?name=地区生产总值").json()["rows"]} == {"元"}
    every = shown.ask.get("/compare/figures.json?name=地区生产总值").json()["rows"]
    assert [row["zone"] for row in every] == [zone for zone in sorted(ZONES) for _ in YEARS]
    one = shown.soup(f"/compare?name=地区生产总值&zone={ZONES[1]}")
    for rows in (1, 5, 6, 11, 12):
        found, address = [], f"/compare/figures?name=地区生产总值&rows={rows}"
        while address:
            page = shown.soup(address)
            found += [str(link["href"]) for link in page.select("tbody a[href*=record]")]
            more = page.select_one("a.next")
            address = str(more["href"]) if more else ""
        assert len(found) == len(set(found)) == 12, rows
    assert len(one.select("svg.broad polyline")) == 1
    assert "地区生产总值" in texts(shown.soup("/compare"), "tbody td:first-child")[0]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nothing", 404),
        ("/article/zz", 404),
        ("/article/" + "0" * 32, 404),
        ("/articles?since=2024-13", 400),
        ("/articles?after=%00", 400),
        ("/articles?after=WzFd", 400),
        ("/articles?record=article", 400),
        ("/articles?zone=" + "高" * 300, 400),
        ("/articles?q=%EF%BC%8C", 400),
        ("/assets/../app.py", 404),
    ],
)
def test_what_cannot_be_answered_is_told_on_a_page_of_ours(shown: Shown, address: str, status: int) -> None:
    answer = shown.ask.get(address)
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert "Traceback" not in answer.text


def test_every_answer_has_the_headers_and_no_inline_style_or_script(shown: Shown) -> None:
    key = shown.key(ZONES[0], 2023)
    views = ["/", "/articles", f"/article/{key}", f"/article/{key}/capture", f"/zone/{quote(ZONES[0])}", "/compare"]
    for address in (*views, "/nothing", "/assets/style.css", "/articles.csv"):
        answer = shown.ask.get(address)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        if answer.headers["content-type"].startswith("text/html"):
            soup = BeautifulSoup(answer.text, "lxml")
            assert not soup.select("[style], style, script:not([src])")
            assert not [each for each in soup.find_all(True) if any(name.startswith("on") for name in each.attrs)]
            elsewhere = [a for a in soup.select("[src], link[href], form[action]") if "://" in json.dumps(a.attrs)]
            assert not elsewhere


def test_the_database_cannot_be_written_through_a_view(shown: Shown) -> None:
    from sqlalchemy import text

    from ingest.store.engine import DatabaseError

    made = site(f"sqlite:///{shown.folder}/data/ingest.db", shown.folder)
    with pytest.raises(DatabaseError, match="readonly"), made.read() as connection:
        connection.execute(text("DELETE FROM article"))
    made.database.close()


def test_colours_are_told_apart_from_their_ground() -> None:
    """Each pair of text and ground of the style sheet, in both schemes: 4.5 : 1 (WCAG 2.2, 1.4.3)."""
    from ingest.reader import assets

    light, dark = re.findall(r":root \{(.*?)\}", assets.content("style.css"), re.DOTALL)
    for scheme in (light, dark):
        colour = dict(re.findall(r"--([\w-]+): (#\w{6})", scheme))
        pairs = [(text, ground) for text in ("text", "soft", "accent") for ground in ("ground", "sunk")]
        pairs += [("warn", "warn-ground"), ("accent", "accent-ground"), ("good", "ground"), ("text", "bad-ground")]
        marks = ("indicators", "organisations", "people", "policies", "programmes", "honours", "places", "new", "gone")
        for one, other in (*pairs, *(("text", mark) for mark in marks)):
            assert contrast(colour[one], colour[other]) >= 4.5, (one, other)
        for number in range(8):  # what is drawn needs 3 : 1 (1.4.11)
            assert contrast(colour[f"s{number}"], colour["ground"]) >= 3, number


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2.2 has it."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_long_table_comes_in_pieces_and_whole(shown: Shown) -> None:
    from ingest.reader import answers

    columns = [answers.Column("name", "Name"), answers.Column("n", "N")]
    for number in (0, 1, answers._PIECE, 2 * answers._PIECE + 1):
        rows = [{"key": "k", "name": f"甲,\n{n}", "n": n} for n in range(number)]
        table = answers.Table(title="T", columns=columns, rows=rows, after="x", note="n")
        read = json.loads("".join(answers._json(table)))
        assert read == {"rows": rows, "next": "x", "note": "n"}
        lines = list(csv.reader(io.StringIO(b"".join(answers._csv(table)).decode("utf-8-sig"))))
        names = ["key", "name", "n"] if rows else ["name", "n"]
        assert lines == [names, *([row["key"], row["name"], str(row["n"])] for row in rows)]


def test_all_versions_of_an_article_are_shown(shown: Shown) -> None:
    """More than the ten of which a look-up by the beginning of a key names the first."""
    database = Database(f"sqlite:///{shown.folder}/data/ingest.db")
    address, key = f"{ZONES[1]}/2024.html", shown.key(ZONES[1], 2024)
    with Archive(shown.folder / "data" / "archive") as archive:
        for number in range(1, 14):
            page = content(ZONES[1], 2024, more=f"这是第{number}次改动。")
            put(database, archive, address, page, NOW.replace(day=4, minute=number))
    database.close()
    steps = texts(shown.soup(f"/article/{key}/history"), "main section h2")
    assert steps == [f"Version {number} to {number + 1}" for number in range(13, 0, -1)]
