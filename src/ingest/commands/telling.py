"""Records, texts and errors said in one line."""

from rich.console import Console

from ingest.model import Indicator, Record


def told(record: Record) -> str:
    """Say a record in a line."""
    if isinstance(record, Indicator):
        value = "–".join(f"{v:f}" for v in record.value) if isinstance(record.value, tuple) else f"{record.value:f}"
        period = f" {record.period[0] or '…'}/{record.period[1]}" if record.period else ""
        bound = "" if record.bound == "exact" else f"{record.bound} "
        return f"{record.subject or '?'}: {record.name} {bound}{value} {record.unit} ({record.aspect}){period}"
    parts = [getattr(record, name, None) for name in ("name", "kind", "role", "organisation", "recipient")]
    return ", ".join(str(part) for part in parts if part)


def clip(text: str, length: int = 60) -> str:
    """Return a text on one line, cut at ``length`` characters with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def some(number: int, what: str) -> str:
    """Return a number with what it counts, in the plural where it is not one: ``1 page``, ``2,300 pages``."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def complain(message: str) -> None:
    """Print one line on stderr, as every error of the command looks."""
    Console(stderr=True).print(f"ingest: {message}", markup=False, highlight=False, soft_wrap=True)
