"""``ingest new-source`` against sites of different build: the file loads, it names the articles and few others."""

import json
import re
import socket
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # comes with Prefect, without types
from typer.testing import CliRunner, Result

from ingest.cli import app
from ingest.errors import ConfigError
from ingest.fetch.capture import getter
from ingest.fetch.web.session import Session
from ingest.newsource.asking import NewSourceError
from ingest.sources.discover import discover
from ingest.sources.load import load, read_source
from ingest.sources.web.config import WebSource
from tests.conftest import ROOT
from tests.fetch_web.site import Site, fixed
from tests.newsource.sites import NAV, SITES, Made, around, article, day, html, text, title
from tests.newsource.unseen import UNSEEN


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config").mkdir()
    return tmp_path


@pytest.fixture
def web() -> Iterator[Session]:
    session = Session("gaoxin-ingest/test")
    yield session
    session.close()


def new_source(url: str, *options: str) -> Result:
    return CliRunner().invoke(app, ["new-source", url, "--allow-private", "--pace", "0", *options])


def targets(source: WebSource, web: Session) -> set[str]:
    found = (urlsplit(each.address) for each in discover(source, Path(), getter(source, web)))
    return {each.path + (f"?{each.query}" if each.query else "") for each in found}


def judge(made: Made, folder: Path, web: Session) -> WebSource:
    """Write a source for a made site, and hold it against what the site has."""
    with Site(made.pages) as site:
        said = new_source(site.url(made.url), "--name", "made")
        assert said.exit_code == 0, (said.output, said.exception)
        source = load(folder / "config")["made"]
        assert isinstance(source, WebSource)
        assert source.kind == made.kind
        found = targets(source, web)
        assert found >= set(made.articles), set(made.articles) - found
        assert len(found - set(made.articles)) <= made.slack, found - set(made.articles)
        checked = CliRunner().invoke(app, ["check", "made", "--json"])
        assert checked.exit_code == 0, (checked.output, checked.exception)
        for page in json.loads(checked.output)["pages"]:
            assert page["published"], page
            assert "高新区" in page["title"], page
            assert page["characters"] > 100, page
        return source


@pytest.mark.parametrize("name", SITES)
def test_a_site_gets_a_source_that_works(name: str, folder: Path, web: Session) -> None:
    judge(SITES[name](), folder, web)


@pytest.mark.parametrize("name", UNSEEN)
def test_a_site_built_after_the_code_gets_one_too(name: str, folder: Path, web: Session) -> None:
    judge(UNSEEN[name](), folder, web)


def challenge() -> Made:
    body = b"<html><head><script>document.cookie='a=b';location.reload()</script></head></html>"
    return Made("/", "", [], {"/": fixed("412 Precondition Failed", body)})


def nothing_there() -> Made:
    body = html(f"<h1>园区欢迎您</h1><p>电话 0838-1234567</p><ul>{NAV}</ul>")
    return Made("/", "", [], around({"/": fixed(body=body)}))


def only_an_article() -> Made:
    return Made("/a/1.html", "", [], {"/a/1.html": fixed(body=article(1))})


