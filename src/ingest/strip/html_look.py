"""How the text within an element looks: in a link, bold, a heading, and whether and why it is not shown."""

from dataclasses import dataclass
from functools import lru_cache

from ingest.strip import hidden
from ingest.strip.html_elements import Nesting, element_name
from ingest.strip.html_placed import MOST_ABOVE, Placed, answer
from ingest.strip.html_sheets import Sheets, listed, names_of
from ingest.strip.html_tags import BOLD, EMPTY, FLOWING, HEADINGS, KINDS, LINES, UNSEEN

# Ways of hiding that an element within may undo.
_RESTORABLE = frozenset(["visibility:hidden", "font-size:0", "colour of the ground"])
# Attributes that say how text looks, besides the style; class and id say it through a sheet.
_OLD = frozenset(["color", "bgcolor", "hidden", "aria-hidden"])
TELLING = _OLD | {"style"}
_SOMETIMES = frozenset(["marquee", "dialog"])  # shown or not, as their attributes say
_TAGS = frozenset([*BOLD, *UNSEEN, *LINES, *_SOMETIMES])
_SPECK = 10  # pixels; spammers hide links in a marquee of 1 by 1 or 8 by 5
MAX_KNOWN = 10_000  # kinds of elements remembered; a page with more gives each an id of its own
# How many elements are asked where they stand, those of a kind in one place counted once; pages ask for up to 40. It
# bounds the work on a page that is made to choke a reader.
MOST_ASKED = 20_000

Key = tuple[str, str | None, str | None]  # an element's tag, classes and id
# What an element does to its text (`html_tags`), its name with its id and classes, its style by the page's sheets, and
# how many attributes it has when it says nothing of looks: those of its key. -1 where its tag or a sheet does say it.
Known = tuple[int, str, hidden.Style, int]


@dataclass(eq=False, slots=True)
class State:
    """What holds for the text at hand. Compared by identity: states are asked for at every tag."""

    strong: bool = False
    heading: int = 0
    lines: bool = False  # a line feed is a break
    seen: hidden.Style = hidden.PLAIN  # inherited: visibility, font size, colour and ground
    gone: str = ""  # why the text is not shown


PLAIN = State()  # of text of which nothing is said; one for all pages, so that what holds in it is known


class Looks:
    """Reads looks from attributes and from the page's own style sheets, which it is given as they come."""

    def __init__(self, elements: Nesting) -> None:
        self._elements = elements
        self._sheets = Sheets()
        self.known: dict[Key, Known] = {}  # most elements of a page are like one before them
        self._placed: dict[Key, tuple[Placed, ...]] = {}  # rules that ask where such an element stands
        self._answers: dict[tuple[int, Key], hidden.Style] = {}  # to them, by the element that it stands in
        self._asked = 0  # how often they were asked

    def add_sheet(self, css: str) -> None:
        """Take in a style sheet; it holds for the elements that follow."""
        if self._sheets.add(css):
            self._forget()

    def _forget(self) -> None:
        self.known.clear()
        self._placed.clear()
        self._answers.clear()

    def learn(self, key: Key) -> Known:
        """What an element's tag, classes and id say, kept in ``known``."""
        tag, classes, identity = key
        if len(self.known) >= MAX_KNOWN:
            self._forget()
        kind = KINDS.get(tag, FLOWING)
        if kind >= EMPTY:
            return self.known.setdefault(key, (kind, "", hidden.PLAIN, 0))
        name, ruled, dull = tag, hidden.PLAIN, tag not in _TAGS
        if classes or identity:
            names = listed(classes)
            name = element_name(tag, names if classes else None, identity)
            ruled, rules = self._sheets.ask(names, identity)
            if rules:
                self._placed[key] = rules
            dull = dull and ruled is hidden.PLAIN and not rules
        own = (classes is not None) + (identity is not None) if dull else -1
        known = self.known[key] = (kind, name, ruled, own)
        return known

    def _by_place(self, key: Key, ruled: hidden.Style) -> hidden.Style:
        """``ruled`` with what the sheets say of an element for where it stands."""
        at = self._elements.at
        if (at, key) in self._answers:
            return self._answers[at, key]
        self._asked += 1
        if self._asked > MOST_ASKED:
            return ruled
        tag, classes, identity = key
        own = tag, frozenset(names_of(listed(classes), identity))
        shown, hides = answer(self._placed[key], own, self._elements.above(MOST_ABOVE))
        if shown:
            ruled = ruled._replace(gone="") if ruled.gone == "display:none" else ruled
        elif hides:
            ruled = hidden.merge([ruled], hidden.read_style(hides))
        self._answers[at, key] = ruled
        return ruled

    def within(self, tag: str, attrs: dict[str, str], ruled: hidden.Style, state: State) -> State:
        """The state within an element that says something of looks, by itself or in its attributes.

        ``ruled`` is what the style sheets say of it. The very state round it where nothing changes the look.
        """
        if self._placed and (place := (tag, attrs.get("class"), attrs.get("id"))) in self._placed:
            ruled = self._by_place(place, ruled)
        if ruled is not hidden.PLAIN or tag in _SOMETIMES or not _OLD.isdisjoint(attrs):
            return _inner(tag, attrs, ruled, state)
        style = attrs.get("style")
        return _within_styled(tag, style[: hidden.MAX_STYLE] if style else None, state)


