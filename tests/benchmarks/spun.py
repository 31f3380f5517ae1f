"""What the check for spun text costs beside reading a page: ``python tests/benchmarks/spun.py [FOLDER]``."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from ingest import read_page
from ingest.extract import judged, matching
from ingest.extract.words import sentence
from ingest.model import Page

ROOT = Path(__file__).resolve().parents[2]
_ROUNDS = 5


def main() -> None:
    """Time both over the folder's HTML pages, CPU time, the best of some rounds that take turns."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "pages"
    contents = [path.read_bytes() for path in sorted(folder.glob("*.htm*"))]
    pages = [read_page(content) for content in contents]
    whole, check = [], []
    for _ in range(_ROUNDS):
        whole.append(_timed(lambda: [read_page(content) for content in contents]))
        _cut(pages)
        check.append(
            _timed(lambda: [judged(article, list(page.blocks)) for page in pages for article in page.articles])
        )
    size = len(pages) / 1000
    print(
        f"read_page {min(whole) / size:.2f} ms a page, the check {min(check) / size:.2f}: {min(check) / min(whole):.1%}"
    )


def _cut(pages: list[Page]) -> None:
    """Cut the articles into words, as their finders have when the check comes."""
    matching.forget()
    for page in pages:
        for article in page.articles:
            for text in (*article.paragraphs, article.title or ""):
                sentence(text)


def _timed(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


if __name__ == "__main__":
    main()
