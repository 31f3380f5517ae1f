"""Layouts of portals, papers, offices and public accounts: each line's label and what the article says about itself."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.extract.particulars import particulars
from ingest.model import Document, Meta
from tests.strip.reading import drafted

PAGES = sorted((Path(__file__).parent / "layouts").glob("*.txt"))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_a_layout(page: Path) -> None:
    expected = json.loads(page.with_suffix(".expected.json").read_text("utf-8"))
    blocks, drafts = drafted(page.read_bytes().decode("utf-8"))
    assert [[b.label.value, " ".join(b.text.split())] for b in blocks] == expected["lines"]
    document = Document(blocks=blocks, meta=Meta(), markup=False)
    read = [vars(particulars(draft, blocks, document, url=None)) for draft in drafts]
    assert [{name: plain(value) for name, value in one.items() if value} for one in read] == expected["particulars"]


def plain(value: object) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
    return value
