"""Lists outside the article: menus, tag clouds, rankings with what follows them; lines that stand twice."""

import re
from collections.abc import Iterator

from ingest.model import Label
from ingest.strip.label_view import TEXT, Verdict, View, following

_SHORT_BULLET = 30  # characters; a bullet of the body is longer or ends as a sentence
_FEWEST_BULLETS = 3
_HEAD_LESS = 6  # a repeated line may lack this many characters at its head
_HEAD = 24  # characters by which a paragraph's beginning is known
_LONG_ENOUGH = 40  # a shorter line may repeat by chance
_SUMMARY = re.compile(r"(?:核心提示|摘\s?要|导\s?读|提\s?要|内容提要|简介|导语)\s?[:：]\s?(?:摘\s?要\s?[:：]\s?)?")
_AMONG_RANKED = frozenset({Label.FURNITURE, Label.LIST, Label.TAG_CLOUD})  # what a ranking goes on behind
_SUMMARY_BEGINS = frozenset("核摘导提内简")
_SPACE = re.compile(r"\s+")
_TAGS = re.compile(r"^(?:标签|关键词|关键字|TAG|Tags?|文章标签|本文标签)\s?[:：]", re.IGNORECASE)
_TAGS_BEGIN = frozenset("标关文本tT")


def bullets(view: View) -> Iterator[Verdict]:
    """Runs of short bullets before or behind the paragraphs: a menu above them, a tag cloud or a list below."""
    first, last = view.first_prose(), view.last_prose()
    for run in following(_short_bullets(view)):
        if (run[-1] < first or run[0] > last) and len(run) >= _FEWEST_BULLETS:
            kind = _kind(view, run, first)
            yield from (Verdict(i, *kind) for i in run)


def _short_bullets(view: View) -> list[int]:
    """The bullets that are short, and no items of a list in the article."""
    texts, prose, markup = view.texts, view.prose, view.markup
    return [
        index
        for index, block in enumerate(view.blocks)
        if block.bullet
        and len(texts[index]) <= _SHORT_BULLET
        and not prose[index]
        and not (markup and block.label in TEXT)
    ]


def _kind(view: View, run: list[int], first: int) -> tuple[Label, str]:
    if run[-1] < first:
        return Label.NAV, "menu: short bullets above the first paragraph"
    if max(len(view.texts[i]) for i in run) <= 12:
        return Label.TAG_CLOUD, "tags: short bullets behind the last paragraph"
    return Label.LIST, "short bullets behind the last paragraph"


def tags(view: View) -> Iterator[Verdict]:
    """A line of tags: 标签：创新 园区."""
    for index in view.left:
        text = view.texts[index]
        if text[:1] in _TAGS_BEGIN and len(text) <= 80 and _TAGS.match(text):
            yield Verdict(index, Label.TAG_CLOUD, "tags of the page")


def rankings(view: View) -> Iterator[Verdict]:
    """What follows the head of a ranking or of recommendations, until something else begins.

    Above the first paragraph only bullets follow such a head: the title stands there too.
    """
    first = view.first_prose()
    for head in sorted(i for i, verdict in view.labels.items() if verdict.label is Label.RELATED):
        for index in range(head + 1, len(view.texts)):
            if verdict := view.labels.get(index):
                if verdict.label not in _AMONG_RANKED:
                    break
            elif view.prose[index] or not (index > first or view.blocks[index].bullet) or len(view.texts[index]) > 60:
                break
            else:
                yield Verdict(index, Label.RELATED, "under the head of a ranking or of recommendations")


def duplicates(view: View) -> Iterator[Verdict]:
    """A long line that, less a few characters at its head, repeats paragraphs from the beginning of one of them.

    Within its text an HTML page may quote itself: there only what stands behind the text counts.
    """
    repeated = _repeated(view)
    for index in range(len(view.texts) - 1, -1, -1) if repeated else ():
        if index in repeated:
            reason = f"repeats earlier paragraphs, less {repeated[index]} characters"
            yield Verdict(index, Label.DUPLICATE, reason)
        elif view.markup and view.prose[index] and len(view.texts[index]) >= _LONG_ENOUGH:
            return


def summaries(view: View) -> Iterator[Verdict]:
    """A summary (核心提示：…) that is no more than the beginning of the text below it."""
    heads: dict[str, int] = {}
    if not any(view.texts[index][:1] in _SUMMARY_BEGINS and _SUMMARY.match(view.texts[index]) for index in view.left):
        return
    for index in reversed(view.left):
        text = view.texts[index]
        if found := _SUMMARY.match(text):
            told = _SPACE.sub("", text[found.end() :]).rstrip("….。 ")
            place = heads.get(told[:_HEAD])
            if place is not None and len(told) >= _HEAD and _below(view, place).startswith(told):
                yield Verdict(index, Label.DUPLICATE, "a summary that repeats the beginning of the text")
        elif view.prose[index]:
            heads["".join(text[: 4 * _HEAD].split())[:_HEAD]] = index


def _below(view: View, index: int) -> str:
    """Two paragraphs in one, as a summary runs them together."""
    return _SPACE.sub("", "".join(view.texts[index : index + 2]))


def _repeated(view: View) -> dict[int, int]:
    """The paragraphs that repeat earlier ones, with the number of characters they lack at their head."""
    paragraphs = {i: "".join(view.texts[i].split()) for i in view.left if view.prose[i]}
    whole = "".join(paragraphs.values())
    heads: dict[str, int] = {}  # what stands at or near the beginning of a paragraph, and where in the whole
    repeated: dict[int, int] = {}
    place = 0
    for index, text in paragraphs.items():
        if len(text) >= _LONG_ENOUGH:
            for cut in range(_HEAD_LESS + 1):
                found = heads.get(text[cut : cut + _HEAD], -1)
                if found >= 0 and whole.startswith(text[cut:], found) and found + len(text) - cut <= place + _HEAD_LESS:
                    repeated[index] = cut
                    break
        for cut in range(_HEAD_LESS + 1):
            heads.setdefault(text[cut : cut + _HEAD], place + cut)
        place += len(text)
    return repeated
