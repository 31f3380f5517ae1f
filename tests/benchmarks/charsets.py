"""How fast the charset verdict and the reading of bytes are, and how often right, beside other detectors.

Run as a script; needs the folder of real pages beside the project:

    python tests/benchmarks/charsets.py [--rounds N]

All run in one process over the same files, in turn, CPU time counts, of the best round. A
detector is exact on a file when the bytes decode, in the charset it names, to the true text. Peers that are not
installed are said to be missing.
"""

import argparse
import codecs
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ingest.decode import charset, read_source, read_text

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
# Names that a detector gives and the codec that browsers read them with; every peer is given this much.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "ascii": "utf-8", "hz": "hz"}


class Case(NamedTuple):
    """A file and its true text."""

    name: str
    content: bytes
    text: str


class Row(NamedTuple):
    """A line of the table; ``seconds`` is None for what is not installed."""

    name: str
    seconds: float | None
    exact: int


def cases() -> list[Case]:
    """The files of known charset and the pages, which are UTF-8."""
    found = []
    for file in json.loads((SHARED / "charsets" / "manifest.json").read_text("utf-8")):
        content = (SHARED / "charsets" / f"{file['id']}.bin").read_bytes()
        truth = SHARED / "charsets" / f"{file['id']}.txt"
        text = truth.read_text("utf-8") if file["codec"] == "iconv" else content.decode(file["codec"])
        found.append(Case(file["id"], content, text.removeprefix("\ufeff")))
    for page in sorted((SHARED / "pages").glob("*.html")):
        content = page.read_bytes()
        found.append(Case(page.stem, content, content.decode("utf-8").removeprefix("\ufeff")))
    return found


def decoded(content: bytes, name: str | None) -> str | None:
    """The bytes in the charset of that name, or None."""
    if not name:
        return None
    try:
        codec = codecs.lookup(name).name
        return content.decode(WIDER.get(codec, codec)).removeprefix("\ufeff")
    except (LookupError, UnicodeDecodeError):
        return None


def peers() -> dict[str, Callable[[bytes], str | None] | None]:
    """The other detectors: each a function from bytes to the charset's name, or None where it is not installed."""
    found: dict[str, Callable[[bytes], str | None] | None] = {}
    for name, module, make in (
        ("charset-normalizer", "charset_normalizer", lambda m: lambda b: _name(m.from_bytes(b).best())),
        ("chardet", "chardet", lambda m: lambda b: m.detect(b)["encoding"]),
        ("resiliparse", "resiliparse.parse.encoding", lambda m: m.detect_encoding),
        ("chardetng-py", "chardetng_py", lambda m: lambda b: m.detect(b, allow_utf8=True)),
    ):
        try:
            found[name] = make(importlib.import_module(module))
        except ImportError:
            found[name] = None
    return found


def _name(match: object) -> str | None:
    name = getattr(match, "encoding", None)
    return name if isinstance(name, str) else None


def measured(run: Callable[[bytes], object], files: list[Case], rounds: int) -> float:
    """The CPU seconds of the best round over all files."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for file in files:
            run(file.content)
        best = min(best, time.process_time() - start)
    return best


def table(rounds: int) -> list[Row]:
    """Every detector over every file."""
    files = cases()
    own = sum(read_source(file.content).original == file.text for file in files)
    rows = [
        Row("ingest, verdict", measured(charset.judge, files, rounds), own),
        Row("ingest, read_text", measured(read_text, files, rounds), own),
    ]
    for name, detect in peers().items():
        if detect is None:
            rows.append(Row(name, None, 0))
            continue
        exact = sum(decoded(file.content, detect(file.content)) == file.text for file in files)
        rows.append(Row(name, measured(detect, files, rounds), exact))
    return rows


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="rounds over all files; the best counts")
    rounds = parser.parse_args().rounds
    if not SHARED.is_dir():
        sys.stdout.write("the folder of real pages is not beside the project\n")
        return 1
    count = len(cases())
    rows = table(rounds)
    base = next((row.seconds for row in rows if row.name == "charset-normalizer"), None)
    sys.stdout.write(f"{'':20} {'files/s':>9} {'times cn':>9} {'exact':>9}\n")
    for row in rows:
        if row.seconds is None:
            sys.stdout.write(f"{row.name:20} {'not installed':>29}\n")
            continue
        times = f"{base / row.seconds:9.2f}" if base else f"{'-':>9}"
        sys.stdout.write(f"{row.name:20} {count / row.seconds:9.1f} {times} {row.exact:>5}/{count}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
