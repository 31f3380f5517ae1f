"""Floors on annotated text: passages of other fields written for this project, and the shared pages where present."""

from pathlib import Path

import pytest

from tests.extract.indicators.matching import articles, measure

PASSAGES = sorted((Path(__file__).parent / "passages").glob("*.json"))
#: What was measured on all passages together, less a little; lowered by nobody in silence.
PASSAGE_FLOORS = {"f1": 0.97, "subject": 0.90, "name": 0.90, "bound": 0.98, "aspect": 0.95, "period": 0.94}
GOLD_FLOORS = {"f1": 0.95, "subject": 0.90, "name": 0.90, "bound": 0.97, "aspect": 0.90, "period": 0.93}


def _below(measured: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    return {field: round(measured[field], 3) for field, floor in floors.items() if measured[field] < floor}


def test_all_passages_together() -> None:
    annotated = [article for path in PASSAGES for article in articles(path)]
    assert sum(len(a["indicators"]) for a in annotated) > 100
    assert _below(measure(annotated), PASSAGE_FLOORS) == {}


@pytest.mark.parametrize("path", PASSAGES, ids=lambda p: p.stem)
def test_each_passage_is_found(path: Path) -> None:
    assert measure(articles(path))["f1"] >= 0.9


@pytest.mark.parametrize("path", PASSAGES, ids=lambda p: p.stem)
def test_annotations_quote_their_passage(path: Path) -> None:
    for article in articles(path):
        body = "".join(article["paragraphs"])
        assert [i["text"] for i in article["indicators"] if i["text"] not in body] == []


def test_shared_pages(shared: Path) -> None:
    annotated = [article for path in sorted((shared / "gold").glob("*.json")) for article in articles(path)]
    assert _below(measure(annotated), GOLD_FLOORS) == {}
