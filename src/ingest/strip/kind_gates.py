"""Pages that keep a reader out: checks of browsers, errors, logins, redirections. They say so at once, in few words."""

import re
from functools import cache

from ingest.model import PageKind
from ingest.strip.kind_signs import Signs, listed

# In this order: a check of browsers speaks of errors and logins too.
GATES = (PageKind.CHALLENGE, PageKind.LOGIN, PageKind.ERROR, PageKind.SHELL)
# So many different words of a form on lines of their own, and no more text than this, are a form.
FORM, FORM_TEXT = 3, 60
# A page that shows less than this shows nothing: a word that it loads, a name.
NOTHING = 30
HEADLINE = 8  # characters; what is shorter may be the site's word: 提示信息
_ADDRESS = re.compile(r"[您你]|请|抱歉|对不起|敬请|sorry|please|you", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[_|｜丨:：,，。!！;；]|\s[-–—]\s?|[-–—]\s|-(?=[\u4e00-\u9fff])|(?:\.{3}|…)+)\s*")
_FRAMES = ("frameset", "frame")


@cache
def _found(kind: PageKind, manner: str) -> frozenset[str]:
    return frozenset(phrase.casefold() for phrase in listed(kind.value, manner))


def gate(signs: Signs, *, titled: bool) -> tuple[PageKind, str] | None:
    """The kind of a page that keeps its reader out, and why; None for any other.

    ``titled``: the page says so much that only its title may tell.
    """
    if signs.reports:
        return None
    if titled:
        return next((found for kind in GATES if (found := _by_title(signs, kind, sure=True))), None)
    for rule in (_by_script, _by_all_titles, _by_words, _by_form, _by_nothing):
        if found := rule(signs):
            return found
    return None


def _by_script(signs: Signs) -> tuple[PageKind, str] | None:
    if len(signs.text) >= FORM_TEXT or signs.dated:
        return None
    for script in signs.scripts:
        said = next((p for p in sorted(listed("challenge", "script")) if p in script), "")
        if said:
            return PageKind.CHALLENGE, f"its script checks the browser: {said}"
    return None


def _by_all_titles(signs: Signs) -> tuple[PageKind, str] | None:
    return next((found for kind in GATES if (found := _by_title(signs, kind, sure=False))), None)


def _by_title(signs: Signs, kind: PageKind, *, sure: bool) -> tuple[PageKind, str] | None:
    """A title, or a part of one, is what such pages are called. ``sure``: the head's title alone."""
    if signs.dated:
        return None
    for title in signs.titles[:1] if sure else signs.titles:
        folded = title.casefold().strip()
        first = _PARTS.split(folded)[0].strip()
        if folded in _found(kind, "title") or first in _found(kind, "title"):
            return kind, f"its title is {title[:40]}"
    return None


def _by_words(signs: Signs) -> tuple[PageKind, str] | None:
    """Phrases at the head of the text, or, where there is no text, of all the page shows."""
    headline = any(len(t) >= HEADLINE for t in signs.titles[1:])
    lead = f"{' '.join(signs.titles)} {signs.lead or signs.shown}".casefold()
    addressed = _ADDRESS.search(lead) is not None
    for kind in GATES:
        said = _first(lead, _found(kind, "says"))
        if said and (addressed or not (headline and signs.dated)):
            return kind, f"it says {said}"
    for kind in GATES:
        said = _first(lead, _found(kind, "topic"))
        if said and addressed and not signs.dated:
            return kind, f"it says {said}, and speaks to its reader"
    return None


def _first(text: str, found: frozenset[str]) -> str:
    """The first of some phrases in a text; the longest where several begin there."""
    return min((p for p in found if p in text), key=lambda p: (text.index(p), -len(p)), default="")


def _by_form(signs: Signs) -> tuple[PageKind, str] | None:
    count = signs.count(listed("login", "form"))
    if count >= FORM and len(signs.text) < FORM_TEXT:
        return PageKind.LOGIN, f"{count} words of a login form, and no text"
    return None


def _by_nothing(signs: Signs) -> tuple[PageKind, str] | None:
    """Scripts or frames, and nothing to read."""
    shown = sum(map(len, signs.lines))
    if shown >= NOTHING or not signs.markup:
        return None
    if any(name.startswith(_FRAMES) for name in signs.names):
        return PageKind.SHELL, "frames, and nothing to read beside them"
    if "refresh" in signs.properties:
        return PageKind.SHELL, "it sends its reader on"
    return PageKind.SHELL, f"{len(signs.scripts)} scripts, and {shown} characters to read"
