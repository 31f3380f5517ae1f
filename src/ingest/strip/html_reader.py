"""Turns the parser's events into blocks in reading order; one pass, no tree, no recursion."""

from typing import NamedTuple

from ingest.model import Block, Element
from ingest.strip import hidden

# Elements that begin and end a line of their own in a browser, or that stand apart from the text round them.
_BLOCK = frozenset(
    "address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html iframe input legend li main menu nav "
    "noembed noframes noscript object ol optgroup option p pre search section select summary table tbody td textarea "
    "tfoot th thead tr ul video audio xmp plaintext listing marquee".split()
)
_MUTE = frozenset(["script", "style", "template"])
_BREAK = frozenset(["br", "hr", "wbr"])
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"])
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LINES = frozenset(["pre", "textarea", "xmp", "plaintext", "listing"])  # a line feed in them is a break
# Never shown, or only where scripts do not run.
_UNSEEN = {"noscript": "noscript", "noembed": "noembed", "noframes": "noframes", "textarea": "textarea", "title": "title",
           "option": "option", "datalist": "datalist"}  # fmt: skip

MAX_NAME = 120  # characters of an element's name kept; generated class lists run to thousands
MAX_PATH = 300  # characters of a block's path kept, the innermost elements'
MAX_DEPTH = 3_000  # open elements; the parser's work on odd nesting grows with the square of it
# A page of more blocks than this is no article; past it blocks are filled up, to bound what the later rooms hold.
MAX_BLOCKS = 40_000
FULL_BLOCK = 2_000
# A row of a data table: at least two cells of one short text each. Layout tables hold paragraphs.
MAX_CELL = 200


class TooDeepError(Exception):
    """More elements stand open than any page needs."""


class State(NamedTuple):
    """What holds for the text at hand."""

    element: int = -1
    link: bool = False
    strong: bool = False
    heading: int = 0
    lines: bool = False
    seen: hidden.Style = hidden.PLAIN  # inherited: visibility, font size, colour and ground
    gone: str = ""  # why the text is not shown
    list_item: bool = False


