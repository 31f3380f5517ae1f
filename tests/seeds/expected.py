"""The form of an expected record (the project's guide for gold), checked in plain Python."""

import re
from datetime import date, datetime
from typing import Any

PAGE_KEYS = {"page", "damage", "removed", "articles"}
PAGE_OPTIONAL = {"removed_parts", "encoding", "declared"}
ARTICLE_KEYS = {
    *("title", "subtitle", "kicker", "kind", "published_on", "published_at", "publisher", "authors", "editors"),
    *("contributor", "zones", "regions", "paragraphs", "headings", "indicators", "organisations", "people"),
    *("policies", "programmes", "honours"),
}
ARTICLE_OPTIONAL = {"dateline", "image_credit", "lines"}
INDICATOR_KEYS = {"subject", "name", "value", "unit", "bound", "aspect", "period", "text"}
BOUNDS = {"exact", "about", "over", "under"}
ASPECTS = {"level", "change", "growth", "share", "rank", "target"}
ORGANISATION_KINDS = {
    *("enterprise", "university", "institute", "party", "government", "association", "media", "hospital", "bank"),
    *("incubator", "other"),
}
_STRAY = re.compile(r"[㐀-鿿][,;:!?()]|[,;:!?()][㐀-鿿]")  # half-width punctuation beside a Han character


def faults(page: dict[str, Any]) -> list[str]:
    """Return what is wrong with an expected page; nothing when it is in the guide's form."""
    found = _keys("page", page, PAGE_KEYS, PAGE_OPTIONAL)
    found += [f"removed: {r}" for r in page.get("removed", []) if not _is_removed(r)]
    for article in page.get("articles", []):
        found += _article(article)
    return found


def _keys(where: str, given: dict[str, Any], wanted: set[str], optional: set[str] | None = None) -> list[str]:
    missing, strange = wanted - given.keys(), given.keys() - wanted - (optional or set())
    return [f"{where}: no {k}" for k in sorted(missing)] + [f"{where}: strange {k}" for k in sorted(strange)]


def _is_removed(entry: dict[str, Any]) -> bool:
    if "text" in entry:  # an HTML page has no lines to speak of
        return bool(entry["text"]) and bool(entry["reason"])
    first, last = entry["lines"]
    return 1 <= first <= last and bool(entry["reason"])


def _article(article: dict[str, Any]) -> list[str]:
    found = _keys("article", article, ARTICLE_KEYS, ARTICLE_OPTIONAL)
    body = "\n".join(article["paragraphs"])
    if article["kind"] not in {"news", "photo-caption"}:
        found.append(f"kind: {article['kind']}")
    if not article["paragraphs"] or not all(article["paragraphs"]):
        found.append("an empty paragraph")
    found += [f"heading is no paragraph: {h}" for h in article["headings"] if h not in article["paragraphs"]]
    found += [f"half-width punctuation: {m.group()}" for m in _STRAY.finditer(body)]
    found += _dates(article)
    for indicator in article["indicators"]:
        found += _indicator(indicator, body)
    return found + _names(article, body)


def _dates(article: dict[str, Any]) -> list[str]:
    on, at = article["published_on"], article["published_at"]
    if on is not None:
        date.fromisoformat(on)
    if at is not None and datetime.fromisoformat(at).date().isoformat() != on:
        return [f"published at {at} but on {on}"]
    return []


def _indicator(indicator: dict[str, Any], body: str) -> list[str]:
    where = f"indicator {indicator.get('text')}"
    found = _keys(where, indicator, INDICATOR_KEYS, {"restated"})
    if found:
        return found
    if body.count(indicator["text"]) != 1:
        found.append(f"{where}: stands in the body {body.count(indicator['text'])} times")
    if indicator["bound"] not in BOUNDS or indicator["aspect"] not in ASPECTS:
        found.append(f"{where}: {indicator['bound']} {indicator['aspect']}")
    if not _is_value(indicator["value"]) or not indicator["name"] or not isinstance(indicator["unit"], str):
        found.append(f"{where}: value, name or unit")
    if indicator["aspect"] == "rank" and indicator["unit"] != "名":
        found.append(f"{where}: a rank in {indicator['unit']}")
    return found + _period(where, indicator["period"])


def _is_value(value: object) -> bool:
    if isinstance(value, list):
        return len(value) == 2 and all(_is_value(v) for v in value) and value[0] <= value[1]
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _period(where: str, period: list[str | None] | None) -> list[str]:
    if period is None:
        return []
    first, last = period
    if last is None or (first is not None and date.fromisoformat(first) > date.fromisoformat(last)):
        return [f"{where}: period {period}"]
    return []


def _names(article: dict[str, Any], body: str) -> list[str]:
    found = []
    for organisation in article["organisations"]:
        found += _keys("organisation", organisation, {"name", "kind"})
        if organisation["kind"] not in ORGANISATION_KINDS or organisation["name"] not in body:
            found.append(f"organisation {organisation}")
    for person in article["people"]:
        found += _keys("person", person, {"name", "role", "organisation", "quotes"})
        found += [f"not in the body: {s}" for s in (person["name"], *person["quotes"]) if s not in body]
    for honour in article["honours"]:
        found += _keys("honour", honour, {"name", "recipient"})
    named = [*article["policies"], *article["programmes"]]
    return found + [f"not in the body: {name}" for name in named if name not in body]
