"""What a source's selectors, its site's memory and the kinds of its pages do to a run."""

import pytest

from ingest.errors import ConfigError
from ingest.sources.load import load
from ingest.store import queries
from ingest.store.engine import Database
from tests.flows.project import PAGE, Project

AREA = ("西山", "北湾", "南塘", "松岗", "梅溪", "竹园", "桃林", "柳河", "枫桥", "兰亭", "荷塘", "菊圃")
BOX = "打开云溪发布客户端，第一时间获取权威资讯，更多精彩内容等您来看。"


def page(area: str, box: str = f"<p>{BOX}</p>") -> str:
    title = f"{area}新建两条中试线"
    first = f"{area}产业园昨日宣布，两条中试线建成投用，首批入驻的六家企业已经开始试产，全年预计完成验证项目四十个。"
    second = f"“设备共享，让{area}的小企业也用得起。”园区负责人何青说，收费只有市场价的一半，后续还会再建一条。"
    return (
        f"<html><head><meta charset=utf-8><title>{title}_云溪</title></head><body><h1>{title}</h1>"
        f'<div class="text"><p>{first}</p>{box}<p>{second}</p></div></body></html>'
    )


def paragraphs(project: Project, address: str) -> list[str]:
    [row] = [row for row in project.rows("article") if row["address"] == address]
    found: list[str] = row["paragraphs"]
    return found


def test_what_recurs_is_left_out_of_pages_read_after_the_run_that_met_it(project: Project) -> None:
    for number, area in enumerate(AREA[:10]):
        project.put(f"{number}.html", page(area))
    assert project.run().outcomes == {"pages": {"new": 10}}
    assert BOX in paragraphs(project, "3.html")
    [site] = project.rows("site")
    assert (site["name"], site["pages"], set(site["recurring"].values())) == ("pages:", 10, {10})

    before = project.everything()
    assert project.run().outcomes == {"pages": {"unchanged": 10}}  # a memory that grew is no reason to read again
    assert project.everything() == before

    project.put("10.html", page(AREA[10]))
    assert project.run().outcomes == {"pages": {"unchanged": 10, "new": 1}}
    assert BOX not in paragraphs(project, "10.html")
    versions = {row["address"]: row["site_version"] for row in project.rows("article")}
    assert versions["10.html"] == site["version"]
    assert versions["3.html"] is None

    assert project.run(force=True).outcomes == {"pages": {"updated": 10, "unchanged": 1}}
    assert BOX not in paragraphs(project, "3.html")
    assert {row["site_version"] for row in project.rows("article")} == {site["version"]}


@pytest.mark.parametrize("chunk_pages", [1, 4, 500])
def test_neither_chunks_nor_repetition_change_what_is_learnt(project: Project, chunk_pages: int) -> None:
    for number, area in enumerate(AREA):
        project.put(f"{number}.html", page(area, box=f"<p>{BOX}</p>" if number % 4 else ""))
    project.run(chunk_pages=chunk_pages)
    project.run(chunk_pages=chunk_pages, force=True)
    [site] = project.rows("site")
    assert (site["pages"], list(site["recurring"].values())) == (12, [9])
    assert {row["pages"] for row in project.rows("siteblock")} == {1, 9}


def test_changed_selectors_read_the_pages_of_their_source_again(project: Project) -> None:
    project.put("a.html", page("西山"))
    project.run()
    assert BOX in paragraphs(project, "a.html")
    project.source("pages", '[page]\ndrop = "p:nth-of-type(2)"\n')
    assert project.run().outcomes == {"pages": {"updated": 1}}
    assert BOX not in paragraphs(project, "a.html")
    assert project.run().outcomes == {"pages": {"unchanged": 1}}
    project.source("pages", "")
    assert project.run().outcomes == {"pages": {"updated": 1}}


def test_a_selector_that_is_none_is_an_error_with_its_file_and_key(project: Project) -> None:
    project.source("pages", '[page]\nbody = "div..text"\n')
    wrong = r"pages\.toml: `page\.body(?:\.0)?` is 'div\.\.text': 'div\.\.text' is no CSS selector"
    with pytest.raises(ConfigError, match=wrong):
        load(project.folder / "config")
    project.source("pages", '[page]\nbdoy = "div"\n')
    with pytest.raises(ConfigError, match=r"unknown key `page\.bdoy`; did you mean `page\.body`"):
        load(project.folder / "config")


def test_pages_that_are_no_article_are_skipped_and_said_to_be_what_they_are(project: Project) -> None:
    project.put("good.txt", PAGE)
    project.put("gone.html", "<html><title>404</title><h1>404</h1><p>抱歉，您访问的页面不存在。</p></html>")
    project.put("wait.txt", "安全验证\n请完成安全验证，拖动滑块后继续访问本页面。\n")
    for outcome in ("new", "unchanged"):
        run = project.run()
        assert run.outcomes == {"pages": {outcome: 1, "skipped": 2}}
        assert run.total.kinds == {"error": 1, "challenge": 1}
    kinds = {row["address"]: (row["kind"], bool(row["kind_reason"])) for row in project.rows("page")}
    assert kinds == {"good.txt": ("article", False), "gone.html": ("error", True), "wait.txt": ("challenge", True)}
    database = Database(project.settings().database, ask=True)
    with database.read() as connection:
        assert queries.kinds(connection) == {"pages": {"article": 1, "challenge": 1, "error": 1}}
    database.close()
