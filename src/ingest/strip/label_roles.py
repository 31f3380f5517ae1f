"""The parts of the article itself: title, kicker, byline, credit, caption, heading, paragraph."""

import re
from collections.abc import Iterator

from ingest.model import Label
from ingest.strip.byline_authors import written_by
from ingest.strip.label_heads import headlines
from ingest.strip.label_view import Verdict, View, ends

_CAPTION_HEAD = re.compile(r"^(?:[↑↓▲▼△▽←→]|图为|上图|下图|图[一二三四五六七八九十\d]{1,2}[：:为、 ]|图[：:]|图片说明)")
_CAPTION_TAIL = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}\s?摄|(?:供图|图片来源.{0,12}|摄影报道|资料(?:图|图片|照片)?))[)）]?$"
)
_DATED = re.compile(r"^(?:近日|日前|昨日|今日|当日|\d{1,2}月(?:\d{1,2}日)?|(?:19|20)\d\d年)")
_SCENE = re.compile(
    r"(?:[上中内里前旁边外间]|现场|[区园馆院场站厅店街村])[，,][^，。]{0,20}(?:们|人员|员工|工人|群众|市民|游客|观众|学生|学员|嘉宾|代表|志愿者|参观者|选手|演员|农民|村民|干部|党员|专家|机器人)"
)
_LONGEST_CAPTION = 120
_CAPTION_RATIO = 2.5  # how much longer the paragraphs round an unmarked caption are
_PHOTO = "byline: photo"


def late_bylines(view: View) -> Iterator[Verdict]:
    """Bylines behind the text that no list took: a date under a ranking belongs to the ranking."""
    yield from view.told.values()


def author_lines(view: View) -> Iterator[Verdict]:
    """A line of names: 张三 李四, □ 王 强, 本报记者 张三."""
    for index, text in enumerate(view.texts):
        if not view.open(index) or len(text) > 60 or view.prose[index]:
            continue
        names = written_by(text)
        bare = "".join(names) == "".join(text.split())
        if names and not (bare and _amid(view, index)):
            yield Verdict(index, Label.BYLINE, "a line of names")


def _amid(view: View, index: int) -> bool:
    """Whether a line stands between two paragraphs: a bare name there is a speaker or a heading."""
    return index > 0 and view.prose[index - 1] and index + 1 < len(view.prose) and view.prose[index + 1]


def captions(view: View) -> Iterator[Verdict]:
    """The paragraph of a photo: under its credit, marked as such, or a scene amid much longer paragraphs."""
    for index, text in enumerate(view.texts):
        if not view.open(index):
            continue
        if _under_credit(view, index) and (_DATED.match(text) or "图为" in text):
            yield Verdict(index, Label.CAPTION, "the paragraph under a photo's credit")
        elif _CAPTION_HEAD.match(text) or (len(text) <= _LONGEST_CAPTION and _CAPTION_TAIL.search(text)):
            yield Verdict(index, Label.CAPTION, "marked as a photo's caption")
        elif view.prose[index] and _is_scene(view, index):
            yield Verdict(index, Label.CAPTION, "a scene in one sentence amid much longer paragraphs")


def _under_credit(view: View, index: int) -> bool:
    above = view.labels.get(index - 1)
    return above is not None and above.reason == _PHOTO and view.prose[index] and not view.markup


def _is_scene(view: View, index: int) -> bool:
    text = view.texts[index]
    if len(text) > _LONGEST_CAPTION or text.count("。") != 1 or not text.endswith("。") or not _SCENE.search(text):
        return False
    around = [
        len(view.texts[i])
        for i in (index - 2, index - 1, index + 1, index + 2)
        if 0 <= i < len(view.texts) and view.prose[i]
    ]
    return len(around) >= 2 and min(around) >= _CAPTION_RATIO * len(text)


def titles(view: View) -> Iterator[Verdict]:
    """Headlines: the one above the first paragraph, and those that open another article of the page."""
    first = view.first_prose()
    above = [i for i in range(first) if view.open(i) and len(view.texts[i]) <= 60]
    if above:
        yield from _masthead(view, above)
    yield from more_titles(view)


def more_titles(view: View) -> Iterator[Verdict]:
    """Headlines that open another article of the page."""
    yield from (Verdict(i, Label.TITLE, "headline of another article of the page") for i in headlines(view))


def _masthead(view: View, above: list[int]) -> Iterator[Verdict]:
    """The lines above the first paragraph: kicker, title, subtitle."""
    title = max(above, key=lambda i: (_title_score(view, i), -i))
    yield Verdict(title, Label.TITLE, "the headline above the first paragraph")
    for index in above:
        if index == title:
            continue
        if index < title and title - index <= 2 and not view.blocks[index].bullet:
            yield Verdict(index, Label.KICKER, "the line above the title")
        elif index > title:
            yield Verdict(index, Label.SUBTITLE, "the line below the title")


def _title_score(view: View, index: int) -> float:
    text = view.texts[index]
    length = len(text)
    score = min(length, 16) / 16
    score += 1.0 if 8 <= length <= 45 else 0.0
    score += 0.5 if re.search("[：:“”！？]", text) else 0.0
    score -= 2.0 if text.startswith(("——", "--", "—")) else 0.0
    score -= 1.0 if view.blocks[index].bullet else 0.0
    return score


def body(view: View) -> Iterator[Verdict]:
    """What remains: paragraphs, headings between them, and short lines outside them."""
    first, last = view.first_prose(), view.last_prose()
    for index, text in enumerate(view.texts):
        if not view.open(index):
            continue
        if view.prose[index]:
            yield Verdict(index, Label.BODY, "a paragraph")
        elif first < index < last and text:
            heading = len(text) <= 40 and not ends(text) and "，" not in text
            yield Verdict(index, Label.HEADING if heading else Label.BODY, "a short line between paragraphs")
        else:
            yield Verdict(index, Label.FURNITURE, "a short line outside the paragraphs")
