"""The main image of an article and its caption."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ingest.extract.particulars_places import resolved
from ingest.model import Block, Document, Draft, Image, Label, Meta
from ingest.strip.label_words import words

# A picture of an article is no smaller, where the page says how large it is; a button or a face is.
SMALLEST = 120  # pixels a side
LONGEST_STRIP = 5.0  # times as wide as high: a banner
CAPTION_WITHIN = 160  # characters of a paragraph under a picture that may be its caption
_HAN = re.compile(r"[\u4e00-\u9fff]{4}")
_SIZED = re.compile(r"(?<!\d)(\d{2,4})[x*](\d{2,4})(?!\d)")  # a size in the address: banner850x118.jpg
_PARTS = re.compile(r"[^a-z0-9]+")
_MARKED = re.compile(r"图为|摄$|摄[)）]$|供图|资料图|图片|来源[:：]|[（(]图")
_NAMED = ("og:image", "og:image:url", "twitter:image", "twitter:image:src", "thumbnailurl", "image")


class Picture(NamedTuple):
    """An image by its address, and its caption where the page has one."""

    address: str
    caption: str | None


def main_image(draft: Draft, blocks: list[Block], document: Document, url: str | None) -> Picture | None:
    """Return the image that stands for an article: the one that the head names, or the first large one in the text.

    What has the address of a mark, a button or a code to scan is none. The caption is of an image in the text.
    """
    own = _within(draft, blocks, document)
    named = next(_named(document.meta), None) if draft.kind == "news" else None
    chosen = next((image for image in own if named is None or _same(image.address, named)), None)
    address = named or (chosen.address if chosen else None)
    where = resolved(address, document.meta, url) if address else None
    return Picture(where, _caption(chosen, blocks, draft) if chosen else None) if where else None


def _named(meta: Meta) -> Iterator[str]:
    """The images that the head names, the surest first."""
    found = [meta.properties[name] for name in _NAMED if name in meta.properties]
    for item in meta.linked_data:
        found += _addresses(item.get("image"))
    yield from (address for address in found if _may_be(address))


def _addresses(value: object) -> Iterable[str]:
    match value:
        case str():
            return [value]
        case list():
            return [found for item in value[:5] for found in _addresses(item)]
        case dict():
            return _addresses(value.get("url") or value.get("contentUrl"))
    return []


def _within(draft: Draft, blocks: list[Block], document: Document) -> Iterator[Image]:
    """The images between an article's first block and its last that may be pictures of it."""
    if not document.images:
        return
    texts = [i for p in draft.paragraphs for i in p.blocks] or list(draft.blocks)
    begin, end = min(draft.blocks), max(texts) + 1
    first = _size(blocks[:begin])
    last = first + _size(blocks[begin:end])
    home = _round_about(document, blocks[texts[0]].element)
    for image in document.images:
        if not first <= image.before <= last or not _is_large(image) or not _may_be(image.address):
            continue
        # At the very edge stands the site's mark above the headline, or the footer's below the text.
        if first < image.before < last or home in _above(document, image.element):
            yield image


def _size(blocks: list[Block]) -> int:
    """How many characters blocks hold, spaces aside, as `Image.before` counts them."""
    text = "".join([block.original for block in blocks])
    return len(text) - text.count(" ")


def _round_about(document: Document, element: int) -> int:
    """The element that holds the paragraph's own."""
    return document.elements.parents[element] if element >= 0 else -1


def _above(document: Document, element: int) -> Iterator[int]:
    while element >= 0:
        yield element
        element = document.elements.parents[element]


def _is_large(image: Image) -> bool:
    sides = [side for side in (image.width, image.height) if side is not None]
    if any(side < SMALLEST for side in sides):
        return False
    return len(sides) < 2 or sides[0] <= LONGEST_STRIP * sides[1]


def _may_be(address: str) -> bool:
    """Whether the address of a picture is not that of a mark, a button or a code to scan."""
    path = unquote(urlsplit(address.strip()).path).lower() if _is_address(address) else ""
    name = path.rpartition("/")[2]
    if not name or name.endswith((".ico", ".svg", ".cur")):
        return False
    if (sized := _SIZED.search(name)) and not _is_large(Image(name, 0, -1, "", int(sized[1]), int(sized[2]))):
        return False
    return words("particulars_not_images").isdisjoint(_PARTS.split(name.rpartition(".")[0] or name))


def _is_address(address: str) -> bool:
    try:
        urlsplit(address.strip())
    except ValueError:
        return False
    return True


def _same(one: str, other: str) -> bool:
    """Whether two addresses are of one picture, whatever the server and the size."""
    return urlsplit(one).path.rpartition("/")[2] == urlsplit(other).path.rpartition("/")[2]


def _caption(image: Image, blocks: list[Block], draft: Draft) -> str | None:
    """What stands under an image as its caption: a block labelled so, a figcaption, a line that says so."""
    titles = [blocks[i].text for i in draft.blocks if blocks[i].label is Label.TITLE]
    place = 0
    for block in blocks:
        if place >= image.before and block.label is not Label.HIDDEN:
            return _as_caption(block) or _alt(image, titles)
        place += len(block.original) - block.original.count(" ")
    return _alt(image, titles)


def _as_caption(block: Block) -> str | None:
    text = " ".join(block.text.split())
    named = "figcaption" in block.path or "caption" in block.path.rpartition("/")[2]
    if block.label is Label.CAPTION or (len(text) <= CAPTION_WITHIN and (named or _MARKED.search(text))):
        return text
    return None


def _alt(image: Image, titles: list[str]) -> str | None:
    """An image's alternative text where it says what is to be seen: no file's name, no headline, no 点击查看大图."""
    alt = " ".join(image.alt.split())
    if len(alt) < 8 or not _HAN.search(alt) or alt.startswith("点击"):
        return None
    return None if any(alt[:8] in " ".join(title.split()) for title in titles) else alt
