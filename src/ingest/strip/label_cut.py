"""Lines that hold two things, cut in two: dateline and paragraph, paragraph and byline, column label and title."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ingest.decode import cut
from ingest.model import Block, Label
from ingest.strip.byline import FURNITURE, dated_fields, fields
from ingest.strip.byline_authors import is_photographer, written_by
from ingest.strip.byline_dateline import dateline_end
from ingest.strip.label_view import is_prose
from ingest.strip.label_words import words

_ENDS = "。！？!?…”’；"
_BRACKET_AT_END = re.compile(r"[（(【\[]\s?([^（）()【】\[\]]{1,60})\s?[)）】\]]\s*$")
_NEWSPAPER = re.compile(r"[（(]?\s?《[^《》]{2,16}》\s?[（(]\s?(?:19|20)\d\d年[^（）()]{0,40}[)）]\s?[)）]?\s*$")
_AFTER_END = re.compile(rf"(?:[。！？!?…]|[{_ENDS}）)]\s)\s*([^{_ENDS}，,：:；]{{2,40}})\s*$")
_CLOSING = ")）】]"
_NO_TAIL = f"{_ENDS}，,：:；"  # behind them stands nothing that is no part of the paragraph
_GIVEN_BY = re.compile(r"(?:供稿|供图|投稿|来稿|由.{2,20}提供)$")
# A longer bracket is a campaign's slogan and stays in the title.
_KICKER = re.compile(r"\s*[【\[]\s?([^【】\[\]]{2,6})\s?[】\]]\s*(?=\S{6})")
_MARKS = " \u3000□■◆◇●○▲★"  # before a reporter's name, or an item of a list
_BETWEEN = re.compile(r"[\s、，,]+")  # names of a list
_SHORTEST_BEHIND = 8  # characters of a paragraph behind its dateline
_MOST_TAILS = 4  # 。（记者 张三）（责任编辑：李四）（完）


class Piece(NamedTuple):
    """A part of a line from ``start`` to the next piece; its label where the cut already tells it."""

    start: int
    label: Label | None
    reason: str
    role: str = ""  # of a byline or credit, the kind of its field


_FIELD_LABELS = {
    "date": Label.BYLINE,
    "publisher": Label.BYLINE,
    "author": Label.BYLINE,
    "editor": Label.CREDIT,
    "staff": Label.CREDIT,
    "contributor": Label.CREDIT,
    "photo": Label.CREDIT,
    FURNITURE: Label.FURNITURE,
    "tags": Label.TAG_CLOUD,
    "share": Label.SHARE,
}


def pieces(text: str, titles: frozenset[str]) -> list[Piece]:
    """Return the parts of a line in order; a line that holds one thing is one piece.

    Args:
        text: The reading text of the line.
        titles: Short lines of the page, one of which may be glued to a paragraph's end.
    """
    if text[-1:] != "。" and (found := byline_pieces(text)):
        return found
    if not is_prose(text):
        return _short_line(text)
    start = dateline_end(text)
    start = start if start < len(text) else 0
    head = [Piece(0, Label.DATELINE, "dateline before the paragraph")] if start else []
    tails = sorted(_tails(text, start, titles))
    return [*head, Piece(start, None, ""), *tails]


def byline_pieces(text: str, *, near: bool = False) -> list[Piece]:
    """Return the fields of a byline as pieces; nothing if the line is none.

    ``near``: the line stands near the title of an HTML page, where a date is enough.
    """
    found = fields(text)
    if len(found) == 1 and found[0].kind == "author" and found[0].value.split() == _BETWEEN.split(text.strip(_MARKS)):
        return []  # bare names: what stands round them tells whose they are
    if near and not found and not is_prose(text):
        found = dated_fields(text)
    return [Piece(f.start, _FIELD_LABELS[f.kind], f"byline: {f.kind}", f.kind) for f in found]


def kicker_pieces(title: str) -> list[Piece]:
    """Return the column's label in brackets and the title behind it; nothing if there is none."""
    kicker = _KICKER.match(title)
    if not kicker:
        return []
    return [Piece(0, Label.KICKER, "column label in brackets before the title"), Piece(kicker.end(), Label.TITLE, "")]


