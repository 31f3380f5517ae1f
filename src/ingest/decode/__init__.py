"""Bytes to text: charset, damage, script, punctuation. Nothing here knows a page or a site.

`read_source` reads a page's bytes before it is taken apart, `mend` mends its lines or blocks afterwards; `read_text`
does both for whoever wants the text alone, `repair` the latter for text decoded elsewhere. `cut` cuts a mended line.
"""

from ingest.decode.cutting import cut
from ingest.decode.mending import Mended, Mending, mend
from ingest.decode.reader import read_text, repair
from ingest.decode.source import read_source

__all__ = ["Mended", "Mending", "cut", "mend", "read_source", "read_text", "repair"]
