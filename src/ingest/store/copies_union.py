"""What hangs together, as it is found out pair by pair."""

Node = int | str  # an article by its number, or a group that is whole by its key


class Union:
    """Sets of nodes that are joined (a union-find with halved paths: Tarjan and van Leeuwen, 1984)."""

    def __init__(self) -> None:
        self._above: dict[Node, Node] = {}

    @property
    def joined(self) -> set[Node]:
        """All nodes that were joined to another."""
        return {*self._above, *self._above.values()}

    def root(self, node: Node) -> Node:
        """Return the node that stands for all of a node's set."""
        above = self._above
        while (up := above.get(node, node)) != node:
            above[node] = node = above.get(up, up)
        return node

    def join(self, one: Node, other: Node) -> None:
        """Make one set of the sets of two nodes."""
        first, second = self.root(one), self.root(other)
        if first != second:
            self._above[first] = second
