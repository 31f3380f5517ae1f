"""Records as a page shows them: what each says, its words within their paragraph, and what a person decided on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.reader.sentences import Said, sentence, standing
from ingest.store.reviews import Verdict, reading_key
from ingest.store.tables import RECORDS

Row = Mapping[str, Any]
_GROUPS = {str(model.__tablename__): kind for kind, model in RECORDS.items()}
_AROUND = 40  # characters on either side of the evidence: a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A record. ``says`` is what stands by the decision on it, ``read`` what was read where that is something else."""

    kind: str  # its table
    row: Row
    says: tuple[Said, ...]
    read: tuple[Said, ...] | None
    decision: Row | None
    before: str
    behind: str

    @property
    def group(self) -> str:
        """The kind as people call it: indicators for the table indicator."""
        return _GROUPS[self.kind]

    @property
    def rejected(self) -> bool:
        """Whether a person found it wrong."""
        return self.decision is not None and self.decision["verdict"] == Verdict.REJECTED

    @property
    def told(self) -> str:
        """What it says and what was decided on it, on one line."""
        decided = f" ({self.decision['verdict']} by {self.decision['decided_by']})" if self.decision else ""
        return "".join(piece.text for piece in self.says) + decided


def finding(kind: str, row: Row, paragraph: str, decision: Row | None, around: int) -> Finding:
    """Return a record as a page shows it.

    Args:
        kind: Its table.
        row: Its row.
        paragraph: The one that its evidence stands in.
        decision: The one that stands on it.
        around: Characters of the paragraph on either side of the evidence.
    """
    says, read = sentence(kind, standing(row, decision)), sentence(kind, row)
    before, behind = context(paragraph, row["span_start"], row["span_end"], around)
    other = None if says == read else read
    return Finding(kind=kind, row=row, says=says, read=other, decision=decision, before=before, behind=behind)


def findings(
    records: Mapping[str, Sequence[Row]], paragraphs: Sequence[str], decisions: Mapping[str, Row]
) -> list[Finding]:
    """Return an article's records in the order of its text.

    Args:
        records: By table.
        paragraphs: Of the article.
        decisions: That stand, by their readings.
    """
    found = [
        finding(kind, row, _paragraph(paragraphs, row), decisions.get(reading_key(kind, dict(row))), _AROUND)
        for kind, rows in records.items()
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.row["paragraph"], each.row["span_start"], each.kind, each.row["key"]))


def context(paragraph: str, start: int, end: int, around: int) -> tuple[str, str]:
    """Return what stands before and behind some words, cut where it is long."""
    before = ("…" if start > around else "") + paragraph[max(0, start - around) : start]
    return before, paragraph[end : end + around] + ("…" if len(paragraph) > end + around else "")


def _paragraph(paragraphs: Sequence[str], row: Row) -> str:
    place = row["paragraph"]
    return paragraphs[place] if place < len(paragraphs) else ""
