"""The charset of bytes: by mark, by structure, by label, by how well they read; damaged, clipped and mixed bytes."""

import json
import random
from pathlib import Path

import pytest

from ingest.decode import read_source, read_text

from .damage import fragments, healthy, kept

FIXTURES = Path(__file__).parent / "fixtures"
SIMPLIFIED = "\n".join(healthy("simplified")[:12])
TRADITIONAL = "\n".join(healthy("traditional")[:12])


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.bin")), ids=lambda path: path.stem)
def test_fixture(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    source = read_source(path.read_bytes())
    assert source.encoding == expected["encoding"]
    assert source.original == expected["text"]


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32-le"),
        ("utf-32-be", b"\x00\x00\xfe\xff", "utf-32-be"),
        ("gb18030", b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(encoding: str, mark: bytes, name: str) -> None:
    source = read_source(mark + SIMPLIFIED.encode(encoding), content_type="text/html; charset=big5")
    assert (source.encoding, source.confidence, source.original) == (name, 1.0, SIMPLIFIED)


def test_a_mark_that_lies_does_not_decide() -> None:
    source = read_source(b"\xef\xbb\xbf" + SIMPLIFIED.encode("gb18030"))
    assert (source.encoding, source.original) == ("gb18030", SIMPLIFIED)


@pytest.mark.parametrize("label", [None, "utf-8", "gbk", "gb2312", "big5", "iso-8859-1", "nonsense", "utf-16"])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", SIMPLIFIED),
        ("gb18030", SIMPLIFIED),
        ("gb18030", TRADITIONAL),
        ("big5hkscs", TRADITIONAL),
        ("utf-16-le", SIMPLIFIED),
        ("utf-16-be", TRADITIONAL),
        ("utf-32-le", SIMPLIFIED),
        ("utf-32-be", SIMPLIFIED),
        ("hz", SIMPLIFIED.replace("—", "-")),
    ],
)
def test_no_label_misleads(encoding: str, text: str, label: str | None) -> None:
    content_type = f"text/html; charset={label}" if label else None
    source = read_source(text.encode(encoding), content_type=content_type)
    assert (source.encoding, source.original) == (encoding, text)
    assert source.confidence > 0.9
    meta = f'<meta charset="{label}">{text}' if label and encoding != "hz" else text
    assert read_source(meta.encode(encoding)).original == meta


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp932", "\n".join(healthy("foreign")[:3])),
        ("euc_jp", "\n".join(healthy("foreign")[:3])),
        ("cp949", "\n".join(healthy("foreign")[3:5])),
        ("cp1251", "\n".join(healthy("foreign")[8:10])),
        ("koi8-r", "\n".join(healthy("foreign")[8:10])),
        ("cp1252", "\n".join(healthy("foreign")[5:7])),
    ],
)
def test_a_label_of_another_language_is_believed(encoding: str, text: str) -> None:
    text = text.encode(encoding, "ignore").decode(encoding)
    source = read_source(text.encode(encoding), content_type=f"text/html; charset={encoding}")
    assert (source.encoding, source.original) == (encoding, text)


def test_gbk_as_browsers_read_it() -> None:
    # 0x80 is the euro sign; rows that GB 18030-2022 moved out of the private use area are the characters themselves.
    content = "价格为".encode("gbk") + b"\x80" + "五十，竖排符号".encode("gbk") + b"\xa6\xd9\xa6\xdf\xfe\x59\xfe\x61"
    source = read_source(content, content_type="text/plain; charset=gb2312")
    assert source.original == "价格为€五十，竖排符号︐︖龴龵"


def test_rare_characters_of_a_page_labelled_gb2312() -> None:
    text = "朱镕基、陶喆、王珺、李堃出席，气温10℃—15℃，约翰·多伊致辞。"
    assert read_source(f'<meta charset="gb2312">{text}'.encode("gb18030")).original.endswith(text)


def test_hong_kong_characters_of_a_page_labelled_big5() -> None:
    text = "佢哋嚟自深水埗，話啲嘢好平，鰂魚涌同埋大角咀都有得賣。"
    assert read_source(f'<meta charset="big5">{text}'.encode("big5hkscs")).original.endswith(text)


SHORT = [("gb18030", "simplified", 8, 0.97), ("gb18030", "simplified", 20, 0.995)]
SHORT += [("big5hkscs", "traditional", 8, 0.97), ("utf-8", "simplified", 2, 1.0), ("utf-16-le", "simplified", 8, 0.97)]


@pytest.mark.parametrize(("encoding", "lines", "size", "least"), SHORT)
def test_short_strings(encoding: str, lines: str, size: int, least: float) -> None:
    texts = fragments(healthy(lines), size, 400, seed=size)
    right = sum(read_source(text.encode(encoding)).original == text for text in texts)
    assert right >= least * len(texts)


