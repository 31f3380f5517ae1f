"""Real pages: how much of the article's text is found, by structure alone."""

import json
from pathlib import Path

import pytest

from ingest.model import Label
from tests.strip_html.test_shapes import chosen, f1

# Measured .9898 (odd pages .988, even .991) before the rules that read what a line says. The lowest, .908, is labelled
# with a box of links to other articles as part of its body.
MEAN, EACH = 0.985, 0.89


@pytest.fixture(scope="module")
def scores(shared: Path) -> dict[str, float]:
    found = {}
    for entry in json.loads((shared / "pages/manifest.json").read_text("utf-8")):
        source = (shared / "pages" / entry["html"]).read_bytes().decode("utf-8", "replace")
        found[entry["id"]] = f1(chosen(source)[1], entry["body"])
    return found


def test_mean(scores: dict[str, float]) -> None:
    assert sum(scores.values()) / len(scores) >= MEAN


def test_each(scores: dict[str, float]) -> None:
    assert {name: score for name, score in scores.items() if score < EACH} == {}


def test_headlines(shared: Path) -> None:
    wrong = []
    for entry in json.loads((shared / "pages/manifest.json").read_text("utf-8")):
        source = (shared / "pages" / entry["html"]).read_bytes().decode("utf-8", "replace")
        titles = chosen(source)[2]
        if not titles or "".join(titles[0].split()) != "".join(entry["title"].split()):
            wrong.append((entry["id"], titles))
    assert len(wrong) <= 1, wrong


def test_a_link_farm_of_174_000_hidden_characters(shared: Path) -> None:
    source = (shared / "pages/gne_njxfhn_1.html").read_text("utf-8", "replace")
    document, body, _ = chosen(source)
    farm = [b for b in document.blocks if b.hidden and len(b.original) > 100]
    assert sum(len(b.original) for b in farm) > 150_000
    assert {b.label for b in farm} <= {Label.LINK_FARM, Label.HIDDEN}
    assert len(body) < 5_000
