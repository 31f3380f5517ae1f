"""What is asked of a short line between paragraphs: the same in each process, and as much of long pages as of short."""

import math
import random

import pytest

from ingest.strip.label_cohesion import Cohesion
from ingest.strip.label_heads_signs import place
from ingest.strip.label_heads_topic import Topic
from ingest.strip.label_view import View
from tests.strip.reading import segmented

HAN = [chr(code) for code in range(0x8640, 0x8740)]


def paragraphs(number: int) -> list[str]:
    chance = random.Random(2)
    return ["".join(chance.choices(HAN, k=80)) for _ in range(number)]


def test_what_words_tell_does_not_hang_on_their_order() -> None:
    texts = paragraphs(40)
    cohesion = Cohesion(texts, [True] * len(texts))
    for rank in range(30):
        two, other = (rank, rank + 4), (rank + 4, rank + 8)
        assert cohesion.likeness(two, other) == cohesion.likeness(other, two)
        words = sorted(cohesion.pairs(rank) | cohesion.pairs(rank + 1))
        assert cohesion.size(set(words)) == math.fsum(cohesion.size({word}) for word in words)


def test_of_a_long_article_no_paragraph_is_gone_through_at_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = paragraphs(60)
    lines = list(range(3, 59, 4))
    cohesion = Cohesion(texts, [index not in lines for index in range(60)])
    asked: list[int] = []
    rare = Cohesion.rare

    def noted(self: Cohesion, start: int, end: int) -> set[str]:
        asked.append(end - start)
        return rare(self, start, end)

    monkeypatch.setattr(Cohesion, "rare", noted)
    topic = Topic(cohesion, lines, [texts[i] for i in lines], "")
    signs = [topic.signs(number, 0.0) for number in range(len(lines))]
    assert signs[-1]["rare characters of the section in the article"] == 1.0
    assert max(asked) <= 4


@pytest.mark.parametrize(("before", "heard"), [(0, 1.0), (700, 1.0), (900, 0.0)])
def test_a_speaker_is_looked_for_where_paragraphs_begin(before: int, heard: float) -> None:
    filling = "园" * before
    lines = ["厂长叫欧阳兰，办厂十年。", "一条小标题", f"{filling}，欧阳兰说，明年还要再建两个车间。"]
    blocks = segmented("\n".join(lines)).blocks
    view = View(blocks=blocks, markup=False, texts=lines, prose=[True, False, True])
    assert place(view, 1, None)["a known speaker below"] == heard
