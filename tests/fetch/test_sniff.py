"""What is no text is caught; what is text in any encoding is not."""

import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch import sniff

TEXT = "绵阳高新区新建中试线２条，引进企业31家。\nThe zone grows.\n" * 20
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"RIFF\x24\x00\x00\x00WEBPVP8 ",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"PK\x03\x04\x14\x00",
        b"\x00\x00\x00\x18ftypheic",
        bytes(1000),
        random.Random(7).randbytes(5000),
        zlib.compress(TEXT.encode() * 50),
    ],
)
def test_what_is_no_text_is_caught(content: bytes) -> None:
    assert sniff.kind(content) is not None


ENCODINGS = ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-32-le", "hz", "latin-1"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_passes_in_every_encoding(encoding: str) -> None:
    assert sniff.kind(TEXT.encode(encoding, "replace")) is None


@given(text=st.text(HAN | st.sampled_from("，。\n 0123456789abc<>/="), min_size=1), encoding=st.sampled_from(ENCODINGS))
def test_any_chinese_text_passes(text: str, encoding: str) -> None:
    assert sniff.kind(text.encode(encoding, "ignore")) is None


def test_a_page_with_a_few_damaged_bytes_passes() -> None:
    page = bytearray(TEXT.encode("gb18030"))
    for place in range(0, len(page), 97):
        page[place] = 0
    assert sniff.kind(bytes(page)) is None


def test_every_real_page_passes(shared: Path) -> None:
    pages = [*shared.glob("charsets/*.bin"), *shared.glob("pages/*.html"), *shared.glob("seeds/*.txt")]
    assert len(pages) > 100
    assert {path.name: sniff.kind(path.read_bytes()) for path in pages} == dict.fromkeys(p.name for p in pages)
