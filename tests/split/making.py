"""Pages to learn headlines from: articles as they are, cut to briefs, with headings, with terse paragraphs."""

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.spin import corpus
from tests.split.stitched import Page, Story, stitched
from tests.split.test_articles import as_html

STRANGER = "news_a-"  # articles of another author, on which nothing is fitted
KINDS = ("bare", "brief", "two", "mixed", "headed", "kicker")
# What stands above a headline and is none.
_KICKERS = (
    "要闻", "【要闻】", "时政要闻", "基层风采", "一线传真", "经济观察", "学习贯彻党的二十大精神", "党建引领",
    "聚焦高质量发展", "科技创新", "民生服务台", "文体新闻", "各地动态", "本报关注",
)  # fmt: skip
# What may be a heading: a clause.
_CLAUSE = re.compile(r"(?<=[，。；：！？])[\u4e00-\u9fff\d%“”]{6,18}(?=[，。；！？])")
_NO_HEADING = re.compile("^[的了而且但也并还就都使让把被]|[的了是在和与说]$")
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”’』」）)]*")
_COLUMN = range(16, 45)  # characters of a line
_SHORT_TITLE = range(5, 15)  # characters of a part of one
_LONG = 3  # paragraphs
_SHORT_LINE, _SHORT_SENTENCE = 40, 20  # characters of what is not made terser, and of what it is made into at least


def pages(groups: list[list[Story]], count: int, seed: str) -> Iterator[tuple[str, Page]]:
    """Return pages of 2 to 9 articles of all kinds, and every third of one, as source and as what they were made of.

    The articles of a page are mostly of one of the ``groups``, which are drawn alike, however large they are.
    """
    rng = random.Random(seed)
    for number in range(count):
        size = 1 if number % 3 == 0 else rng.randint(2, 9)
        stories = _mixed(groups, size, rng) if rng.random() < 0.4 else _drawn(rng.choice(groups), size, rng)
        stories = [s if rng.random() < 0.7 else Story(_short(s.title, rng), s.lines) for s in stories]
        kind = rng.choice(KINDS) if size > 1 else "headed"
        style = rng.choice(["bare"] * 5 + ["names", "dateline", "signed", "mixed"]) if size > 1 else "bare"
        yield page_of(stories, kind, rng, style=style, tag="p" if rng.random() < 0.25 else "")


def page_of(
    stories: list[Story], kind: str, rng: random.Random, *, style: str = "bare", tag: str = ""
) -> tuple[str, Page]:
    """Return a page as source, of text or of HTML whose headlines stand in ``tag``, and as what it was made from."""
    page = stitched(len(stories), rng, style, tuple(_of_kind(story, kind, rng) for story in stories))
    if kind == "kicker":
        page = _with_kickers(page, rng)
    return (as_html(page, tag) if tag else page.source), page


def _drawn(group: list[Story], size: int, rng: random.Random) -> list[Story]:
    return rng.sample(group, min(size, len(group)))


def _mixed(groups: list[list[Story]], size: int, rng: random.Random) -> list[Story]:
    drawn = (rng.choice(rng.choice(groups)) for _ in range(size))
    return list({story.title: story for story in drawn}.values())


def _of_kind(story: Story, kind: str, rng: random.Random) -> Story:
    """A story as a kind of page wants it: ``two`` is a brief of up to three paragraphs, ``mixed`` has some briefs."""
    if kind == "brief" or (kind == "mixed" and rng.random() < 0.4):
        return _brief(story, 1)
    if kind == "two":
        return _brief(story, rng.choice((1, 2, 2, 3)))
    return _varied(story, rng) if kind != "bare" else story


def _short(title: str, rng: random.Random) -> str:
    """One part of a headline of two, which may be a headline too: the longest is no sign of one."""
    parts = [part for part in re.split("[ \u3000：:]", title) if len(part) in _SHORT_TITLE and "“" not in part]
    return rng.choice(parts) if len(parts) > 1 else title


