"""Every view on both engines, and that a reader's transaction cannot write on either."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from ingest.store.engine import Database, DatabaseError
from tests.reader.made import client, fill, site
from tests.store.pages import rows

VIEWS = (
    "/",
    "/arrivals.json",
    "/articles",
    "/articles?q=简报&record=indicators&flag=x",
    "/articles?flag=javascript:window.hit%3D1//",
    "/articles.json?zone=绵阳高新区&region=四川省&since=2022",
    "/zones",
    "/zone/绵阳高新区",
    "/zone/绵阳高新区/indicators.json",
    "/zone/绵阳高新区/organisations.csv",
    "/compare?name=研发投入",
    "/compare/figures?name=研发投入&rows=5",
    "/compare/figures.json?name=研发投入&aspect=level&unit=亿元",
    "/review",
    "/review.json?zone=绵阳高新区",
    "/review/decisions.csv",
    "/runs",
    "/quarantine",
)


def test_every_view_answers_and_none_can_write(address: str, tmp_path: Path) -> None:
    database = Database(address)
    fill(database)
    key = rows(database, "article")[0]["key"]
    database.close()
    made = site(address, tmp_path)
    with client(made) as ask:
        for view in (
            *VIEWS,
            *(f"/article/{key}{part}" for part in ("", "/records", "/history", "/copies", "/capture")),
        ):
            assert ask.get(view).status_code == 200, view
        first = ask.get("/articles.json", params={"zone": "绵阳高新区"}).json()["rows"]
        figures = ask.get("/zone/绵阳高新区/indicators.json").json()["rows"]
    assert len(first) == 69
    assert Decimal(str(figures[0]["value"])) > 0
    with pytest.raises(DatabaseError, match=r"read-?only"), made.read() as connection:
        connection.execute(text("DELETE FROM article"))
    made.database.close()
