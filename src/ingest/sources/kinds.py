"""The kinds of source there are; ``kind`` in a TOML file chooses one."""

from ingest.sources.config import FilesSource, Source
from ingest.sources.warc import WarcSource
from ingest.sources.web.config import FeedSource, ListingSource, SitemapSource, UrlsSource

KINDS: dict[str, type[Source]] = {
    "files": FilesSource,
    "urls": UrlsSource,
    "feed": FeedSource,
    "sitemap": SitemapSource,
    "listing": ListingSource,
    "warc": WarcSource,
}
