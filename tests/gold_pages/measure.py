"""Score what we read from the twelve pages annotated here, dev and held apart, by the scorer beside the real pages.

    python tests/gold_pages/measure.py [--misses] [--json] [--shared FOLDER]

`--misses` lists what was missed and made up on the dev pages; the held ones are only counted.
"""

import argparse
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import ingest
from ingest import output

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
SIDES = ("dev", "held")
RECORDS = ("indicators", "organisations", "people", "policies", "programmes", "honours", "regions", "zones")
ASPECTS = ("indicator subject", "indicator name", "indicator bound", "indicator aspect", "indicator period")


def scorer_of(shared: Path) -> ModuleType:
    """Load the scorer that stands beside the real pages."""
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def strings_of(value: Any) -> Iterator[str]:
    """Every string inside a JSON value, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_of(part)


def golds_of(side: str) -> dict[str, dict[str, Any]]:
    """The annotations of one side by page name.

    The scorer pairs articles by shared text. The files hold none, so what the records quote stands in for the body.
    """
    golds = {}
    for file in sorted(HERE.glob(f"{side}-*.json")):
        gold = json.loads(file.read_text("utf-8"))
        for article in gold["articles"]:
            article["paragraphs"] = list(strings_of([article[kind] for kind in RECORDS]))
        golds[gold["page"]] = gold
    return golds


def page_of(shared: Path, name: str) -> dict[str, Any]:
    """Read one real page as `ingest extract` prints it; HTML pages and text pages stand in folders of their own."""
    source = shared / ("pages" if name.endswith(".html") else "seeds") / name
    return dict(output.page(ingest.read_page(source.read_bytes()), name))


def measure(shared: Path, side: str, misses: bool = False) -> dict[str, Any]:
    """Score one side: F1 by kind of record, and how often each part of a found indicator is right."""
    golds = golds_of(side)
    pages = {name: page_of(shared, name) for name in golds}
    scores = scorer_of(shared).score(pages, golds, misses)
    return {
        "f1": {kind: scores["f1"][kind] for kind in RECORDS if kind in scores["f1"]},
        "right": {part: scores["right"][part] for part in ASPECTS if part in scores["right"]},
        "notes": [note for note in scores["notes"] if any(f": {kind}" in note for kind in (*RECORDS, "indicator"))],
    }


def report(side: str, scores: dict[str, Any]) -> None:
    """Print one side as a table."""
    print(side)
    for kind, v in scores["f1"].items():
        counts = f"({v['hit']} of {v['want']}, {v['got']} given)"
        print(f"  {kind:20} F1 {v['f1']:.3f}   precision {v['p']:.3f}  recall {v['r']:.3f}   {counts}")
    for part, v in scores["right"].items():
        print(f"  {part:20} right {v['rate']:.3f}   ({v['right']} of {v['asked']})")
    for note in scores["notes"]:
        print("    -", note)


def main() -> None:
    """Read the command line, measure both sides and print them."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--misses", action="store_true", help="list misses of the dev pages")
    cli.add_argument("--json", action="store_true", help="print JSON")
    cli.add_argument("--shared", type=Path, default=SHARED, help="folder of the real pages")
    args = cli.parse_args()
    scores = {side: measure(args.shared, side, args.misses and side == "dev") for side in SIDES}
    if args.json:
        print(json.dumps(scores, ensure_ascii=False, indent=1))
        return
    for side in SIDES:
        report(side, scores[side])


if __name__ == "__main__":
    main()
