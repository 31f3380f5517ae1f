"""Sources of the web through the whole run, against a site on loopback."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as OtherIterator

from ingest import due
from ingest.errors import TargetError
from ingest.store.ledger import Entry
from tests.fetch_web.site import Answer, Behaviour, Request, Site, fixed
from tests.flows.project import Project

PAGE = """<html><head><meta charset="utf-8"><title>{0}</title></head><body><h1>{0}</h1>
<p>2026-11-20 来源：园区日报</p>
<p>本报讯 11月20日，德阳高新区第{1}个项目开工，总投资{1}亿元，占地{1}亩，预计明年投产，届时将新增就业岗位{1}00个。</p>
<p>园区负责人介绍，项目建成后可年产设备{1}万台，实现产值{1}亿元。</p></body></html>"""


def page(number: int, title: str = "又一个项目开工") -> bytes:
    return PAGE.format(f"德阳高新区{title}", number).encode()


def put(project: Project, name: str, toml: str) -> None:
    path = project.folder / "config" / "sources" / f"{name}.toml"
    path.write_text(f'title = "{name}"\n{toml}', "utf-8")


def tagged(body: bytes, tag: str) -> Behaviour:
    async def answer(request: Request, to: Answer) -> None:
        if request.headers.get("if-none-match") == tag:
            await to.send("304 Not Modified", headers={"ETag": tag})
        else:
            await to.send(body=body, headers={"ETag": tag})

    return answer


@pytest.fixture
def site() -> Iterator[Site]:
    items = "".join(f"<item><link>/{n}.html?utm_source=rss</link></item>" for n in range(1, 4))
    rss = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()
    behaviours = {"/feed.xml": fixed(body=rss, Content_Type="text/xml")}
    behaviours |= {f"/{n}.html": tagged(page(n), f'"{n}"') for n in (1, 2)}
    behaviours["/robots.txt"] = fixed(body=b"User-agent: *\nDisallow: /3.html", Content_Type="text/plain")
    with Site(behaviours) as running:
        yield running


@pytest.fixture
def web(project: Project, site: Site) -> Project:
    put(
        project,
        "feed",
        f'kind = "feed"\nurls = ["{site.url("/feed.xml")}"]\npace = 0\nallow_private = true\nretries = 0',
    )
    return project


def test_a_feed_is_read_and_then_let_rest(web: Project, site: Site) -> None:
    assert web.run("feed").outcomes == {"feed": {"new": 2, "skipped": 1}}
    assert sorted(row["address"] for row in web.rows("article")) == [site.url("/1.html"), site.url("/2.html")]
    asked = len(site.log)
    assert web.run("feed").outcomes == {"feed": {"skipped": 2 + 1}}
    assert len(site.log) - asked <= 2  # the feed, and robots.txt: no page


def test_what_is_due_is_asked_with_what_it_came_with(web: Project, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "next_due", lambda entry, now, error=None: now)
    web.run("feed")
    articles = web.rows("article")
    assert web.run("feed").outcomes == {"feed": {"unchanged": 2, "skipped": 1}}
    assert web.rows("article") == articles
    assert site.asked("/1.html")[1].headers["if-none-match"] == '"1"'
    assert {row["outcome"] for row in web.rows("ledger")} == {"unchanged", "forbidden"}


def test_a_changed_page_is_updated_and_one_that_is_gone_withdrawn(web: Project, site: Site) -> None:
    web.run("feed")
    site.behaviours["/1.html"] = tagged(page(7), '"7"')
    site.behaviours["/2.html"] = fixed("410 Gone")
    done = web.run("feed", force=True)
    assert done.outcomes == {"feed": {"updated": 1, "failed": 1, "skipped": 1}}
    assert done.total.withdrawn == 1
    assert {row["address"][-6:]: bool(row["withdrawn_at"]) for row in web.rows("article")} == {
        "1.html": False,
        "2.html": True,
    }
    assert {row["address"][-6:]: row["failures"] for row in web.rows("ledger")} == {
        "1.html": 0,
        "2.html": 1,
        "3.html": 2,
    }


def test_the_archive_holds_what_went_over_the_wire(web: Project, site: Site) -> None:
    site.behaviours["/1.html"] = fixed("302 Found", b"", Location="/2.html")
    web.run("feed")
    web.run("feed", force=True)
    files = sorted((web.settings().archive).glob("*.warc.gz"))
    types = []
    for path in files:
        with path.open("rb") as file:
            types += [record.headers["WARC-Type"] for record in ArchiveIterator(file)]
    # The redirect and where it leads, each page with its request; then both pages again, as they were.
    assert Counter(types) == {"warcinfo": 2, "response": 3, "request": 2, "revisit": 2}
    for path in files:
        with path.open("rb") as file:
            for record in OtherIterator(file, check_digests="raise"):
                record.content_stream().read()


def test_one_page_can_be_asked_for_by_its_address(web: Project, site: Site) -> None:
    assert web.run("feed", only=[site.url("/1.html")]).outcomes == {"feed": {"new": 1}}
    assert not site.asked("/feed.xml")
    assert web.run("feed", only=[site.url("/1.html")]).outcomes == {"feed": {"unchanged": 1}}  # not due, but named
    assert len(site.asked("/1.html")) == 2


def test_a_source_whose_list_fails_is_told(web: Project, site: Site) -> None:
    site.behaviours["/feed.xml"] = fixed("500 Oops")
    done = web.run("feed")
    assert done.outcomes == {"feed": {"failed": 1}}
    assert "status 500" in done.total.problems[0].reason


def test_warc_files_made_by_a_run_are_a_source(web: Project, site: Site, project: Project) -> None:
    web.run("feed")
    put(project, "old", f'kind = "warc"\nfolder = "{web.settings().archive}"\nwords = ["高新区"]')
    assert project.run("old").outcomes == {"old": {"new": 2}}
    addresses = sorted((row["source"], row["address"]) for row in project.rows("article"))
    assert addresses == [(name, site.url(f"/{n}.html")) for name in ("feed", "old") for n in (1, 2)]


@pytest.mark.parametrize("transient", [True, False])
def test_failures_back_off(transient: bool) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    error = TargetError("x", stage="fetch", transient=transient)
    waits = []
    for failures in range(12):
        entry = Entry(first_seen=now, due_at=now, failures=failures, etag=None, last_modified=None)
        waits.append(due.next_due(entry, now, error) - now)
    assert waits == sorted(waits)
    assert waits[1] == 2 * waits[0]
    assert waits[-1].days == 30
