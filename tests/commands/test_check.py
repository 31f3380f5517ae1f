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


def keep(sources: Path, more: str) -> None:
    path = sources / "news.toml"
    path.write_text(path.read_text("utf-8") + more, "utf-8")


def warnings(*args: str) -> tuple[int, list[str]]:
    said = CliRunner().invoke(app, ["check", "news", "--json", *args])
    told = json.loads(said.output)
    assert (said.exit_code == 1) == (told["targets"] == 0)
    return told["targets"], told["warnings"]


def test_days_narrow_what_a_source_names(sources: Path, site: Site) -> None:
    rows = "".join(f'<li><a href="/t{n}.html">德阳高新区第{n}条新闻</a> 2026-11-{n:02}</li>' for n in range(8, 0, -1))
    site.behaviours["/t9.html"] = site.behaviours["/t8.html"]
    undated = '<li><a href="/t9.html">没有日期的一条</a></li>'
    site.behaviours["/list.html"] = fixed(body=f"<ul>{rows}{undated}</ul>".encode())
    put(sources, site, "li a")
    assert warnings("--since", "2026-11-06")[0] == 3 + 1
    assert warnings("--since", "2026-11-03", "--until", "2026-11-06")[0] == 4 + 1
    assert warnings("--until", "2026-10")[0] == 1
    said = CliRunner().invoke(app, ["check", "news", "--since", "gestern"])
    assert "--since 'gestern' is no day" in str(said.exception)


def test_a_source_that_names_nothing_is_told_why(sources: Path, site: Site) -> None:
    put(sources, site, "li a")
    assert warnings("--since", "2027") == (0, ["none of its 8 pages lies within these days"])
    asked = len(site.asked("/list.html"))
    keep(sources, 'include = ["*/xw/*"]\n')
    assert warnings() == (0, ["`include` of its TOML file leave out all of its 8 pages"])
    assert len(site.asked("/list.html")) == asked + 1
    site.behaviours["/map.xml"] = fixed(body=b"<urlset></urlset>", Content_Type="text/xml")
    toml = f'kind = "sitemap"\ntitle = "T"\nurls = ["{site.url("/map.xml")}"]\npace = 0\nallow_private = true\n'
    (sources / "news.toml").write_text(toml, "utf-8")
    number, said = warnings()
    assert (number, len(said), "name no page" in said[0]) == (0, 1, True)


def test_what_is_odd_about_a_source_is_told(sources: Path, site: Site) -> None:
    put(sources, site, "li a")
    keep(sources, 'disabled = "the site is being rebuilt"\n[expected]\nfreshness = "3 days"\n')
    for number in range(1, 9):
        old = PAGE.replace("2026-11-20", "2019-11-20").format("德阳高新区又一个项目开工")
        site.behaviours[f"/t{number}.html"] = fixed(body=old.encode())
    disabled, titles, freshness = warnings()[1]
    assert "the site is being rebuilt" in disabled
    assert "all pages have one title" in titles
    assert "the newest page is of 2019-11-20" in freshness
