"""The reader in a real browser: every view at two widths, by axe-core, without an error and without a foreign request.

Screenshots of the five main views lie in the folder that INGEST_TEST_ARTEFACTS names, or in the test's own.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

from ingest.store.engine import Database
from tests.reader.made import HOSTILE, WHO, doubtful, serving, site
from tests.store.pages import rows

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
WIDTHS = {375: 812, 1440: 900}
MILLISECONDS = 120_000  # for anything that is waited for: the machine of the tests has others at work
ZONE = "绵阳高新区"


@dataclass
class Seen:
    """What a page did that it must not do."""

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def nothing(self) -> bool:
        """Whether it did nothing of the kind."""
        return not self.errors and not self.foreign


@pytest.fixture(scope="module")
def folder_of_all(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that the tests of this module decide in."""
    folder = tmp_path_factory.mktemp("browser")
    for path in filled.glob("ingest.db*"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def address(folder_of_all: Path) -> Iterator[str]:
    """The address of the reader."""
    made = site(f"sqlite:///{folder_of_all}/ingest.db", folder_of_all)
    with serving(made) as there:
        yield there
    made.database.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=MILLISECONDS)
        yield opened
        opened.close()


@pytest.fixture
def seen() -> Seen:
    """What the page of the test did."""
    return Seen()


