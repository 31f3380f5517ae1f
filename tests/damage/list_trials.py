"""Trials of honest lists: an article's own, in the shapes that farms have; every item must stay in the article."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import ingest

_ARTICLES = Path(__file__).parent / "data" / "own_lists.txt"
_JOIN = {"enumeration": "、", "space": " ", "comma": "，"}
SHAPES = ("line", "bullet", "numbered", "ul", "ol", "paragraphs", "table", *_JOIN)
_HTML = {"ul": "<ul>{}</ul>", "ol": "<ol>{}</ol>", "paragraphs": "{}", "table": "<table>{}</table>"}
_ITEM = {"table": "<tr><td>{}</td></tr>", "paragraphs": "<p>{}</p>"}


class OwnList(NamedTuple):
    """An article's list. ``telling`` is the line above it that tells of it, if there is one."""

    title: str
    above: str
    telling: str
    items: list[str]
    below: str


def articles() -> list[OwnList]:
    """Return the articles written for this."""
    _, _, text = _ARTICLES.read_text("utf-8").partition("\n")
    rows = (chunk.splitlines() for chunk in text.strip().split("\n\n"))
    return [
        OwnList(t, above, "" if telling == "-" else telling, items.split("|"), b)
        for t, above, telling, items, b in rows
    ]


def page(own: OwnList, shape: str, *, at_end: bool) -> str:
    """Return the article with its list in a shape; at its end, or with a paragraph below the list."""
    listed = own.items
    if shape in _HTML:
        made = _HTML[shape].format("".join(_ITEM.get(shape, "<li>{}</li>").format(i) for i in listed))
        parts = (
            [f"<p>{p}</p>" for p in (own.above, own.telling) if p]
            + [made]
            + ([] if at_end else [f"<p>{own.below}</p>"])
        )
        if at_end:
            parts.insert(0, f"<p>{own.below}</p>")
        body = f"<h1>{own.title}</h1><div>{''.join(parts)}</div>"
        return f"<html><head><title>{own.title}</title></head><body>{body}</body></html>"
    lines = {
        "line": listed,
        "bullet": [f"• {i}" for i in listed],
        "numbered": [f"{n}. {i}" for n, i in enumerate(listed, 1)],
    }.get(shape) or [_JOIN[shape].join(listed)]
    head = [own.title, "2026-05-06 来源：某某日报", *([own.below] if at_end else []), own.above]
    tail = ["（责任编辑：李四）"] if at_end else [own.below, "（责任编辑：李四）"]
    return "\n".join([*head, *([own.telling] if own.telling else []), *lines, *tail]) + "\n"


def trials() -> Iterator[tuple[str, OwnList, str]]:
    """Return each article's page in each shape, list in the middle and at the end, with the kind of the trial."""
    for own in articles():
        for shape in SHAPES:
            for at_end in (False, True):
                yield f"{shape}{' at the end' if at_end else ''}", own, page(own, shape, at_end=at_end)


def kept(own: OwnList, source: str) -> bool:
    """Whether every item and paragraph is in the one article of a page."""
    found = ingest.read_page(source.encode()).articles
    whole = "\n".join(p for a in found for p in a.paragraphs)
    return len(found) == 1 and all(x in whole for x in (*own.items, own.above, own.below))


def main() -> None:
    """Print the share of lists kept, by shape."""
    counts: Counter[tuple[str, bool]] = Counter()
    for kind, own, source in trials():
        survived = kept(own, source)
        counts[kind, survived] += 1
        if not survived and len(sys.argv) > 1:
            print(kind, own.title)
    for kind in sorted({k for k, _ in counts}):
        print(f"{kind:24}{counts[kind, True]:4} of {counts[kind, True] + counts[kind, False]}")
    print("all", sum(n for (_, held), n in counts.items() if held), sum(counts.values()))


if __name__ == "__main__":
    main()
