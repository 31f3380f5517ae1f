"""A text as it is compared: letters and digits alone, whatever its punctuation, width, case and annotations."""

import re
import unicodedata
from collections.abc import Iterable

_HAN = "\u3400-\u9fff"
# Readings in parentheses that were too few on their page for the repair's gate: 高新區(qū).
# The parenthesis is asked for before the character that it follows: a third of the time.
_ANNOTATION = re.compile(f"[(（](?<=[{_HAN}].)[a-zɡ\u00df-\u01dc]{{1,6}}[)）]")
_ODD = re.compile(f"[^0-9A-Za-z{_HAN}]")  # what NFKC may change, of letters and digits
_CHANGEABLE = re.compile(f"[^\\x00-\\x7f\u2014\u2018-\u201d\u3001-\u3011{_HAN}，。；：（）！？]+")
_BETWEEN = re.compile(r"[\W_]+")


def normal(paragraphs: Iterable[str]) -> str:
    """Return the letters and digits of a text, normalised as NFKC, case folded; no white space, no punctuation."""
    text = _BETWEEN.sub("", _ANNOTATION.sub("", "\n".join(paragraphs)))
    if _ODD.search(text):
        text = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    return text.casefold()


def folded(text: str) -> str:
    """Return a text normalised as NFKC but for the punctuation of Chinese: a tenth of the time for most texts."""
    return _CHANGEABLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
