"""From an address to a source: every way to name the site's articles is tried until one gives them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from ingest.model import PageKind
from ingest.newsource import candidates, particular
from ingest.newsource.asking import Asker, NewSourceError, same_site
from ingest.newsource.pages import Given, given
from ingest.newsource.trial import Trial, again, attempt

_SLOWEST = 60.0  # seconds; robots.txt that asks for more says no
Step = Callable[[], Iterator[Trial]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A source that gives articles. ``tried`` are the ways that came before it and gave none."""

    url: str
    title: str
    trial: Trial
    tried: tuple[str, ...]


def survey(url: str, asker: Asker, *, pages: int, agent: str) -> Finding:
    """Look at a site and return the source that names its articles best.

    Args:
        url: The page that lists them, the site's home page, a feed or a site map.
        asker: Asks the site.
        pages: How many pages of each candidate are read.
        agent: The first word of our User-Agent, for robots.txt's delay.

    Raises:
        NewSourceError: Nothing names any article, or the page cannot be had.
    """
    page = given(url, asker)
    robots_txt = asker.robots_txt(page.had.url)
    tried: list[str] = []
    for step in _steps(page, asker, pages, robots_txt):
        for trial in step():
            if trial.good:
                _finish(trial, robots_txt, agent)
                return Finding(url, _title(page), trial, tuple(tried))
            tried += [] if trial.missing else [_told(trial)]
    raise _nothing(page, tried)


def _steps(page: Given, asker: Asker, pages: int, robots_txt: str) -> list[Step]:
    """Return the ways to try, in their order: what was pointed at comes before what is about the whole site."""
    if page.kind != "page":
        keys = {"kind": page.kind, "urls": [page.url]}
        return [lambda: iter([attempt(keys, asker, pages)])]
    declared = candidates.declared_feeds(page)
    own = [each for each in declared if candidates.is_about(each, page, asker)]
    others = [each for each in declared if each not in own]

    def own_feeds() -> Iterator[Trial]:
        yield from (_feed(keys, page, asker, pages) for keys in own)

    def listings() -> Iterator[Trial]:
        yield from _listings(page, asker, pages)

    def feeds() -> Iterator[Trial]:
        yield from (_feed(keys, page, asker, pages) for keys in (*others, *candidates.usual_feeds(page)))

    def maps() -> Iterator[Trial]:
        for keys in candidates.site_maps(page, robots_txt):
            trial = candidates.try_map(keys, page, asker, pages)
            trial.keys.pop("max_lists")
            yield trial

    return [own_feeds, feeds, maps, listings] if page.is_root else [own_feeds, listings, feeds, maps]


def _feed(keys: dict[str, object], page: Given, asker: Asker, pages: int) -> Trial:
    trial = attempt(keys, asker, pages)
    if trial.good and not any(same_site(link.url, page.had.url) for link in trial.links):
        trial.fault = "names pages of other sites only"
    return trial


def _listings(page: Given, asker: Asker, pages: int) -> Iterator[Trial]:
    for keys in candidates.listings(page):
        trial = attempt(keys, asker, pages)
        if not trial.good:
            _rescue(trial)
        if trial.good:
            candidates.lead_on(trial, page, asker)
        yield trial


def _rescue(trial: Trial) -> None:
    """Make a source good with a selector of its pages' text, where there is a text that our rules pass over."""
    reads = [read for read in trial.reads if read.page and read.page.kind in {PageKind.OTHER, PageKind.ARTICLE}]
    found = particular.selectors(reads, None) if 2 * len(reads) > len(trial.reads) else {}
    if "body" in found:
        selectors = particular.as_selectors(found)
        mended = [again(read, selectors=selectors) for read in reads]
        if 2 * sum(read.complete for read in mended) >= len(mended):
            trial.fault, trial.reads, trial.keys["page"] = "", mended, found


def _finish(trial: Trial, robots_txt: str, agent: str) -> None:
    """Add what the pages need said of them: charset, selectors, a pace that the site asks for."""
    charset = particular.encoding(trial.reads)
    if charset:
        trial.keys["encoding"] = charset[0]
        trial.notes["encoding"] = f"the site says {charset[1]}, which is wrong"
    if "page" not in trial.keys and (found := particular.selectors(trial.reads, charset and charset[0])):
        trial.keys["page"] = found
        selectors = particular.as_selectors(found)
        trial.reads = [again(read, encoding=charset and charset[0], selectors=selectors) for read in trial.reads]
    delay = Protego.parse(robots_txt).crawl_delay(agent) if robots_txt else None
    if delay and float(delay) > 0:
        trial.keys["pace"] = min(float(delay), _SLOWEST)
        trial.notes["pace"] = f"robots.txt asks for {float(delay):g} seconds"


def _title(page: Given) -> str:
    found = page.soup.select_one("title")
    text = " ".join(found.get_text().split())[:100] if found else ""
    return text or urlsplit(page.url).netloc


def _told(trial: Trial) -> str:
    where = trial.keys.get("links") or " ".join(trial.keys["urls"])
    return f"{trial.keys['kind']} {where}: {trial.fault}"


_BY_KIND = {
    PageKind.ARTICLE: "this page is an article: give the address of the page that lists such",
    PageKind.SHELL: "this page shows nothing without scripts: look for a feed, or give the address of their list",
}


def _nothing(page: Given, tried: list[str]) -> NewSourceError:
    kind = page.page.kind if page.kind == "page" else None
    hints = [_BY_KIND[kind]] if kind in _BY_KIND else []
    hint = "; or ".join([*hints, "write one by hand, config/README.md says how"])
    said = "; ".join([*tried, "feeds and site maps where they usually stand"])
    return NewSourceError(f"{page.url}: nothing that names articles was found. Tried: {said}. What to do: {hint}")