@pytest.fixture
def page(browser: Browser, address: str, seen: Seen) -> Iterator[Page]:
    """A page that may ask nobody but the reader."""
    opened = browser.new_page(base_url=address, viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(MILLISECONDS)
    mine = urlsplit(address).netloc

    def only_ours(route: Route) -> None:
        if urlsplit(route.request.url).netloc in {mine, ""}:
            route.continue_()
            return
        seen.foreign.append(route.request.url)
        route.abort()

    opened.route("**/*", only_ours)
    opened.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def views(folder_of_all: Path) -> dict[str, str]:
    """All views by name; those of an article are of a sound one and of hostile ones."""
    database = Database(f"sqlite:///{folder_of_all}/ingest.db", ask=True)
    found = {str(row["title"]): row["key"] for row in rows(database, "article")}
    record = doubtful(database)["key"]
    database.close()
    sound, hostile = found[f"{ZONE}第7号简报"], [found[each] for each in HOSTILE[:3]]
    zone = quote(ZONE)
    return {
        "overview": "/",
        "search": f"/articles?q={quote('简报')}",
        "article": f"/article/{sound}",
        "zone": f"/zone/{zone}",
        "review": "/review",
        "articles": "/articles",
        "history": f"/article/{sound}/history",
        "copies": f"/article/{sound}/copies",
        "capture": f"/article/{sound}/capture",
        "zones": "/zones",
        "figures": f"/zone/{zone}/indicators",
        "compare": f"/compare?{'&'.join(('name=' + quote('研发投入'), 'unit=' + quote('亿元'), 'aspect=level'))}",
        "decisions": "/review/decisions",
        "record": f"/review/record/{record}",
        "runs": "/runs",
        "quarantine": "/quarantine",
        **{f"hostile {number}": f"/article/{key}" for number, key in enumerate(hostile)},
        "hostile search": f"/articles?q={quote('window')}",
    }


MAIN = ("overview", "search", "article", "zone", "review")


def test_every_view_at_every_width(page: Page, seen: Seen, views: dict[str, str], tmp_path: Path) -> None:
    artefacts = Path(os.environ.get("INGEST_TEST_ARTEFACTS") or tmp_path)
    artefacts.mkdir(parents=True, exist_ok=True)
    axe, faults = Axe(), []
    for name, there in views.items():
        answer = page.goto(there)
        assert answer
        assert answer.status == 200, name
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            faults += [f"{name} at {width} px is {over} px too wide"] if over > 0 else []
            if name in MAIN:
                page.screenshot(path=artefacts / f"{name}-{width}.png", full_page=True)
        found = axe.run(page).response["violations"]
        faults += [f"{name}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
        assert page.evaluate("window.hit") is None, name
    assert faults == [], "\n".join(faults)
    assert seen.nothing(), seen
    assert {path.name for path in artefacts.glob("*.png")} >= {
        f"{name}-{width}.png" for name in MAIN for width in WIDTHS
    }


def test_contrast_holds_in_the_dark(page: Page, views: dict[str, str]) -> None:
    page.emulate_media(color_scheme="dark")
    faults = []
    for name in MAIN:
        page.goto(views[name])
        found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        faults += [f"{name}: {node['html'][:200]}" for each in found for node in each["nodes"]]
    assert faults == []


def test_a_search_is_typed_paged_and_led_to_an_article(page: Page, seen: Seen) -> None:
    page.goto("/")
    page.get_by_role("searchbox", name="Search articles").fill("简报")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles?q=*")
    first = page.get_by_role("link", name="号简报").first.inner_text()
    page.get_by_role("link", name="Next page").click()
    page.wait_for_url("**after=*")
    second = page.get_by_role("link", name="号简报").first
    assert second.inner_text() != first
    title = second.inner_text()
    second.click()
    page.get_by_role("heading", name=title).first.wait_for()
    assert seen.nothing(), seen


def test_a_point_of_a_chart_leads_to_its_words(page: Page, seen: Seen, views: dict[str, str]) -> None:
    page.goto(views["zone"])
    point = page.locator("svg.chart a").first
    point.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    assert "引进企业31家" in page.locator("mark.here, .here").first.inner_text()
    assert seen.nothing(), seen


def test_a_review_is_decided_by_keyboard_and_taken_back(page: Page, seen: Seen, folder_of_all: Path) -> None:
    page.goto("/review?kind=indicators")
    page.get_by_label("Your name").fill(WHO)
    page.locator(".doubt").first.focus()
    page.keyboard.press("r")
    page.get_by_role("status").get_by_text("was rejected").wait_for()
    page.wait_for_load_state()  # the keys are heard from then on
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.locator(".doubt details[open] input[name=says_value]").fill("32")
    page.locator(".doubt details[open]").get_by_role("button", name="Store the correction").click()
    page.get_by_role("status").get_by_text("was corrected").wait_for()
    page.wait_for_load_state()
    page.locator(".doubt").first.focus()
    page.keyboard.press("a")
    page.get_by_role("status").get_by_text("was accepted").wait_for()
    page.wait_for_load_state()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("status").get_by_text("was reopened").wait_for()
    database = Database(f"sqlite:///{folder_of_all}/ingest.db", ask=True)
    told = [
        (row["verdict"], row["decided_by"]) for row in sorted(rows(database, "decision"), key=lambda r: r["decided_at"])
    ]
    database.close()
    assert told == [(verdict, WHO) for verdict in ("rejected", "corrected", "accepted", "reopened")]
    page.goto("/review/decisions")
    assert page.get_by_role("row").count() == 5
    assert seen.nothing(), seen


def test_a_record_of_an_article_is_decided_on_and_taken_back_there(
    page: Page, seen: Seen, views: dict[str, str]
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(views["article"])
    page.get_by_role("link", name="Decide on").first.click()
    page.wait_for_url("**/review/record/**")
    page.get_by_label("Your name").fill(WHO)
    page.get_by_role("button", name="Reject").click()
    page.wait_for_url("**/article/**#r-*")
    mine = page.locator(".records li.rejected")
    mine.get_by_text(f"Rejected by {WHO}").wait_for()
    assert Axe().run(page).response["violations"] == []
    with page.expect_navigation():  # to the address where we are: to wait for that would be to wait for nothing
        mine.get_by_role("button", name="Take it back").click()
    page.locator(".records li").first.wait_for()
    assert mine.count() == 0
    assert seen.nothing(), seen


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_a_report_to_mail_stands_alone(
    page: Page, seen: Seen, folder_of_all: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.commands.report import report

    (tmp_path / "config").mkdir()
    monkeypatch.setenv("INGEST_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("INGEST_DATABASE_URL", f"sqlite:///{folder_of_all}/ingest.db")
    report(tmp_path / "overview.html", by="month")
    content = (tmp_path / "overview.html").read_text("utf-8")
    assert not any(each in content for each in ("<script", "<link", "src=", 'href="/', 'http-equiv="refresh'))
    page.goto("about:blank")
    page.set_content(content)
    page.get_by_role("heading", name="Overview").wait_for()
    assert page.locator("svg.chart rect").count() > 3
    assert Axe().run(page).response["violations"] == []
    monkeypatch.setenv("INGEST_READER_URL", "https://reader.example/r/")
    report(tmp_path / "linked.html", by=None)
    assert 'href="https://reader.example/r/articles"' in (tmp_path / "linked.html").read_text("utf-8")
    assert seen.nothing(), seen
