"""``--source`` tries a source's selectors on one page; what a page without an article is told as."""

import json
from pathlib import Path

import pytest

from tests.commands.test_commands import ingest
from tests.flows.project import Project

BOX = "本栏目欢迎来稿，来稿请注明作者的姓名和联系方式。"
TEXT = "东岭机床厂今天交付第一百台五轴机床，用户是本地的一家航空配套企业。"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.source("pages", '[page]\ndrop = ["p.box"]\ndate = ".gone"\n')
    made.put("a.html", f"<html><h1>东岭交付新机床</h1><div><p>{TEXT}</p><p class=box>{BOX}</p></div></html>")
    made.put("gone.html", "<html><title>404</title><h1>404</h1><p>抱歉，您访问的页面不存在。</p></html>")
    return made


@pytest.mark.parametrize("command", [["extract"], ["explain", "--json"]])
def test_a_page_is_read_with_the_selectors_of_a_source(project: Project, command: list[str]) -> None:
    plain = json.loads(ingest(project.folder, *command, "pages/a.html").stdout)
    chosen = json.loads(ingest(project.folder, *command, "--source", "pages", "pages/a.html").stdout)
    assert plain["articles"][0]["paragraphs"] == [TEXT, BOX]
    assert chosen["articles"][0]["paragraphs"] == [TEXT]
    assert [flag["name"] for flag in chosen["flags"]] == ["selector"]


def test_a_source_that_there_is_not_is_wrong_usage(project: Project) -> None:
    done = ingest(project.folder, "extract", "--source", "page", "pages/a.html")
    assert (done.returncode, "did you mean `pages`?" in done.stderr) == (2, True)


def test_a_page_without_an_article_says_what_it_is(project: Project) -> None:
    read = json.loads(ingest(project.folder, "extract", "pages/gone.html").stdout)
    assert (read["kind"], read["articles"]) == ("error", [])
    assert read["kind_reason"]
    assert "error" in ingest(project.folder, "explain", "pages/gone.html").stdout
