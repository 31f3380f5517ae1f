"""How the text within an element looks: in a link, bold, a heading, and whether and why it is not shown."""

from typing import NamedTuple

from ingest.strip import hidden
from ingest.strip.html_elements import MAX_NAME
from ingest.strip.html_tags import BOLD, HEADINGS, LINES, UNSEEN

# Ways of hiding that an element within may undo.
_RESTORABLE = frozenset(["visibility:hidden", "font-size:0", "colour of the ground"])
_ATTRIBUTES = frozenset(["style", "color", "bgcolor", "hidden", "aria-hidden"])
_TAGS = frozenset([*BOLD, *UNSEEN, *LINES])


class State(NamedTuple):
    """What holds for the text at hand."""

    strong: bool = False
    heading: int = 0
    lines: bool = False  # a line feed is a break
    seen: hidden.Style = hidden.PLAIN  # inherited: visibility, font size, colour and ground
    gone: str = ""  # why the text is not shown


class Looks:
    """Reads looks from attributes and from the page's own style sheets, which it is given as they come."""

    def __init__(self) -> None:
        self._rules: dict[str, str] = {}
        self._telling = _ATTRIBUTES  # attributes that say how text looks; class and id once a sheet has come
        self._ruled: dict[tuple[str | None, str | None], hidden.Style] = {}

    def add_sheet(self, css: str) -> None:
        """Take in a style sheet; it holds for the elements that follow."""
        self._rules.update(hidden.read_sheet(css))
        self._telling = _ATTRIBUTES | {"class", "id"} if self._rules else _ATTRIBUTES
        self._ruled.clear()

    def within(self, tag: str, attrs: dict[str, str], state: State) -> State:
        """The state within an element; the very state round it where neither tag nor attributes change the look."""
        dull = self._telling.isdisjoint(attrs)
        if dull and tag not in _TAGS:
            return state
        style = hidden.PLAIN if dull else self._style(attrs)
        strong, heading, lines, seen, gone = state
        if style is not hidden.PLAIN or tag in UNSEEN or "hidden" in attrs or "aria-hidden" in attrs:
            seen = hidden.Style(
                invisible=seen.invisible if style.invisible is None else style.invisible,
                tiny=seen.tiny if style.tiny is None else style.tiny,
                colour=style.colour or seen.colour,
                ground=None if style.painted and not style.ground else style.ground or seen.ground,
            )
            gone = _gone(tag, attrs, style, seen, gone)
        elif tag not in _TAGS:
            return state
        return State(
            strong or style.bold or tag in BOLD,
            HEADINGS.get(tag, heading),
            lines or tag in LINES,
            seen,
            gone,
        )

    def _style(self, attrs: dict[str, str]) -> hidden.Style:
        own = hidden.read_style(text) if (text := attrs.get("style")) else hidden.PLAIN
        if "color" in attrs or "bgcolor" in attrs:
            own = own._replace(
                colour=own.colour or hidden.read_colour(attrs.get("color", "")),
                ground=own.ground or hidden.read_colour(attrs.get("bgcolor", "")),
            )
        if not self._rules:
            return own
        place = attrs.get("class"), attrs.get("id")
        ruled = self._ruled.get(place)
        if ruled is None:
            ruled = self._ruled[place] = self._by_name(place[0] or "", place[1] or "")
        if ruled is hidden.PLAIN:
            return own
        return ruled if own is hidden.PLAIN else hidden.merge([ruled], own)

    def _by_name(self, classes: str, identity: str) -> hidden.Style:
        """What the style sheets say of an element with these classes and this id."""
        names = [*("." + name for name in classes[:MAX_NAME].split()), "#" + identity[:MAX_NAME]]
        styles = [hidden.read_style(self._rules[name]) for name in names if name in self._rules]
        ruled = hidden.merge(styles) if styles else hidden.PLAIN
        return hidden.PLAIN if ruled == hidden.PLAIN else ruled


def _gone(tag: str, attrs: dict[str, str], style: hidden.Style, seen: hidden.Style, outer: str) -> str:
    """Why the text in an element is not shown; empty when it is. What an outer element hides for good stays hidden."""
    reasons = (
        (outer, outer and outer not in _RESTORABLE),
        (style.gone, style.gone),
        (tag, tag in UNSEEN),
        ("hidden attribute", "hidden" in attrs and attrs["hidden"] != "false"),
        ("aria-hidden", attrs.get("aria-hidden") == "true"),
        ("visibility:hidden", seen.invisible),
        ("font-size:0", seen.tiny),
        ("colour of the ground", hidden.same_colour(seen.colour, seen.ground)),
    )
    return next((reason for reason, holds in reasons if holds), "")
