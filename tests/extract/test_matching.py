"""All word lists are looked for in one pass; what each matcher finds is what a search at every place finds."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import divisions, lexicon, matching, words
from ingest.extract.organisations.known import identities

_TITLES = matching.listed("people_titles")
_SUFFIXES = matching.listed("org_suffixes")
_LISTS = ((divisions.MATCHER, divisions.by_surface()), (_TITLES, lexicon.words("people_titles")))

# Pieces of names that overlap and hold one another, other text, a character beyond the first plane and half of one.
_PIECES = (
    "四川",
    "四川省",
    "德阳市",
    "市长",
    "副市长",
    "长江",
    "省",
    "市",
    "局",
    "有限公司",
    "公司",
    "的",
    "，",
    "A股",
    "𠮷",
    "\ud842",
)
_texts = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)


def _slowly(text: str, surfaces: frozenset[str]) -> list[tuple[int, int]]:
    """The longest surface at each place, by trying all stretches."""
    spans = product(range(len(text)), range(len(text), 1, -1))
    longest: dict[int, int] = {}
    for start, end in spans:
        if end - start > 1 and text[start:end] in surfaces:
            longest.setdefault(start, end)
    return sorted(longest.items())


@given(_texts)
def test_every_surface_is_found_at_its_place(text: str) -> None:
    for matcher, surfaces in _LISTS:
        slowly = _slowly(text, frozenset(surfaces))
        assert list(matcher.every(text)) == slowly
        assert [(start, matcher.at(text, start)) for start, _ in slowly] == slowly


@given(_texts)
def test_those_found_from_the_left_do_not_overlap(text: str) -> None:
    found = _SUFFIXES.find(text)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert set(found) <= set(_SUFFIXES.every(text))


@given(_texts)
def test_the_words_of_a_text_are_the_text(text: str) -> None:
    assert "".join(word.text for word in words.cut(text)) == text


def test_what_is_remembered_can_be_forgotten() -> None:
    before = words.sentence("德阳市长在会上说")
    assert words.sentence("德阳市长在会上说") is before
    matching.forget()
    again = words.sentence("德阳市长在会上说")
    assert again is not before
    assert [w.text for w in again.words] == [w.text for w in before.words]


def test_a_matcher_made_too_late_says_so() -> None:
    words.cut("德阳市")
    with pytest.raises(RuntimeError, match="when its module is loaded"):
        matching.Matcher(lambda: ["德阳"])


def test_all_names_that_are_known_are_looked_for() -> None:
    assert {name for name in identities() if len(name) > 1} <= set(matching.surfaces())
