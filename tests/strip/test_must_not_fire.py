"""Healthy texts that no detector may touch, each put as a paragraph into healthy pages: at head, middle and tail."""

import html
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from ingest.model import Draft
from tests.strip.reading import drafted

ROOT = Path(__file__).resolve().parents[2]
HOSTS = ("seeds/samples/healthy.html", "seeds/samples/portal.txt", "tests/pages/chips-foundry.txt", "guancha")
REAL = {"guancha": "pages/gne_guancha_2.html"}
PLACES = ("head", "middle", "tail")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_SHORTEST = 6  # characters of a block that is known as one of the text put in
_LONG = 12  # characters by which a paragraph's line is known in the page's source
_TAKEN = frozenset(("link-farm", "keyword-injection", "hidden", "duplicate", "copyright", "share", "related"))
_DATELINE = re.compile(r"^本报讯? ")
_MENDED = frozenset(("punctuation", "script", "entity", "entities"))


def folded(text: str) -> str:
    """A text without entities and white space, of one width: mending changes them."""
    return "".join(unicodedata.normalize("NFKC", html.unescape(text)).translate(_QUOTES).split())


@cache
def host(file: Path) -> tuple[str, list[Draft], tuple[int, ...]]:
    """Return a page's source, its articles, and where its first paragraph begins, its middle one, its last one ends."""
    source = file.read_text("utf-8")
    _, drafts = drafted(source)
    known = [folded(p.text)[:_LONG] for p in drafts[0].paragraphs if len(p.text) > 2 * _LONG]
    pattern = r"<p\b[^>]*>.*?</p>" if file.suffix == ".html" else r"^\S.{24,}\n|^\s+\S.{24,}\n"
    found = [
        m
        for m in re.finditer(pattern, source, re.DOTALL if file.suffix == ".html" else re.MULTILINE)
        if any(k in folded(re.sub("<[^>]+>", "", m[0])) for k in known)
    ]
    return source, drafts, (found[0].start(), found[len(found) // 2].start(), found[-1].end())


def put(file: Path, lines: list[str], place: str) -> str:
    source, _, spots = host(file)
    at = spots[PLACES.index(place)]
    made = "".join(f"<p>{line}</p>" if file.suffix == ".html" else f"{line}\n" for line in lines)
    return source[:at] + made + source[at:]


def fires(file: Path, kind: str, lines: list[str], place: str) -> list[str]:
    """Return what became of a text that should have been left alone; nothing if it is."""
    (blocks, drafts), plain = drafted(put(file, lines, place)), host(file)[1]
    kept = folded("".join(p.text for d in drafts for p in d.paragraphs))
    said = [folded(line) for line in lines]
    own = [b for b in blocks if len(folded(b.text)) >= _SHORTEST and any(folded(b.text) in s for s in said)]
    found = sorted({b.label.value for b in own} & _TAKEN)
    found += sorted({r.kind for b in own for r in b.repairs} - _MENDED)
    found += [f"lost: {p.text[:20]}" for p in plain[0].paragraphs if folded(p.text) not in kept]
    if kind != "split-paragraph":  # bylines, photo credits and headlines of other articles are among those pairs
        found += ["articles"] * (len(drafts) != len(plain))
        left = [line for line in lines if folded(_DATELINE.sub("", line)) not in kept]
        found += [f"left out: {line}" for line in left if not line.startswith("标签")]  # tags are no text
    return found


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HOSTS)
def test_nothing_fires(shared: Path, name: str, place: str) -> None:
    file = shared / REAL[name] if name in REAL else ROOT / name
    classes = json.loads((shared / "data" / "must_not_fire.json").read_text("utf-8"))
    fired = {}
    for kind, texts in classes.items():
        for text in texts:
            lines = [text] if isinstance(text, str) else text
            if found := fires(file, kind, lines, place):
                fired[lines[0]] = found
    assert fired == {}
