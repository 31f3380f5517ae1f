"""Real pages with their names, headings, head or paragraphs taken away: the text itself must show the article."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from ingest.strip.content import choose
from ingest.strip.html import read_html
from tests.strip_html.shapes import Page
from tests.strip_html.test_shapes import chosen, f1

Change = Callable[["etree._Element"], None]
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SECTIONS = ("article", "section", "main", "nav", "aside", "header", "footer")


def without_names(root: "etree._Element") -> None:
    for element in root.iter():
        for name in ("class", "id"):
            if name in element.attrib:
                del element.attrib[name]


def without_headings(root: "etree._Element") -> None:
    for element in root.iter(*HEADINGS, *SECTIONS):
        element.tag = "div"


def without_head(root: "etree._Element") -> None:
    for element in list(root.iter("title", "meta")):
        tail = element.tail
        element.clear()
        element.tail = tail


def without_paragraphs(root: "etree._Element") -> None:
    for element in root.iter("p"):
        element.tag = "div"


# Measured: .9825, .9898, .9898, .9889, .9752.
CHANGES: dict[str, tuple[float, tuple[Change, ...]]] = {
    "no names": (0.975, (without_names,)),
    "no headings": (0.985, (without_headings,)),
    "no head": (0.985, (without_head,)),
    "no paragraphs": (0.985, (without_paragraphs,)),
    "nothing but text": (0.965, (without_names, without_headings, without_head, without_paragraphs)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_pages(shared: Path, change: str) -> None:
    floor, changes = CHANGES[change]
    scores = []
    for entry in json.loads((shared / "pages/manifest.json").read_text("utf-8")):
        source = (shared / "pages" / entry["html"]).read_bytes().decode("utf-8", "replace").replace("\0", "")
        root = etree.fromstring(source.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
        for apply in changes:
            apply(root)
        scores.append(f1(chosen(etree.tostring(root, encoding="unicode", method="html"))[1], entry["body"]))
    assert sum(scores) / len(scores) >= floor


PLACES = {"head": 0, "middle": 1, "tail": 2}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("shape", ["trs", "portal", "aspnet", "modules"])
def test_healthy_texts_in_a_healthy_page(shared: Path, shape: str, place: str) -> None:
    """No text that no detector may touch is left out by where it stands: at the head, in the middle, at the tail."""

    class Placed(Page):
        def _texts(self, size: str) -> list[str]:
            texts = super()._texts(size)
            at = (0, len(texts) // 2, len(texts))[PLACES[place]]
            return texts[:at] + lines + texts[at:]

    for items in json.loads((shared / "data/must_not_fire.json").read_text("utf-8")).values():
        for item in items:
            lines = [line for line in (item if isinstance(item, list) else item.splitlines()) if line.strip()]
            document = read_html(Placed(shape, 3).html)
            choose(document)
            kept = "".join("".join(b.original.split()) for b in document.blocks if b.label.kept)
            assert [line for line in lines if "".join(line.split()) not in kept] == []