def _short_line(text: str) -> list[Piece]:
    if _NEWSPAPER.fullmatch(text.strip()):
        return [Piece(0, Label.BYLINE, "byline: date", "date")]
    bracket = _BRACKET_AT_END.fullmatch(text.strip())
    if bracket and (piece := _in_brackets(bracket[1])):
        return [Piece(0, *piece)]
    start = dateline_end(text) if not text.strip().startswith(("（", "(")) else 0
    if start == len(text):
        return [Piece(0, Label.DATELINE, "dateline on a line of its own")]
    if len(text) - start >= _SHORTEST_BEHIND and start:
        return [Piece(0, Label.DATELINE, "dateline before the paragraph"), Piece(start, None, "")]
    return [Piece(0, None, "")]


def _tails(text: str, start: int, titles: frozenset[str]) -> Iterator[Piece]:
    """Bylines and credits behind the paragraph, from the end backwards."""
    end = len(text.rstrip())
    lengths = _lengths_by_end(titles).get(text[max(0, end - 2) : end], ())
    glued = next(
        (n for n in lengths if text[max(0, end - n) : end] in titles and text[: end - n].rstrip()[-1:] in "。！？”）)"),
        0,
    )
    if glued and end - glued > start:
        end -= glued
        yield Piece(end, Label.DUPLICATE, "the title once more, glued to the paragraph's end")
    for _ in range(_MOST_TAILS):
        tail = _tail(text[start:end])
        if tail is None or tail.start == 0:
            return
        yield tail._replace(start=start + tail.start)
        end = start + len(text[start : start + tail.start].rstrip())


@lru_cache(maxsize=1)
def _lengths_by_end(titles: frozenset[str]) -> dict[str, list[int]]:
    """The lengths of the short lines, shortest first, by their last two characters: few paragraphs end as one does."""
    found: dict[str, set[int]] = {}
    for title in titles:
        found.setdefault(title[-2:], set()).add(len(title))
    return {end: sorted(lengths) for end, lengths in found.items()}


def _tail(text: str) -> Piece | None:
    """The last thing on a line that is no part of its paragraph."""
    last = text.rstrip()[-1:]
    if last in _NO_TAIL:
        return None
    if last in _CLOSING and (paper := _NEWSPAPER.search(text[-90:])):
        return Piece(
            max(0, len(text) - 90) + paper.start(), Label.BYLINE, "newspaper and its date behind the paragraph"
        )
    if last in _CLOSING and (bracket := _BRACKET_AT_END.search(text[-70:])):
        piece = _in_brackets(bracket[1])
        return Piece(max(0, len(text) - 70) + bracket.start(), *piece) if piece else None
    if (after := _AFTER_END.search(text[-50:])) and not _runs_on(after) and (label := _role(after[1])):
        return Piece(max(0, len(text) - 50) + after.start(1), *label)
    return None


def _runs_on(after: re.Match[str]) -> bool:
    """Whether what stands right behind the full stop begins with a word: 公司财 of a sentence that was cut there."""
    return not after[0][1:2].isspace() and after[1][:2] in words("strip_text_not_names")


def _in_brackets(content: str) -> tuple[Label, str, str] | None:
    if content.strip() == "完":
        return Label.FURNITURE, "end mark", ""
    return _role(content)


def _role(content: str) -> tuple[Label, str, str] | None:
    """Label, reason and role of what stands behind a paragraph, None if it belongs to it."""
    if written_by(content):
        if is_photographer(content):
            return Label.CREDIT, "byline: photo", "photo"
        return Label.BYLINE, "names behind the paragraph", ""
    if found := fields(content):
        kind = next((f.kind for f in found if f.kind != FURNITURE), FURNITURE)
        return _FIELD_LABELS[kind], f"byline: {kind}", kind
    if (given := _GIVEN_BY.search(content)) and len(content) > 3:
        role = "contributor" if "稿" in given[0] else "photo"
        return Label.CREDIT, f"byline: {role}", role
    return None


def split_block(block: Block, parts: list[Piece]) -> list[tuple[Block, Piece]]:
    """Return a block cut at its pieces, each with its piece; the originals, one after the other, are the block's."""
    if len(parts) == 1:
        return [(block, parts[0])]
    out: list[tuple[Block, Piece]] = []
    rest = (block.text, block.original, block.repairs)
    done = 0
    for number, part in enumerate(parts):
        if number + 1 < len(parts):
            first, rest = cut(*rest, parts[number + 1].start - done)
            done += len(first[0])
        else:
            first = rest
        text, original, repairs = first
        if original:
            inline = bool(out) or block.inline
            out.append((replace(block, text=text, original=original, repairs=repairs, inline=inline), part))
    return out
