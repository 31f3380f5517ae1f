from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.decode import cut, edits, mend
from ingest.model import Repair

from .damage import healthy

TEXT = st.text("甲乙丙丁ab", max_size=14)


@st.composite
def repaired(draw: st.DrawFn, text: str) -> list[Repair]:
    """Repairs of a text in order, not overlapping, none of nothing."""
    repairs, place = [], 0
    while place < len(text) and draw(st.booleans()):
        start = draw(st.integers(place, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 3)))
        made = draw(st.text("XYZ", max_size=3))
        repairs.append(Repair(kind=draw(st.sampled_from("ab")), start=start, end=end, found=text[start:end], made=made))
        place = end
    return repairs


@given(st.data())
def test_two_rounds_laid_over_each_other_are_one(data: st.DataObject) -> None:
    original = data.draw(TEXT)
    first = data.draw(repaired(original))
    between = edits.apply(original, first)
    second = data.draw(repaired(between))
    both = edits.compose(original, first, between, second)
    assert edits.apply(original, both) == edits.apply(between, second)
    assert all(r.found == original[r.start : r.end] for r in both)
    assert all(a.end <= b.start for a, b in pairwise(both))


@given(st.data())
def test_a_cut_line_is_the_line(data: st.DataObject) -> None:
    original = data.draw(TEXT)
    repairs = data.draw(repaired(original))
    text = edits.apply(original, repairs)
    head, tail = cut(text, original, repairs, data.draw(st.integers(0, len(text))))
    assert head[0] + tail[0] == text
    assert head[1] + tail[1] == original
    assert len(head[2]) + len(tail[2]) == len(repairs)
    for half_text, half_original, half_repairs in (head, tail):
        assert edits.apply(half_original, half_repairs) == half_text


@given(TEXT, TEXT)
def test_a_difference_makes_one_line_of_the_other(found: str, made: str) -> None:
    repairs = list(edits.difference(found, made, kind="a", confidence=1.0))
    assert edits.apply(found, repairs) == made or not found
    assert all(r.found for r in repairs if found)


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
    assert all(r.found == found[r.start : r.end] for r in repairs)
    assert max(r.end - r.start for r in repairs) <= 5


def test_a_cut_falls_between_the_characters_of_a_mended_line() -> None:
    line = "本報訊(記者 王強)昨日,園區召開會議。" * 3 + healthy("traditional")[0]
    mended = mend([line]).lines[0]
    at = mended.text.index("昨日")
    head, tail = cut(mended.text, line, mended.repairs, at)
    assert head[:2] == ("本报讯（记者 王强）", "本報訊(記者 王強)")
    assert tail[0].startswith("昨日，园区召开会议。")


def test_a_cut_inside_a_repair_moves_to_its_nearer_edge() -> None:
    repairs = [Repair(kind="mojibake", start=2, end=8, found="ÖÐ¹ú¸ß", made="中国高")]
    assert cut("甲乙中国高丙", "甲乙ÖÐ¹ú¸ß丙", repairs, 3)[0] == ("甲乙", "甲乙", ())
    assert cut("甲乙中国高丙", "甲乙ÖÐ¹ú¸ß丙", repairs, 4)[1] == ("丙", "丙", ())
