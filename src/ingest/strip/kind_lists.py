"""Pages that lead elsewhere: listings, home pages, players of videos."""

import re
from urllib.parse import urlsplit

from ingest.model import PageKind
from ingest.strip.kind_signs import Signs, listed
from ingest.strip.label_view import is_prose

# Links beside a missing article: a listing has at least so many, the menu of a site fewer.
MANY = 15
# Lines without a full stop that make a listing of a text page.
LINES = 8
LONG_LINE = 40  # characters; a longer line may be a paragraph whose marks were lost
# Words of a player on lines of their own.
PLAYER = 3
# A description under a video has less prose than a brief of 60 characters.
DESCRIPTION = 60
# So many different words of a home page's frame: 设为首页, 友情链接, 更多. An article's page has one or two.
FRAME = 3
BOXES = 4  # lines that say 更多, one for each box of a home page
_MORE = re.compile(r"^.{0,10}(?:更多|more)\W{0,4}$", re.IGNORECASE)
_PLAYER = re.compile(r"^(?:video|embed)\b|(?:player|video|playbox)(?![a-z]*(?:list|nav|more|hot))", re.IGNORECASE)
_HERE = re.compile(r"(?:当前|现在|所在).{0,4}位置")
_HOME = re.compile(r"/(?:index\.\w{3,5})?$")


def is_listing_of_lines(signs: Signs) -> bool:
    """Whether a text page is lines alone, none of them a sentence and none long enough to have been one."""
    if signs.markup or len(signs.lines) < LINES:
        return False
    return not signs.reports and not any(len(p) > LONG_LINE or is_prose(p) for p in signs.paragraphs)


def by_layout(signs: Signs, url: str | None, *, text: int) -> tuple[PageKind, str] | None:
    """The kind of a page by what is on it beside an article; ``text`` is what is kept, in characters."""
    return _video(signs, text) or (None if text else _list(signs, url))


def _video(signs: Signs, text: int) -> tuple[PageKind, str] | None:
    if text >= DESCRIPTION:
        return None
    if "VideoObject" in signs.types or signs.properties.get("og:type", "").startswith("video"):
        return PageKind.VIDEO, "its head calls it a video"
    player = next((name for name in signs.names if _PLAYER.search(name)), "")
    if player:
        return PageKind.VIDEO, f"a player ({player[:40]}), and less text than a brief"
    count = signs.count(listed("video", "form"))
    return (PageKind.VIDEO, f"{count} words of a player, and no text") if count >= PLAYER else None


def _list(signs: Signs, url: str | None) -> tuple[PageKind, str] | None:
    entries = signs.linked if signs.markup else len(signs.lines)
    if entries < (MANY if signs.markup else LINES):
        return None
    what = f"{entries} {'links' if signs.markup else 'lines'} and no paragraph of an article"
    if url and urlsplit(url).netloc and _HOME.fullmatch(urlsplit(url).path or "/"):
        return PageKind.HOME, f"{what}, at the site's root"
    boxes = sum(_MORE.match(line) is not None for line in signs.lines)
    frame = signs.count(listed("home", "form"))
    if (boxes >= BOXES or frame >= FRAME) and not any(_HERE.search(line) for line in signs.lines):
        return PageKind.HOME, f"{what}; {boxes} boxes with more"
    return PageKind.LISTING, what
