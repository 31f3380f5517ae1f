"""JSON in a script: the whole of it, what is assigned in it, JSON within a string of JSON."""

import json
import re
from collections.abc import Iterator

MAX_SCRIPT = 3_000_000  # characters of a script that is looked at
MAX_JSON = 2_000_000  # characters of one JSON text
MAX_NESTED = 3  # JSON within a string within JSON
_MAX_VALUES = 50  # that are assigned in one script

_ASSIGNED = re.compile(r"=\s{0,9}(?:JSON\.parse\(\s{0,9})?(?=[{\[\"'])")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": "", "\n": ""}
_DECODER = json.JSONDecoder(strict=False)


def parse_json(text: str) -> object:
    """JSON as pages write it, or None: line feeds in strings pass, comments round it are taken off."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    if len(text) > MAX_JSON:
        return None
    try:
        found: object = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return found


def decode_at(text: str, start: int) -> tuple[object, int]:
    """The JSON value that begins at a place and where it ends; None where there is none."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, start
    return value, end


def values(text: str) -> Iterator[object]:
    """The JSON values of a script: the whole of it, or what is assigned in it."""
    if (whole := parse_json(text)) is not None:
        for _ in range(MAX_NESTED):
            if isinstance(whole, str):
                whole = parse_json(whole) or whole
        yield whole
        return
    at = 0
    for _ in range(_MAX_VALUES):
        found = _ASSIGNED.search(text, at)
        if not found:
            return
        value, end = decode_at(text, found.end())
        at = max(end, found.end() + 1)
        if isinstance(value, str):
            value = parse_json(value)
        if isinstance(value, dict | list):
            yield value


def unescape(literal: str) -> str:
    r"""A string literal of JavaScript as the text it stands for: ``\u9ad8``, ``\x2f`` and ``\"`` undone."""

    def one(found: re.Match[str]) -> str:
        if code := found[1] or found[2]:
            return chr(int(code, 16))
        return _PLAIN_ESCAPES.get(found[3], found[3])

    return _ESCAPE.sub(one, literal)
