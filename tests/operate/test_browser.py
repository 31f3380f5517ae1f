"""Prefect's UI in a real browser, as a person uses it: the runs, a run's page, the form of a backfill."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.operate.running import Up, wait

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
MILLISECONDS = 120_000  # for anything that is waited for: the machine of the tests has others at work
expect.set_options(timeout=MILLISECONDS)  # five seconds otherwise, whatever the page's own


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """An ``ingest up`` whose source has run once."""
    running = Up(tmp_path_factory.mktemp("browser"), schedule="0 4 * * *")
    try:
        running.start()
        run = running.run("pages", sources=["pages"], what="all")
        wait(lambda: running.state(run) == "Completed", "the first run")
        yield running
    finally:
        running.end()


@pytest.fixture(scope="module")
def asked() -> set[str]:
    """The hosts that the browser has asked."""
    return set()


@pytest.fixture
def page(up: Up, asked: set[str]) -> Iterator[Page]:
    """A page of a browser of our own."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=MILLISECONDS)
        opened = browser.new_page(viewport={"width": 1400, "height": 1000}, base_url=up.address)
        opened.set_default_timeout(MILLISECONDS)
        opened.on("request", lambda request: asked.update({urlsplit(request.url).netloc} - {""}))  # of data: URLs
        yield opened
        browser.close()


def test_a_run_and_what_it_leaves_are_found_from_the_runs_page(up: Up, page: Page, tmp_path: Path) -> None:
    ours = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}, "deployments": {"name": {"any_": ["pages"]}}}
    run = up.ask("/flow_runs/filter", ours | {"sort": "START_TIME_ASC"})[0]  # the hour of its schedule may have come
    page.goto("/runs")
    page.get_by_role("link", name=run["name"]).wait_for()
    for word in ("ingest", "Completed", "pages"):  # the names of flow and deployment come with answers of their own
        expect(page.locator("body")).to_contain_text(word, use_inner_text=True)
    page.get_by_role("link", name=run["name"]).click()
    page.get_by_text("pages, chunk 1: 3 pages: 3 new").wait_for()  # its log
    page.get_by_text("Artifacts", exact=True).click()
    page.get_by_role("link", name="ingest-run-pages").first.click()
    page.get_by_role("heading", name="Outcomes").wait_for()
    row = page.get_by_role("row", name=re.compile("^pages 3")).first
    assert row.inner_text().split()[:2] == ["pages", "3"]
    page.wait_for_function("document.querySelector('img[alt=outcomes]')?.naturalWidth > 100")  # the chart is drawn
    page.screenshot(path=tmp_path / "artifact.png", full_page=True)


def test_the_form_of_a_backfill_is_filled_in_by_hand(up: Up, page: Page, tmp_path: Path) -> None:
    deployment = up.deployments()["backfill"]["id"]
    page.goto(f"/deployments/deployment/{deployment}/run")
    for words in ("The first day, in each source's time zone.", "what no run has covered", "Ask the web again"):
        page.get_by_text(re.compile(words)).first.wait_for()  # each field says what it means
    for chosen, day in enumerate(("2025-03-01", "2025-03-02"), 1):
        page.get_by_text("Select date").first.click()
        page.locator("input[type=date]").fill(day)
        page.get_by_role("button", name="Apply").click()
        expect(page.get_by_text("Select date")).to_have_count(2 - chosen)
    page.get_by_text("list", exact=True).click()
    page.get_by_role("button", name="No items selected").press("Space")
    page.get_by_role("option", name="pages").click()
    page.keyboard.press("Escape")
    mine = {"deployments": {"id": {"any_": [deployment]}}}
    [run] = submitted(page, lambda: up.ask("/flow_runs/filter", mine))
    page.wait_for_url(lambda url: not url.endswith("/run"))
    asked = {"since": "2025-03-01", "until": "2025-03-02", "sources": ["pages"], "what": "missing"}
    assert asked.items() <= run["parameters"].items()
    assert wait(lambda: ended(up, run["id"]), "the backfill") == "COMPLETED"
    page.goto(f"/runs/flow-run/{run['id']}")
    page.get_by_text("Completed").first.wait_for()
    page.get_by_text("1 runs are planned for 1 sources").wait_for()
    page.get_by_text("Artifacts", exact=True).click()
    page.locator("a[href*='/artifacts/']").first.click()
    page.get_by_text("all there is now").first.wait_for()
    page.screenshot(path=tmp_path / "backfill.png", full_page=True)
    told = page.locator("body").inner_text().split("\n")
    cells = [words.strip() for words in "\t".join(told).split("\t") if words.strip()]
    at = cells.index("all there is now")
    assert (cells[at - 1], cells[at + 1]) == ("pages", "done")
    assert len(up.project.rows("article")) == 3  # the window was read, and nothing is there twice


def submitted(page: Page, runs: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Send the form and return the runs there are then; again where a busy machine was still drawing the page."""
    for _ in range(4):
        page.get_by_role("button", name="Submit").click()
        with suppress(AssertionError):  # it waited in vain: the click was lost, as there is no run
            found: list[dict[str, Any]] = wait(runs, "the run of the backfill", 60)
            return found
    pytest.fail("no run has come of the form after four clicks")


def ended(up: Up, run: str) -> str | None:
    """Return the type of the state in which a run has ended."""
    state = up.ask(f"/flow_runs/{run}", method="GET")["state_type"]
    return str(state) if state in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None


def test_the_browser_asks_nobody_else(up: Up, page: Page, asked: set[str]) -> None:
    page.goto("/deployments")
    page.get_by_text("backfill").first.wait_for()
    assert asked == {urlsplit(up.address).netloc}
