"""Works, sites and craft with names of their own that a text tells figures of: a railway, a port, a satellite."""

import re

from ingest.extract import divisions
from ingest.extract.indicators import lexicon

#: What a name of this kind follows in the text; elsewhere its words belong to a longer phrase.
_BOUNDARY = frozenset("，。；：、的了（）()“”《》！？—·\n \u3000")
#: A character that no such name holds.
_STOP = re.compile(
    r"[其是在和与及将把被为等有到从对已这该此本各全每由向以于也都两几一至距过]|[开到离来抵进出停]港$|[务油电网作驿换]站$"
)
#: Lines are called by their ends, 杭黄高铁; these say only what kind of line it is.
_LINE = re.compile(
    r"(?!中国|国家|新建|普通|普速|城际|地方|货运|客运|重载|国内|现代)[\u4e00-\u9fff]{2,3}(?:高铁|铁路|高速|专线)$"
)
_NUMBERED = re.compile(r"[零〇一二三四五六七八九十\d]+号")
_CLUSTER = re.compile(r"长三角|珠三角|京津冀|粤港澳|大湾区|成渝|长江|黄河|国家[\u4e00-\u9fff]{4,}")
#: A name is no shorter than 青岛港 and no longer than so many characters.
_SHORTEST, _LONGEST = 3, 18
#: Said so often in one form, it is a name.
_AGAIN = 2
#: A town counts if the gazetteer knows it, or if it is called like one and is no kind of town (小镇, 城镇).
_PLAIN_TOWN = re.compile(r"[\u4e00-\u9fff]{1,2}[^\W小城乡重古集村市名]镇")
_TOWN = ("镇", "乡", "街道")
#: The longest head of the data file.
_HEAD = 3


def find(text: str, title: str) -> dict[str, str]:
    """What works and sites are called in a text, to their fullest name; a name stands at the head of its clause.

    ``title`` may give a name away that the text says once. A shorter form, with the same head, is one that ends a
    longer (邮轮母港) or leaves words of it out.
    """
    names = {name for match in lexicon.things().finditer(text) if (name := _name(text, match.end()))}
    full = sorted((name for name in names if _is_specific(name, text, title)), key=lambda name: (-len(name), name))
    found = {name: next(other for other in full if _is_form(name, other)) for name in full}
    for name in names - found.keys():
        if longer := next((other for other in full if len(name) > _HEAD and other.endswith(name)), None):
            found[name] = longer
    return found


def _is_form(short: str, full: str) -> bool:
    """Whether a name is another one with words left out behind its beginning."""
    if short[:2] != full[:2] or short[-1] != full[-1]:
        return short == full
    rest = iter(full)
    return all(character in rest for character in short)


def _name(text: str, end: int) -> str:
    """The phrase from the last boundary to ``end``; empty where it cannot be a name or goes on."""
    start = end
    while start > 0 and end - start <= _LONGEST and text[start - 1] not in _BOUNDARY:
        start -= 1
    name = text[start:end]
    if not _SHORTEST <= len(name) <= _LONGEST or _STOP.search(name):
        return ""
    return name


def _is_specific(name: str, text: str, title: str) -> bool:
    """Whether a phrase names one thing: it holds a place or a number, or is said again in the same words."""
    if _NUMBERED.search(name) or _CLUSTER.match(name) or _LINE.match(name) or name in title:
        return True
    if name.endswith(_TOWN):
        return name in divisions.towns() or _PLAIN_TOWN.fullmatch(name) is not None
    surfaces = divisions.by_surface()
    if any(name[:length] in surfaces for length in (2, 3, 4)):
        return True
    return len(name) > _HEAD + 1 and text.count(name) >= _AGAIN
