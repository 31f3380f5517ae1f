"""Pairs figures read with figures annotated, as the annotators' own scorer does, and says which fields agree."""

import json
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.extract.context import Context
from ingest.extract.indicators import find
from ingest.model import Indicator, Organisation

FIELDS = ("subject", "name", "bound", "aspect", "period")
#: A name is right if it shares so much of its character pairs with the annotated one; an evidence, if any at all.
NAME, TEXT = 0.6, 0.15


def _grams(text: str | None) -> Counter[str]:
    text = "".join(unicodedata.normalize("NFKC", text or "").split())
    return Counter(text[i : i + 2] for i in range(max(1, len(text) - 1))) if text else Counter()


def overlap(one: str | None, other: str | None) -> float:
    a, b = _grams(one), _grams(other)
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def context(article: dict[str, Any]) -> Context:
    """An annotated article as what the finder is given."""
    published = article.get("published_on")
    return Context(
        paragraphs=tuple(article["paragraphs"]),
        headings=frozenset(article["headings"]),
        title=article["title"],
        published_on=date.fromisoformat(published) if published else None,
        zones=tuple(article["zones"]),
        regions=tuple(article["regions"]),
        organisations=tuple(
            Organisation(paragraph=0, start=0, end=0, text="", name=o["name"], kind=o["kind"])
            for o in article["organisations"]
        ),
    )


def articles(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text("utf-8"))["articles"])


def _number(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(_number(v) for v in value)
    return round(float(value if isinstance(value, Decimal | int | float) else 0), 6)


def _pair(got: list[Indicator], want: list[dict[str, Any]]) -> list[tuple[Indicator, dict[str, Any]]]:
    free, pairs = list(got), []
    for annotated in want:
        fits = [g for g in free if _number(g.value) == _number(annotated["value"]) and g.unit == annotated["unit"]]
        best = max(
            fits,
            key=lambda g: overlap(g.text, annotated["text"]) + overlap(g.name, annotated["name"]) / 10,
            default=None,
        )
        if best is not None and overlap(best.text, annotated["text"]) > TEXT:
            free.remove(best)
            pairs.append((best, annotated))
    return pairs


def _agrees(got: Indicator, want: dict[str, Any], field: str) -> bool:
    if field == "name":
        return overlap(got.name, want["name"]) >= NAME
    if field == "period":
        period = None if got.period is None else [day and day.isoformat() for day in got.period]
        return bool(period == want["period"])
    return bool(getattr(got, field) == want[field])


def measure(annotated: list[dict[str, Any]]) -> dict[str, float]:
    """F1 of the figures found, and of those found the share whose subject, name … is right."""
    given = wanted = 0
    pairs: list[tuple[Indicator, dict[str, Any]]] = []
    for article in annotated:
        got = list(find(context(article)))
        given, wanted = given + len(got), wanted + len(article["indicators"])
        pairs += _pair(got, article["indicators"])
    rates = {field: sum(_agrees(g, w, field) for g, w in pairs) / max(1, len(pairs)) for field in FIELDS}
    return {"f1": 2 * len(pairs) / max(1, given + wanted), **rates}
