"""Floors of quality on the pages with gold, by the scorer that stands beside them. Lower one only with a reason."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

import ingest
from ingest import output

FLOORS = {
    "f1": {
        "body text": 0.99,
        "authors": 1.0,
        "editors": 1.0,
        "indicators": 0.95,
        "organisations": 0.90,
        "people": 0.95,
    },
    "right": {
        "article count": 1.0,
        "title": 1.0,
        "kind": 1.0,
        "published_on": 1.0,
        "publisher": 1.0,
        "contributor": 1.0,
        "furniture left out of the body": 1.0,
        "indicator evidence in body": 1.0,
    },
}


@pytest.fixture(scope="module")
def scores(shared: Path) -> dict[str, Any]:
    """Score what we read from the pages with gold."""
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    golds, pages = {}, {}
    for file in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        source = shared / "seeds" / gold["page"]
        lines = source.read_text("utf-8").splitlines()
        removed = [r["lines"] for r in gold["removed"] if r["reason"] != "duplicate-text"]
        left_out = [lines[i] for first, last in removed for i in range(first - 1, last)]
        gold["_removed_text"] = [line for line in left_out if len(scorer.fold(line)) >= 6]
        golds[source.name] = gold
        pages[source.name] = output.page(ingest.read_page(source.read_bytes()), source.name)
    return dict(scorer.score(pages, golds))


@pytest.mark.parametrize("field", FLOORS["f1"])
def test_f1_keeps_its_floor(scores: dict[str, Any], field: str) -> None:
    assert scores["f1"][field]["f1"] >= FLOORS["f1"][field]


@pytest.mark.parametrize("field", FLOORS["right"])
def test_share_right_keeps_its_floor(scores: dict[str, Any], field: str) -> None:
    assert scores["right"][field]["rate"] >= FLOORS["right"][field]


@pytest.mark.parametrize(("seed", "articles"), [("000", 1), ("001", 1), ("002", 7), ("003", 1), ("004", 2)])
def test_the_number_of_articles_is_right(shared: Path, seed: str, articles: int) -> None:
    [path] = (shared / "seeds").glob(f"{seed}_*.txt")
    assert len(ingest.read_page(path.read_bytes()).articles) == articles
