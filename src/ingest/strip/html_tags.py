"""The kinds of elements that matter for taking a page apart."""

from typing import Final

# What an element does to the text round it and in it; an element of no kind flows with its line. Plain numbers: they
# are looked at for every tag.
BLOCK: Final = 1  # begins and ends a line of its own, or stands apart from the text round it
MUTE: Final = 2  # its text is no part of the page
BREAK: Final = 3
HEAD: Final = 4
LINK: Final = 5
TITLE: Final = 6
VOID: Final = 7  # holds nothing and breaks nothing

_BLOCK = """
    address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html iframe input legend li main menu nav
    noembed noframes noscript object ol optgroup option p pre search section select summary table tbody td textarea
    tfoot th thead tr ul video audio xmp plaintext listing marquee template
"""
KINDS: dict[str, int] = dict.fromkeys(_BLOCK.split(), BLOCK)
KINDS |= dict.fromkeys(["script", "style"], MUTE)
KINDS |= {"br": BREAK, "hr": BREAK, "meta": HEAD, "link": HEAD, "base": HEAD, "a": LINK, "title": TITLE, "img": VOID}

BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"])
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# A line feed in them is a break.
LINES = frozenset(["pre", "textarea", "xmp", "plaintext", "listing"])
# Never shown as text of the page, or only where scripts do not run, or only where one does (a template).
UNSEEN = frozenset(["noscript", "noembed", "noframes", "textarea", "title", "option", "datalist", "template"])
