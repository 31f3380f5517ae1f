"""Pages whose first or last character was cut through on the way."""

import pytest

from ingest.decode import read_source

from .damage import healthy

PAGES = [
    ("utf-8", "simplified"),
    ("utf-8", "traditional"),
    ("gb18030", "simplified"),
    ("utf-16-le", "simplified"),
    ("utf-16-be", "simplified"),
]


@pytest.mark.parametrize(("encoding", "name"), PAGES)
def test_all_but_the_clipped_characters_is_exact(encoding: str, name: str) -> None:
    page = "\n".join(healthy(name))
    for begin in range(40):
        text = page[begin : begin + 400]
        data = text.encode(encoding)
        first, last = len(text[0].encode(encoding)), len(text[-1].encode(encoding))
        for head in range(first):
            for tail in range(last):
                read = read_source(data[head : len(data) - tail])
                assert read.encoding == encoding
                whole = text[head > 0 : len(text) - (tail > 0)]
                assert read.original.removesuffix("\ufffd").removeprefix("\ufffd") == whole
                clipped = {flag.name for flag in read.flags} & {"undecodable", "clipped-start"}
                assert bool(clipped) == (head > 0 or tail > 0)


def test_a_second_byte_that_is_a_letter_is_noticed() -> None:
    text = "台北捷運環狀線動工，預計六年後通車，沿線居民表示期待。" * 3
    for encoding in ("big5hkscs", "gb18030"):
        read = read_source(text.encode(encoding)[1:], content_type=f"text/plain; charset={encoding}")
        assert read.original.endswith(text[1:])
        assert {flag.name for flag in read.flags} & {"clipped-start", "undecodable"}
    for healthy_start in ("A股三大指数收涨，", "U盘里存着照片，"):
        assert not read_source((healthy_start + "投资者情绪回暖。" * 5).encode("gb18030")).flags


def test_a_page_that_begins_with_rare_names_begins_with_them() -> None:
    for text in ("祁垚、廉珺、李堃、王喆等出席。", "喆、王珺、李堃等人出席会议。", "𫟷、鿬、鿫是元素的名字。"):
        read = read_source(text.encode("gb18030"), content_type="text/plain; charset=gb18030")
        assert read.original == text
