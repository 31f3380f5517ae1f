"""The few words that all rooms speak. Nothing here imports another room.

Positions are offsets in characters (Python ``str`` indices), end exclusive. Dates are naive: a Chinese page prints
its own local time (UTC+8) and no zone.
"""

from ingest.model.articles import Article, Draft, Page, Paragraph, Particulars, Table
from ingest.model.kinds import Label, Outcome, PageKind
from ingest.model.pages import (
    SITE_PAGES,
    SITE_SHARE,
    Block,
    Document,
    Elements,
    Image,
    Meta,
    Selected,
    Selectors,
    SiteProfile,
)
from ingest.model.records import (
    Honour,
    Indicator,
    Organisation,
    Person,
    Place,
    Policy,
    Programme,
    Record,
    Records,
    Topic,
)
from ingest.model.targets import Capture, Exchange, Target
from ingest.model.texts import Flag, Mark, Repair, Text

__all__ = [
    "SITE_PAGES",
    "SITE_SHARE",
    "Article",
    "Block",
    "Capture",
    "Document",
    "Draft",
    "Elements",
    "Exchange",
    "Flag",
    "Honour",
    "Image",
    "Indicator",
    "Label",
    "Mark",
    "Meta",
    "Organisation",
    "Outcome",
    "Page",
    "PageKind",
    "Paragraph",
    "Particulars",
    "Person",
    "Place",
    "Policy",
    "Programme",
    "Record",
    "Records",
    "Repair",
    "Selected",
    "Selectors",
    "SiteProfile",
    "Table",
    "Target",
    "Text",
    "Topic",
]