class Reader:
    """A parser target: ``start``, ``end``, ``data`` and ``close`` are called by the parser."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.elements: list[Element] = []
        self.metas: list[dict[str, str]] = []
        self.title: str | None = None
        self.language: str | None = None
        self.canonical: str | None = None
        self.scripts: list[tuple[dict[str, str], str]] = []
        self._rules: dict[str, str] = {}
        self._ruled: dict[tuple[str, str], hidden.Style] = {}
        self._state = State()
        self._stack: list[State] = []
        self._mute = 0
        self._muted: tuple[str, dict[str, str]] | None = None
        self._held: list[str] = []
        self._parts: list[str] = []
        self._linked = 0
        self._plain = False  # some of the text at hand is not bold
        self._inline = False  # the text at hand goes on in the line of the block before
        self._fresh_item = False
        self._rows: list[list[int]] = []  # of each open table row, the number of blocks at the start of each cell
        self._paths: dict[int, str] = {}
        self._titling = False
        self._after_link = False  # nothing stands between the text at hand and the link before it

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if self._mute:
            self._mute += 1
            return
        if tag in _MUTE:
            self._mute, self._muted = 1, (tag, dict(attrs))
            return
        state = self._state
        self._stack.append(state)
        if len(self._stack) > MAX_DEPTH:
            raise TooDeepError
        if tag in _BLOCK:
            self._flush()
            self._state = self._enter(tag, attrs, state)
        elif tag in _BREAK:
            if tag != "wbr":
                self._flush()
        elif attrs or tag in ("a", "b", "strong", "title"):
            self._start_inline(tag, attrs, state)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._mute:
            self._mute -= 1
            if not self._mute:
                self._end_muted()
            return
        state = self._stack.pop()
        if tag in _BLOCK:
            self._flush()
            if tag == "tr" and self._rows:
                self._end_row(self._rows.pop())
        elif state.gone != self._state.gone:
            self._flush(inline=True)
        if self._titling and tag == "title":
            self._end_title()
        self._after_link = tag == "a"
        self._state = state

    def data(self, data: str) -> None:
        """Text, perhaps in several pieces."""
        if self._mute:
            self._held.append(data)
            return
        if self._state.lines and "\n" in data:
            for number, line in enumerate(data.split("\n")):
                if number:
                    self._flush()
                self._add(line)
            return
        self._add(data)

    def close(self) -> "Reader":
        """The page ends."""
        self._flush()
        return self

    def _add(self, data: str) -> None:
        self._parts.append(data)
        if data.isspace():
            return
        self._after_link = False
        state = self._state
        if state.link:
            self._linked += len("".join(data.split()))
        if not state.strong:
            self._plain = True

    def _start_inline(self, tag: str, attrs: dict[str, str], state: State) -> None:
        if tag in ("meta", "link"):
            self._head(tag, attrs)
            return
        self._titling = self._titling or (tag == "title" and self.title is None)
        if self._titling:
            self._flush()
        inner = self._look(tag, attrs, state)
        if inner.gone != state.gone:
            self._flush(inline=True)
        if tag == "a" and self._after_link:
            self._parts.append(" ")  # two links side by side are two words: <a>甲县</a><a>乙县</a>
        if tag == "a" and not inner.link:
            inner = State(
                inner.element, True, inner.strong, inner.heading, inner.lines, inner.seen, inner.gone, inner.list_item
            )
        self._state = inner

    def _head(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "meta":
            self.metas.append(dict(attrs))
        elif attrs.get("rel", "").lower() == "canonical" and not self.canonical:
            self.canonical = attrs.get("href")

    def _enter(self, tag: str, attrs: dict[str, str], state: State) -> State:
        """The state within a block-level element."""
        number = state.element
        if len(self.elements) < MAX_BLOCKS * 2:
            number = len(self.elements)
            self.elements.append(Element(name=_name(tag, attrs) if attrs else tag, parent=state.element))
        if tag == "html":
            self.language = self.language or attrs.get("lang") or attrs.get("xml:lang")
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(len(self.blocks))
        elif tag == "li":
            self._fresh_item = True
        inner = self._look(tag, attrs, state) if attrs or tag in _UNSEEN or tag in _BOLD else state
        return State(
            number,
            inner.link,
            inner.strong,
            _HEADINGS.get(tag, state.heading),
            state.lines or tag in _LINES,
            inner.seen,
            inner.gone,
            (state.list_item or tag == "li") and tag != "td",
        )

    def _look(self, tag: str, attrs: dict[str, str], state: State) -> State:
        """The state within an element, by how its attributes make it look."""
        style = self._style(attrs) if attrs else hidden.PLAIN
        strong = state.strong or style.bold or tag in _BOLD
        if style is hidden.PLAIN and tag not in _UNSEEN and "hidden" not in attrs and "aria-hidden" not in attrs:
            if strong == state.strong:
                return state
            return State(state.element, state.link, True, state.heading, state.lines, state.seen, state.gone, state.list_item)
        seen = state.seen
        seen = hidden.Style(
            invisible=seen.invisible if style.invisible is None else style.invisible,
            tiny=seen.tiny if style.tiny is None else style.tiny,
            colour=style.colour or seen.colour,
            ground=None if style.painted and not style.ground else style.ground or seen.ground,
        )
        return state._replace(strong=strong, seen=seen, gone=_gone(tag, attrs, style, seen, state))

    def _style(self, attrs: dict[str, str]) -> hidden.Style:
        own = hidden.read_style(text) if (text := attrs.get("style")) else hidden.PLAIN
        if "color" in attrs or "bgcolor" in attrs:
            own = own._replace(
                colour=own.colour or hidden.read_colour(attrs.get("color", "")),
                ground=own.ground or hidden.read_colour(attrs.get("bgcolor", "")),
            )
        if not self._rules:
            return own
        place = attrs.get("class", "")[:MAX_NAME], attrs.get("id", "")[:MAX_NAME]
        ruled = self._ruled.get(place)
        if ruled is None:
            names = ["." + name for name in place[0].split()] + ["#" + place[1]]
            ruled = hidden.merge([hidden.read_style(self._rules[name]) for name in names if name in self._rules])
            self._ruled[place] = ruled = hidden.PLAIN if ruled == hidden.PLAIN else ruled
        if ruled is hidden.PLAIN:
            return own
        return ruled if own is hidden.PLAIN else hidden.merge([ruled], own)

    def _end_muted(self) -> None:
        text = "".join(self._held)
        self._held.clear()
        tag, attrs = self._muted or ("", {})
        if tag == "style":
            self._rules.update(hidden.read_sheet(text))
            self._ruled.clear()
        elif tag == "script" and text:
            self.scripts.append((attrs, text))

    def _end_title(self) -> None:
        self.title = " ".join("".join(self._parts).split()) or None
        self._titling = False
        self._reset()

    def _reset(self) -> None:
        self._parts.clear()
        self._linked, self._plain = 0, False

    def _flush(self, *, inline: bool = False) -> None:
        """Make a block of the text at hand. ``inline``: what follows goes on in the same line."""
        if self._titling or (not self._parts and not self._inline):
            return
        if len(self.blocks) >= MAX_BLOCKS and sum(map(len, self._parts)) < FULL_BLOCK and not inline:
            self._parts.append("\n")
            return
        text = " ".join("".join(self._parts).split())
        if text:
            self._emit(text)
        self._inline = inline and (bool(text) or self._inline)
        self._reset()

    def _emit(self, text: str) -> None:
        state = self._state
        size = len(text) - text.count(" ")
        self.blocks.append(
            Block(
                index=len(self.blocks),
                text=text,
                original=text,
                path=self._path(state.element),
                links=min(1.0, self._linked / size) if size else 0.0,
                hidden=bool(state.gone),
                reason=state.gone,
                bullet=state.list_item and self._fresh_item,
                heading=state.heading,
                strong=not self._plain,
                inline=self._inline,
                element=state.element,
            )
        )
        self._fresh_item = False

    def _path(self, element: int) -> str:
        paths, elements = self._paths, self.elements
        missing = []
        at = element
        while at >= 0 and at not in paths:
            missing.append(at)
            at = elements[at].parent
        path = paths.get(at, "")
        for at in reversed(missing):
            path = f"{path}/{elements[at].name}" if path else elements[at].name
            if len(path) > MAX_PATH:
                path = "…" + path[-MAX_PATH:]
            paths[at] = path
        return path

    def _end_row(self, cells: list[int]) -> None:
        """Make one block of a data table's row, its cells kept apart by tabs; leave a layout table's cells alone."""
        if len(cells) < 2:
            return
        blocks = self.blocks[cells[0] :]
        counts = [end - start for start, end in zip(cells, [*cells[1:], len(self.blocks)], strict=True)]
        if max(counts) > 1 or len(blocks) < 2 or any(_is_no_cell(block) for block in blocks):
            return
        texts = iter(blocks)
        row = blocks[0]
        row.original = row.text = "\t".join(next(texts).original if count else "" for count in counts)
        row.element = self._state.element
        row.path = self._path(row.element)
        row.strong = all(block.strong for block in blocks)
        del self.blocks[cells[0] + 1 :]


def _is_no_cell(block: Block) -> bool:
    return block.hidden or block.links > 0.5 or len(block.original) > MAX_CELL or block.inline


def _name(tag: str, attrs: dict[str, str]) -> str:
    name = tag
    if identity := attrs.get("id"):
        name += "#" + identity[:MAX_NAME].strip()
    if classes := attrs.get("class"):
        name += "." + ".".join(classes[:MAX_NAME].split())
    return name[:MAX_NAME]


def _gone(tag: str, attrs: dict[str, str], style: hidden.Style, seen: hidden.Style, outer: State) -> str:
    """Why the text in an element is not shown; empty when it is. What an outer element hides for good stays hidden."""
    if outer.gone and outer.gone not in _RESTORABLE:
        return outer.gone
    if style.gone:
        return style.gone
    if tag in _UNSEEN:
        return _UNSEEN[tag]
    if "hidden" in attrs and attrs["hidden"] != "false":
        return "hidden attribute"
    if attrs.get("aria-hidden") == "true":
        return "aria-hidden"
    if seen.invisible:
        return "visibility:hidden"
    if seen.tiny:
        return "font-size:0"
    return "colour of the ground" if hidden.same_colour(seen.colour, seen.ground) else ""


_RESTORABLE = frozenset(["visibility:hidden", "font-size:0", "colour of the ground"])
