"""Lists that stand where a site puts none of its own: above its menu, or below its notice of copyright."""

import re

from ingest.model import Label
from ingest.strip.label_view import View

_COPYRIGHT = Label.COPYRIGHT
_MENU = 2  # blocks below a list at the page's head, within which the site's menu begins
_HOME = re.compile("(?:网站|返回)?首页")
_NOTICE = re.compile("版权所有|Copyright|©|备案")
# What names of friends' sites (某某网, 某市财政局) and of a site's own sections hold, and hardly an item of a farm.
_SITE = re.compile(
    "网(?:站|$)|[局厅委院府办部报台]$|[协学员联]会$|大学|学院|中心$|集团$|关于|我们|帮助|联系|地图|声明|登录|注册|客户端|微[信博]|投诉|举报|新闻|公告|公开"
)
_SITES = 0.2  # of the items; friends' lists have hardly another


def is_apart(view: View, run: list[int]) -> bool:
    """Whether a list opens the page with the site's menu below it, or ends it with a notice of copyright above it."""
    if run[0] == 0:
        below = view.texts[run[-1] + 1 : run[-1] + 1 + _MENU]
        return any(map(_HOME.match, below)) and not any(_HOME.search(view.texts[i]) for i in run)
    if run[-1] < len(view.blocks) - 1:
        return False
    return view.blocks[run[0] - 1].label is _COPYRIGHT and _NOTICE.search(view.texts[run[0] - 1]) is not None


def are_sites(items: list[str]) -> bool:
    """Whether items may be the names of friends' sites, or of a site's own sections."""
    return sum(_SITE.search(item) is not None for item in items) >= _SITES * len(items)
