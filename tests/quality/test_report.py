"""The page that a run leaves: what stands in it, and that no page of the web can write in it."""

from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.chart import chart
from flows.markup import address, code, table, text
from flows.report import artifact_key, markdown, warnings
from ingest.choice import Orders
from ingest.model import Outcome
from ingest.run import Run
from ingest.tally import Problem, Tally

HOSTILE = [
    "a|b.txt",
    "<script>alert(1)</script>",
    "line\nbreak\r\n## heading",
    "![x](http://evil.example/x.png) [y](javascript:alert(1))",
    "`code` ``more``",
    "https://evil.example/a_b_c www.evil.example x@evil.example",
    "\u202egnp.exe \x00 \x1b[31m \ud800",
    "&lt;b&gt; &amp; \\| \\",
    "x" * 5000,
    "https://evil.example/*a*_b_[c]<d>`e`|f",
]


def problem(address: str, source: str = "pages", reason: str = "is a PNG picture", stage: str = "sniff") -> Problem:
    """Make a problem."""
    return Problem(
        source=source,
        address=address,
        outcome=Outcome.QUARANTINED,
        stage=stage,
        reason=reason,
        replay=f"ingest run {source} --only '{address}'",
    )


def tally(*problems: Problem, **outcomes: int) -> Tally:
    """Make a tally."""
    made = Tally(problems=list(problems))
    made.outcomes.update(outcomes)
    made.outcomes[Outcome.QUARANTINED] += len(problems)
    return made


def run(**tallies: Tally) -> Run:
    """Make a run."""
    return Run(key="k" * 32, started_at=datetime(2026, 3, 2, tzinfo=UTC), orders=Orders(sources=()), tallies=tallies)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_of_a_page_is_shown_and_does_nothing(value: str) -> None:
    """Read by a strict reader of CommonMark with GitHub's tables and bare links, which is more than the UIs do."""
    page = markdown(run(pages=tally(problem(value, reason=value))))
    html = render(page)
    for tag in ("<script", '<img src="http', "<h2>heading", "<b>", 'href="javascript', 'href="http://www.evil'):
        assert tag not in html.replace("&lt;", "")
    assert all(line.count("<td") in {0, 1} for line in html.splitlines())
    rows = html[html.index("why") :].split("<tr>")[1:]
    assert [row.count("<td") for row in rows][:1] == [5]


def render(page: str) -> str:
    """Return markdown as HTML by a strict reader."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("gfm-like", {"html": True}).render(page))


@given(st.text(max_size=400))
def test_text_is_one_cell_of_one_line(value: str) -> None:
    made = table(["a", "b"], [[text(value), code(value)], [address(value), "x"]])
    lines = made.split("\n")
    assert len(lines) == 4
    html = render(made)
    assert html.count("<td") == 4
    assert "<a " not in html
    for line in html.splitlines():
        assert not line.lstrip().startswith(("<script", "<img", "<iframe"))


def test_what_went_wrong_100_000_times_is_told_in_a_page_of_bounded_size() -> None:
    whole = Tally()
    for chunk in range(200):
        some = [problem(f"https://x.example/{'p' * 200}/{chunk}-{n}", reason="r" * 900) for n in range(500)]
        whole.add(tally(*some))
    assert (whole.troubled, len(whole.problems)) == (100_000, 1000)
    made = run(pages=whole, other=tally(problem("alone", source="other"), new=3))
    page = markdown(made)
    assert len(page) < 400_000
    assert "## Failed and quarantined: 100,001" in page
    assert "and 99,900 more: `ingest quarantine list` has them all" in page
    assert "alone" in page  # no source is crowded out by another
    many = run(**{f"s{n}": tally(problem("a", source=f"s{n}")) for n in range(3000)})
    assert len(markdown(many)) < 400_000


def test_a_command_that_cannot_be_shown_as_typed_goes_by_the_key() -> None:
    for odd in ("a`b", "a\nb", "x" * 400):
        page = markdown(run(pages=tally(problem(odd))))
        assert "| `ingest quarantine replay " in page
        assert "ingest run" not in page


def test_a_chunk_warns_once_for_each_reason_with_the_way_out() -> None:
    same = [problem(f"{n}.txt") for n in range(480)]
    others = [problem("x.txt", reason=f"reason {n}") for n in range(20)]
    lines = warnings("pages", tally(*same, *others))
    assert lines[0] == (
        "pages: 480 times: is a PNG picture; first 0.txt. Again: ingest quarantine replay --source pages --stage sniff"
    )
    assert lines[1] == "pages: x.txt: reason 0. Again: ingest run pages --only 'x.txt'"
    assert lines[-1] == "pages: 16 more, for other reasons: `ingest quarantine list --source pages`"
    assert len(lines) == 6


def test_each_source_has_a_page_of_its_own() -> None:
    names = ["pages", "a-b", "a_b", "a_b-", "x" * 64]
    found = [artifact_key(run(**{name: Tally()})) for name in names]
    assert found[:2] == ["ingest-run-pages", "ingest-run-a-b"]
    assert len(set(found)) == len(names)
    assert all(set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for key in found)
    assert artifact_key(run(a=Tally(), b=Tally())) == "ingest-run"


def test_the_chart_is_an_image_that_is_well_formed() -> None:
    assert chart([("nothing", {})]) == ""
    made = chart([("<&\"'>", {"new": 3, "failed": 1}), ("b", {"unchanged": 40})])
    svg = b64decode(made.removeprefix("![outcomes](data:image/svg+xml;base64,").removesuffix(")"))
    root = ElementTree.fromstring(svg)
    said = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert said[:6] == [outcome.value for outcome in Outcome]
    assert said[6:] == ["<&\"'>", "4", "b", "40"]


def test_sources_link_to_their_articles_where_there_is_a_reader(tmp_path: Path) -> None:
    made = run(pages=tally(new=1))
    assert "[pages](<http://127.0.0.1:8300/articles?source=pages>)" in markdown(made, reader="http://127.0.0.1:8300/")
    assert "](<" not in markdown(made)
