"""The reader of a page some of whose elements a source's selectors name: blocks end where these begin and end."""

from collections.abc import Mapping

from ingest.strip.html_reader import Reader
from ingest.strip.html_tags import is_block
from ingest.strip.selected import DROP


class SelectedReader(Reader):
    """Notes in ``Block.picked`` what the elements round a block were named for; the innermost counts, and drop most.

    Args:
        kinds: What is named, by the element's number among all start tags.
    """

    def __init__(self, kinds: Mapping[int, str]) -> None:
        super().__init__()
        self._kinds = kinds
        self._number = -1
        self._picked = ""
        self._outer: list[str] = []  # of the open elements, what was picked round each

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        self._number += 1
        self._outer.append(self._picked)
        kind = self._kinds.get(self._number, self._picked)
        if self._picked not in (kind, DROP) and not self._mute:
            self._flush(inline=not is_block(tag))
            self._picked = kind
        super().start(tag, attrs)

    def end(self, tag: str) -> None:
        """An element ends."""
        outer = self._outer.pop()
        if outer != self._picked:
            self._flush(inline=not is_block(tag))
        super().end(tag)
        self._picked = outer

    def _emit(self, text: str) -> None:
        super()._emit(text)
        self.blocks[-1].picked = self._picked
