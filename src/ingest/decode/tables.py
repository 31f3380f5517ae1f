"""What this room knows about characters: how common each is and which are Traditional; read from ``data/`` once."""

from functools import cache
from importlib.resources import files

UNKNOWN_BITS = 24.0  # a Han character that no dictionary word holds; the rarest ones that some word holds have 27
_PUNCTUATION = (
    dict.fromkeys("，。、", 5.0) | dict.fromkeys("“”：；（）《》！？·—…‘’「」『』【】", 8.0) | {"\u3000": 8.0}
)


def rows(name: str) -> list[str]:
    """The lines of a data file, less its origin and empty ones."""
    text = files("ingest.data").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def bits() -> dict[str, float]:
    """How surprising a Chinese character or mark is, in bits; only those that a Chinese text is likely to hold."""
    table = dict(_PUNCTUATION)
    for row in rows("decode_characters.txt"):
        weight, characters = row.split("\t")
        table.update(dict.fromkeys(characters, float(weight)))
    return table


@cache
def traditional() -> frozenset[str]:
    """Characters that stand in Traditional script alone."""
    return frozenset("".join(rows("decode_traditional.txt")))
