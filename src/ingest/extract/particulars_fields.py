"""The fields of an article's bylines, credits and datelines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.model import Block, Label
from ingest.strip.byline import fields, value_of
from ingest.strip.byline_authors import unbracketed, written_by
from ingest.strip.byline_names import loose_names

_PRINTED = frozenset({Label.BYLINE, Label.CREDIT, Label.DATELINE, Label.CAPTION})
_TEXT = frozenset({Label.BODY, Label.HEADING})
_GIVEN = re.compile(r"^(?P<who>.{2,40}?)\s?(?:供稿|投稿|来稿)$")
_PHOTO = re.compile(
    r"(?:图片)?由\s?(?P<by>\S{2,20}?)\s?提供$|(?P<from>\S{2,20}?)\s?供图$|[（(。\s](?P<who>[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]\s[\u4e00-\u9fff])\s?(?:摄|/摄)[）)]?$"
)
_SOURCE = re.compile(r"来源|稿源|出处|转自|转载自|来自|发布(?:单位|机构)")
_BRACKET = re.compile(r"[（(]([^（）()]+)[)）]?")


@dataclass(frozen=True, slots=True)
class Printed:
    """A field as printed.

    ``above``: it stands above the article's text; ``below_title``: below its title. A date above the title may be
    the site's clock.
    """

    kind: str
    value: str
    above: bool
    below_title: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What an article's own lines say about it, in page order."""

    fields: tuple[Printed, ...]

    def first(self, kind: str) -> str | None:
        """Return the first value of a kind that holds anything."""
        return next((f.value for f in self.fields if f.kind == kind and f.value), None)

    def people(self, kind: str) -> tuple[str, ...]:
        """Return the names that the fields of a kind hold, each once."""
        names = (n for f in self.fields if f.kind == kind for n in written_by(f.value) or loose_names(f.value))
        return tuple(dict.fromkeys(names))


def told(own: list[Block]) -> Told:
    """Read the fields of an article's blocks."""
    text = next((b.index for b in own if b.label in _TEXT), None)
    title = next((b.index for b in own if b.label is Label.TITLE), -1)
    return Told(
        tuple(
            Printed(kind, value, text is None or block.index < text, block.index > title)
            for block in own
            if block.label in _PRINTED
            for kind, value in _fields(block)
        )
    )


def _fields(block: Block) -> Iterator[tuple[str, str]]:
    text = unbracketed(block.text)
    if block.label is Label.CAPTION:
        yield from _photo(text)
    elif block.label is Label.DATELINE:
        yield from (("author", name) for name in written_by(_reporters(text)))
    elif block.role == "photo" and (found := _photographers(text)):
        yield from found
    elif given := _GIVEN.match(text):
        yield "contributor", given["who"]
    elif listed := fields(text):
        yield from ((_outlet(f.kind, text), f.value) for f in listed)
    elif names := written_by(text):
        yield "author", " ".join(names)
    elif block.role:
        yield _outlet(block.role, text), value_of(text)
    else:
        yield from _photo(text)


def _photographers(text: str) -> list[tuple[str, str]]:
    """Who is credited with a photo whose credit has no word and colon: （张三 摄）, （某某厂供图）."""
    names = written_by(text)
    return [("photo", " ".join(names))] if names else list(_photo(text))


def _outlet(kind: str, text: str) -> str:
    """Tell a source that is named as such from an outlet that merely stands beside the date."""
    return "outlet" if kind == "publisher" and not _SOURCE.search(text) else kind


def _photo(text: str) -> Iterator[tuple[str, str]]:
    found = _PHOTO.search(text)
    if found:
        yield "photo", "".join((found["by"] or found["from"] or found["who"]).split())


def _reporters(dateline: str) -> str:
    """Return the part of a dateline that names the reporters: in brackets, or behind the first white space."""
    inner = _BRACKET.search(dateline)
    return inner[1] if inner else dateline.partition(" ")[2]
