"""Is a list one that the text tells of, or one that is offered to whoever searches?"""

import re
from collections import Counter
from typing import NamedTuple

from ingest.strip.farm_words import kinds
from ingest.strip.label_cohesion import pairs
from ingest.strip.label_view import View
from ingest.strip.label_words import words

LOOKED_AT = 60  # items; more would tell nothing else
_HONEST_JOINTS = frozenset("\n、，, \u3000\t")
_WOVEN, _TRADED = 0.8, 0.4  # of the items; no heading or number above accounts for such a list
_NO_TRADE = frozenset(("place", "led", "institution", "brand", "hotel"))
_LONG_HEAD = 4  # characters
_NEAR = 3  # lines above a list's head in which its things are named
_TELLS = re.compile(
    r"[：:]\W{0,2}$|如下|名单|名录|目录|一览|公示|以下|下面|下列|包括|(?:分别|这些|入选|依次)[^。]*$|[有为是]。?$"
)
_TELLING = 20  # characters at a paragraph's end that tell of the list below it
_COUNTED = "[大个家种项名人位处部件款类所座条道本册只支幅]"
_NUMERALS = "零一二三四五六七八九"


class Listed(NamedTuple):
    """What may be a foreign list: its blocks, its items, what joins them; whether it stands beside the article."""

    blocks: list[int]
    items: list[str]
    joint: str
    beside: bool = False


def said(line: str, text: str) -> float:
    """Return the share of a line's words that a text says."""
    common = words("strip_text_common_words")
    own = pairs(line) - common
    return sum(g in text for g in own) / len(own) if own else 0.0


def is_told(view: View, found: Listed) -> bool:
    """Whether what stands above tells of a list: its end does, it counts the items, or heads them."""
    above = next((i for i in range(found.blocks[0] - 1, -1, -1) if view.texts[i]), -1)
    if above < 0 or not view.open(above):
        return False
    line = view.texts[above]
    if _TELLS.search(line[-_TELLING:]):
        return True
    if found.joint not in _HONEST_JOINTS or is_offered(found.items[:LOOKED_AT]):
        return False
    if re.search(_counts(len(found.items)), line[line.rfind("。", 0, -1) + 1 :]):
        return True
    return not view.prose[above] and heads_list(view, above)


def is_offered(items: list[str]) -> bool:
    """Whether items are woven, or many of a trade that farms advertise."""
    return is_woven(items) or sum(not kinds(i) <= _NO_TRADE for i in items) >= _TRADED * len(items)


def is_woven(items: list[str]) -> bool:
    """Whether items are every beginning with every ending, as programs write them."""
    heads, tails = Counter(i[:2] for i in items), Counter(i[-2:] for i in items)
    return sum(heads[i[:2]] > 1 and tails[i[-2:]] > 1 for i in items) >= _WOVEN * len(items)


def is_kin(line: str, others: list[str]) -> bool:
    """Whether a line is woven of the same words as others: it begins as one does, at length or ends as another."""
    if any(o[:_LONG_HEAD] == line[:_LONG_HEAD] for o in others):
        return True
    return any(o[:2] == line[:2] for o in others) and any(o[-2:] == line[-2:] for o in others)


def heads_list(view: View, head: int) -> bool:
    """Whether a short line heads the list below it: its last word names the things, and the text above has it, too."""
    line = view.texts[head]
    start = max(0, head - _NEAR)
    above = "\n".join(t for t, p in zip(view.texts[start:head], view.prose[start:], strict=False) if p)
    return line[-2:] in above


def _counts(number: int) -> str:
    """Return a pattern of a number of things: 十二家, 12项, 一百二十个."""
    said = f"{number}|{_spoken(number)}" if number < 1000 else f"{number}"
    return rf"(?<![\d十百{_NUMERALS}])(?:{said})多?余?{_COUNTED}(?!小时|月|工作日)"


def _spoken(number: int) -> str:
    """A number below a thousand as it is said: 十二, 一百零五, 一百二十."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = _NUMERALS[hundreds] + "百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _NUMERALS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_NUMERALS[ones] if ones else "")
