"""What may name a site's articles: feeds that it declares or that stand where feeds do, site maps, its own lists."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from ingest.errors import TargetError
from ingest.newsource import onward
from ingest.newsource.asking import Asker
from ingest.newsource.pages import Given
from ingest.newsource.trial import Trial, attempt, source_of
from ingest.sources.web.discover import discover
from ingest.sources.web.links import canonical

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_FEED_NAME = re.compile(r"(?:^|[/._=-])(?:rss|atom|feed)s?(?:[/._?&-]|\d|$)", re.IGNORECASE)
_COMMENTS = re.compile(r"comments?|评论", re.IGNORECASE)
_USUAL_FEEDS = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/feed.json", "/rss")
_USUAL_MAPS = ("/sitemap.xml", "/sitemap_index.xml", "/sitemap.xml.gz", "/sitemap.txt")
_SITEMAP = re.compile(r"(?im)^\s*sitemap\s*:\s*(\S+)")
_MOST_DECLARED = 5
_MOST_MAPS = 8  # of an index that are read in a trial
_ENOUGH = 40  # links that tell whether a feed is about the section


def declared_feeds(given: Given) -> list[dict[str, Any]]:
    """Return the feeds that a page links to; those of its own section first, those of comments last."""
    found: dict[str, bool] = {}
    for tag in given.soup.select("link[rel~=alternate][href], a[href]"):
        address = canonical(str(tag["href"]), given.had.url)
        said = str(tag.get("type") or "").lower()
        if address and (said in _FEEDS if tag.name == "link" else _FEED_NAME.search(address.partition("://")[2])):
            told = f"{address} {tag.get('title') or tag.get_text()}"
            found.setdefault(address, bool(_COMMENTS.search(told)))
    ranked = sorted(found, key=lambda each: (found[each], not _below(each, given)))
    return [_feed(each) for each in ranked[:_MOST_DECLARED]]


def is_about(keys: dict[str, Any], given: Given, asker: Asker) -> bool:
    """Whether a feed is about the section that was given, and not about the whole site.

    It is when half of either's articles are the other's; the ranking beside a list has some of the site's newest too.
    """
    if given.is_root or _below(keys["urls"][0], given) or not given.groups:
        return True
    try:
        named = {link.url for link in islice(discover(source_of(keys), asker.get), _ENOUGH)}
    except TargetError:
        return True  # it is no feed, which its trial will tell
    listed = set(given.groups[0].addresses)
    return 2 * len(named & listed) >= min(len(named), len(listed))


def _below(address: str, given: Given) -> bool:
    return given.section != "/" and urlsplit(address).path.startswith(given.section)


def _feed(url: str) -> dict[str, Any]:
    return {"kind": "feed", "urls": [url]}


def usual_feeds(given: Given) -> list[dict[str, Any]]:
    """Return feeds where they usually stand."""
    return [_feed(urljoin(given.had.url, path)) for path in _USUAL_FEEDS]


def site_maps(given: Given, robots_txt: str) -> list[dict[str, Any]]:
    """Return the site maps that robots.txt names, all as one source, and those where they usually stand."""
    named = [url for each in _SITEMAP.findall(robots_txt) if (url := canonical(each, given.had.url))]
    usual = [urljoin(given.had.url, path) for path in _USUAL_MAPS]
    found = [list(dict.fromkeys(named))] if named else []
    return [
        {"kind": "sitemap", "urls": urls, "max_lists": _MOST_MAPS}
        for urls in [*found, *([each] for each in usual if each not in named)]
    ]


def try_map(keys: dict[str, Any], given: Given, asker: Asker, pages: int) -> Trial:
    """Try site maps: of a section its own pages, where they name any."""
    if given.section != "/":
        pattern = f"*{given.section}*"
        trial = attempt(keys | {"include": [pattern]}, asker, pages)
        if trial.good:
            trial.notes["include"] = "the section's pages"
            return trial
    return attempt(keys, asker, pages)


def listings(given: Given) -> Iterator[dict[str, Any]]:
    """Yield the lists of links on a page, the likeliest first."""
    for group in given.groups:
        yield {"kind": "listing", "urls": [given.url], "links": group.selector}


def lead_on(trial: Trial, given: Given, asker: Asker) -> None:
    """Add to a listing the way to its further pages, one that gives pages it did not name before."""
    first = {link.url for link in trial.links}
    for way in islice(onward.ways(given.soup, given.had.url), 8):
        keys = trial.keys | way.keys | {"max_lists": 2}
        links = list(discover(source_of(keys), asker.get))
        if fresh := {link.url for link in links} - first:
            trial.keys |= way.keys
            trial.notes[next(iter(way.keys))] = f"{way.told}; the second page names {len(fresh)} more"
            return