def test_a_doubtful_verdict_says_so() -> None:
    texts = fragments(healthy("simplified"), 2, 400, seed=1)
    wrong = [s for t in texts if (s := read_source(t.encode("gb18030"))).original != t]
    assert all(source.confidence < 0.9 for source in wrong)


# 香港交易所 has no letter among its bytes in Big5, as 臺 (BB4F) does: half of that is an O, and nobody can tell.
@pytest.mark.parametrize(
    ("encoding", "text"),
    [("gb18030", SIMPLIFIED), ("big5hkscs", "\n".join(healthy("traditional")[1:12])), ("utf-8", SIMPLIFIED)],
)
@pytest.mark.parametrize("clip", [(1, None), (0, -1), (1, -1)])
def test_a_clipped_first_or_last_character(encoding: str, text: str, clip: tuple[int, int | None]) -> None:
    source = read_source(text.encode(encoding)[slice(*clip)])
    assert source.encoding == encoding
    inner = text[1:-1] if clip == (1, -1) else text[1:] if clip[0] else text[:-1]
    assert source.original.strip("\ufffd") == inner
    assert "undecodable" in {flag.name for flag in source.flags}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_clipped_wide_character(encoding: str) -> None:
    for clip in (slice(1, None), slice(0, -1)):
        source = read_source(SIMPLIFIED.encode(encoding)[clip])
        assert source.encoding == encoding
        assert source.original.strip("\ufffd") == (SIMPLIFIED[1:] if clip.start else SIMPLIFIED[:-1])


def _spoil(data: bytes, how: str, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    new = {"overwritten": b"\xff", "lost": b"", "replaced": b"?", "inserted": data[place : place + 1] + b"\x80"}[how]
    return data[:place] + new + data[place + 1 :]


@pytest.mark.parametrize("how", ["overwritten", "lost", "replaced", "inserted"])
@pytest.mark.parametrize(
    ("encoding", "lines"), [("gb18030", "simplified"), ("big5hkscs", "traditional"), ("utf-8", "simplified")]
)
def test_a_few_damaged_bytes_cost_a_few_characters(encoding: str, lines: str, how: str) -> None:
    chance = random.Random(how)
    spoiled = lost = 0
    for _ in range(12):
        text = "\n".join(chance.sample(healthy(lines), 12))
        content = text.encode(encoding)
        for _ in range(3):
            content = _spoil(content, how, chance)
            spoiled += 1
        source = read_source(content)
        assert source.encoding == encoding
        lost += len(text) - kept(text, source.original)
    # A damaged byte spoils one character, and now and then the one beside it; without a search it spoils the line.
    assert lost <= 2.5 * spoiled


@pytest.mark.parametrize(
    ("page", "fragment"), [("utf-8", "gb18030"), ("utf-8", "big5hkscs"), ("gb18030", "utf-8"), ("big5hkscs", "utf-8")]
)
def test_a_fragment_in_another_charset(page: str, fragment: str) -> None:
    chance = random.Random(7)
    body = healthy("traditional" if page == "big5hkscs" else "simplified")
    inserted = healthy("traditional" if "big5hkscs" in {page, fragment} else "simplified")
    for _ in range(15):
        lines = chance.sample(body, 8)
        foreign = chance.choice(inserted)
        parts = [(page, f"<p>{line}</p>\n") for line in lines]
        parts.insert(chance.randrange(9), (fragment, f"<div>{foreign}</div>\n"))
        source = read_source(b"".join(text.encode(encoding) for encoding, text in parts))
        assert source.encoding == page
        assert source.original == "".join(text for _, text in parts)
        assert "mixed-charsets" in {flag.name for flag in source.flags}


def test_evidence_names_label_and_reason() -> None:
    source = read_source(SIMPLIFIED.encode("gb18030"), content_type="text/html; charset=UTF-8")
    assert any("reads best: gb18030" in line for line in source.evidence)
    assert "HTTP label: UTF-8" in source.evidence


def test_markup_of_the_source_stays_as_it_is() -> None:
    head = '<html><body><p title="a,b">&#20013;&nbsp;文</p><script>var a="中,国";</script>'
    page = f"{head}<p>{SIMPLIFIED}</p></body></html>"
    assert read_source(page.encode()).text == page
    assert read_text(page.encode()).text == page


def test_a_page_of_one_line_beyond_all_measure() -> None:
    line = "".join(healthy("simplified")) * 500  # 1.3 million characters: more than one slice
    text = read_text(line.encode("gb18030"))
    assert text.encoding == "gb18030"
    assert text.text == line
    half_width = read_text(line.replace("，", ",").encode("gb18030"))
    assert half_width.text == line
