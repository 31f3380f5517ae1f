"""Whether a list is a link farm, by what its items are."""

import re
from collections import Counter
from itertools import chain

from ingest.strip.farm_items import FEWEST, PHONE, Items
from ingest.strip.farm_places import is_place, is_province, leading_place, levels, provinces
from ingest.strip.farm_words import kinds, pattern, place_before

_LONGEST_PLACE, _LONGEST_ITEM = 12, 30  # characters, of an item among places and of one that is advertised
_SHORT_SHARE = 0.95
_PLACE_SHARE = 0.6  # a spammer's other words stand between the places
_SHARE = 0.6  # of items in the words of one trade
_LED = 0.4  # of items that a place opens: 某市搬家, 某县搬家
_SCATTERED = 4  # provinces; the places of an article's list lie in one or two
_LOOSE_SIGNS = 2  # of what no honest list has, where sentences are joined so too: tags of weather news mix levels
_OUTRIGHT = ("gambling", "adult", "loan", "papers", "piracy")  # trades that no honest list names item by item
_TRADES = frozenset({"service", "after-sales", "sales"})
_EMPTY = re.compile(r"[\d\s\-—()（）+]*")  # a telephone number, or a piece of one
# Lists that articles hold say nothing twice; of woven ones of 20 items and more 9 in 10 do. One ending of most items
# is a word for what they are: 某某县, 某某公司.
_TWICE, _WOVEN, _ONE_ENDING = 2, 0.8, 0.5
_PER_HIT = 14  # characters to an item where nothing joins them; telephone numbers left out


def reason(found: Items, *, announced: bool) -> str:
    """Return why a list is a link farm, or an empty string.

    ``announced``: a line above tells of the list (名单如下：), which a spammer has no need of.
    """
    items = [i for i in found.items if not _EMPTY.fullmatch(i)]
    if len(items) < FEWEST:
        return ""
    every = [kinds(i) for i in items]
    said = _outright(items, every) or ("" if announced else _places(items, found) or _advertised(items, every))
    return f"{len(items)} items joined by {found.bar!r}, {said}" if said else ""


def glued_reason(text: str) -> str:
    """Return why a line without anything between its items is a link farm, or an empty string."""
    bare = PHONE.sub("", text)
    if len(bare) < FEWEST * 2:
        return ""
    for kind in (*_OUTRIGHT, "after-sales", "sales", "hotel", "question"):
        hits = len(pattern(kind).findall(bare))
        if hits >= FEWEST and len(bare) <= _PER_HIT * hits:
            return f"{hits} words of {kind} with nothing between them"
    places, rest = _places_in(bare)
    if len(places) < FEWEST or len(bare) > _PER_HIT * len(places):
        return ""
    if rest <= 0.15 * len(bare):
        signs = _signs(places)
        return f"{len(places)} places with nothing between them; {', '.join(signs)}" if signs else ""
    served = len(pattern("service").findall(bare))
    return f"{len(places)} places with services, nothing between them" if served >= FEWEST else ""


def _outright(items: list[str], every: list[frozenset[str]]) -> str:
    """Gambling, adult sites, loans, forged papers, stolen films: by most of the items."""
    hits = sum(not found.isdisjoint(_OUTRIGHT) for found in every if found)
    if hits < max(FEWEST - 2, _SHARE * len(items)):
        return ""
    if sum(len(i) <= _LONGEST_ITEM for i in items) < _SHORT_SHARE * len(items):
        return ""
    return f"{hits} of them gambling, adult, loans, papers or piracy"


def _places(items: list[str], found: Items) -> str:
    """Places for no reader: levels mixed, a name twice, a bar dangling, or strewn over the country."""
    places = [i for i in items if is_place(i)]
    if len(places) < _PLACE_SHARE * len(items):
        return ""
    if sum(len(i) <= _LONGEST_PLACE or is_place(i) for i in items) < _SHORT_SHARE * len(items):
        return ""
    if sum(map(is_province, places)) >= _SHORT_SHARE * len(places):
        return ""  # a site's menu of the provinces, some with 省 and some without
    signs = _signs(places)
    if found.dangling:
        signs.append("a bar dangling")
    if len(set(items)) < len(items) and "a name twice" not in signs:
        signs.append("a name twice")
    if not signs or (found.loose and (len(signs) < _LOOSE_SIGNS or len(provinces(places)) < _SCATTERED)):
        return ""
    return f"{len(places)} of them places; {', '.join(signs)}"


def _signs(places: list[str]) -> list[str]:
    """What no honest list of places has."""
    strewn = len(provinces(places))
    seen = {
        "levels mixed": len(levels(places)) > 1,
        "a name twice": len(set(places)) < len(places),
        f"strewn over {strewn} provinces": strewn >= _SCATTERED and "county" in levels(places),
    }
    return [sign for sign, holds in seen.items() if holds]


