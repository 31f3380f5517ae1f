"""The kinds of elements that matter for taking a page apart."""

# Elements that begin and end a line of their own in a browser, or that stand apart from the text round them.
BLOCK = frozenset(
    """
    address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html iframe input legend li main menu nav
    noembed noframes noscript object ol optgroup option p pre search section select summary table tbody td textarea
    tfoot th thead tr ul video audio xmp plaintext listing marquee
    """.split()  # noqa: SIM905  # as a list literal it fills two screens
)
# Their text is no part of the page.
MUTE = frozenset(["script", "style", "template"])
BREAK = frozenset(["br", "hr"])
BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"])
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# A line feed in them is a break.
LINES = frozenset(["pre", "textarea", "xmp", "plaintext", "listing"])
# Never shown as text of the page, or only where scripts do not run.
UNSEEN = frozenset(["noscript", "noembed", "noframes", "textarea", "title", "option", "datalist"])
