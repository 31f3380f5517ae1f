"""The page that explains a page: self-contained, escaped, whole."""

import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import ingest
from ingest.commands import explain_html
from tests.conftest import ROOT

SAMPLE = ROOT / "seeds" / "samples" / "annotated-farm.txt"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def squash(text: str) -> str:
    return "".join(text.split())


def test_every_block_is_shown_with_its_label_and_reason() -> None:
    page = ingest.read_page(SAMPLE.read_bytes())
    soup = BeautifulSoup(explain_html.render(page, "annotated-farm.txt"), "lxml")
    shown = soup.select(".block")
    assert [squash(s.select_one(".clip").text) for s in shown] == [squash(b.original) for b in page.blocks]  # type: ignore[union-attr] # a block without it is the failure we look for
    assert ["kept" in s["class"] for s in shown] == [b.label.kept for b in page.blocks]
    assert [s["title"] for s in shown] == [b.reason for b in page.blocks]
    assert len(soup.select("mark.repair")) == len(page.repairs)


def test_the_articles_text_is_whole_between_its_marks() -> None:
    page = ingest.read_page(SAMPLE.read_bytes())
    soup = BeautifulSoup(explain_html.render(page, "annotated-farm.txt"), "lxml")
    paragraphs = [text for article in page.articles for text in article.paragraphs]
    assert [squash(p.text) for p in soup.select("article p")] == [squash(p) for p in paragraphs]
    assert soup.select("article mark")


def test_markup_in_a_page_is_shown_and_not_run() -> None:
    page = ingest.read_page("标题\n\n他写下<script>alert(1)</script>这一行，又写下了第二行，然后停笔。\n".encode())
    html = explain_html.render(page, "<b>name</b>.txt")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;name" in html


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_browser_shows_it_and_asks_for_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text(explain_html.render(ingest.read_page(SAMPLE.read_bytes()), SAMPLE.name), encoding="utf-8")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        *quiet,
        f"--user-data-dir={tmp_path / 'profile'}",
    ]
    shown = subprocess.run(
        [*command, "--dump-dom", out.as_uri()], capture_output=True, text=True, timeout=60, check=True
    )
    soup = BeautifulSoup(shown.stdout, "lxml")
    assert soup.select_one("main section + section article h2") is not None
    assert not soup.select("[src], link[href], script")
