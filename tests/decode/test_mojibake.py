"""Made damage, line by line and in one part of a page, and damage that nobody can mend."""

import random

import pytest

from ingest.decode import edits, mend, mojibake, read_source, repair

from .damage import HOPELESS, LOSSLESS, LOSSY, Damage, distance, fragments, healthy, made, spoiled


def reading(lines: list[str]) -> list[str]:
    return [mended.text for mended in mend(lines).lines]


@pytest.mark.parametrize("name", LOSSLESS)
def test_what_lost_no_byte_is_exact_again(name: str) -> None:
    pairs = spoiled(LOSSLESS[name])
    assert len(pairs) >= 16
    for line, damaged in pairs:
        mended = mend([damaged]).lines[0]
        assert mended.text == reading([line])[0]
        assert made(damaged, mended.repairs) == mended.text


@pytest.mark.parametrize("name", LOSSLESS)
def test_a_page_damaged_throughout(name: str) -> None:
    pairs = spoiled(LOSSLESS[name])
    assert reading([damaged for _, damaged in pairs]) == reading([line for line, _ in pairs])


@pytest.mark.parametrize("name", LOSSY)
def test_what_lost_bytes_is_nearly_right(name: str) -> None:
    damage, bound = LOSSY[name]
    pairs = spoiled(damage)
    wrong = size = 0
    for line, damaged in pairs:
        mending = mend([damaged])
        wanted = reading([line])[0]
        wrong += distance(wanted, mending.lines[0].text)
        size += len(wanted)
        if "\ufffd" in damaged and "\ufffd" not in mending.lines[0].text:
            assert "guessed-characters" in {flag.name for flag in mending.flags}
    assert len(pairs) >= 60
    assert wrong <= bound * size


@pytest.mark.parametrize("name", HOPELESS)
def test_what_cannot_be_mended_is_flagged(name: str) -> None:
    for line in healthy("simplified"):
        damaged = HOPELESS[name](line)
        assert mend([damaged]).flags, damaged
    page = [HOPELESS[name](line) for line in healthy("simplified")[:5]] + healthy("simplified")[5:]
    assert mend(page).flags


@pytest.mark.parametrize("name", [n for n, d in LOSSLESS.items() if d.source == "simplified"])
def test_a_page_damaged_in_one_part(name: str) -> None:
    chance = random.Random(name)
    lines = healthy("simplified")
    for _ in range(8):
        before, middle, after = chance.sample(lines, 3)
        try:
            damaged = LOSSLESS[name].spoil(middle)
        except UnicodeDecodeError:
            continue
        wanted = reading([before, middle, after])
        assert reading([before, damaged, after]) == wanted
        if "entit" not in name and "escape" not in name:
            assert reading([f"{before}{damaged}"]) == reading([f"{before}{middle}"])


def test_utf8_as_gbk_that_happened_to_lose_nothing() -> None:
    found = 0
    for text in fragments(healthy("simplified"), 10, 1500, seed=5):
        try:
            damaged = text.encode().decode("gbk")
        except UnicodeDecodeError:
            continue
        if sum(c > "\x7f" for c in damaged) >= 4:  # three characters prove nothing
            found += 1
            assert reading([damaged]) == reading([text])
    assert found > 30


MARKUP = LOSSLESS["gbk as latin-1"], LOSSLESS["utf-8 as cp1252"], LOSSLESS["utf-8 as latin-1 twice"]


@pytest.mark.parametrize("damage", MARKUP)
def test_one_element_and_one_attribute_of_a_page(damage: Damage) -> None:
    for line, other in zip(healthy("simplified")[:10], healthy("simplified")[10:], strict=False):
        try:
            title, text = damage.spoil(line[:9]), damage.spoil(line)
        except UnicodeDecodeError:
            continue
        page = '<html><body><h1 title="{}">{}</h1><p>{}</p></body></html>'
        assert read_source(page.format(title, text, other).encode()).text == page.format(line[:9], line, other)


def test_a_word_is_enough() -> None:
    assert repair("ÖÐ¹ú¸ßÐÂ").text == "中国高新"
    assert repair("来源：ÖÐ¹úµçÁ¦±¨ 2024-03-01").text == "来源：中国电力报 2024-03-01"
    assert repair("é«˜æ–°åŒº").text == "高新区"


def test_a_mended_line_can_be_cut_behind_its_marks() -> None:
    line = "本报讯（记者 周敏）昨日，园区召开座谈会。"
    mended = mend([line.encode().decode("latin-1")]).lines[0]
    assert mended.text == line
    assert len(mended.repairs) > 2


def test_flags_say_how_much_and_where() -> None:
    page = [*healthy("simplified")[:3], "锟斤拷锟斤拷锟斤拷通知", "下半年??????会议", "产量\ufffd\ufffd增长"]
    flags = {flag.name: flag for flag in mend(page).flags}
    assert "9 characters" in flags["replaced-characters"].reason
    assert "line 4" in flags["replaced-characters"].reason
    assert "lost-characters" in flags
    assert all(0.5 < flag.score <= 1 for flag in flags.values())


def test_the_mark_of_another_system_is_taken_away() -> None:
    assert repair("\ufeff株洲的轨道\ufeff交通").text == "株洲的轨道交通"


def test_beyond_the_budget_damage_is_flagged_and_before_it_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mojibake, "_BUDGET", 2000)
    dice = random.Random(1)
    line = healthy("simplified")[0]
    hopeless = "".join(chr(dice.randint(0xA1, 0xFF)) for _ in range(9000))
    page = line.encode().decode("latin-1") + "\n" + hopeless
    found = mojibake.find(page)
    assert edits.apply(page, found.edits).startswith(line + "\n")
    assert [flag.name for flag in found.flags] == ["unmended"]
    assert "unmended" in {flag.name for flag in repair(page).flags}
    assert not mojibake.find(page[:1500]).flags


def test_what_nobody_can_mend_is_not_looked_at_and_hides_nothing() -> None:
    line = healthy("simplified")[0]
    page = "锟斤拷" * 200_000 + "\n" + line.encode().decode("latin-1")
    read = repair(page)
    assert read.text.endswith("\n" + line)
    names = {flag.name for flag in read.flags}
    assert "replaced-characters" in names
    assert "unmended" not in names
