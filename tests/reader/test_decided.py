"""What was decided on records where they are shown: in their article, by themselves, and in the overview's count."""

import re
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup

from ingest.reader.site import Site
from tests.reader.made import HOSTILE, WHO, client, doubtful, site
from tests.reader.test_security import faults, sent
from tests.store.pages import rows


def form(asking: httpx.Client, row: dict[str, Any], **fields: str) -> dict[str, str]:
    """Return the form that decides on a record, as the page of that record has it."""
    soup = BeautifulSoup(asking.get(f"/review/record/{row['key']}").text, "lxml")
    hidden = {str(each["name"]): str(each["value"]) for each in soup.select("#decide-1 input[type=hidden]")}
    return hidden | {"by": WHO} | fields


def shown(asking: httpx.Client, row: dict[str, Any]) -> Any:
    """Return the record as its article's page has it."""
    return BeautifulSoup(asking.get(f"/article/{row['article_key']}").text, "lxml").select_one(f"#r-{row['key']}")


def waiting(asking: httpx.Client) -> int:
    """Return how many records the overview says wait for a person."""
    figures = BeautifulSoup(asking.get("/").text, "lxml").select(".figures div")
    return next(int(each.dd.text) for each in figures if each.dt.text == "To review")  # type: ignore[union-attr] # or it fails


def test_a_decision_is_shown_in_the_article_counted_at_once_and_taken_back_there(
    asking: httpx.Client, own: Site
) -> None:
    row, before = doubtful(own.database), waiting(asking)
    answer = sent(asking, form(asking, row, verdict="rejected", note=HOSTILE[0]))
    assert answer.headers["location"] == f"/article/{row['article_key']}#r-{row['key']}"
    assert waiting(asking) == before - 1
    item = shown(asking, row)
    assert "rejected" in item["class"]
    assert f"Rejected by {WHO}" in item.text
    assert HOSTILE[0] in item.text
    page = asking.get(f"/article/{row['article_key']}").text
    assert faults(page) == []
    marks = BeautifulSoup(page, "lxml").select(".prose mark.rejected")
    assert "".join(mark.text for mark in marks) == row["text"]
    assert all(f"(rejected by {WHO})" in str(mark["title"]) for mark in marks)
    back = {str(each["name"]): str(each["value"]) for each in item.select("form input")}
    assert sent(asking, back | {"verdict": "reopened"}).status_code == 303
    assert waiting(asking) == before
    assert shown(asking, row).select(".decision") == []
    assert [each["verdict"] for each in rows(own.database, "decision")] == ["rejected", "reopened"]


def test_a_correction_is_shown_with_what_was_read(asking: httpx.Client, own: Site) -> None:
    row = doubtful(own.database)
    assert (
        sent(asking, form(asking, row, verdict="corrected", says_value="41250000000", says_unit="元")).status_code
        == 303
    )
    item = shown(asking, row)
    assert "企业 came to 412.5 亿元" in " ".join(item.select_one(".says").text.split())
    assert f"came to {row['value']} 家" in item.select_one("del").text
    [record] = [
        each
        for each in asking.get(f"/article/{row['article_key']}/records.json").json()["rows"]
        if each["key"] == row["key"]
    ]
    assert (record["verdict"], record["decided_by"]) == ("corrected", WHO)
    told = BeautifulSoup(asking.get(f"/review/record/{row['key']}").text, "lxml")
    assert told.select_one("[name=says_value]")["value"] == "41250000000"  # type: ignore[index] # or it fails


def test_of_two_who_saw_the_same_record_the_second_is_told(asking: httpx.Client, own: Site) -> None:
    row = doubtful(own.database)
    seen = form(asking, row, verdict="accepted")
    assert sent(asking, seen).status_code == 303
    assert sent(asking, seen | {"verdict": "rejected"}).status_code == 409


@pytest.mark.parametrize("back", ["/article/0", "//evil.example", "/article/../review", "https://evil.example/"])
def test_a_way_back_is_to_the_records_own_article_or_to_the_queue(asking: httpx.Client, own: Site, back: str) -> None:
    answer = sent(asking, form(asking, doubtful(own.database), verdict="accepted", back=back))
    assert re.match(r"/review\?done=", answer.headers["location"])


def test_nothing_can_be_decided_in_an_article_where_nobody_may(own: Site, folder: Any) -> None:
    row = doubtful(own.database)
    made = site(f"sqlite:///{folder}/ingest.db", folder, writable=False)
    with client(made) as asking:
        for there in (f"/article/{row['article_key']}", f"/review/record/{row['key']}"):
            answer = asking.get(there)
            assert "review/decide" not in answer.text
            assert "set-cookie" not in answer.headers
        assert asking.get("/review/record/" + "0" * 32).status_code == 404
    made.database.close()
