"""Write the next step: ``python -m ingest.store.migrations "what it does"``; then read what it wrote.

Alembic compares the models with a database that all steps so far have made, and writes down the difference.
"""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alembic import command
from sqlalchemy import create_engine

from ingest.store import migrations
from ingest.store.types import Exact, Json, Utc


def main() -> None:
    """Write the file of the next step."""
    if len(sys.argv) != 2:
        sys.exit(str(__doc__).splitlines()[0])
    [message] = sys.argv[1:]
    number = f"{len(migrations.revisions()) + 1:04}" if _steps() else migrations.FIRST
    slug = "_".join(re.findall(r"[a-z0-9]+", message.lower()))[:40]
    with TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/scratch.db")
        with engine.begin() as connection:
            if _steps():
                migrations.upgrade(connection)
            config = migrations.config(connection)
            config.attributes["render_item"] = _render
            config.set_main_option("file_template", f"r{number}_{slug}")
            command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()


def _steps() -> bool:
    return any((Path(__file__).parent / "versions").glob("r*.py"))


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own column types by their name, and SQLModel's text as plain text."""
    if kind == "type" and isinstance(item, Exact | Json | Utc):
        return f"types.{type(item).__name__}()"
    return "sa.String()" if kind == "type" and type(item).__name__ == "AutoString" else False


if __name__ == "__main__":
    main()
