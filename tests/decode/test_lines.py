"""The repairs of lines one kind at a time: entities, invisible characters, pinyin, script, punctuation."""

import random

import pytest

from ingest.decode import mend, repair

from .damage import healthy


def reading(*lines: str) -> list[str]:
    return [mended.text for mended in mend(lines).lines]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("营收&#25552;高，净利&#x589e;长。", "营收提高，净利增长。"),
        ("A&amp;B 公司&nbsp;成立", "A&B 公司\xa0成立"),
        ("他说：&ldquo;可以。&rdquo;", "他说：“可以。”"),
        ("城市#xff0c;乡村#x3002;", "城市，乡村。"),
        ("\\u4e2d\\u56fd\\ud842\\udfb7", "中国𠮷"),
        ("%u65B0%u95FB", "新闻"),
    ],
)
def test_codes_left_in_text(line: str, wanted: str) -> None:
    assert reading(line) == [wanted]


@pytest.mark.parametrize(
    "line",
    ["颜色#666666;边框", "见 ?a=1&copy=2&reg=3 一页", "目录 C:\\users\\data", "温度&#0;与&#31;", "型号#20013;一件"],
)
def test_what_only_looks_like_a_code(line: str) -> None:
    assert "entity" not in {r.kind for r in repair(line).repairs}


def test_invisible_characters() -> None:
    assert reading("高\u200b新\u200b区", "家庭👨‍👩‍👧出游")[0] == "高新区"
    assert reading("家庭👨‍👩‍👧出游") == ["家庭👨‍👩‍👧出游"]
    assert reading("单个零宽\u200b空格") == ["单个零宽\u200b空格"]
    assert reading("２０２４年增长１２．５％") == ["2024年增长12.5%"]
    assert reading("\u2f00\u2f08\u2f24") == ["一人大"]


ANNOTATED = [
    "園區(qū)的產(chǎn)業(yè)鏈(liàn)越來(lái)越長(zhǎng)，創(chuàng)業(yè)者多了。",
    "這個(gè)園區(qū)今年引進(jìn)的產(chǎn)業(yè)項(xiàng)目有十個(gè)，新創(chuàng)企業(yè)二十家。",
]


def test_pinyin_of_a_program_is_taken_away() -> None:
    assert reading(*ANNOTATED) == [
        "园区的产业链越来越长，创业者多了。",
        "这个园区今年引进的产业项目有十个，新创企业二十家。",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["老师讲“重(zhòng)要”和“重(chóng)复”，“长(zhǎng)大”和“长(cháng)江”。"] * 3,
        ["今天学三个字：區(qū)、創(chuàng)、業(yè)。", "區別的區，創造的創，事業的業，都要會寫。"],
        ["陳(Chen)、張(Zhang)、劉(Liu)三位代表發言。"] * 2,
        ["床(chuáng)前(qián)明(míng)月(yuè)光(guāng)，疑(yí)是(shì)地(dì)上(shàng)霜(shuāng)。"] * 2,
    ],
)
def test_pinyin_of_a_teacher_stays(lines: list[str]) -> None:
    assert "pinyin" not in {r.kind for line in mend(lines).lines for r in line.repairs}


def test_a_line_that_the_annotator_tore_between_two_bytes() -> None:
    # 數 (94 B5) stands across 當 (AE 94) and 地 (B5 D8); the decoder took the bracket for the second half of B5.
    torn = "園區(qū)在當(dāng)?shù)亟ǔ墒鬃"
    text = mend([*ANNOTATED, torn]).lines[2].text
    assert text.startswith("园区在当地建成首")


def test_names_and_particles_in_the_other_script() -> None:
    lines = ["徐乾學的著作很多，他看著窗外，衣服乾了。", "串聯著產業鏈，顯著提高，發揮著作用；魯迅著《吶喊》。"]
    assert reading(*lines) == [
        "徐乾学的著作很多，他看着窗外，衣服干了。",
        "串联着产业链，显著提高，发挥着作用；鲁迅著《呐喊》。",
    ]


def test_a_page_of_hong_kong() -> None:
    assert reading("衞生署說：牀位增加，揹包輕便，裏面乾淨。") == ["卫生署说：床位增加，背包轻便，里面干净。"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("3至6月,株洲", "3至6月，株洲"),
        ("M&A(并购与重组)顾问", "M&A（并购与重组）顾问"),
        ("中国(海南)自由贸易港", "中国（海南）自由贸易港"),
        ("总价3,000元,时间08:15:30", "总价3,000元，时间08:15:30"),
        ("占40%,达到8.3%;是吗?好!", "占40%，达到8.3%；是吗？好！"),
        ("“保姆式”,《办法》(暂行)", "“保姆式”，《办法》（暂行）"),
        ("He said: (yes), ok; really?", "He said: (yes), ok; really?"),
        ("见http://a.example/b?c=1,2", "见http://a.example/b?c=1,2"),
        ("東京都は、(来年度),から", "東京都は、(来年度),から"),
        ("产量??吨", "产量??吨"),
    ],
)
def test_marks_between_han(line: str, wanted: str) -> None:
    assert reading(line) == [wanted]


def test_a_long_line_is_mended_in_linear_time() -> None:
    chance = random.Random(1)
    line = "".join(chance.choice("(,)高?;&#:\u200b新") for _ in range(200_000))
    assert len(mend([line, healthy("simplified")[0]]).lines) == 2
