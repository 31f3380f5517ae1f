"""The closed lists: what a block is, what a page is, what became of a target."""

from enum import StrEnum


class Label(StrEnum):
    """What a block is. Labels say what to do with a block; no block is ever deleted."""

    TITLE = "title"
    KICKER = "kicker"  # the column's name above the title: 【特别关注】, 园区观察
    SUBTITLE = "subtitle"
    BYLINE = "byline"  # authors, source, date and time
    DATELINE = "dateline"  # 本报, 本报讯（记者 …）, 新华社北京4月8日电
    HEADING = "heading"  # a heading inside the body; part of the article
    BODY = "body"
    CAPTION = "caption"  # the paragraph of a photo; an article of its own, kind photo-caption
    CREDIT = "credit"  # 责任编辑, 供稿, 图片来源: particulars of an article
    NAV = "nav"
    BREADCRUMB = "breadcrumb"
    LIST = "list"  # a list of links or bullets outside the body
    TAG_CLOUD = "tag-cloud"
    SHARE = "share"  # share buttons, QR codes, 扫码关注
    RELATED = "related"  # related or recommended articles, rankings
    COPYRIGHT = "copyright"
    COMMENT = "comment"
    AD = "ad"
    LINK_FARM = "link-farm"
    HIDDEN = "hidden"  # text that the page does not show
    KEYWORDS = "keyword-injection"  # a line of search keywords put in by a spammer
    DUPLICATE = "duplicate"  # repeats what stands elsewhere on the page
    SECTION = "section"  # the name of the site's section: 地方, 新闻中心
    FURNITURE = "furniture"  # any other part of the site and not of the article

    __hash__ = str.__hash__  # what equals a string hashes as it does; an enumeration's own hash is slow besides

    @property
    def kept(self) -> bool:
        """Whether a block with this label is part of an article."""
        return self in _KEPT


_KEPT = frozenset(
    {
        Label.TITLE,
        Label.KICKER,
        Label.SUBTITLE,
        Label.BYLINE,
        Label.DATELINE,
        Label.HEADING,
        Label.BODY,
        Label.CAPTION,
        Label.CREDIT,
    }
)


class PageKind(StrEnum):
    """What a page is. Of every kind but the first no article is made."""

    ARTICLE = "article"  # one article or several
    LISTING = "listing"  # a column, search results, abstracts
    HOME = "home"
    ERROR = "error"  # not found, removed, out of order
    LOGIN = "login"  # a form to log in, a wall before the text
    CHALLENGE = "challenge"  # a check for robots, a firewall's refusal
    SHELL = "empty-shell"  # scripts, frames or a redirection, and nothing to read
    VIDEO = "video"
    OTHER = "other"  # no paragraph of an article, and nothing that says what else it is


class Outcome(StrEnum):
    """What became of a target in a run: exactly one of these."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"  # nothing was wrong and nothing was to be had: no article on the page
    FAILED = "failed"  # its bytes could not be had
    QUARANTINED = "quarantined"  # its bytes were had, and could not be read or stored
