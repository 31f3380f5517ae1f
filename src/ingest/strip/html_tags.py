"""The kinds of elements that matter for taking a page apart."""

from typing import Final

# What an element does to the text round it and in it. Plain numbers, in an order that parts elements with text of the
# page from those without: they are looked at for every tag.
FLOWING: Final = 0  # flows with its line
BLOCK: Final = 1  # begins and ends a line of its own, or stands apart from the text round it
NOTED: Final = 2  # a block whose place is remembered: a row, a cell, an item of a list
LINK: Final = 3
TITLE: Final = 4
# From here on: elements without text of the page.
EMPTY: Final = 5  # holds nothing and breaks nothing
MUTE: Final = 6  # its text is no part of the page
BREAK: Final = 7
HEAD: Final = 8

_BLOCK = """
    address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup iframe input legend main menu nav
    noembed noframes noscript object ol optgroup option p pre search section select summary table tbody textarea
    tfoot thead ul video audio xmp plaintext listing marquee template
"""
KINDS: dict[str, int] = dict.fromkeys(_BLOCK.split(), BLOCK)
KINDS |= dict.fromkeys(["html", "tr", "td", "th", "li"], NOTED)
KINDS |= dict.fromkeys(["script", "style"], MUTE)
KINDS |= {"br": BREAK, "hr": BREAK, "meta": HEAD, "link": HEAD, "base": HEAD, "a": LINK, "title": TITLE, "img": EMPTY}

BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"])
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# A line feed in them is a break.
LINES = frozenset(["pre", "textarea", "xmp", "plaintext", "listing"])
# Never shown as text of the page, or only where scripts do not run, or only where one does (a template).
UNSEEN = frozenset(["noscript", "noembed", "noframes", "textarea", "title", "option", "datalist", "template"])


def is_block(tag: str) -> bool:
    """Whether an element begins and ends a line of its own."""
    return KINDS.get(tag) in {BLOCK, NOTED}
