"""The title less the site's name: `某地开工_要闻_某某网` is `某地开工`."""

import re

from ingest.model import Document, Label

# Part of a headline is no shorter than this: in 深度|园区扩容之后_财经_某网 the first bar parts a column from it.
SHORTEST = 6
# A site's name behind a hyphen is no longer than this.
LONGEST_SITE = 12
LONGEST_OFFICE = 24  # the full name of a zone's committee

_NO_WORD = re.compile(r"[\W_]+")
# Bars and underscores part a headline from sections and site; a hyphen only with space round it, doubled, or before
# what looks like a site: headlines have hyphens too.
_BAR = re.compile(r"\s*(?:[_|｜丨»«]|--+|\s[-–—·•:：]\s)\s*")
_HYPHEN = re.compile(r"\s*[-–—·]+\s*(?=[^-–—·]*$)")
_SPACED_SITE = re.compile(r"\s(?=\S{2,16}(?:网|网站|频道|门户)$)")
_SITE = re.compile(
    r"(?:网|网站|频道|新闻|要闻|动态|日报|晚报|早报|时报|商报|都市报|周刊|杂志|在线|门户|中心|官网|资讯|财经|科技|客户端|公司|集团|大学|学院|医院|"
    r"政府|委员会|管委会|[局厅部办]|协会|学会|平台|论坛|博客|社区|专栏|头条|电视台|广播|融媒体?|传媒|观察|热线|信息港|之窗|公众号|首页|"
    r"News|Online|\.(?:com|cn|net|org)(?:\.cn)?)$",
    re.IGNORECASE,
)


def _fold(text: str) -> str:
    return _NO_WORD.sub("", text).lower()


def clean_title(raw: str, document: Document) -> str:
    """A page's title without the site's name and sections.

    Args:
        raw: The title as a tag or a heading has it.
        document: The page: its headline and its Open Graph title say where the headline ends.

    Returns:
        The headline's own words, white space collapsed; ``raw`` itself when nothing tells a suffix.
    """
    raw = " ".join(raw.split())
    folded = _fold(raw)
    for known in _known(document):
        short = _fold(known)
        if len(short) >= SHORTEST and short != folded and folded.startswith(short) and _ends_there(raw, known):
            return known
    return _cut(raw, _sites(document))


def _ends_there(raw: str, known: str) -> bool:
    """Whether a bar or a space follows: a quotation mark in a meta tag cuts the title short in the middle."""
    return not raw.startswith(known) or raw[len(known)] in " _|｜丨-–—·»«>【[("


def looks_like_site(text: str) -> bool:
    """Whether a text reads as the name of a site or an office, and so may stand on every page: 某某市人民政府."""
    return len(text) <= LONGEST_OFFICE and _SITE.search(text.strip()) is not None


def _known(document: Document) -> list[str]:
    """What the page itself calls the article: its headline's block, then what the head says to other sites."""
    found = [block.text for block in document.blocks if block.label is Label.TITLE][:1]
    found += [str(item["headline"]) for item in document.meta.linked_data if isinstance(item.get("headline"), str)]
    found += [
        document.meta.properties[name] for name in ("og:title", "twitter:title") if name in document.meta.properties
    ]
    return [" ".join(text.split()) for text in found]


def _sites(document: Document) -> frozenset[str]:
    names = (
        document.meta.properties.get(name, "") for name in ("og:site_name", "application-name", "sitename", "author")
    )
    return frozenset(_fold(name) for name in names if name)


def _cut(raw: str, sites: frozenset[str]) -> str:
    """The title up to the first bar that ends a headline, less what looks like a site behind a last hyphen."""
    for found in _BAR.finditer(raw):
        if len(_fold(raw[: found.start()])) >= SHORTEST:
            raw = raw[: found.start()]
            break
    while hyphen := _HYPHEN.search(raw):
        head, tail = raw[: hyphen.start()], raw[hyphen.end() :]
        if len(_fold(head)) < SHORTEST or not (
            _fold(tail) in sites or (len(tail) <= LONGEST_SITE and _SITE.search(tail))
        ):
            break
        raw = head
    spaced = _SPACED_SITE.search(raw)
    return (raw[: spaced.start()] if spaced and spaced.start() >= SHORTEST else raw).strip()
