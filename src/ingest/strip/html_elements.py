"""The block-level elements of a page as they open and close: which is the innermost, its name, its path."""

from collections.abc import Sequence

from ingest.model import Elements

MAX_NAME = 120  # characters of a name kept; generated class lists run to thousands
MAX_PATH = 300  # characters of a path kept, the innermost elements'


class Nesting:
    """The elements so far by ``names`` and ``parents``, in order of their start tags.

    ``at`` is the innermost open one; -1 for none.
    """

    __slots__ = ("_limit", "_paths", "_surplus", "at", "names", "parents")

    def __init__(self, limit: int) -> None:
        self.names: list[str] = []
        self.parents: list[int] = []
        self.at = -1
        self._limit = limit  # elements past it are taken for their parents
        self._surplus = 0  # of the open elements those past the limit, which are the innermost
        self._paths = {-1: ""}

    def open(self, name: str) -> None:
        """An element begins."""
        names = self.names
        count = len(names)
        if count < self._limit:
            names.append(name)
            self.parents.append(self.at)
            self.at = count
        else:
            self._surplus += 1

    def close(self) -> None:
        """The innermost open element ends."""
        if self._surplus:
            self._surplus -= 1
        else:
            self.at = self.parents[self.at]

    def all(self) -> Elements:
        """Return the elements so far."""
        return Elements(self.names, self.parents)

    def above(self, most: int) -> list[str]:
        """The names of the open elements, the innermost first, ``most`` at the most."""
        found: list[str] = []
        at = self.at
        while at >= 0 and len(found) < most:
            found.append(self.names[at])
            at = self.parents[at]
        return found

    def path(self) -> str:
        """The place of the innermost open element in the page: ``html/body/div#main``. Each is made once."""
        paths, at = self._paths, self.at
        path = paths.get(at)
        if path is not None:
            return path
        names, parents = self.names, self.parents
        missing = []  # elements between the one that is asked for and the next that has a path
        while (path := paths.get(parents[at])) is None:
            missing.append(at)
            at = parents[at]
        while True:
            path = f"{path}/{names[at]}" if path else names[at]
            if len(path) > MAX_PATH:
                path = "…" + path[-MAX_PATH:]
            paths[at] = path
            if not missing:
                return path
            at = missing.pop()


def element_name(tag: str, classes: Sequence[str] | None, identity: str | None) -> str:
    """An element's name with its id and classes, bounded: ``div#main.article``."""
    name = f"{tag}#{identity[:MAX_NAME].strip()}" if identity else tag
    if classes is not None:
        name = f"{name}.{'.'.join(classes)}"
    return name[:MAX_NAME]
