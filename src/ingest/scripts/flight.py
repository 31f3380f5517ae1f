r"""What a page of React's server components streams to its script: ``self.__next_f.push([1,"5:[\"$\",\"p\",…"])``.

The pieces of all calls make one stream of rows: a number, a colon, and JSON; or ``T``, a length in bytes (hex), a comma
and that much text.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress

MAX_CALLS = 2_000
STREAMED = "__next_f"
_CALL = re.compile(r"__next_f\.push\(\s*(?=\[)")
_ROW = re.compile(r"[0-9a-f]{1,6}:(?:T([0-9a-f]{1,6}),|[A-Z]{0,2})")
_DECODER = json.JSONDecoder(strict=False)


def flight(scripts: list[tuple[dict[str, str], str]]) -> list[object]:
    """The values that a page streams to its script, in order: JSON, and texts as they are."""
    stream = "".join(piece for _, text in scripts if STREAMED in text for piece in _pieces(text))
    return list(_rows(stream)) if stream else []


def _pieces(text: str) -> Iterator[str]:
    for _, call in zip(range(MAX_CALLS), _CALL.finditer(text), strict=False):
        try:
            value, _ = _DECODER.raw_decode(text, call.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            yield value[1]


def _rows(stream: str) -> Iterator[object]:
    at = 0
    while at < len(stream):
        found = _ROW.match(stream, at)
        if found and found[1]:
            text = stream[found.end() : found.end() + int(found[1], 16)].encode()[: int(found[1], 16)]
            said = text.decode("utf-8", "ignore")
            yield said
            at = found.end() + len(said)
            continue
        begin, end = found.end() if found else at, stream.find("\n", at)
        end = len(stream) if end < 0 else end
        with suppress(ValueError, RecursionError):
            yield json.loads(stream[begin:end], strict=False)
        at = end + 1
