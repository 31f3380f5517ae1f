"""Exports on both engines: the rows, the columns, the filters, the formats."""

import csv
import io
import json
import tracemalloc
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect

from ingest.errors import ConfigError
from ingest.model import Place
from ingest.store import views
from ingest.store.engine import Database
from ingest.store.export import columns, kinds, text, write
from ingest.store.export.kinds import Filters
from ingest.store.export.write import Style
from tests.store.pages import article, indicator, organisation, read, rows, store

LONG = Decimal("12345678901234567890.123456")


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with three articles: two of zones, one withdrawn."""
    town = Place(paragraph=0, start=0, end=2, text="绵阳", name="绵阳市", kind="region", code="510700")
    known = indicator(LONG)
    of_all = indicator(Decimal("2.50"), subject="全国高新区")
    nobodys = indicator((Decimal(1), Decimal(3)), subject=None, confidence=0.4, name="")
    store(
        database,
        read(article("甲", indicators=(known,), regions=("绵阳市",), places=(town,)), address="1"),
        read(
            article(
                "乙",
                zones=("绵阳高新区", "成都高新区"),
                published_on=date(2023, 5, 1),
                indicators=(of_all, nobodys),
                organisations=(organisation(), organisation("涪江厂")),
            ),
            address="2",
        ),
        read(article("丙", published_on=None), address="3"),
    )
    store(database, read(address="3", content=b"2"))
    return database


def exported(database: Database, kind: str, format_: str = "jsonl", **filters: Any) -> bytes:
    """Export as the command does."""
    out = io.BytesIO()
    with database.read() as connection:
        write.write(connection, kind, Filters(**filters), Style(format_), out)
    return out.getvalue()


def objects(database: Database, kind: str, **filters: Any) -> list[dict[str, Any]]:
    """Export as JSON Lines and read them."""
    return [json.loads(line, parse_float=Decimal) for line in exported(database, kind, **filters).splitlines()]


@pytest.mark.parametrize("kind", kinds.kinds())
def test_every_column_is_in_the_dictionary_and_in_the_database(kind: str) -> None:
    for column in kinds.columns(kind):
        assert column.meaning, column
        assert column.source, column
        assert column.type, column


def test_the_dictionary_has_no_column_that_there_is_not(database: Database) -> None:
    known = {(column.table, column.name) for kind in kinds.kinds() for column in kinds.columns(kind)}
    lines = columns.described()
    assert {line for line in lines if line[0] != "*"} <= known
    assert {name for table, name in lines if table == "*"} <= {name for _, name in known}
    with database.read() as connection:
        found = inspect(connection)
        for view in views.names():
            assert [column["name"] for column in found.get_columns(view)] == list(columns.of_view(view)), view


def test_articles_are_exported_as_they_are(filled: Database) -> None:
    here = [row for row in rows(filled, "article") if row["withdrawn_at"] is None]
    told = objects(filled, "articles")
    assert [row["title"] for row in told] == ["乙", "甲"]  # by day
    assert len(objects(filled, "articles", withdrawn=True)) == 3
    for row in told:
        [kept] = [each for each in here if each["key"] == row["key"]]
        assert {n: v.isoformat() if isinstance(v, date) else v for n, v in kept.items()} == row


def test_filters(filled: Database) -> None:
    def titles(kind: str, **filters: Any) -> list[str]:
        return [row.get("title") or row["article_title"] for row in objects(filled, kind, **filters)]

    for kind in ("articles", "articles_by_zone", "organisations"):
        assert set(titles(kind, zone="成都高新区")) == {"乙"}, kind
        assert set(titles(kind, zone="绵阳高新区")) == {"甲", "乙"}, kind
        assert set(titles(kind, since=date(2025, 1, 1))) == {"甲"}, kind
        assert set(titles(kind, until=date(2025, 1, 1))) == {"乙"}, kind
        assert set(titles(kind, source="s")) == {"甲", "乙"}, kind
        assert titles(kind, source="t") == [], kind
        assert set(titles(kind, source="s", zone="绵阳高新区", since=date(2023, 5, 1), until=date(2023, 5, 1))) == {
            "乙"
        }
    assert len(titles("indicators")) == 3
    assert len(titles("indicators", min_confidence=0.5)) == 2
    assert titles("review", zone="成都高新区", source="s", since=date(2023, 1, 1)) == ["乙"]
    assert titles("review", zone="合肥高新区") == []


@pytest.mark.parametrize(
    ("kind", "filters"),
    [
        ("articles", {"min_confidence": 0.5}),
        ("articles_by_zone", {"min_confidence": 0.5}),
        ("review", {"withdrawn": True}),
        ("organisations_with_aliases", {"zone": "绵阳高新区"}),
    ],
)
def test_a_filter_that_means_nothing_is_refused(kind: str, filters: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=r"leave|export `organisations`"):
        kinds.query(kind, Filters(**filters))


def test_indicators_have_their_zone_period_and_evidence(filled: Database) -> None:
    told = {row["subject"]: row for row in objects(filled, "indicators_by_zone")}
    known = told["绵阳高新区"]
    assert (known["zone"], known["zone_from"], known["value"]) == ("绵阳高新区", "subject", LONG)
    assert (known["period_start"], known["period_end"]) == ("2025-01-01", "2025-03-02")
    assert known["evidence"] == known["paragraph_text"][known["span_start"] : known["span_end"]]
    assert (told["全国高新区"]["zone"], told["全国高新区"]["zone_from"]) == (None, None)
    assert told[None]["zone"] is None  # its article is about two
    store(filled, read(article("丁", indicators=(indicator(Decimal(7), subject="涪江厂"),)), address="4"))
    told = {row["subject"]: row for row in objects(filled, "indicators_by_zone", zone="绵阳高新区")}
    assert (told["涪江厂"]["zone"], told["涪江厂"]["zone_from"]) == ("绵阳高新区", "article")


def test_organisations_are_told_once_with_all_their_names(filled: Database) -> None:
    told = {row["name"]: row for row in objects(filled, "organisations_with_aliases")}
    assert told["绵阳高新区管委会"]["aliases"] == ["管委会"]
    assert (told["绵阳高新区管委会"]["articles"], told["涪江厂"]["articles"]) == (2, 1)
    assert told["绵阳高新区管委会"]["first_published_on"] == "2023-05-01"


def test_an_organisation_is_one_in_all_articles_by_its_identity(database: Database) -> None:
    full = "德阳市地方金融监督管理局"
    named = [
        organisation("市金融局", identity=full, aliases=("该局",)),
        organisation("德阳金融局", identity=full, aliases=("市金融局",)),
        organisation(full, identity=full, aliases=(), kind="institution"),
        organisation("市金融局", identity=None, aliases=("金融办",)),  # of two cities: nobody can tell
    ]
    store(database, *(read(article(organisations=(each,)), address=str(n)) for n, each in enumerate(named)))
    told = {row["name"]: row for row in objects(database, "organisations_with_aliases")}
    assert {name: (row["kind"], row["articles"]) for name, row in told.items()} == {
        full: ("government", 3),
        "市金融局": ("government", 1),
    }
    assert sorted(told[full]["aliases"]) == ["市金融局", "德阳金融局", "该局"]
    assert told["市金融局"]["aliases"] == ["金融办"]


def test_the_review_list_says_why(filled: Database) -> None:
    [row] = objects(filled, "review")
    assert row["why"] == "nobody is named that it is of; nothing says what it counts; read by: "
    assert (row["kind"], row["confidence"]) == ("indicator", Decimal("0.4"))


@pytest.mark.parametrize("kind", kinds.kinds())
def test_the_formats_say_the_same(filled: Database, kind: str) -> None:
    from pyarrow import parquet

    told = objects(filled, kind)
    table = list(csv.DictReader(io.StringIO(exported(filled, kind, "csv").decode(), newline="")))
    packed = parquet.read_table(io.BytesIO(exported(filled, kind, "parquet"))).to_pylist()
    assert len(table) == len(packed) == len(told)
    types = kinds.types(kind)
    for line, arrow, row in zip(table, packed, told, strict=True):
        assert list(line) == list(arrow) == list(row) == list(types)
        for name, value in row.items():
            assert line[name] == plain(value), name
            assert same(arrow[name], value), name


def plain(value: Any) -> str:
    """Write a value of JSON as CSV does."""
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=float)


def same(arrow: Any, value: Any) -> bool:
    """Whether a value of Parquet is one of JSON."""
    if isinstance(arrow, datetime) and isinstance(value, str):
        return arrow == datetime.fromisoformat(value)
    if isinstance(arrow, date) and isinstance(value, str):
        return arrow.isoformat() == value
    if isinstance(arrow, str) and not isinstance(value, str):
        return bool(json.loads(arrow) == value)
    return bool(arrow == value or (isinstance(arrow, float) and float(value) == arrow))


def test_a_decimal_that_parquet_cannot_hold_is_told(filled: Database) -> None:
    store(filled, read(article("丁", indicators=(indicator(Decimal("1e-30")),)), address="4"))
    with pytest.raises(Exception, match="export CSV or JSON Lines"):
        exported(filled, "indicators", "parquet")


@given(st.lists(st.text(min_size=0, max_size=8), min_size=1, max_size=4))
def test_csv_comes_back_and_no_cell_is_a_formula(cells: list[str]) -> None:
    cells = ["x", *(cell.replace("\x00", "") for cell in cells)]
    names = [str(n) for n in range(len(cells))]
    written, plain = io.BytesIO(), io.BytesIO()
    text.write_csv(written, names, [cells])
    text.write_csv(plain, names, [cells], plain=True)
    [_, guarded] = csv.reader(io.StringIO(written.getvalue().decode("utf-8", "surrogatepass"), newline=""))
    [_, as_is] = csv.reader(io.StringIO(plain.getvalue().decode("utf-8", "surrogatepass"), newline=""))
    assert as_is == cells
    for cell, out in zip(cells, guarded, strict=True):
        assert out == cell or (out == f"'{cell}" and cell[0] in "=+-@\t\r＝＋－＠")
        assert not out.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


def test_numbers_are_no_formulas_and_the_mark_for_excel_is_first() -> None:
    out = io.BytesIO()
    text.write_csv(out, ["a", "b"], [[Decimal("-1.50"), "-1.50"]], bom=True)
    assert out.getvalue() == b"\xef\xbb\xbfa,b\r\n-1.50,'-1.50\r\n"


class Nowhere(io.BytesIO):
    """A file that keeps nothing."""

    def write(self, data: Any) -> int:
        return len(data)


def test_memory_does_not_grow_with_the_rows(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_AT_A_TIME", 10)
    long = ("涪" * 2000,)

    def put(address: str, day: date) -> Any:
        bare: dict[str, Any] = {"indicators": (), "organisations": (), "people": ()}
        return read(article(paragraphs=long, originals=long, published_on=day, **bare), address=address)

    few, many = date(2020, 1, 1), date(2021, 1, 1)
    store(database, *(put(f"{n}", few if n < 30 else many) for n in range(300)))

    def peak(until: date) -> int:
        tracemalloc.start()
        with database.read() as connection:
            write.write(connection, "articles", Filters(until=until), Style("csv"), Nowhere())
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(few)
    assert peak(many) < 1.5 * peak(few)  # ten times the rows
