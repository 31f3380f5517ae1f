"""The block-level elements of a page as they open and close: which is the innermost, its name, its path."""

from ingest.model import Element

MAX_NAME = 120  # characters of a name kept; generated class lists run to thousands
MAX_PATH = 300  # characters of a path kept, the innermost elements'


class Elements:
    """``all`` elements so far, in order of their start tags, and ``at``, the innermost open one; -1 for none."""

    def __init__(self, limit: int) -> None:
        self.all: list[Element] = []
        self.at = -1
        self._limit = limit  # elements past it are taken for their parents
        self._above: list[int] = []  # of the open elements, each as ``at`` was before
        self._paths: dict[int, str] = {}
        self._names: dict[tuple[str, str | None, str | None], str] = {}

    def open(self, tag: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        self._above.append(self.at)
        if len(self.all) < self._limit:
            self.all.append(Element(self._name(tag, attrs) if attrs else tag, self.at))
            self.at = len(self.all) - 1

    def close(self) -> None:
        """The innermost open element ends."""
        self.at = self._above.pop()

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

    def path(self) -> str:
        """The place of the innermost open element in the page: ``html/body/div#main``. Each is made once."""
        paths, elements = self._paths, self.all
        missing = []
        at = self.at
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
