"""How fast pages are read, beside trafilatura in the same process: ``python tests/benchmarks/extraction.py [FOLDER]``.

The folder holds HTML pages; without one, the pages beside the project. Trafilatura is in the ``bench`` group.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from ingest import decode, extract, split, strip
from ingest.pipeline import read_page

ROOT = Path(__file__).resolve().parents[2]
STAGES = (
    ("decode", decode, "read_source"),
    ("segment", strip, "segment"),
    ("mend", decode, "mend"),
    ("label", strip, "label"),
    ("split", split, "articles"),
    ("particulars", extract, "particulars"),
    ("records", extract, "records"),
)


def main() -> None:
    """Time both readers over the folder's pages and print the table."""
    from trafilatura import bare_extraction

    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "pages")
    cli.add_argument("--rounds", type=int, default=3)
    args = cli.parse_args()
    pages = [file.read_bytes() for file in sorted(args.folder.glob("*.htm*"))]
    if not pages:
        sys.exit(f"no HTML pages in {args.folder}")
    for reader in (read_page, bare_extraction):  # word lists and models are loaded before the clock runs
        reader(pages[0])
    size = sum(map(len, pages)) / 1e6
    print(f"{len(pages)} pages, {size:.1f} MB, CPU time, median of {args.rounds} rounds")
    ours, theirs = _times(pages, (read_page, bare_extraction), args.rounds)
    print(f"read_page        {len(pages) / ours:8.1f} pages/s   {ours / len(pages) * 1e3:6.2f} ms a page")
    print(f"bare_extraction  {len(pages) / theirs:8.1f} pages/s   {theirs / len(pages) * 1e3:6.2f} ms a page")
    print(f"ratio            {theirs / ours:8.2f}")
    print(f"peak memory      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB, both readers")
    _print_stages(pages)


def _times(pages: list[bytes], readers: tuple[Callable[[bytes], object], ...], rounds: int) -> list[float]:
    """CPU seconds of each reader for all pages; the rounds take turns, so that a busy machine slows both."""
    taken: list[list[float]] = [[] for _ in readers]
    for _ in range(rounds):
        for reader, times in zip(readers, taken, strict=True):
            started = time.process_time()
            for page in pages:
                reader(page)
            times.append(time.process_time() - started)
    return [median(times) for times in taken]


def _print_stages(pages: list[bytes]) -> None:
    """Run the pages once more with a clock round each stage."""
    with clocked_stages() as spent:
        started = time.process_time()
        slowest = max(_each(pages))
        whole = time.process_time() - started
    for name, seconds in spent.items():
        print(f"  {name:14} {seconds / len(pages) * 1e3:7.2f} ms a page   {seconds / whole:5.1%}")
    rest = whole - sum(spent.values())
    print(f"  {'the rest':14} {rest / len(pages) * 1e3:7.2f} ms a page   {rest / whole:5.1%}")
    print(f"  slowest page   {slowest * 1e3:7.2f} ms")


@contextmanager
def clocked_stages() -> Iterator[dict[str, float]]:
    """While it lasts, count the CPU seconds that each stage of ``read_page`` takes, by its name."""
    spent = dict.fromkeys((name for name, _, _ in STAGES), 0.0)

    def clocked(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            started = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                spent[name] += time.process_time() - started

        return run

    plain = [getattr(room, attribute) for _, room, attribute in STAGES]
    try:
        for name, room, attribute in STAGES:
            setattr(room, attribute, clocked(name, getattr(room, attribute)))
        yield spent
    finally:
        for (_, room, attribute), function in zip(STAGES, plain, strict=True):
            setattr(room, attribute, function)


def _each(pages: list[bytes]) -> list[float]:
    taken = []
    for page in pages:
        started = time.process_time()
        read_page(page)
        taken.append(time.process_time() - started)
    return taken


if __name__ == "__main__":
    main()
