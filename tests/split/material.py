"""Articles to stitch: the ones written for the tests, and those of the real pages where they are."""

import json
import re
from pathlib import Path

import ingest
import ingest.model
from tests.damage import articles
from tests.spin import corpus
from tests.split import making
from tests.split.stitched import STORIES, UNSEEN, Story

_PAGES = Path(__file__).parent.parent / "pages"
_DIGEST = re.compile("汇总|集锦|早知道|速览|简报")
_ALIKE = 6  # characters by which the title is known where it stands in the text once more
_FEWEST, _MOST = 2, 40  # paragraphs; a long report makes a page too long to be a newspaper's


def written() -> list[Story]:
    """Return the articles written for the tests, the unseen ones left out."""
    found = list(STORIES)
    for name in articles.names():
        source = articles.load(name)
        headings = set(source.headings)
        found.append(Story(source.title, tuple(f"#{p}" if p in headings else p for p in source.paragraphs)))
    for file in sorted(_PAGES.glob("*.expected.json")):
        for each in json.loads(file.read_text("utf-8"))["articles"]:
            headings = set(each.get("headings", ()))
            found.append(Story(each["title"], tuple(f"#{p}" if p in headings else p for p in each["paragraphs"])))
    found += [Story(each.title, each.paragraphs) for each in corpus.own()]
    return _usable(found)


def news(*, stranger: bool) -> list[Story]:
    """Return the news written for the check of spun text, some of it with headings: the stranger's, or all other."""
    headings: dict[str, dict[int, str]] = {}
    for title, number, heading in making.written_headings():
        headings.setdefault(title, {})[number] = f"#{heading}"
    found = []
    for each in corpus.news():
        if each.name.startswith(making.STRANGER) is stranger:
            own = headings.get(each.title, {})
            lines = [line for n, p in enumerate(each.paragraphs) for line in (own.get(n), p) if line]
            found.append(Story(each.title, tuple(lines)))
    return _usable(found)


def unseen() -> list[Story]:
    """Return the articles on which nothing is fitted."""
    return list(UNSEEN)


def real(shared: Path) -> list[Story]:
    """Return the articles of the real pages and seeds, by the titles that people gave them.

    Raises:
        FileNotFoundError: the folder is not that of the shared pages.
    """
    found: list[Story] = []
    for entry in json.loads((shared / "pages" / "manifest.json").read_text("utf-8")):
        page = ingest.read_page((shared / "pages" / entry["html"]).read_bytes())
        if page.articles and entry["title"]:
            found.append(_story(entry["title"], page.articles[0]))
    for file in sorted((shared / "seeds").glob("*.txt")):
        page = ingest.read_page(file.read_bytes())
        found += [_story(a.title, a) for a in page.articles if a.title and a.kind == "news"]
    return _usable(found)


def _story(title: str, article: ingest.model.Article) -> Story:
    headings = set(article.headings)
    own = [p for p in article.paragraphs if "\t" not in p and not p.startswith(title[:_ALIKE])]
    return Story(title.strip(), tuple(f"#{p}" if p in headings else p for p in own))


def _usable(found: list[Story]) -> list[Story]:
    """Articles with a title and some paragraphs, each title once; a digest is several articles by itself."""
    fitting = (s for s in found if s.title and _FEWEST <= len(s.lines) <= _MOST and not _DIGEST.search(s.title))
    by_title = {s.title: s for s in fitting}
    return list(by_title.values())
