"""The captions of photos: under a credit, marked as such, or a scene amid much longer paragraphs."""

import re
from collections.abc import Iterator
from functools import cache

from ingest.model import Label
from ingest.strip.label_view import KEPT, Verdict, View
from ingest.strip.label_words import groups

_HEAD = re.compile(
    r"^(?:[↑↓▲▼△▽←→]|图为|上图|下图|左图|右图|图[一二三四五六七八九十\d]{1,2}[：:为、 ]|图[：:]|图片说明|资料图)"
)
_TAIL = re.compile(r"(?:[\u4e00-\u9fff]{2,4}\s?摄|供图|图片来源.{0,12}|摄影报道|资料(?:图|图片|照片)?|视频截图)[)）]?$")
_DATED = re.compile(r"^(?:近日|日前|昨日|今日|当日|连日来|\d{1,2}月(?:\d{1,2}日)?|(?:19|20)\d\d年)")
_CREDIT_ENDS = frozenset("摄图道料片)）")  # what such a credit ends in, when it does not name a source
_LONGEST = 120
_LONGEST_TAIL = 24  # characters that a credit at the end takes at most
# A caption says who does what where: 车间里，工人们…; 5月6日，技术人员在某地检查…
_PLACED = re.compile(r"(?:[上中内里前旁边外间]|现场|[区园馆院场站厅店街村])[，,][^，。]{0,20}?$")
_RATIO = 2.0  # how much longer the paragraphs round an unmarked caption are


def captions(view: View) -> Iterator[Verdict]:
    """The paragraphs of photos."""
    blocks = view.blocks
    for index in [i for i in view.left if blocks[i].label in KEPT] if view.markup else view.left:
        text = view.texts[index]
        if _under_credit(view, index) and (_DATED.match(text) or "图为" in text):
            yield Verdict(index, Label.CAPTION, "the paragraph under a photo's credit")
        elif _HEAD.match(text) or _ends_in_credit(text):
            yield Verdict(index, Label.CAPTION, "marked as a photo's caption")
        elif len(text) <= _LONGEST and _signed(view, index):
            yield Verdict(index, Label.CAPTION, "a photographer's name behind it")
        elif view.prose[index] and _is_scene(view, index):
            yield Verdict(index, Label.CAPTION, "a scene in one sentence amid much longer paragraphs")


def _ends_in_credit(text: str) -> bool:
    """Whether a line ends in what names a photo's maker or source."""
    if len(text) > _LONGEST or (text[-1:] not in _CREDIT_ENDS and "图片来源" not in text):
        return False
    return _TAIL.search(text[-_LONGEST_TAIL:]) is not None


def _under_credit(view: View, index: int) -> bool:
    """Whether a paragraph stands under a photo's credit on a line of its own."""
    above = view.labels.get(index - 1)
    return above is not None and above.role == "photo" and view.prose[index] and not view.blocks[index - 1].inline


def _signed(view: View, index: int) -> bool:
    """Whether the photographer's name was cut off the line's end."""
    behind = view.labels.get(index + 1)
    return behind is not None and behind.role == "photo" and view.blocks[index + 1].inline


def _is_scene(view: View, index: int) -> bool:
    """Whether a short paragraph says only what a photo shows. Its neighbours must be longer: it interrupts."""
    text = view.texts[index]
    if len(text) > _LONGEST or text.count("。") != 1 or not text.endswith("。") or not _shows(text):
        return False
    near = (index - 2, index - 1, index + 1, index + 2)
    around = [len(view.texts[i]) for i in near if 0 <= i < len(view.texts) and view.prose[i]]
    return len(around) >= 2 and min(around) >= _RATIO * len(text)


@cache
def _people() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, groups("strip_text_scenes")["people"])))


def _shows(text: str) -> bool:
    """Whether a sentence shows people at work in a place."""
    if not _people().search(text):
        return False
    people = next(text.find(w) for w in groups("strip_text_scenes")["people"] if w in text)
    behind = text[people:]
    if not any(w in behind for w in groups("strip_text_scenes")["doing"]):
        return False
    placed = _PLACED.search(text[:people]) is not None
    return placed or (_DATED.match(text) is not None and "在" in text[people : people + 8])
