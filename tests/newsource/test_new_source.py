"""``ingest new-source`` against sites of different build: it names the articles and few others."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner, Result

from ingest.cli import app
from ingest.fetch.capture import getter
from ingest.fetch.web.session import Session
from ingest.sources.discover import discover
from ingest.sources.load import load
from ingest.sources.web.config import WebSource
from tests.fetch_web.site import Site
from tests.newsource.sites import SITES, Made


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
