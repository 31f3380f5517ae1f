"""Rows as CSV and as JSON Lines, one after the other."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from typing import Any, BinaryIO

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection); the full-width signs are those that
# Excel takes for the same in Chinese and Japanese.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_BOM = "\ufeff"
Row = Sequence[Any]


def write_csv(
    out: BinaryIO, names: Sequence[str], rows: Iterable[Row], *, bom: bool = False, plain: bool = False
) -> int:
    """Write CSV (RFC 4180, UTF-8) and return how many rows it was.

    Args:
        out: Where to.
        names: The first line.
        rows: Lists and objects are written as JSON, decimals with all their digits, None as nothing.
        bom: Begin with the mark by which Excel knows UTF-8.
        plain: Leave texts as they are. Otherwise one that a spreadsheet would take for a formula gets a ' before it,
            which spreadsheets do not show. Numbers are never touched.
    """
    text = TextIOWrapper(out, "utf-8", newline="", write_through=True)
    if bom:
        text.write(_BOM)
    writer = csv.writer(text)
    writer.writerow(names)
    cell: Callable[[Any], Any] = _cell if plain else _guarded
    count = 0
    for row in rows:
        writer.writerow([cell(value) for value in row])
        count += 1
    text.flush()
    text.detach()
    return count


def write_jsonl(out: BinaryIO, names: Sequence[str], rows: Iterable[Row]) -> int:
    """Write a JSON object a row and return how many it was; decimals are numbers with all their digits."""
    labels = [json.dumps(name) for name in names]
    count = 0
    for row in rows:
        cells = (f"{label}: {_json(value)}" for label, value in zip(labels, row, strict=True))
        out.write(f"{{{', '.join(cells)}}}\n".encode())
        count += 1
    return count


def as_json(value: Any) -> str:
    """Return a list or object as JSON."""
    return json.dumps(value, ensure_ascii=False)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return as_json(value) if isinstance(value, list | Mapping) else value


def _guarded(value: Any) -> Any:
    written = _cell(value)
    return f"'{written}" if isinstance(value, str) and written.startswith(_FORMULA) else written


def _json(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return as_json(value.isoformat() if isinstance(value, date) else value)
