"""Real files, where the folder of real pages lies beside the project."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

from ingest.decode import read_source, read_text, repair

DECLARED = re.compile(rb"charset\s*=\s*[\"']?[\w-]+", re.IGNORECASE)


def test_every_file_of_known_charset_is_exact(shared: Path) -> None:
    files = json.loads((shared / "charsets" / "manifest.json").read_text("utf-8"))
    wrong = []
    for file in files:
        content = (shared / "charsets" / f"{file['id']}.bin").read_bytes()
        truth = shared / "charsets" / f"{file['id']}.txt"
        text = truth.read_text("utf-8") if file["codec"] == "iconv" else content.decode(file["codec"])
        if read_source(content).original != text.removeprefix("\ufeff"):
            wrong.append(file["id"])
    assert wrong == []
    assert len(files) == 48


@pytest.mark.parametrize("label", [None, b"utf-8", b"gbk", b"big5"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_pages_are_exact_whatever_they_declare(shared: Path, encoding: str, label: bytes | None) -> None:
    pages = [*sorted((shared / "pages").glob("*.html")), *sorted((shared / "seeds").glob("*.txt"))]
    for page in pages[::3]:
        content = page.read_bytes().decode("utf-8").encode(encoding)
        content = DECLARED.sub(b"x-none" if label is None else b"charset=" + label, content)
        source = read_source(content)
        assert (page.name, source.encoding) == (page.name, encoding)
        assert source.original == content.decode(encoding)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_nothing_but_width_and_script_changes_in_what_must_not_fire(shared: Path) -> None:
    classes = json.loads((shared / "data" / "must_not_fire.json").read_text("utf-8"))
    lines = [
        line for group in classes.values() for case in group for line in ([case] if isinstance(case, str) else case)
    ]
    for line in lines:
        text = repair(line)
        assert {r.kind for r in text.repairs} <= {"punctuation", "script"}
        assert not text.flags
        if not any(r.kind == "script" for r in text.repairs):
            assert _folded(text.text) == _folded(line)


def test_annotated_pages_read_like_the_gold(shared: Path) -> None:
    for gold in sorted((shared / "gold").glob("*.json")):
        expected = json.loads(gold.read_text("utf-8"))
        text = _folded(read_text((shared / "seeds" / expected["page"]).read_bytes()).text)
        for article in expected["articles"]:
            assert [p for p in article["paragraphs"] if _folded(p) not in text] == []


def test_no_annotation_is_left(shared: Path) -> None:
    for name in ("000_896f36cb75f74475", "004_99ae719e5641f5a6"):
        text = read_text((shared / "seeds" / f"{name}.txt").read_bytes())
        assert not re.search("[(（][a-zàáèéìíòóùúāēěīōūǎǐǒǔǚ]+[)）]", text.text)
        assert sum(r.kind == "pinyin" for r in text.repairs) > 150
