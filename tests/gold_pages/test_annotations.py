"""The annotations quote the pages truly and briefly: figures as printed, and no run long enough to be copying."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import opencc
import pytest

from .measure import HERE, strings_of

FILES = sorted(HERE.glob("*.json"))
COPIED = 24  # characters on end that count as copying
PINYIN = re.compile(r"\([a-zü\u00e0-\u01dc]{1,8}\)")


def fold(text: str) -> str:
    """Fold the width of letters and drop white space, as the scorer compares."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def page_text(shared: Path, name: str) -> str:
    """The words of a page: from the manifest for HTML, from a text page less its pinyin and in Simplified script."""
    if name.endswith(".html"):
        manifest = json.loads((shared / "pages" / "manifest.json").read_text("utf-8"))
        return fold(next(entry["body"] for entry in manifest if entry["html"] == name))
    plain = PINYIN.sub("", (shared / "seeds" / name).read_text("utf-8"))
    return fold(opencc.OpenCC("t2s").convert(plain))


def gold_of(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text("utf-8")))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_figure_stands_in_its_page(shared: Path, file: Path) -> None:
    gold = gold_of(file)
    text = page_text(shared, gold["page"])
    quoted = [indicator["text"] for article in gold["articles"] for indicator in article["indicators"]]
    assert quoted
    assert [words for words in quoted if fold(words) not in text] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_copied_at_length(shared: Path, file: Path) -> None:
    gold = gold_of(file)
    text = page_text(shared, gold["page"])
    runs = {text[i : i + COPIED] for i in range(len(text) - COPIED + 1)}
    ours = [fold(words) for words in strings_of(gold["articles"])]
    assert [w for w in ours if any(w[i : i + COPIED] in runs for i in range(len(w) - COPIED + 1))] == []


@pytest.mark.parametrize("side", ["dev", "held"])
def test_each_side_holds_six_pages(side: str) -> None:
    assert len([file for file in FILES if file.name.startswith(f"{side}-")]) == 6
