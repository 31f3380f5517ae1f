from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.decode import cut, edits, mend
from ingest.decode.edits import Edit
from ingest.decode.repairs import Repairs

from .damage import healthy, made

TEXT = st.text("甲乙丙丁ab", max_size=14)


@st.composite
def repaired(draw: st.DrawFn, text: str) -> list[Edit]:
    """Edits of a text in order, not overlapping, none of nothing."""
    found, place = [], 0
    while place < len(text) and draw(st.booleans()):
        start = draw(st.integers(place, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 3)))
        made = draw(st.text("XYZ", max_size=3))
        found.append(Edit(start, end, made, draw(st.sampled_from("ab"))))
        place = end
    return found


@given(st.data())
def test_two_rounds_laid_over_each_other_are_one(data: st.DataObject) -> None:
    original = data.draw(TEXT)
    first = data.draw(repaired(original))
    between = edits.apply(original, first)
    second = data.draw(repaired(between))
    wanted = edits.apply(between, second)
    for both in (edits.compose(first, between, second), list(edits.laid(first, between, second))):
        assert edits.apply(original, both) == wanted
        assert all(a.end <= b.start for a, b in pairwise(both))


@given(st.data())
def test_repairs_are_the_edits_they_were_made_of(data: st.DataObject) -> None:
    original = data.draw(st.text("甲乙丙丁ab", max_size=400))
    found = data.draw(repaired(original))
    repairs = Repairs(original, [(0, found)])
    assert repairs.text == edits.apply(original, found)
    assert [(r.start, r.end, r.made, r.kind, r.confidence) for r in repairs] == found
    assert all(r.found == original[r.start : r.end] for r in repairs)
    assert [repairs[number] for number in range(len(repairs))] == list(repairs)
    assert repairs == tuple(repairs)
    assert repairs[1:-1] == tuple(repairs)[1:-1]


def test_repairs_beyond_all_measure() -> None:
    original = "甲" * 200_000
    found = [Edit(place, place + 1, "乙" * (place % 300), str(place % 251)) for place in range(0, 200_000, 2)]
    late = list(edits.moved(found[70_000:], -140_000))
    repairs = Repairs(original, [(0, found[:70_000]), (140_000, late)])
    assert repairs.text == edits.apply(original, found)
    assert (repairs[-1].start, repairs[-1].made) == (199_998, found[-1].made)
    assert [r.kind for r in repairs] == [e.kind for e in found]


@given(st.data())
def test_a_cut_line_is_the_line(data: st.DataObject) -> None:
    original = data.draw(TEXT)
    repairs = Repairs(original, [(0, data.draw(repaired(original)))])
    text = repairs.text
    head, tail = cut(text, original, repairs, data.draw(st.integers(0, len(text))))
    assert head[0] + tail[0] == text
    assert head[1] + tail[1] == original
    assert len(head[2]) + len(tail[2]) == len(repairs)
    for half_text, half_original, half_repairs in (head, tail):
        assert made(half_original, half_repairs) == half_text


@given(TEXT, TEXT)
def test_a_difference_makes_one_line_of_the_other(found: str, made: str) -> None:
    repairs = list(edits.difference(found, made, kind="a", confidence=1.0))
    assert edits.apply(found, repairs) == made or not found
    assert all(r.end > r.start for r in repairs if found)


@given(st.data())
def test_a_difference_of_long_lines_is_made_of_small_repairs(data: st.DataObject) -> None:
    made = "".join(healthy("simplified"))[:3000]
    found, place = "", 0
    while place < len(made):
        step = data.draw(st.integers(12, 300))
        found += made[place : place + step] + "(qū)"
        place += step
    repairs = list(edits.difference(found, made, kind="a", confidence=1.0))
    assert edits.apply(found, repairs) == made
    assert max(r.end - r.start for r in repairs) <= 5


def test_a_cut_falls_between_the_characters_of_a_mended_line() -> None:
    line = "本報訊(記者 王強)昨日,園區召開會議。" * 3 + healthy("traditional")[0]
    mended = mend([line]).lines[0]
    at = mended.text.index("昨日")
    head, tail = cut(mended.text, line, mended.repairs, at)
    assert head[:2] == ("本报讯（记者 王强）", "本報訊(記者 王強)")
    assert tail[0].startswith("昨日，园区召开会议。")


def test_a_cut_inside_a_repair_moves_to_its_nearer_edge() -> None:
    repairs = Repairs("甲乙ÖÐ¹ú¸ß丙", [(0, [Edit(2, 8, "中国高", "mojibake")])])
    assert cut("甲乙中国高丙", "甲乙ÖÐ¹ú¸ß丙", repairs, 3)[0] == ("甲乙", "甲乙", ())
    assert cut("甲乙中国高丙", "甲乙ÖÐ¹ú¸ß丙", repairs, 4)[1] == ("丙", "丙", ())
