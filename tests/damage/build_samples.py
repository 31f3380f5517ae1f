"""Builds the sample pages of ``seeds/samples`` from the healthy articles, byte for byte.

Run it from the project's root: ``uv run python -m tests.damage.build_samples``. The expected records beside the pages
are written by hand and never touched.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.damage.articles import load
from tests.damage.farm import farm
from tests.damage.layouts import glued_page, listed_page, newspaper_page, portal_page, tagged_page
from tests.damage.punctuation import to_halfwidth
from tests.damage.script import annotate, to_traditional
from tests.damage.spin import inject, spin

SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "samples"
_DATA = Path(__file__).parent / "data"


def _text(lines: list[str]) -> bytes:
    return "\n".join(lines).encode("utf-8")


def annotated_farm() -> bytes:
    """Traditional script, annotations, half-width punctuation; the farm came after the conversion and is Simplified."""
    lines = tagged_page(
        load("annotated-farm"),
        section="区域",
        tags=("制造业", "绵阳市", "高新区", "支部", "产业链"),
        farm=farm(36, "bar", seed=1),
    )
    *page, last = lines
    return _text([annotate(to_traditional(to_halfwidth(line)), seed=1) for line in page] + [last])


def spun_keyword() -> bytes:
    """A spun copy with an injected keyword, before the title and seven times in the body."""
    healthy = load("spun-keyword")
    paragraphs = inject([spin(p) for p in healthy.paragraphs], "新能源", count=7, seed=4)
    spun = replace(healthy, title="新能源" + spin(healthy.title), paragraphs=tuple(paragraphs))
    return _text([to_halfwidth(line) for line in glued_page(spun, section="资讯动态News")])


def newspaper() -> bytes:
    """Four articles and two photos of one newspaper page, with the authors in four places."""
    articles = [load(f"newspaper-{n}") for n in range(1, 7)]
    byline = ["below", "", "inline", "dateline", "", "end"]
    return _text([to_halfwidth(line) for line in newspaper_page(articles, byline=byline, seed=7)])


def portal() -> bytes:
    """A healthy article inside a portal's furniture."""
    furniture = (_DATA / "portal_below.txt").read_text("utf-8")
    return _text([to_halfwidth(line) for line in portal_page(load("portal"), furniture=furniture)])


def nav_list() -> bytes:
    """A mirror with its navigation above the article and a photo's caption amid the body; annotated."""
    above = (_DATA / "nav_above.txt").read_text("utf-8")
    lines = listed_page(load("nav-list"), above=above, caption=load("nav-list-photo"), after=3)
    return _text([annotate(to_traditional(to_halfwidth(line)), seed=5, share=0.7) for line in lines])


PAGES: dict[str, Callable[[], bytes]] = {
    "annotated-farm.txt": annotated_farm,
    "spun-keyword.txt": spun_keyword,
    "newspaper.txt": newspaper,
    "portal.txt": portal,
    "nav-list.txt": nav_list,
}


def main() -> None:
    """Write every sample page."""
    for name, build in PAGES.items():
        (SAMPLES / name).write_bytes(build())


if __name__ == "__main__":
    main()
