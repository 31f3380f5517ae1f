"""What holds for any bytes and any text."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.decode import mend, read_source, read_text, repair

from .damage import HOPELESS, LOSSLESS, LOSSY, healthy, made

HAN = "高新区创业园產業發展圍繞開發區的是在了，。：；（）“”《》、！？"
SOUP = st.text(
    st.one_of(
        st.sampled_from(HAN + ",:;!?()&#;xu0123456789abāǎ\\%<>\u200b\ufeff\ufffd\xa0锟斤拷ÖÐ¹úä¸­å›½涓浗鍥い瓣"),
        st.characters(),
    ),
    max_size=60,
)
PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from([line.encode(e) for line in healthy("simplified")[:6] for e in ("utf-8", "gb18030", "utf-16-le")]),
    st.sampled_from([line.encode("big5hkscs") for line in healthy("traditional")[:4]]),
    st.sampled_from([b"~{", b"\x1b$)A\x0e", b"<p>", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"&#20013;", b"\x00", b"?"]),
)


@settings(deadline=None)  # no timed assertion: garbage in three charsets is searched through
@given(st.lists(PIECES, max_size=8).map(b"".join))
def test_any_bytes_give_a_text(content: bytes) -> None:
    text = read_text(content)
    assert made(text.original, text.repairs) == text.text
    assert 0 <= text.confidence <= 1
    assert text.evidence
    again = repair(text.text)
    assert again.text == text.text


@given(SOUP)
def test_mending_twice_changes_nothing_more(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@given(st.lists(SOUP, max_size=5))
def test_lines_stay_lines(lines: list[str]) -> None:
    mending = mend(lines)
    assert len(mending.lines) == len(lines)
    for line, mended in zip(lines, mending.lines, strict=True):
        assert made(line, mended.repairs) == mended.text


@given(st.lists(st.sampled_from([*healthy("simplified"), *healthy("mixed"), *healthy("names")]), max_size=12))
def test_a_healthy_text_is_a_fixed_point(lines: list[str]) -> None:
    page = "\n".join(lines)
    text = repair(page)
    assert {r.kind for r in text.repairs} <= {"punctuation"}
    assert repair(text.text).repairs == ()


def test_mended_damage_is_a_fixed_point() -> None:
    chance = random.Random(1)
    for damage in [*LOSSLESS.values(), *(damage for damage, _ in LOSSY.values())]:
        for line in chance.sample(healthy(damage.source), 4):
            try:
                once = repair(damage.spoil(line)).text
            except UnicodeDecodeError:
                continue
            assert repair(once).text == once
    for spoil in HOPELESS.values():
        once = repair(spoil(healthy("simplified")[0])).text
        assert repair(once).text == once


@given(st.binary(max_size=400))
def test_the_source_of_any_bytes_holds_together(content: bytes) -> None:
    source = read_source(content)
    assert made(source.original, source.repairs) == source.text
