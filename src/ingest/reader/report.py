"""The overview as one file to mail: the reader's own templates, styles in it, charts as SVG, no script."""

import re

from markupsafe import Markup

from ingest.reader import assets, overview, rendering
from ingest.reader.site import Site
from ingest.reader.summary import summary
from ingest.settings import Settings
from ingest.store.engine import Database

# Addresses within the reader, in our own templates' spelling; what pages say has its < and " escaped.
_INSIDE = re.compile(r'<a\b[^<>]*? href="/(?!/)[^"<>]*"[^<>]*>(.*?)</a>', re.DOTALL)
_INSIDE_HREF = re.compile(r' href="/(?!/)')
_WAYS_ON = re.compile(r'<p class="after">.*?</p>', re.DOTALL)


def report(configured: Settings, step: str | None = None) -> str:
    """Return the overview of a database as HTML that needs nothing else.

    Args:
        configured: The settings. Where they name a reader (``reader_url``), links lead there; else there are none.
        step: day, month or year: how articles are put together; chosen by the data when left out.

    Raises:
        NoDatabaseError: There is none yet.
    """
    database = Database(configured.database, ask=True)
    try:
        with Site(configured, database).read() as connection:
            shown = overview.composed(connection, summary(connection), step)
    finally:
        database.close()
    style = Markup(assets.content("style.css"))  # noqa: S704 - a file of ours, in which nothing of a page stands
    template = rendering.environment().get_template("report.html.j2")
    return _linked(template.render(shown=shown, style=style), configured.reader_url)


def _linked(html: str, reader: str | None) -> str:
    """Let the links lead to a reader; where there is none, leave their words."""
    without_exports = _WAYS_ON.sub("", html)
    if reader:
        base = rendering.quoted(reader.rstrip("/"))
        return _INSIDE_HREF.sub(lambda _: f' href="{base}/', without_exports)
    return _INSIDE.sub(r"\1", without_exports)
