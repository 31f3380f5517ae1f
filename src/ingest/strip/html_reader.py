"""Turns the parser's events into blocks in reading order; one pass, no tree, no recursion."""

from ingest.model import Block, Element
from ingest.strip.html_look import MAX_NAME, Looks, State
from ingest.strip.html_tags import BLOCK, BOLD, BREAK, HEADINGS, LINES, MUTE, UNSEEN

MAX_PATH = 300  # characters of a block's path kept, the innermost elements'
MAX_DEPTH = 3_000  # open elements; the parser's work on odd nesting grows with the square of it
# A page of more blocks than this is no article; past it blocks are filled up, to bound what the later rooms hold.
MAX_BLOCKS = 40_000
MAX_ELEMENTS = 2 * MAX_BLOCKS
FULL_BLOCK = 500  # pieces of text
# A row of a data table: at least two cells of one short text each. Layout tables hold paragraphs.
MAX_CELL = 200


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
        if tag in MUTE:
            self._mute, self._muted = 1, (tag, dict(attrs))
            return
        state = self._state
        self._stack.append(state)
        if len(self._stack) > MAX_DEPTH:
            raise TooDeepError
        if tag in BLOCK:
            if self._parts or self._inline:
                self._flush()
            if attrs or tag in UNSEEN or len(self.elements) < MAX_ELEMENTS:
                self._state = self._enter(tag, attrs, state)
        elif tag in BREAK:
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
        if tag in BLOCK:
            if self._parts or self._inline:
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
        if data.isspace():
            if self._parts:
                self._parts.append(data)
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

    def _start_inline(self, tag: str, attrs: dict[str, str], state: State) -> None:
        if tag in ("meta", "link"):
            self._head(tag, attrs)
            return
        self._titling = self._titling or (tag == "title" and self.title is None)
        if self._titling:
            self._flush()
        inner = self._looks.within(tag, attrs, state)
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
        if len(self.elements) < MAX_ELEMENTS:
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
        inner = self._looks.within(tag, attrs, state) if attrs or tag in UNSEEN or tag in BOLD else state
        return State(
            number,
            inner.link,
            inner.strong,
            HEADINGS.get(tag, state.heading),
            state.lines or tag in LINES,
            inner.seen,
            inner.gone,
            (state.list_item or tag == "li") and tag != "td",
        )

    def _end_muted(self) -> None:
        text = "".join(self._held)
        self._held.clear()
        tag, attrs = self._muted or ("", {})
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
