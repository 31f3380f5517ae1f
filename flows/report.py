"""What a run leaves in Prefect's UI: one page of markdown for the person who looks after it."""

from collections import Counter
from collections.abc import Iterable

from ingest.model import Outcome
from ingest.run import Run
from ingest.tally import Tally

_MOST_PROBLEMS = 200  # rows; Prefect's UI takes seconds for a table of thousands, and the database has them all


def markdown(run: Run) -> str:
    """Return a run's page: outcomes by source, problems with their replay, damage, what was left out, slowest pages."""
    total = run.total
    parts = [
        _outcomes(run),
        _problems(total),
        _counts("Damage found and mended", "kind", "times", total.repairs),
        _counts("Flagged", "what", "times", total.flags),
        _counts("Pages that are no article", "kind", "pages", total.kinds),
        _counts("Left out of the articles", "label", "characters", total.left_out),
        _slowest(total),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _outcomes(run: Run) -> str:
    rows = [
        [name, *(tally.outcomes[outcome] or "" for outcome in Outcome), tally.targets, tally.articles, tally.records]
        for name, tally in run.tallies.items()
    ]
    return "## Outcomes\n\n" + _table(["source", *Outcome, "pages", "articles read", "records"], rows)


def _problems(total: Tally) -> str:
    if not total.problems:
        return ""
    rows = [[p.source, p.address, p.stage, p.reason, f"`{p.replay}`"] for p in total.problems[:_MOST_PROBLEMS]]
    more = len(total.problems) - len(rows)
    after = f"\n\nand {more} more: `ingest status` lists them all" if more else ""
    return "## Failed and quarantined\n\n" + _table(["source", "address", "stage", "why", "again"], rows) + after


def _counts(title: str, what: str, how_many: str, counts: Counter[str]) -> str:
    return f"## {title}\n\n" + _table([what, how_many], counts.most_common()) if counts else ""


def _slowest(total: Tally) -> str:
    rows = [[address, f"{seconds * 1000:.0f} ms"] for seconds, address in total.slowest]
    return "## Slowest pages\n\n" + _table(["address", "time"], rows) if rows else ""


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [list(head), *rows]
    cells = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    cells.insert(1, ["---"] * len(cells[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)
