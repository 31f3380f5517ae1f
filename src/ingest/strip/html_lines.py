"""The text at hand while a page is read, and how it becomes blocks."""

from ingest.model import Block
from ingest.strip.html_elements import Nesting
from ingest.strip.html_look import PLAIN

# A page of more blocks than this is no article; past it blocks are filled up, to bound what the later rooms hold.
MAX_BLOCKS = 40_000
MAX_ELEMENTS = 2 * MAX_BLOCKS
FULL_BLOCK = 500  # pieces of text


class Lines:
    """Gathers pieces of text until something ends their line. What is told for every tag is in slots, for speed."""

    __slots__ = (
        "_fresh_item",
        "_inline",
        "_linked",
        "_links",
        "_parts",
        "_plain",
        "_state",
        "_titling",
        "_unlinked",
        "_written",
        "blocks",
        "elements",
    )

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.elements = Nesting(MAX_ELEMENTS)
        self._state = PLAIN
        self._parts: list[str] = []
        self._links = 0  # open links
        self._linked: list[str] = []  # of the text at hand, what stands in links
        self._unlinked = False  # some of the text at hand stands in no link
        self._plain = False  # some of the text at hand is not bold
        self._inline = False  # the text at hand goes on in the line of the block before
        self._fresh_item = False  # a list item has begun and has no block yet
        self._written = ""  # why the text at hand is not shown, where a script wrote what hides it
        self._titling = False  # within the page's <title>

    def _add(self, data: str) -> None:
        self._parts.append(data)
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

    def _flush(self, *, inline: bool = False) -> None:
        """Make a block of the text at hand. ``inline``: what follows goes on in the same line."""
        parts = self._parts
        if self._titling or (not parts and not self._inline):
            return
        if len(self.blocks) >= MAX_BLOCKS and len(parts) < FULL_BLOCK and not inline:
            if parts and parts[-1] != "\n":
                parts.append("\n")
            return
        words = "".join(parts).split()
        if words:
            self._emit(" ".join(words))
        self._inline = inline and (bool(words) or self._inline)
        self._reset()

    def _reset(self) -> None:
        self._parts.clear()
        if self._linked:
            self._linked.clear()
        self._unlinked = self._plain = False

    def _emit(self, text: str) -> None:
        """Put a block behind the others. What few blocks have is set on those."""
        blocks, elements, state = self.blocks, self.elements, self._state
        block = Block(len(blocks), text, text)  # keywords would take twice the time
        block.path, block.element, block.strong = elements.path(), elements.at, not self._plain
        if self._linked:
            block.links = self._share_of_links(text) if self._unlinked else 1.0
        if gone := state.gone or self._written:
            block.hidden, block.reason = True, gone
        if self._fresh_item:
            block.bullet, self._fresh_item = True, False
        if state.heading:
            block.heading = state.heading
        if self._inline:
            block.inline = True
        blocks.append(block)

    def _share_of_links(self, text: str) -> float:
        """The share of the text at hand, less white space, that stands in links."""
        linked = len("".join("".join(self._linked).split()))
        return min(1.0, linked / (len(text) - text.count(" ")))
