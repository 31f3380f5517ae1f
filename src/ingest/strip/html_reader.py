"""Turns the parser's events into blocks in reading order; one pass, no tree, no recursion."""

from ingest.model import Block, Element
from ingest.strip.html_look import MAX_NAME, Looks, State
from ingest.strip.html_rows import merge_row
from ingest.strip.html_tags import BLOCK, BREAK, MUTE

MAX_PATH = 300  # characters of a block's path kept, the innermost elements'
MAX_DEPTH = 3_000  # open elements; the parser's work on odd nesting grows with the square of it
# A page of more blocks than this is no article; past it blocks are filled up, to bound what the later rooms hold.
MAX_BLOCKS = 40_000
MAX_ELEMENTS = 2 * MAX_BLOCKS
FULL_BLOCK = 500  # pieces of text
_NOTED = frozenset(["html", "tr", "td", "th", "li"])


class TooDeepError(Exception):
    """More elements stand open than any page needs."""


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
        self._looks = Looks()
        self._state = State()
        self._states: list[State] = []  # of the open elements, each as it was before the element
        self._at = -1  # the innermost open block-level element
        self._above: list[int] = []  # of the open block-level elements, each as it was before
        self._mute = 0  # how deep within a script or the like
        self._muted: tuple[str, dict[str, str]] = ("", {})
        self._held: list[str] = []
        self._parts: list[str] = []
        self._linked = 0  # characters of the text at hand that stand in links
        self._plain = False  # some of the text at hand is not bold
        self._inline = False  # the text at hand goes on in the line of the block before
        self._after_link = False  # nothing stands between the text at hand and the link before it
        self._fresh_item = False  # a list item has begun and has no block yet
        self._titling = False  # within the page's <title>
        self._rows: list[list[int]] = []  # of each open table row, the number of blocks at the start of each cell
        self._paths: dict[int, str] = {}
        self._names: dict[tuple[str, str | None, str | None], str] = {}

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if self._mute:
            self._mute += 1
            return
        if tag in MUTE:
            self._mute, self._muted = 1, (tag, dict(attrs))
            return
        state = self._state
        self._states.append(state)
        if tag in BLOCK:
            if self._parts or self._inline:
                self._flush()
            self._open(tag, attrs)
            self._state = self._looks.within(tag, attrs, state)
        elif tag in BREAK:
            self._flush()
        elif tag in ("meta", "link"):
            self._head(tag, attrs)
        elif attrs or tag in ("a", "b", "strong", "title"):
            self._start_inline(tag, attrs, state)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._mute:
            self._mute -= 1
            if not self._mute:
                self._end_muted()
            return
        state = self._states.pop()
        if tag in BLOCK:
            if self._parts or self._inline:
                self._flush()
            if tag == "tr" and self._rows:
                merge_row(self.blocks, self._rows.pop(), self._at, self._path(self._at))
            self._at = self._above.pop()
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
        elif data.isspace() and not self._state.lines:
            if self._parts:
                self._parts.append(data)
        elif self._state.lines and "\n" in data:
            for number, line in enumerate(data.split("\n")):
                if number:
                    self._flush()
                if line.strip():
                    self._add(line)
        else:
            self._add(data)

    def close(self) -> "Reader":
        """The page ends."""
        self._flush()
        return self

    def _add(self, data: str) -> None:
        self._parts.append(data)
        self._after_link = False
        state = self._state
        if state.link:
            self._linked += len("".join(data.split()))
        if not state.strong:
            self._plain = True

    def _open(self, tag: str, attrs: dict[str, str]) -> None:
        """A block-level element begins."""
        self._above.append(self._at)
        if len(self._states) > MAX_DEPTH:
            raise TooDeepError
        if len(self.elements) < MAX_ELEMENTS:
            self.elements.append(Element(self._name(tag, attrs) if attrs else tag, self._at))
            self._at = len(self.elements) - 1
        if tag in _NOTED:
            self._note(tag, attrs)

    def _note(self, tag: str, attrs: dict[str, str]) -> None:
        """Remember where rows, cells and items begin, and the page's language."""
        if tag == "tr":
            self._rows.append([])
        elif tag == "li":
            self._fresh_item = True
        elif tag == "html":
            self.language = self.language or attrs.get("lang") or attrs.get("xml:lang")
        elif self._rows:
            self._rows[-1].append(len(self.blocks))

    def _start_inline(self, tag: str, attrs: dict[str, str], state: State) -> None:
        if len(self._states) > MAX_DEPTH:
            raise TooDeepError
        if tag == "title" and self.title is None:
            self._flush()
            self._titling = True
        inner = self._looks.within(tag, attrs, state)
        if inner is state:
            return
        if inner.gone != state.gone:
            self._flush(inline=True)
        if self._after_link and tag == "a":
            self._parts.append(" ")  # two links side by side are two words: <a>甲县</a><a>乙县</a>
        self._state = inner

    def _head(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "meta":
            self.metas.append(dict(attrs))
        elif attrs.get("rel", "").lower() == "canonical" and not self.canonical:
            self.canonical = attrs.get("href")

    def _end_muted(self) -> None:
        text = "".join(self._held)
        self._held.clear()
        tag, attrs = self._muted
        if tag == "style":
            self._looks.add_sheet(text)
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
        if len(self.blocks) >= MAX_BLOCKS and len(self._parts) < FULL_BLOCK and not inline:
            if self._parts and self._parts[-1] != "\n":
                self._parts.append("\n")
            return
        text = " ".join("".join(self._parts).split())
        if text:
            self._emit(text)
        self._inline = inline and (bool(text) or self._inline)
        self._reset()

    def _emit(self, text: str) -> None:
        state = self._state
        self.blocks.append(
            Block(
                index=len(self.blocks),
                text=text,
                original=text,
                path=self._path(self._at),
                links=min(1.0, self._linked / (len(text) - text.count(" "))) if self._linked else 0.0,
                hidden=bool(state.gone),
                reason=state.gone,
                bullet=state.list_item and self._fresh_item,
                heading=state.heading,
                strong=not self._plain,
                inline=self._inline,
                element=self._at,
            )
        )
        self._fresh_item = False

    def _name(self, tag: str, attrs: dict[str, str]) -> str:
        """An element's name with its id and classes, bounded: ``div#main.article``."""
        key = tag, attrs.get("id"), attrs.get("class")
        name = self._names.get(key)
        if name is None:
            name = tag
            if key[1]:
                name += "#" + key[1][:MAX_NAME].strip()
            if key[2]:
                name += "." + ".".join(key[2][:MAX_NAME].split())
            name = self._names[key] = name[:MAX_NAME]
        return name

    def _path(self, element: int) -> str:
        """An element's place in the page; each element's is made once."""
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
