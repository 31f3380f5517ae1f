"""A text as it is compared: letters and digits alone, whatever its punctuation, width, case and annotations."""

import re
import unicodedata
from collections.abc import Iterable

_HAN = "\u3400-\u9fff"
# Readings in parentheses that were too few on their page for the repair's gate: 高新區(qū).
_ANNOTATION = re.compile(f"(?<=[{_HAN}])[(（][a-zɡ\u00df-\u01dc]{{1,6}}[)）]")
_BETWEEN = re.compile(r"[\W_]+")


def normal(paragraphs: Iterable[str]) -> str:
    """Return the letters and digits of a text, normalised as NFKC, case folded; no white space, no punctuation."""
    text = _ANNOTATION.sub("", "\n".join(paragraphs))
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
