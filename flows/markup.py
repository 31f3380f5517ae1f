"""Markdown of values that nobody can trust: names of files, addresses and reasons that come from pages and sites."""

import re
from collections.abc import Iterable
from urllib.parse import quote

_LONGEST = 160  # characters of a value that are shown: a table's other columns are to be seen beside it
# What CommonMark takes for itself, and what GitHub's tables and bare links do: https: and @.
_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+!|~&:@$^=])")
_BARE = re.compile(r"(?i)\b(www)\.")  # a bare www. becomes a link, too
_SPACE = re.compile(r"\s+")
# Control characters, halves of surrogate pairs, and marks that turn the direction of what follows.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
# What may stand as it is in the address of a link, and beneath a link that shows it: Prefect's UI takes no backslash
# away there.
_IN_ADDRESS = "/:?#@!$&+,;=%"
_LONGEST_LINK = 500


def text(value: object) -> str:
    """Return a value as markdown that shows it on one line, whatever stands in it."""
    return _BARE.sub(r"\1\\.", _SIGNS.sub(r"\\\1", flat(value)))


def code(value: object) -> str:
    """Return a value as code on one line. A pipe is escaped for the table that it stands in."""
    shown = flat(value).replace("|", "\\|")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if "`" in shown else ""
    return f"{fence}{pad}{shown}{pad}{fence}" if shown else ""


def address(value: str) -> str:
    """Return an address as a link where it is one of the web, as text otherwise."""
    if not value.startswith(("http://", "https://")):
        return text(value)
    target = quote(value.encode("utf-8", "replace"), safe=_IN_ADDRESS)
    return f"[{flat(target)}](<{target}>)" if len(target) <= _LONGEST_LINK else text(value)


def flat(value: object) -> str:
    """Return a value as one line of some hundred characters at the most."""
    shown = _UNSEEN.sub("\ufffd", _SPACE.sub(" ", str(value))).strip()
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table; what its cells hold is markdown already."""
    lines = [list(head), *rows]
    cells = [[str(cell) for cell in line] for line in lines]
    cells.insert(1, ["---"] * len(cells[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)
