"""Hiding by script: hijackers of sites write the hiding element from a script, so that no tag in the page shows it."""

import re

from ingest.model import Block
from ingest.strip import hidden

# Such a script does nothing else; a longer one is a program, whose menus and tabs open and close.
LONGEST = 400
MOST = 50  # scripts of a page that hide an element by its id
_WRITTEN = re.compile(r"document\.write(?:ln)?\(\s*([\"'])(.{0,300}?)\1\s*\)", re.DOTALL)
_STYLED = re.compile(
    r"<(?:div|span|p|table|ul|font|marquee)\b[^<>]*?\bstyle\s*=\s*\\?[\"']?([^\"'<>\\]{1,200})", re.IGNORECASE
)
_CLOSED = re.compile(r"</(?:div|span|p|table|ul|font|marquee)", re.IGNORECASE)
_BY_ID = re.compile(
    r"\s*document\.getElementById\(\s*[\"']([\w-]{1,60})[\"']\s*\)\.style\."
    r"(display|visibility)\s*=\s*[\"'](none|hidden)[\"'];?\s*"
)


def written(script: str, now: str) -> str:
    """Why what follows a script is not shown; ``now`` is why what stood before it is not, by an earlier script."""
    if len(script) > LONGEST or "document.write" not in script:
        return now
    for found in _WRITTEN.finditer(script):
        if _CLOSED.search(found[2]):
            now = ""
        elif styled := _STYLED.search(found[2]):
            gone = hidden.read_style(styled[1]).gone
            now = f"{gone}, written by a script" if gone else now
    return now


def hide_named(script: str, blocks: list[Block]) -> bool:
    """Hide the blocks of the element that a script of one statement hides by its id; whether it is such a script."""
    if len(script) > LONGEST or not (found := _BY_ID.fullmatch(script)):
        return False
    inside = re.compile(rf"(?:^|/)[^/]*#{re.escape(found[1])}(?=[./]|$)")
    for block in blocks:
        if not block.hidden and inside.search(block.path):
            block.hidden, block.reason = True, f"{found[2]}:{found[3]}"
    return True
