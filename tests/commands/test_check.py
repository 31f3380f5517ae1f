"""``ingest check`` tries a source and stores nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.cli import app
from tests.fetch_web.site import Site, fixed

PAGE = """<html><head><title>{0}</title></head><body><h1>{0}</h1><div class="info">2026-11-20 来源：园区日报</div>
<div><p>德阳高新区一个新项目开工，总投资5亿元，占地60亩，预计明年投产，届时将新增就业岗位300个。</p>
<p>园区负责人介绍，项目建成后可年产设备2万台，实现产值8亿元。</p></div></body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    rows = "".join(f'<li><a href="/t{n}.html">德阳高新区第{n}条新闻</a> 2026-11-20</li>' for n in range(1, 9))
    behaviours = {f"/t{n}.html": fixed(body=PAGE.format("德阳高新区又一个项目开工").encode()) for n in range(1, 9)}
    with Site(behaviours | {"/list.html": fixed(body=f"<ul>{rows}</ul>".encode())}) as running:
        yield running


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "config" / "sources"
    folder.mkdir(parents=True)
    return folder


def put(sources: Path, site: Site, links: str) -> None:
    keys = f'urls = ["{site.url("/list.html")}"]\nlinks = "{links}"\npace = 0\nallow_private = true\n'
    (sources / "news.toml").write_text(f'kind = "listing"\ntitle = "T"\n{keys}', "utf-8")


def test_targets_and_first_pages_are_told(sources: Path, site: Site) -> None:
    put(sources, site, "li a")
    said = CliRunner().invoke(app, ["check", "news", "--pages", "2", "--json"])
    assert said.exit_code == 0, said.output
    told = json.loads(said.output)
    assert told["targets"] == 8
    assert [(page["title"], page["published"]) for page in told["pages"]] == [
        ("德阳高新区又一个项目开工", "2026-11-20")
    ] * 2
    assert len([request for request in site.log if request.path.startswith("/t")]) == 2
    assert sorted(path.name for path in sources.parent.parent.iterdir()) == ["config"]
    shown = CliRunner().invoke(app, ["check", "news"])
    assert "8 pages; nothing is stored" in shown.output
    assert "德阳高新区又一个项目开工" in shown.output


def test_a_source_that_gives_nothing_is_an_error(sources: Path, site: Site) -> None:
    put(sources, site, "div.news a")
    said = CliRunner().invoke(app, ["check", "news"])
    assert said.exit_code == 1
    assert "picks no link" in str(said.exception)
    put(sources, site, "li a")
    for number in range(1, 9):
        site.behaviours[f"/t{number}.html"] = fixed("404 Not Found")
    said = CliRunner().invoke(app, ["check", "news"])
    assert "is not there (status 404)" in said.output
    assert "none of the 3 pages" in str(said.exception)