@lru_cache(maxsize=MAX_KNOWN)
def _within_styled(tag: str, style: str | None, state: State) -> State:
    """The state within an element of which nothing but its tag and its style says how it looks, as that of most."""
    return _inner(tag, {"style": style} if style else {}, hidden.PLAIN, state)


def _inner(tag: str, attrs: dict[str, str], ruled: hidden.Style, state: State) -> State:
    """The state within an element of which ``ruled`` is all that the style sheets say."""
    style = ruled if TELLING.isdisjoint(attrs) else _styled(attrs, ruled)
    seen, gone = state.seen, state.gone
    if style is not hidden.PLAIN:
        seen = hidden.within(style, seen)
        gone = _gone(tag, attrs, style, seen, gone)
    elif tag in UNSEEN or tag in _SOMETIMES or "hidden" in attrs or "aria-hidden" in attrs:
        gone = _gone(tag, attrs, style, seen, gone)
    elif tag not in _TAGS:
        return state
    strong, heading = state.strong or style.bold or tag in BOLD, HEADINGS.get(tag, state.heading)
    lines = state.lines or tag in LINES
    if (strong, heading, lines, seen, gone) == (state.strong, state.heading, state.lines, state.seen, state.gone):
        return state
    return State(strong, heading, lines, seen, gone)


def _styled(attrs: dict[str, str], ruled: hidden.Style) -> hidden.Style:
    """The style of an element with telling attributes, of which ``ruled`` is what the style sheets say."""
    own = hidden.read_style(text) if (text := attrs.get("style")) else hidden.PLAIN
    if "color" in attrs or "bgcolor" in attrs:
        own = own._replace(
            colour=own.colour or hidden.read_colour(attrs.get("color", "")),
            ground=own.ground or hidden.read_colour(attrs.get("bgcolor", "")),
        )
    if ruled is hidden.PLAIN:
        return own
    return ruled if own is hidden.PLAIN else hidden.merge([ruled], own)


def _gone(tag: str, attrs: dict[str, str], style: hidden.Style, seen: hidden.Style, outer: str) -> str:
    """Why the text in an element is not shown; empty when it is. What an outer element hides for good stays hidden."""
    if outer and outer not in _RESTORABLE:
        return outer
    if style.gone or tag in UNSEEN:
        return style.gone or tag
    if "hidden" in attrs and attrs["hidden"] != "false":
        return "hidden attribute"
    if attrs.get("aria-hidden") == "true":
        return "aria-hidden"
    if tag in _SOMETIMES and _is_closed(tag, attrs):
        return f"a {tag} that shows nothing"
    return hidden.unseen(seen)


def _is_closed(tag: str, attrs: dict[str, str]) -> bool:
    """Whether a dialogue is not open, or a marquee is too small to see."""
    if tag == "dialog":
        return "open" not in attrs
    return any((said := attrs.get(side, "")).isdigit() and int(said) < _SPECK for side in ("width", "height"))
