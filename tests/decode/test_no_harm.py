"""Healthy text stays as it is: every language, rare names, and text that speaks of damage."""

import random

import pytest

from ingest.decode import mend, read_text, repair

from .damage import healthy

ALL = ["simplified", "foreign", "mixed", "names", "about"]


@pytest.mark.parametrize("name", ALL)
def test_healthy_lines_one_by_one(name: str) -> None:
    for line in healthy(name):
        text = repair(line)
        assert {r.kind for r in text.repairs} <= {"punctuation"}
        assert not text.flags, (line, text.flags)


@pytest.mark.parametrize("name", ALL)
def test_healthy_lines_as_a_page(name: str) -> None:
    mending = mend(healthy(name))
    assert {r.kind for line in mending.lines for r in line.repairs} <= {"punctuation"}
    assert not mending.flags


def test_traditional_text_is_converted_and_nothing_else() -> None:
    lines = healthy("traditional")
    for mending in (mend(lines), *(mend([line]) for line in lines)):
        assert {r.kind for line in mending.lines for r in line.repairs} <= {"script", "punctuation"}
        assert not mending.flags
    assert mend(lines).lines[0].text.startswith("台北捷运环状线北环段昨天动工，预计六年后通车")


def test_a_simplified_page_that_quotes_traditional_text_is_left_alone() -> None:
    page = [*healthy("simplified")[:20], healthy("traditional")[1]]
    assert all(not line.repairs for line in mend(page).lines)


def test_lines_of_all_languages_on_one_page() -> None:
    chance = random.Random(3)
    lines = [line for name in ALL for line in healthy(name)]
    for _ in range(10):
        mending = mend(chance.sample(lines, 25))
        assert {r.kind for line in mending.lines for r in line.repairs} <= {"punctuation"}
        assert not mending.flags


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_healthy_bytes_give_healthy_text(encoding: str) -> None:
    for name in ALL:
        page = "\n".join(healthy(name))
        text = read_text(page.encode(encoding), content_type=f"text/plain; charset={encoding}")
        assert text.original == page
        assert {r.kind for r in text.repairs} <= {"punctuation"}


def test_a_clean_page_is_the_very_text_that_was_decoded() -> None:
    text = read_text("\n".join(line for line in healthy("simplified") if "," not in line).encode())
    assert text.text is text.original
    assert text.repairs == ()


def test_a_list_of_rare_names_is_read_as_it_stands() -> None:
    """Any way through its bytes that gives one up is cheaper than the names."""
    names = "亓官翾、瞿赟、郗浛、郄懿、赟昀、仉督龘、郏翀、璩斐、逄罡、佘骎、宓奡、芈珺、麴翾、亓璟、逯翮、訾昺"
    for text in (names, f"获奖名单：{names}", names.replace("、", "\n"), f"<p>{names}</p>"):
        for content_type in (None, "text/html; charset=gbk"):
            assert read_text(text.encode("gbk"), content_type=content_type).text == text