FORBID = fixed(body=b"User-agent: *\nDisallow: /", Content_Type="text/plain")
FAULTS = {
    "challenge": (challenge, "bot challenge"),
    "nothing": (nothing_there, "nothing that names articles was found. Tried: .*write one by hand"),
    "an article": (only_an_article, "this page is an article"),
    "forbidden": (lambda: Made("/", "", [], {"/": fixed(body=html("")), "/robots.txt": FORBID}), "asks not to fetch"),
    "a picture": (lambda: Made("/", "", [], {"/": fixed(body=b"\x89PNG", Content_Type="image/png")}), "image/png"),
    "no markup": (lambda: Made("/", "", [], {"/": fixed(body=b"a,b\n1,2", Content_Type="text/plain")}), "neither HTML"),
    "not there": (lambda: Made("/x/", "", [], {}), "is not there"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_stands_in_the_way_is_told_in_a_line(name: str, folder: Path) -> None:
    make, said = FAULTS[name]
    made = make()
    with Site(made.pages) as site:
        done = new_source(site.url(made.url))
    assert done.exit_code == 1
    assert isinstance(done.exception, NewSourceError)
    assert re.search(said, str(done.exception)), str(done.exception)
    assert not list((folder / "config").rglob("*"))


def test_a_site_that_is_not_there_and_one_that_is_private_are_told(folder: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # and does not listen, so that nobody else does there meanwhile
        port = silent.getsockname()[1]
        assert "cannot be reached" in str(new_source(f"http://127.0.0.1:{port}/").exception)
    done = CliRunner().invoke(app, ["new-source", "http://127.0.0.1:9/", "--pace", "0"])
    assert "private" in str(done.exception) or "not public" in str(done.exception), str(done.exception)


def test_a_file_that_is_there_stays(folder: Path) -> None:
    sources = folder / "config" / "sources"
    sources.mkdir()
    (sources / "mine.toml").write_text('kind = "files"\ntitle = "T"\nfolder = "."\nname = "other"\n', "utf-8")
    before = (sources / "mine.toml").read_bytes()
    for name in ("mine", "other", "No Name"):
        done = new_source("http://127.0.0.1:9/", "--name", name)
        assert isinstance(done.exception, ConfigError)
    assert (sources / "mine.toml").read_bytes() == before
    assert list(sources.iterdir()) == [sources / "mine.toml"]


def test_it_can_be_printed_or_written_elsewhere(folder: Path) -> None:
    made = SITES["json_feed"]()
    with Site(made.pages) as site:
        printed = new_source(site.url(made.url), "--out", "-")
        written = new_source(site.url(made.url), "--out", "elsewhere.toml", "--name", "park")
    assert (printed.exit_code, written.exit_code) == (0, 0)
    assert printed.stdout.startswith("#:schema ../source.schema.json\n")
    assert tomllib.loads(printed.stdout)["kind"] == "feed"
    assert not (folder / "config" / "sources").exists()
    assert read_source(folder / "elsewhere.toml").name == "park"
    assert title(0) in written.stderr  # what it would fetch


def test_what_is_written_is_valid_under_the_schema(folder: Path) -> None:
    schema = Draft7Validator(json.loads((ROOT / "config" / "source.schema.json").read_text("utf-8")))
    made = SITES["numbered_in_gb2312"]()
    with Site(made.pages) as site:
        schema.validate(tomllib.loads(new_source(site.url(made.url), "--out", "-").stdout))


def test_a_wrong_label_and_a_delay_that_robots_asks_for_are_written(folder: Path, web: Session) -> None:
    made = SITES["feed_in_gbk"]()
    made.pages["/robots.txt"] = fixed(body=b"User-agent: *\nCrawl-delay: 0.01", Content_Type="text/plain")
    source = judge(made, folder, web)
    assert source.encoding == "gb18030"
    assert source.pace == 0.01
    assert source.page is None


def test_selectors_are_written_only_where_the_rules_fail(folder: Path, web: Session) -> None:
    """Pages that call themselves by the site's slogan, their own titles in a div that is styled as one."""
    made = SITES["next_link"]()
    assert judge(made, folder, web).page is None
    (folder / "config" / "sources" / "made.toml").unlink()
    for n, path in enumerate(made.articles):
        body = "".join(f"<p>{each}</p>" for each in text(n))
        made.pages[path] = fixed(
            body=f"<html><head><title>创新之城开放之区</title></head><body><h1>创新之城开放之区欢迎您的到来</h1>"
            f'<div class="doc"><div class="doc-name">{title(n)}</div><div class="doc-day">{day(n)}</div>'
            f'<div class="doc-text">{body}</div></div></body></html>'.encode()
        )
    source = judge(made, folder, web)
    assert source.page
    assert source.page.title == ("div.doc-name",)
