"""The arrows of import run one way, as the street does."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "ingest"
STREET = ["windows", "sources", "fetch", "decode", "strip", "split", "extract", "copies", "store"]
SHARED = {"model", "errors", "scripts", "collector"}  # what every room may speak
CORE = ["windows", "scripts", "decode", "strip", "split", "extract"]
IMPURE = {
    "asyncio",
    "httpx",
    "prefect",
    "requests",
    "socket",
    "sqlalchemy",
    "sqlmodel",
    "time",
    "typer",
    "urllib.request",
}


def imports(module: Path) -> set[str]:
    """Return the full names of the modules that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def rooms(module: Path) -> set[str]:
    """Return the rooms of the project that a file imports."""
    return {name.split(".")[1] for name in imports(module) if name.startswith("ingest.")}


@pytest.mark.parametrize("room", STREET)
def test_a_room_imports_no_later_one(room: str) -> None:
    allowed = SHARED | set(STREET[: STREET.index(room) + 1])
    for module in sorted((SOURCE / room).rglob("*.py")):
        assert rooms(module) <= allowed, module.relative_to(SOURCE)


def test_the_model_imports_nothing_of_ours() -> None:
    for module in sorted((SOURCE / "model").glob("*.py")):
        assert rooms(module) <= {"model"}, module.relative_to(SOURCE)


@pytest.mark.parametrize("room", CORE)
def test_the_core_is_pure(room: str) -> None:
    for module in sorted((SOURCE / room).rglob("*.py")):
        assert not imports(module) & IMPURE, module.relative_to(SOURCE)


def test_the_core_brings_neither_prefect_nor_a_database() -> None:
    script = "import sys, ingest.pipeline, ingest.commands.extract; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"prefect", "sqlalchemy", "sqlmodel", "jieba", "asyncio.base_events"} & set(loaded)
