"""Article bodies that a page keeps in its scripts: JSON state, JSON-LD, string literals."""

import base64
import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from ingest.scripts.flight import STREAMED, flight
from ingest.scripts.values import MAX_NESTED, MAX_SCRIPT, parse_json, unescape, values
from ingest.strip.html_prose import prose

# A page whose elements hold this much prose shows its article; scripts are not looked at.
ENOUGH_SHOWN = 300
# A script's text must hold this much prose, and this many times what the elements hold, to be taken for the body.
LEAST, TIMES = 40, 3
MAX_STRINGS = 20_000
# A string that may be a paragraph of a body.
SHORTEST = 2

_LITERAL = re.compile(r"\"((?:[^\"\\\n]|\\.){60,}+)\"|'((?:[^'\\\n]|\\.){60,}+)'|`((?:[^`\\]|\\.){60,}+)`")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{80,}={0,2}")
_TEMPLATE = re.compile(r"template|text/html|text/plain", re.IGNORECASE)
_RUNS = frozenset(["text", "link", "span"])  # kinds of runs of an editor's paragraph
_TAG = re.compile(r"<[^<>]{1,2000}>")
_MARKED_UP = re.compile(r"<(?:p|br|div|span|section|h[1-6]|strong|img|font)\b[^<>]{0,2000}>", re.IGNORECASE)
_BODY_KEY = re.compile(
    r"(?:^|_|-)(?:article)?(?:content|body|text|html|detail|article|desc|value)s?$|正文", re.IGNORECASE
)
_OTHER_KEY = re.compile(
    r"summary|abstract|intro|digest|title|comment|copyright|share|related|recommend|list\[]", re.IGNORECASE
)


def script_body(scripts: list[tuple[dict[str, str], str]], *, shown: float) -> tuple[str, str] | None:
    """The best candidate for an article's body in a page's scripts.

    Args:
        scripts: Attributes and text of each script.
        shown: Characters of prose that the page's elements hold.

    Returns:
        Where it was found and its text, HTML or lines; None when no script holds clearly more than the elements.
    """
    if shown >= ENOUGH_SHOWN:
        return None
    best, best_score = None, max(LEAST, TIMES * shown)
    for name, groups in _candidates(scripts):
        for place, strings in groups.items():
            body = "\n".join(strings)
            score = prose(_TAG.sub("", body)) * _weight(place)
            if score > best_score:
                best, best_score = (f"script/{name[:40]}/{place[:80]}", body), score
    return best


def as_html(body: str) -> str:
    """A script's text as HTML: its own markup, or its lines as paragraphs."""
    if _MARKED_UP.search(body):
        return f"<script-body>{body}</script-body>"
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in body.splitlines() if line.strip())
    return f"<script-body>{lines}</script-body>"


def _candidates(scripts: list[tuple[dict[str, str], str]]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """The strings of each script by their place, under its name."""
    for attrs, text in scripts:
        if len(text) > MAX_SCRIPT or STREAMED in text:
            continue
        kind = attrs.get("type", "")
        name = attrs.get("id") or kind or "inline"
        yield name, {"template": [text]} if _TEMPLATE.search(kind) else _groups(text)
    if streamed := flight(scripts):
        yield "stream", _grouped(streamed)


def _weight(place: str) -> float:
    """How much a place in JSON sounds like the body: `content` does, the summaries of a list do not."""
    if _OTHER_KEY.search(place):
        return 0.3
    return 1.5 if _BODY_KEY.search(place.removesuffix("[]").rsplit(".", 1)[-1]) else 1.0


def _groups(text: str) -> dict[str, list[str]]:
    """The strings of a script by their place, the items of a list together; literals where it is no JSON."""
    found = list(values(text))
    if found:
        groups = _grouped(found)
        if any(prose(_TAG.sub("", " ".join(strings))) >= LEAST for strings in groups.values()):
            return groups
    return {f"literal {n}": [_clean(unescape(lit))] for n, lit in enumerate(_literals(text))}


def _grouped(values: Iterable[object]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for value in values:
        for place, string in _strings(value):
            groups.setdefault(place, []).append(string)
    return groups


def _strings(value: object) -> Iterator[tuple[str, str]]:
    """The strings in a JSON value with their places, in order, without recursion."""
    stack: list[tuple[str, object, int]] = [("", value, 0)]
    count = 0
    while stack and count < MAX_STRINGS:
        place, item, nested = stack.pop()
        if isinstance(item, dict) and (line := _line(item)):
            count += 1
            yield f"{place}.text", line
        elif isinstance(item, dict):
            stack += [(f"{place}.{key}" if place else str(key), v, nested) for key, v in reversed(item.items())]
        elif isinstance(item, list):
            stack += [(f"{place}[]", v, nested) for v in reversed(item)]
        elif isinstance(item, str) and len(item) >= SHORTEST:
            count += 1
            inner = parse_json(item) if item[:1] in "{[" and nested < MAX_NESTED else None
            if isinstance(inner, dict | list):
                stack.append((place, inner, nested + 1))
            else:
                yield place, _clean(item)


def _line(node: dict[str, object]) -> str:
    """The text of a paragraph that an editor keeps as runs: {"type": "paragraph", "children": [{"text": …}, …]}."""
    runs = node.get("content") or node.get("children")
    if not isinstance(node.get("type"), str) or not isinstance(runs, list):
        return ""
    texts = [run.get("text") for run in runs if isinstance(run, dict) and run.get("type", "text") in _RUNS]
    return "".join(t for t in texts if isinstance(t, str)) if len(texts) == len(runs) and all(texts) else ""


def _literals(text: str) -> Iterator[str]:
    for number, found in enumerate(_LITERAL.finditer(text)):
        if number >= MAX_STRINGS:
            return
        literal = found[1] or found[2] or found[3]
        yield _decoded(literal) if _BASE64.fullmatch(literal) else literal


def _decoded(literal: str) -> str:
    """The text of a literal in Base64; the literal itself where it is none."""
    try:
        return base64.b64decode(literal, validate=True).decode("utf-8")
    except ValueError:
        return literal


def _clean(text: str) -> str:
    """A string as the page's script would use it: percent signs and entities undone."""
    if text.count("%E") > len(text) / 12:
        text = unquote(text)
    return html.unescape(text) if "&lt;" in text or "&quot;" in text else text
