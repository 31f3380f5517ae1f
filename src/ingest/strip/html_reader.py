"""Turns the parser's events into blocks in reading order; one pass, no tree, no recursion."""

from ingest.model import Block
from ingest.strip import html_written
from ingest.strip.html_elements import Elements
from ingest.strip.html_look import TELLING, Looks, State
from ingest.strip.html_rows import merge_row
from ingest.strip.html_tags import BLOCK, BREAK, HEAD, KINDS, LINK, MUTE, TITLE, VOID

MAX_DEPTH = 3_000  # open elements; the parser's work on odd nesting grows with the square of it
# A page of more blocks than this is no article; past it blocks are filled up, to bound what the later rooms hold.
MAX_BLOCKS = 40_000
MAX_ELEMENTS = 2 * MAX_BLOCKS
MAX_IMAGES = 1_000
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
        self.base: str | None = None
        self.images: list[tuple[int, int, dict[str, str]]] = []  # blocks before it, its element, attributes
        self.scripts: list[tuple[dict[str, str], str]] = []
        self._looks = Looks()
        self._known = self._looks.known
        self._state = State()
        self._states: list[State] = []  # of the open elements, each as it was before the element
        self._mute = 0  # how deep within a script or the like
        self._muted: tuple[str, dict[str, str]] = ("", {})
        self._held: list[str] = []
        self._parts: list[str] = []
        self._links = 0  # open links
        self._linked: list[str] = []  # of the text at hand, what stands in links
        self._unlinked = False  # some of the text at hand stands in no link
        self._plain = False  # some of the text at hand is not bold
        self._inline = False  # the text at hand goes on in the line of the block before
        self._href = ""  # of the link at hand or the one before
        self._after_link = False  # nothing stands between the text at hand and the link before it
        self._fresh_item = False  # a list item has begun and has no block yet
        self._runs = 0  # scripts that hid an element by its id
        self._written = ""  # why the text at hand is not shown, where a script wrote what hides it
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
        if kind == VOID:
            if len(self.images) < MAX_IMAGES:
                self.images.append((len(self.blocks), self.elements.at, dict(attrs)))
            return
        state = self._state
        self._states.append(state)
        if len(self._states) > MAX_DEPTH:
            raise TooDeepError
        if kind == BREAK:
            self._flush()
        elif kind == HEAD:
            self._head(tag, attrs)
        else:
            key = (tag, attrs.get("class"), attrs.get("id")) if attrs else (tag, None, None)
            name, ruled, dull = self._known.get(key) or self._looks.learn(key)
            if not dull or not TELLING.isdisjoint(attrs):
                state = self._looks.within(tag, attrs, ruled, state)
            if kind == BLOCK:
                self._start_block(tag, attrs, name)
            else:
                self._start_inline(kind, attrs, state)
            self._state = state

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._mute:
            self._mute -= 1
            if not self._mute:
                self._end_muted()
            return
        kind = KINDS.get(tag)
        if kind == VOID:
            self._after_link = False
            return
        outer = self._states.pop()
        if kind == BLOCK:
            if self._parts or self._inline:
                self._flush()
            if tag in _NOTED:
                self._end_noted(tag)
            self.elements.close()
        elif outer is not self._state and outer.gone != self._state.gone:
            self._flush(inline=True)
        self._after_link = kind == LINK
        if kind == LINK:
            self._end_link()
        elif kind == TITLE and self._titling:
            self._end_title()
        self._state = outer

    def data(self, data: str) -> None:
        """Text, perhaps in several pieces."""
        if self._mute:
            self._held.append(data)
        elif self._state.lines:
            self._add_lines(data)
        elif not data.isspace():
            self._add(data)
        elif self._parts:
            self._parts.append(data)

    def close(self) -> "Reader":
        """The page ends."""
        self._flush()
        return self

    def _add(self, data: str) -> None:
        self._parts.append(data)
        self._after_link = False
        if self._links:
            self._linked.append(data)
        else:
            self._unlinked = True
        if not self._state.strong:
            self._plain = True

    def _add_lines(self, data: str) -> None:
        """Text in which a line feed is a break."""
        if data.isspace() or "\n" not in data:
            self._add(data)
            return
        for number, line in enumerate(data.split("\n")):
            if number:
                self._flush()
            if line.strip():
                self._add(line)

    def _start_block(self, tag: str, attrs: dict[str, str], name: str) -> None:
        if self._parts or self._inline:
            self._flush()
        self.elements.open(name)
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

    def _end_noted(self, tag: str) -> None:
        """A row is whole, or an item."""
        if tag == "li":
            self._fresh_item = False
        elif tag == "tr" and self._rows:
            merge_row(self.blocks, self._rows.pop(), self.elements.at, self.elements.path())

    def _start_inline(self, kind: int | None, attrs: dict[str, str], inner: State) -> None:
        if kind == TITLE and self.title is None:
            self._flush()
            self._titling = True
        if inner is not self._state and inner.gone != self._state.gone:
            self._flush(inline=True)
        if kind == LINK:
            self._links += 1
            self._href = attrs.get("href", "")
            if self._after_link:
                self._parts.append(" ")  # two links side by side are two words: <a>甲县</a><a>乙县</a>

    def _end_link(self) -> None:
        self._links -= 1
        if self._href and self._parts and self._parts[-1].strip() in _NEXT:
            self.next_page = self.next_page or self._href

    def _head(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "meta":
            self.metas.append(dict(attrs))
        elif tag == "base":
            self.base = self.base or attrs.get("href")
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
        elif tag == "script" and (text or "src" in attrs):
            self.scripts.append((attrs, text))
            if len(text) <= html_written.LONGEST and "document." in text:
                self._run(text)

    def _run(self, script: str) -> None:
        """Do what a short script does to be hidden by."""
        now = html_written.written(script, self._written)
        if now != self._written:
            self._flush()
            self._written = now
        if self._runs < html_written.MOST:  # each looks through all blocks
            self._runs += html_written.hide_named(script, self.blocks)

    def _end_title(self) -> None:
        self.title = " ".join("".join(self._parts).split()) or None
        self._titling = False
        self._reset()

    def _reset(self) -> None:
        self._parts.clear()
        self._linked.clear()
        self._unlinked = self._plain = False

    def _flush(self, *, inline: bool = False) -> None:
        """Make a block of the text at hand. ``inline``: what follows goes on in the same line."""
        parts = self._parts
        if self._titling or (not parts and not self._inline):
            return
        if len(self.blocks) >= MAX_BLOCKS and len(parts) < FULL_BLOCK and not inline:
            if parts and parts[-1] != "\n":
                parts.append("\n")
            return
        text = " ".join("".join(parts).split())
        if text:
            self._emit(text)
        self._inline = inline and (bool(text) or self._inline)
        self._reset()

    def _emit(self, text: str) -> None:
        gone, at = self._state.gone or self._written, self.elements.at
        self.blocks.append(
            Block(
                index=len(self.blocks),
                text=text,
                original=text,
                path=self.elements.path(),
                links=self._share_of_links(text) if self._linked else 0.0,
                hidden=gone != "",
                reason=gone,
                bullet=self._fresh_item,
                heading=self._state.heading,
                strong=not self._plain,
                inline=self._inline,
                element=at,
            )
        )
        self._fresh_item = False

    def _share_of_links(self, text: str) -> float:
        """The share of the text at hand, less white space, that stands in links."""
        if not self._unlinked:
            return 1.0
        linked = len("".join("".join(self._linked).split()))
        return min(1.0, linked / (len(text) - text.count(" ")))
