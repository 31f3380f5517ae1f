"""Headlines of briefs, below a column's label, and among headings, of articles that nothing is fitted on."""

import pytest

from ingest.strip import label_heads
from tests.split import material, train_heads
from tests.split.stitched import UNSEEN


@pytest.mark.parametrize("tag", ["", "p"])
@pytest.mark.parametrize("kind", ["brief", "two", "kicker"])
def test_boundaries_between_unseen_briefs_and_below_columns_labels(kind: str, tag: str) -> None:
    # Measured on 300 pages: precision 1.00 and recall .94 to .95 of briefs, .95 and .94 below labels.
    found = train_heads.found(train_heads.trials(list(UNSEEN), 20, "suite", kind, tag))
    assert found.right / found.given >= (0.99 if kind != "kicker" else 0.9)
    assert found.right / found.wanted >= 0.88


def test_the_strangers_articles_are_parted_though_some_have_headings() -> None:
    # Measured on 300 pages: precision .97 and recall .96.
    found = train_heads.found(train_heads.trials(material.news(stranger=True), 30, "suite", "headed"))
    assert found.right / found.given >= 0.95
    assert found.right / found.wanted >= 0.93


def test_in_a_page_as_long_as_a_book_no_bare_line_opens_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    told = train_heads.found(train_heads.trials(list(UNSEEN), 6, "book", "bare")).right
    monkeypatch.setattr(label_heads, "_BOOK", 100)
    assert train_heads.found(train_heads.trials(list(UNSEEN), 6, "book", "bare")).right < told / 2
