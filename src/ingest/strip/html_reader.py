"""Turns the parser's events into blocks in reading order; one pass, no tree, no recursion."""

from ingest.model import Block
from ingest.strip.html_elements import Elements
from ingest.strip.html_look import Looks, State
from ingest.strip.html_rows import merge_row
from ingest.strip.html_tags import BLOCK, BREAK, HEAD, KINDS, LINK, MUTE

MAX_DEPTH = 3_000  # open elements; the parser's work on odd nesting grows with the square of it
# A page of more blocks than this is no article; past it blocks are filled up, to bound what the later rooms hold.
MAX_BLOCKS = 40_000
MAX_ELEMENTS = 2 * MAX_BLOCKS
FULL_BLOCK = 500  # pieces of text
_NEXT = frozenset(["下一页", "下页", "下一頁", "下一页>", "下一页>>", "下一页»", "[下一页]"])
_NOTED = frozenset(["html", "tr", "td", "th", "li"])


class TooDeepError(Exception):
    """More elements stand open than any page needs."""


class Reader:
    """A parser target: ``start``, ``end``, ``data`` and ``close`` are called by the parser."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.elements = Elements(MAX_ELEMENTS)
        self.metas: list[dict[str, str]] = []
        self.title: str | None = None
        self.language: str | None = None
        self.canonical: str | None = None
        self.next_page: str | None = None
        self.scripts: list[tuple[dict[str, str], str]] = []
        self._looks = Looks()
        self._state = State()
        self._states: list[State] = []  # of the open elements, each as it was before the element
        self._mute = 0  # how deep within a script or the like
        self._muted: tuple[str, dict[str, str]] = ("", {})
        self._held: list[str] = []
        self._parts: list[str] = []
        self._links = 0  # open links
        self._linked = 0  # characters of the text at hand that stand in links
        self._plain = False  # some of the text at hand is not bold
        self._inline = False  # the text at hand goes on in the line of the block before
        self._href = ""  # of the link at hand or the one before
        self._after_link = False  # nothing stands between the text at hand and the link before it
        self._fresh_item = False  # a list item has begun and has no block yet
        self._titling = False  # within the page's <title>
        self._rows: list[list[int]] = []  # of each open table row, the number of blocks at the start of each cell

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if self._mute:
            self._mute += 1
            return
        kind = KINDS.get(tag)
        if kind == MUTE:
            self._mute, self._muted = 1, (tag, dict(attrs))
            return
        self._states.append(self._state)
        if len(self._states) > MAX_DEPTH:
            raise TooDeepError
        if kind == BLOCK:
            if self._parts or self._inline:
                self._flush()
            self.elements.open(tag, attrs)
            if tag in _NOTED:
                self._note(tag, attrs)
            self._state = self._looks.within(tag, attrs, self._state)
        elif kind == BREAK:
            self._flush()
        elif kind == HEAD:
            self._head(tag, attrs)
        else:
            self._start_inline(tag, attrs)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._mute:
            self._mute -= 1
            if not self._mute:
                self._end_muted()
            return
        state = self._states.pop()
        kind = KINDS.get(tag)
        if kind == BLOCK:
            if self._parts or self._inline:
                self._flush()
            if tag in _NOTED:
                self._end_noted(tag)
            self.elements.close()
        elif state.gone != self._state.gone:
            self._flush(inline=True)
        if self._titling and tag == "title":
            self._end_title()
        self._after_link = kind == LINK
        if kind == LINK:
            self._end_link()
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
        if self._links:
            self._linked += len("".join(data.split()))
        if not self._state.strong:
            self._plain = True

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

    def _end_noted(self, tag: str) -> None:
        """A row is whole, or an item."""
        if tag == "li":
            self._fresh_item = False
        elif tag == "tr" and self._rows:
            merge_row(self.blocks, self._rows.pop(), self.elements.at, self.elements.path())

    def _start_inline(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "title" and self.title is None:
            self._flush()
            self._titling = True
        inner = self._looks.within(tag, attrs, self._state)
        if inner.gone != self._state.gone:
            self._flush(inline=True)
        if tag == "a":
            self._links += 1
            self._href = attrs.get("href", "")
            if self._after_link:
                self._parts.append(" ")  # two links side by side are two words: <a>甲县</a><a>乙县</a>
        self._state = inner

    def _end_link(self) -> None:
        self._links -= 1
        if self._href and self._parts and self._parts[-1].strip() in _NEXT:
            self.next_page = self.next_page or self._href

    def _head(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "meta":
            self.metas.append(dict(attrs))
        elif (kind := attrs.get("rel", "").lower()) == "canonical":
            self.canonical = self.canonical or attrs.get("href")
        elif kind == "next":
            self.next_page = attrs.get("href")

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
                path=self.elements.path(),
                links=min(1.0, self._linked / (len(text) - text.count(" "))) if self._linked else 0.0,
                hidden=bool(state.gone),
                reason=state.gone,
                bullet=self._fresh_item,
                heading=state.heading,
                strong=not self._plain,
                inline=self._inline,
                element=self.elements.at,
            )
        )
        self._fresh_item = False
