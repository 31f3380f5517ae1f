"""Each sample page has its expected records, in the guide's form, with evidence in the paragraphs."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.seeds.expected import faults
from tests.seeds.samples import ANNOTATED, expected_path, load_expected


@pytest.mark.parametrize("page", ANNOTATED, ids=lambda p: p.name)
def test_has_expected_records(page: Path) -> None:
    assert load_expected(page)["page"] == page.name


@pytest.mark.parametrize("page", ANNOTATED, ids=lambda p: p.name)
def test_expected_records_are_in_form(page: Path) -> None:
    assert faults(load_expected(page)) == []


@pytest.mark.parametrize("page", ANNOTATED, ids=lambda p: p.name)
def test_expected_records_are_readable(page: Path) -> None:
    raw = expected_path(page).read_text("utf-8")
    assert json.loads(raw)
    assert "\\u" not in raw


def _healthy() -> dict[str, Any]:
    return load_expected(next(p for p in ANNOTATED if p.name == "portal.txt"))


def test_form_check_sees_evidence_outside_the_body() -> None:
    page = _healthy()
    page["articles"][0]["indicators"][0]["text"] = "产值达到一百亿元"
    assert any("0 times" in fault for fault in faults(page))


def test_form_check_sees_a_missing_field_and_a_strange_one() -> None:
    page = _healthy()
    page["articles"][0]["writer"] = page["articles"][0].pop("authors")
    assert {"article: no authors", "article: strange writer"} <= set(faults(page))


def test_form_check_sees_half_width_punctuation() -> None:
    page = _healthy()
    page["articles"][0]["paragraphs"].append("全区共有企业36家,员工1200人。")
    assert faults(page) == ["half-width punctuation: 家,"]
