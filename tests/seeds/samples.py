"""Where the sample pages and their expected records are."""

import json
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

SAMPLES = ROOT / "seeds" / "samples"
PAGES = ROOT / "tests" / "pages"
_PAGE_ENDINGS = (".txt", ".html", ".html.gz")


def pages_of(folder: Path) -> list[Path]:
    """Return the pages of a folder, in order."""
    return sorted(path for path in folder.iterdir() if path.name.endswith(_PAGE_ENDINGS))


def expected_path(page: Path) -> Path:
    """Return where the expected records of a page are: ``portal.html.gz`` -> ``portal.expected.json``."""
    return page.with_name(page.name.split(".")[0] + ".expected.json")


def load_expected(page: Path) -> dict[str, Any]:
    """Return the expected records of a page."""
    loaded: dict[str, Any] = json.loads(expected_path(page).read_text("utf-8"))
    return loaded


ANNOTATED = pages_of(SAMPLES) + pages_of(PAGES)
