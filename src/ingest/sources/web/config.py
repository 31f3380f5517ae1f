"""What the TOML file of a source of the web may say."""

from typing import Literal

from pydantic import Field, field_validator, model_validator

from ingest.sources.config import Source, Words
from ingest.sources.selectors import Selector
from ingest.sources.web.links import canonical

_NUMBER = "{n}"


class WebSource(Source):
    """What every source of the web has."""

    urls: Words = Field(min_length=1, description="Addresses: of the pages, the feeds, the site maps or the listings.")
    include: Words = Field(default=("*",), description="Patterns of pages' addresses; * stands for / too.")
    exclude: Words = Field(default=(), description="Patterns of pages' addresses that are left out.")
    pace: float = Field(
        default=2.0, ge=0, le=3600, strict=False, description="Seconds between two requests to a host, at the least."
    )
    robots: bool = Field(default=True, description="Whether robots.txt is asked and obeyed.")
    headers: dict[str, str] = Field(
        default_factory=dict, description="Headers sent with each request to the hosts of `urls`, and to no other."
    )
    allow_private: bool = Field(default=False, description="Whether addresses of private networks may be asked.")
    timeout: float = Field(
        default=60.0, gt=0, le=3600, strict=False, description="Seconds that one response may take, to its last byte."
    )
    retries: int = Field(default=2, ge=0, le=10, description="How often a passing failure is tried again in a run.")

    @field_validator("urls")
    @classmethod
    def _are_addresses(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            if canonical(url) is None:
                msg = f"{url!r} is no address: it must begin with http:// or https:// and name a host"
                raise ValueError(msg)
        return urls


class ListsSource(WebSource):
    """A source whose pages are named by lists on the web."""

    max_lists: int = Field(default=100, gt=0, description="The most lists (pages of a listing, site maps) in a run.")


class UrlsSource(WebSource):
    """Pages named one by one."""

    kind: Literal["urls"]


class FeedSource(WebSource):
    """The entries of RSS, Atom or JSON feeds."""

    kind: Literal["feed"]


class SitemapSource(ListsSource):
    """The pages of site maps, indexes of site maps and news site maps."""

    kind: Literal["sitemap"]


class ListingSource(ListsSource):
    """The links of listing pages."""

    kind: Literal["listing"]
    links: Selector = Field(min_length=1, description="A CSS selector of the links, or of what holds them.")
    next_page: Selector | None = Field(default=None, description="A CSS selector of the link to the next listing page.")
    pages: str | None = Field(
        default=None, description='The address of a further listing page, "list_{n}.html", relative to the first.'
    )
    first_page: int = Field(default=2, ge=0, description="The number of the second listing page.")

    @model_validator(mode="after")
    def _one_way_on(self) -> "ListingSource":
        if self.next_page and self.pages:
            msg = "`next_page` and `pages` are two ways to say one thing: keep one of them"
            raise ValueError(msg)
        if self.pages and _NUMBER not in self.pages:
            msg = f"`pages` is {self.pages!r} and has no {_NUMBER} for the number"
            raise ValueError(msg)
        return self
