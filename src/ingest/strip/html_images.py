"""The pictures of an HTML page: where each stands in its text, and where a page that loads them late keeps them."""

import re

from ingest.model import Block, Image

MAX_ADDRESS = 2_000
MAX_DIGITS = 5  # of a width or height
# Where pages keep the address of a picture that a script loads when it is scrolled to; src is a grey box then.
_LATE = ("data-original", "data-src", "data-lazy-src", "data-actualsrc", "data-url", "data-echo", "original", "src2")
_ANY_LATE = frozenset(_LATE)
_PIXELS = re.compile(rf"\s*(\d{{1,{MAX_DIGITS}}})(?:\.\d+)?\s*(?:px)?\s*$")
_STYLED = re.compile(r"(?<![-\w])(width|height)\s*:\s*(\d{1,5})(?:\.\d+)?px", re.IGNORECASE)


def read_images(found: list[tuple[int, int, dict[str, str]]], blocks: list[Block]) -> tuple[Image, ...]:
    """The pictures of a page, each from the number of blocks before it, its element and its attributes."""
    if not found:
        return ()
    before = _before(blocks, sorted({number for number, _, _ in found}))
    images = (_image(attrs, before[number], element) for number, element, attrs in found)
    return tuple(image for image in images if image)


def _before(blocks: list[Block], numbers: list[int]) -> dict[int, int]:
    """How many characters stand in so many blocks of a page, white space left out."""
    counts: dict[int, int] = {}
    done = count = 0
    for number in numbers:
        text = "".join([block.original for block in blocks[done:number]])
        count += len(text) - text.count(" ")
        counts[number], done = count, number
    return counts


def _image(attrs: dict[str, str], before: int, element: int) -> Image | None:
    address = attrs.get("src", "")
    if not _ANY_LATE.isdisjoint(attrs):
        address = next((attrs[name] for name in _LATE if attrs.get(name)), address)
    address = address.strip()
    if not address or address.startswith(("data:", "about:", "javascript:")) or len(address) > MAX_ADDRESS:
        return None
    width, height = _pixels(attrs.get("width")), _pixels(attrs.get("height"))
    if not (width and height) and (style := attrs.get("style")):
        styled = {side.lower(): int(pixels) for side, pixels in _STYLED.findall(style[:500])}
        width, height = width or styled.get("width"), height or styled.get("height")
    return Image(address, before, element, attrs.get("alt", "").strip()[:500], width, height)


def _pixels(value: str | None) -> int | None:
    if not value:
        return None
    if value.isdecimal() and len(value) <= MAX_DIGITS:
        return int(value)
    found = _PIXELS.match(value)
    return int(found[1]) if found else None
