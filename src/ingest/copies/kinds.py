"""The closed list of what an article may be to another."""

from enum import StrEnum


class Kind(StrEnum):
    """What an article is to the head of its group, or to one that it has a part in common with."""

    HEAD = "head"
    COPY = "copy"  # the same text, edited or cut a little
    MIRROR = "mirror"  # the same text, published in the other script or with readings
    SPUN = "spun"  # the same report in other words
    CHAIN = "chain"  # a copy of a copy, too far from the head to be told for one by itself
    PART = "part"  # it stands within a longer article
