"""What an article says about itself: title, date, publisher, authors, editors, contributor."""

import re
from collections.abc import Iterator

from ingest.model import Block, Draft, Label, Meta, Particulars
from ingest.strip.byline import fields, unbracketed, written_by
from ingest.strip.byline_dates import Moment, date_in_url, find_date
from ingest.strip.byline_names import loose_names

_GIVEN = re.compile(r"^(?P<who>.{2,40}?)\s?(?:供稿|投稿|来稿)$")


def particulars(draft: Draft, blocks: list[Block], meta: Meta, *, url: str | None) -> Particulars:
    """Read the particulars of an article from its blocks, then from the page's head, then from its address."""
    own = [blocks[i] for i in draft.blocks]
    found = list(_fields(own))
    when = _printed(found)
    return Particulars(
        title=_joined(own, Label.TITLE) or None,
        subtitle=_joined(own, Label.SUBTITLE) or None,
        kicker=_joined(own, Label.KICKER).strip("【】[] ") or None,
        published_on=when.day if when else (date_in_url(url) if url else None),
        published_at=when.at if when else None,
        publisher=next((v for k, v in found if k == "publisher"), None),
        authors=tuple(_people(found, "author")),
        editors=tuple(_people(found, "editor")),
        contributor=next((v for k, v in found if k == "contributor"), None),
        dateline=_joined(own, Label.DATELINE).strip("，,：: ") or None,
        image_credit=next((v for k, v in found if k == "photo"), None),
    )


def _joined(own: list[Block], label: Label) -> str:
    return " ".join(b.text.strip() for b in own if b.label is label)


def _fields(own: list[Block]) -> Iterator[tuple[str, str]]:
    for block in own:
        if block.label not in {Label.BYLINE, Label.CREDIT, Label.DATELINE}:
            continue
        text = unbracketed(block.text)
        listed = fields(text)
        if given := _GIVEN.match(text):
            yield "contributor", given["who"]
        elif listed:
            yield from ((f.kind, f.value) for f in listed)
        elif block.label is Label.DATELINE:
            names = written_by(_reporters(text))
            yield from (("author", n) for n in names)
        else:
            yield from (("author", n) for n in written_by(text))


def _reporters(dateline: str) -> str:
    """Return the part of a dateline that names the reporters: in brackets, or behind the first white space."""
    inner = re.search(r"[（(]([^（）()]+)[)）]?", dateline)
    return inner[1] if inner else dateline.partition(" ")[2]


def _people(found: list[tuple[str, str]], kind: str) -> list[str]:
    out: list[str] = []
    for field, value in found:
        if field == kind:
            out += [n for n in written_by(value) or loose_names(value) if n not in out]
    return out


def _printed(found: list[tuple[str, str]]) -> Moment | None:
    return next((m for k, v in found if k == "date" and (m := find_date(v))), None)