def _advertised(items: list[str], every: list[frozenset[str]]) -> str:
    """Services with the town before them, repairs with the maker's name, hotels, questions of patients."""
    count = Counter(chain.from_iterable(every))
    if count["institution"] > 0.2 * len(items):
        return ""
    short = sum(len(i) <= _LONGEST_ITEM or len(PHONE.sub("", i)) <= _LONGEST_ITEM for i in items)
    if short < _SHORT_SHARE * len(items):
        return ""
    least = _SHARE * len(items)
    if count["hotel"] >= least:
        return f"{count['hotel']} of them hotels"
    if count["question"] >= least:
        return f"{count['question']} of them questions of a search"
    placed = count["place"] + count["led"]
    return _served(items, every) or _alike(items, placed) or _woven(items)


def _served(items: list[str], every: list[frozenset[str]]) -> str:
    """Services, repairs and sales."""
    trade = sum(not found.isdisjoint(_TRADES) for found in every if found)
    if trade < _SHARE * len(items):
        return ""
    led = _places_before(items)
    if len(led) >= _LED * len(items):
        return f"{trade} of them services, {len(led)} with a place before them"
    return _repairs(items, every)


def _repairs(items: list[str], every: list[frozenset[str]]) -> str:
    """Repairs and sales with the maker's name or a telephone number before them; an office's number is none."""
    repairs = sum("after-sales" in found for found in every)
    offered = sum(not found.isdisjoint(("after-sales", "sales")) for found in every)
    named = sum(not found.isdisjoint(("brand", "led")) for found in every)
    phones = sum(PHONE.search(i) is not None for i in items)
    if repairs >= _SHARE * len(items) and named + phones >= _LED * len(items):
        return f"{repairs} of them repairs, {named} with a maker's name, {phones} with a telephone number"
    if offered >= _SHARE * len(items) and named >= _LED * len(items):
        return f"{offered} of them repairs and sales, {named} with a maker's name or a place"
    return ""


def _alike(items: list[str], placed: int) -> str:
    """The same words behind one place after the other, or before: 某市某某, 某县某某, strewn over the country.

    ``placed`` items are places or begin with one.
    """
    least = max(FEWEST, 0.8 * len(items))
    tails = [i[len(place) :] for i in items if (place := leading_place(i))] if placed >= least else []
    if (word := _most(tails, least)) and len(provinces(_places_before(items))) >= _SCATTERED:
        return f"{tails.count(word)} of them {word} behind a place"
    if not _most([i[:2] for i in items], least):
        return ""
    heads = [_before(i, place) for i in items if (place := _place_behind(i))]
    if (word := _most(heads, least)) and len(provinces(map(_place_behind, items))) >= _SCATTERED:
        return f"{heads.count(word)} of them {word} before a place"
    return ""


def _most(words: list[str], least: float) -> str:
    """The word, no single character, that stands most often, ``least`` times or oftener; empty for none."""
    if len(words) < least:
        return ""
    word, times = Counter(words).most_common(1)[0]
    return word if len(word) > 1 and times >= least else ""


def _woven(items: list[str]) -> str:
    """Every beginning with every ending, as programs write them, some twice: 某某价格 某某厂家 某甲价格 某甲厂家."""
    if len(items) - len(set(items)) < _TWICE:
        return ""
    whole = Counter(items)
    heads, tails = Counter(i[:2] for i in whole), Counter(i[-2:] for i in whole)
    both = sum(heads[i[:2]] > 1 and tails[i[-2:]] > 1 for i in items)
    twice = sum(times - 1 for times in whole.values())
    if both < _WOVEN * len(items) or max(tails.values()) > _ONE_ENDING * len(whole):
        return ""
    return f"{both} of them woven of the same beginnings and endings, {twice} said again"


def _places_before(items: list[str]) -> list[str]:
    """The places that stand before what the items offer."""
    return [place for item in items if (place := place_before(item))]


def _before(item: str, place: str) -> str:
    return item.rstrip("）)")[: -len(place)].rstrip(" -_（(")


def _place_behind(item: str) -> str:
    """The place that an item ends in, four characters at the most, some words before it; empty for none."""
    item = item.rstrip("）)")
    return next((item[-n:] for n in (4, 3, 2) if len(item) > n + 1 and leading_place(item[-n:]) == item[-n:]), "")


def _places_in(text: str) -> tuple[list[str], int]:
    """Return the places in a text, from left to right, and how many characters are left over."""
    places: list[str] = []
    at = rest = 0
    while at < len(text):
        place = leading_place(text[at : at + 16])
        if place:
            places.append(place)
        at += len(place) or 1
        rest += 0 if place else 1
    return places, rest