def _brief(story: Story, size: int) -> Story:
    """An article's first paragraphs, up to one that ends as a sentence does."""
    lines = [line for line in story.lines if not line.startswith("#")]
    while size < len(lines) and not lines[size - 1].endswith(("。", "。”", '。"')):
        size += 1
    return Story(story.title, tuple(lines[:size]))


def _varied(story: Story, rng: random.Random) -> Story:
    """An article with headings, in some cases with short sections, with terse paragraphs, or without its end."""
    lines = _headed(story.lines, rng)
    if rng.random() < 0.5 and any(line.startswith("#") for line in lines):
        lines = _sectioned(lines, rng.choice((1, 1, 2)))
    if rng.random() < 0.35:
        lines = tuple(_terse(line, rng) for line in lines)
    if rng.random() < 0.2:
        lines = tuple(part for line in lines for part in _cut(line, rng))
    if len(lines) > 4 and rng.random() < 0.3:
        lines = lines[: rng.randint(3, len(lines))]
    return Story(story.title, lines[:-1] if lines[-1].startswith("#") else lines)


def _headed(lines: tuple[str, ...], rng: random.Random) -> tuple[str, ...]:
    """An article that has no headings with some: other articles', slogans, or clauses of the paragraphs below them."""
    if len(lines) < _LONG or any(line.startswith("#") for line in lines) or rng.random() < 0.5:
        return lines
    made: list[str] = []
    for number, line in enumerate(lines):
        clauses = [c for c in _CLAUSE.findall(line) if not _NO_HEADING.search(c)] if number > 1 else []
        chosen = rng.choices((headings(), _slogans(), clauses), (50, 25, 25))[0]
        if number and chosen and rng.random() < 0.4:
            made.append("#" + rng.choice(chosen))
        made.append(line)
    return tuple(made)


def _sectioned(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """An article of whose sections the first paragraphs are left."""
    kept: list[str] = []
    size = 0
    for line in lines:
        size = 0 if line.startswith("#") else size + 1
        if size <= most:
            kept.append(line)
    return tuple(kept)


def _terse(line: str, rng: random.Random) -> str:
    """A paragraph's first sentence or two."""
    sentences = _SENTENCE.findall(line)
    if line.startswith("#") or len(line) < _SHORT_LINE or not sentences:
        return line
    made = "".join(sentences[: rng.choice((1, 1, 2))])
    return made if len(made) >= _SHORT_SENTENCE else line


def _cut(line: str, rng: random.Random) -> list[str]:
    """Some paragraphs cut in two, as the end of a newspaper's column does."""
    if len(line) < 2 * _COLUMN.stop or rng.random() < 0.6:
        return [line]
    at = rng.choice(_COLUMN)
    return [line] if line.startswith("#") or "。" in line[:at] else [line[:at], line[at:]]


def _with_kickers(page: Page, rng: random.Random) -> Page:
    lines: list[str] = []
    opening: set[int] = set()
    for number, line in enumerate(page.source.splitlines(), 1):
        if number in page.opening:
            lines += [rng.choice(_KICKERS)] if rng.random() < 0.5 else []
            opening.add(len(lines) + 1)
        lines.append(line)
    return Page("\n".join(lines), opening)


@cache
def _slogans() -> list[str]:
    return (Path(__file__).parent / "data" / "slogans.txt").read_text("utf-8").splitlines()[1:]


@cache
def headings() -> list[str]:
    """Return the headings written for articles to learn from; they may stand in other articles too."""
    held = {each.title for each in corpus.news() if each.name.startswith(STRANGER)}
    return sorted({heading for title, _, heading in written_headings() if title not in held})


@cache
def written_headings() -> list[tuple[str, int, str]]:
    """Return headings with the title of their article and the number of the paragraph below them, from 0."""
    rows = (Path(__file__).parent / "data" / "headings.tsv").read_text("utf-8").splitlines()[1:]
    return [(title, int(number), heading) for title, number, heading in (row.split("\t") for row in rows)]
