"""Turns the parser's events into blocks in reading order; one pass, no tree, no recursion."""

from ingest.strip import html_written
from ingest.strip.html_lines import Lines
from ingest.strip.html_look import TELLING, Looks, State
from ingest.strip.html_rows import merge_row
from ingest.strip.html_tags import BREAK, EMPTY, FLOWING, HEAD, LINK, MUTE, NOTED, TITLE

MAX_DEPTH = 3_000  # open elements; the parser's work on odd nesting grows with the square of it
MAX_IMAGES = 1_000
_NEXT = frozenset(["下一页", "下页", "下一頁", "下一页>", "下一页>>", "下一页»", "[下一页]"])


_NONE: dict[str, str] = {}  # for the parser's own empty mapping, which takes ten times as long to answer


class TooDeepError(Exception):
    """More elements stand open than any page needs."""


class Reader(Lines):
    """A parser target: ``start``, ``end``, ``data`` and ``close`` are called by the parser."""

    __slots__ = (
        "_after_link",
        "_held",
        "_href",
        "_known",
        "_looks",
        "_mute",
        "_muted",
        "_open",
        "_rows",
        "_runs",
        "base",
        "canonical",
        "images",
        "language",
        "metas",
        "next_page",
        "scripts",
        "title",
    )

    def __init__(self) -> None:
        super().__init__()
        self.metas: list[dict[str, str]] = []
        self.title: str | None = None
        self.language: str | None = None
        self.canonical: str | None = None
        self.next_page: str | None = None
        self.base: str | None = None
        self.images: list[tuple[int, int, dict[str, str]]] = []  # blocks before it, its element, attributes
        self.scripts: list[tuple[dict[str, str], str]] = []
        self._looks = Looks(self.elements)
        self._known = self._looks.known
        self._open: list[tuple[int, State]] = []  # of the open elements, the kind, and what held before each
        self._mute = 0  # how deep within a script or the like
        self._muted: tuple[str, dict[str, str]] = ("", {})
        self._held: list[str] = []
        self._href = ""  # of the link at hand or the one before
        self._after_link = False  # nothing stands between the text at hand and the link before it
        self._runs = 0  # scripts that hid an element by its id
        self._rows: list[list[int]] = []  # of each open table row, the number of blocks at the start of each cell

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if self._mute:
            self._mute += 1
            return
        key = (tag, attrs.get("class"), attrs.get("id")) if attrs else (tag, None, None)
        attrs = attrs or _NONE
        kind, name, ruled, dull = self._known.get(key) or self._looks.learn(key)
        state = self._state
        opened = self._open
        if kind >= EMPTY:
            if kind != MUTE:
                opened.append((kind, state))
            self._start_empty(kind, tag, attrs)
            return
        opened.append((kind, state))
        if len(opened) > MAX_DEPTH:
            raise TooDeepError
        if len(attrs) != dull and (dull < 0 or not TELLING.isdisjoint(attrs)):
            state = self._looks.within(tag, attrs, ruled, state)
        if FLOWING < kind <= NOTED:
            if self._parts or self._inline:
                self._flush()
            self.elements.open(name)
            if kind == NOTED:
                self._note(tag, attrs)
        elif kind or state is not self._state:
            self._start_inline(kind, attrs, state)
        self._state = state

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._mute:
            self._mute -= 1
            if not self._mute:
                self._end_muted()
            return
        kind, outer = self._open.pop()
        self._after_link = kind == LINK
        if FLOWING < kind <= NOTED:
            if self._parts or self._inline:
                self._flush()
            if kind == NOTED:
                self._end_noted(tag)
            self.elements.close()
        elif kind < EMPTY:
            if outer is not self._state and outer.gone != self._state.gone:
                self._flush(inline=True)
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
            self._after_link = False
            self._add_lines(data)
        elif not data.isspace():
            self._after_link = False
            self._add(data)
        elif self._parts:
            self._parts.append(data)

    def close(self) -> "Reader":
        """The page ends."""
        self._flush()
        return self

    def release(self) -> None:
        """Let go of what was gathered, when everything was taken from here.

        The parser holds itself and this target until the garbage collector comes by; it would go through every block.
        """
        del self.blocks, self.elements, self.images, self.scripts, self.metas
        del self._looks, self._known, self._state

    def _start_empty(self, kind: int, tag: str, attrs: dict[str, str]) -> None:
        """What holds no text of the page begins: a break, a picture, a script, a part of the head."""
        if kind == BREAK:
            self._flush()
        elif kind == HEAD:
            self._head(tag, attrs)
        elif kind == MUTE:
            self._mute, self._muted = 1, (tag, attrs)
        elif len(self.images) < MAX_IMAGES:
            self.images.append((len(self.blocks), self.elements.at, attrs))

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

    def _start_inline(self, kind: int, attrs: dict[str, str], inner: State) -> None:
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
        if self._href and self._parts and "下" in self._parts[-1] and self._parts[-1].strip() in _NEXT:
            self.next_page = self.next_page or self._href

    def _head(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "meta":
            self.metas.append(attrs)
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
