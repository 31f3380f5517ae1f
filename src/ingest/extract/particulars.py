"""What an article says about itself: title, date, publisher, authors, editors, contributor."""

import re
from typing import Any

from ingest.extract.particulars_fields import Told, told
from ingest.extract.particulars_head import head_date, head_publisher
from ingest.extract.particulars_image import main_image
from ingest.extract.particulars_places import canonical, pages
from ingest.model import Block, Document, Draft, Label, Meta, Particulars, Selected
from ingest.strip.byline_dates import Moment, compact_date, date_in_url, find_date
from ingest.strip.meta_title import clean_title

_TOPIC = re.compile(r"\s*题\s?[：:]")
_BEFORE_BRACKET = re.compile(r"\s+(?=[（(])")


def particulars(draft: Draft, blocks: list[Block], document: Document, *, url: str | None) -> Particulars:
    """Read the particulars of an article.

    Args:
        draft: The article.
        blocks: All labelled blocks of its page.
        document: Its page: what the head says, its images, what the source's selectors name as title and date.
        url: The page's address, the last witness for the date.

    Returns:
        What the page prints in the article's own lines; where those are silent, what the head says. A date in a
        sentence of the body or beside a link to another article is none of these.
    """
    own = [blocks[i] for i in draft.blocks]
    meta, selected = document.meta, document.selected
    found = told(own)
    when = _when(found, meta, url) if draft.kind == "news" else _printed(found)
    if selected and draft.kind == "news":
        when = _selected_date(selected) or when
    return Particulars(
        title=_joined(own, Label.TITLE) or _head_title(draft, blocks, meta, selected),
        subtitle=_joined(own, Label.SUBTITLE),
        kicker=_joined(own, Label.KICKER, "【】[]"),
        published_on=when.day if when else None,
        published_at=when.at if when else None,
        publisher=_publisher(found, meta),
        authors=tuple(a for a in found.people("author") if a != found.first("publisher") and not a.endswith("网")),
        editors=found.people("editor"),
        contributor=found.first("contributor"),
        dateline=_closed_up(_joined(own, Label.DATELINE, "，,：:丨|")),
        image_credit=found.first("photo"),
        canonical=canonical(meta, url),
        **_pictured(draft, blocks, document, url),
        **_paged(draft, blocks, own, meta, url),
    )


def _pictured(draft: Draft, blocks: list[Block], document: Document, url: str | None) -> dict[str, Any]:
    image = main_image(draft, blocks, document, url)
    return {"image": image.address, "image_caption": image.caption} if image else {}


def _paged(draft: Draft, blocks: list[Block], own: list[Block], meta: Meta, url: str | None) -> dict[str, Any]:
    if draft.kind != "news":
        return {}
    count, following = pages(meta, blocks, own, url)
    return {"page_count": count, "next_page": following}


def _head_title(draft: Draft, blocks: list[Block], meta: Meta, selected: Selected | None) -> str | None:
    """The head's title less the site's name, where no block of the page is a title; one that is selected is first."""
    title = (selected.title if selected else None) or meta.title
    if draft.kind != "news" or not title or any(b.label is Label.TITLE for b in blocks):
        return None
    return clean_title(title, Document(blocks=blocks, meta=meta, markup=True)) or None


def _publisher(found: Told, meta: Meta) -> str | None:
    """The source as printed, an outlet beside the date, what the head names; never an author behind the date."""
    people = found.people("author")
    printed = (f.value for k in ("publisher", "outlet") for f in found.fields if f.kind == k and f.value not in people)
    return next(filter(None, printed), None) or head_publisher(meta)


def _joined(own: list[Block], label: Label, less: str = "") -> str | None:
    """The text of an article's blocks of one label, less the marks round it."""
    return " ".join(" ".join(b.text.split()).strip(less + " ") for b in own if b.label is label) or None


def _selected_date(selected: Selected) -> Moment | None:
    """The date that the source's selector names, as printed or as a machine has it."""
    if not selected.date:
        return None
    day = compact_date(selected.date)
    return find_date(selected.date) or (Moment(day, None) if day else None)


def _closed_up(dateline: str | None) -> str | None:
    """本报 （记者 某某） as the paper means it: no white space before the bracket."""
    return _BEFORE_BRACKET.sub("", _TOPIC.split(dateline)[0]) if dateline else None


def _printed(found: Told, *, above: bool | None = None) -> Moment | None:
    """The first date of a byline; ``above``: only of one above the text, or only of one below it."""
    printed = [f for f in found.fields if f.kind == "date" and above in {None, f.above}]
    dates = (find_date(f.value) for f in sorted(printed, key=lambda f: not f.below_title))
    return next((d for d in dates if d), None)


def _when(found: Told, meta: Meta, url: str | None) -> Moment | None:
    """The byline above the text, then the head, then a date below the text, then the address."""
    head = head_date(meta)
    when = _printed(found, above=True) or head or _printed(found, above=False)
    if when is None:
        day = next((d for u in (url, meta.canonical) if u and (d := date_in_url(u))), None)
        return Moment(day, None) if day else None
    return _finer(when, head)


def _finer(when: Moment, head: Moment | None) -> Moment:
    """Take the time of day, or its seconds, from the head where the byline does not print them."""
    if head is None or head.at is None or head.day != when.day:
        return when
    if when.at is None or (when.at.second == 0 and head.at.replace(second=0) == when.at):
        return head
    return when
