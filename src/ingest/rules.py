"""Which rules read an article: a digest of the core's code and data.

A number kept by hand would be forgotten at the one change that matters, and the articles read before it would then pass
for fresh. The price of the digest is that a changed comment counts as changed rules: pages are read once more, and no
article changes. The versions of libraries are not in it: two machines of a team that differ in lxml's patch level would
rewrite each other's rows for ever; the ranges of pyproject.toml hold those.
"""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

CORE = ("model", "pipeline.py", "decode", "scripts", "strip", "split", "extract", "data")
_LENGTH = 16  # hex digits


@cache
def rules_version() -> str:
    """Return the version of the rules: the same on every machine that has the same code and data."""
    whole = sha256()
    for name in CORE:
        for path, content in _contents(files("ingest") / name, name):
            # Git on Windows may give text its own line ends.
            whole.update(f"{path}\0".encode() + content.replace(b"\r\n", b"\n") + b"\0")
    return whole.hexdigest()[:_LENGTH]


def _contents(node: Traversable, path: str) -> list[tuple[str, bytes]]:
    """Return the files of a folder, or the one file, with their paths, sorted."""
    if node.is_file():
        return [(path, node.read_bytes())]
    inner = sorted((each for each in node.iterdir() if not each.name.startswith((".", "__pycache__"))), key=_name)
    return [found for each in inner for found in _contents(each, f"{path}/{each.name}")]


def _name(node: Traversable) -> str:
    return node.name
