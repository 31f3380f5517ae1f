"""Findings as rows of a table for people."""

from typing import Any

from ingest.quality.judge import Finding

_SHARES = ("fill: ", "left out", "spun", "charsets", "failed")


def row(finding: Finding) -> dict[str, Any]:
    """Return a finding as texts: shares in per cent, counts as they are, days for how fresh a source is."""
    return {
        "source": finding.source,
        "measure": finding.measure,
        "level": finding.level.value,
        "value": _told(finding, finding.value),
        "from": _told(finding, finding.low),
        "usual": _told(finding, finding.usual),
        "to": _told(finding, finding.high),
        "compared with": finding.runs,
        "why": finding.why,
    }


def _told(finding: Finding, value: float | None) -> str:
    if value is None:
        return ""
    if finding.measure.startswith(_SHARES):
        return f"{min(1.0, max(0.0, value)):.0%}"
    return f"{value:.0f} days" if finding.measure == "freshness" else f"{max(0.0, value):.0f}"
