"""An export from the database to a file or a pipe; memory does not grow with the rows."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Select

from ingest.errors import IngestError
from ingest.store.export import kinds, parquet, text
from ingest.store.export.kinds import Filters

FORMATS = ("csv", "jsonl", "parquet")
_AT_A_TIME = 1000  # rows fetched from the database


@dataclass(frozen=True, slots=True)
class Style:
    """How rows are written: one of ``FORMATS``; the others are of CSV alone, see ``text.write_csv``."""

    format: str
    bom: bool = False
    plain: bool = False


def write(connection: Connection, kind: str, filters: Filters, style: Style, out: BinaryIO) -> int:
    """Write the rows of a kind and return how many they are.

    Args:
        connection: To the database; it sees one state of it until the last row.
        kind: One of ``kinds.kinds()``.
        filters: What they are narrowed by.
        style: How they are written.
        out: Where to.

    Raises:
        ConfigError: The kind cannot be narrowed so.
        IngestError: The format cannot be written.
    """
    types = kinds.types(kind)
    with _rows(connection, kinds.query(kind, filters)) as rows:
        if style.format == "parquet":
            return parquet.write_parquet(out, types, rows)
        if style.format == "jsonl":
            return text.write_jsonl(out, list(types), rows)
        return text.write_csv(out, list(types), rows, bom=style.bom, plain=style.plain)


def dictionary(kind: str | None = None) -> list[dict[str, str]]:
    """Return the data dictionary of a kind, or of all."""
    return [
        {"export": each} | column.told()
        for each in ([kind] if kind else kinds.kinds())
        for column in kinds.columns(each)
    ]


def write_dictionary(kind: str, beside: Path) -> Path:
    """Write the data dictionary of a kind beside its file; return where."""
    path = beside.with_name(f"{beside.name}.columns.json")
    with replacing(path) as out:
        out.write(f"{json.dumps(dictionary(kind), ensure_ascii=False, indent=1)}\n".encode())
    return path


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write that takes the place of ``path`` once it is whole; what fails leaves nothing behind.

    Raises:
        IngestError: It cannot be written there.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(path)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror or error}"
        raise IngestError(msg) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _rows(connection: Connection, query: Select[Any]) -> Iterator[Iterator[tuple[Any, ...]]]:
    streaming: Mapping[str, Any] = {"stream_results": True, "yield_per": _AT_A_TIME}
    with connection.execute(query, execution_options=streaming) as result:
        yield (tuple(row) for row in result)
