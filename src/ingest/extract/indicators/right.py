"""What stands after a unit: the noun that is counted, a relative clause before it, the verb behind it."""

import re

from ingest.extract.indicators import lexicon, spans, words
from ingest.extract.indicators.noun import clean
from ingest.extract.words import sentence

_RELATIVE = re.compile(r"(?:[^，。；！？的]{1,18}|[^，。；！？]{1,34})的(?=[\u4e00-\u9fff“A-Za-z])")
_COUNTED = re.compile(r"\d|[一二两三四五六七八九十]+[个家项名大]")
_MARKS = re.compile("[，。；：、]")
#: Behind a verb these make a noun of it: 20名研究|员, 5个检测|站.
_SUFFIX = "的奖者率额量费价值型性权业品员商厂站组处部园区"
#: A verb that ends in one of these is no half of a compound: 送入, 用于.
_DIRECTIONS = frozenset("入到出进为成至在上给向于起了")
#: No noun phrase of the pages read is longer, in characters.
_REACH = 44
#: What owns something is a noun of at most so many characters; more before 的 is a clause: 2000名身着红衣的市民.
_OWNER = 7


def end_of_noun(text: str, at: int, hi: int) -> int:
    """Where the noun phrase after a unit ends; ``at`` itself if there is none before ``hi``."""
    hi = min(hi, at + _REACH)
    if at >= hi or text[at] == "、":
        return at
    begin = at + 1 if text[at] == "的" else at
    begin = _after_relative(text, begin, hi) or begin
    guarded = words.compounds(text, begin, hi)
    here = begin
    while here < hi:
        if guarded and (inside := spans.around(guarded, here)):
            here = inside[1]
            continue
        if text[here] == "“":
            close = text.find("”", here, hi + 1)
            here = close + 1 if close >= 0 else here + 1
            continue
        if _stops(text, begin, here, hi):
            break
        here += 1
    return here if here > begin else at


def _stops(text: str, begin: int, here: int, hi: int) -> bool:
    """Whether the noun phrase that began at ``begin`` ends here: at a mark, a function word, a verb, an owner's 的."""
    stop = lexicon.pattern("<noun-stop>").match(text, here)
    if stop and not (stop[0] == "、" and _goes_on(text, here + 1)):
        return True
    if here - begin < 2:
        return False
    return _verb_begins(text, here, hi) or _ends_at_of(text, begin, here) or _predicate_begins(text, here, hi)


def _predicate_begins(text: str, here: int, hi: int) -> bool:
    """Whether the dictionary says that what is counted ends here and does something: 学生|辍学, 企业|提前享受优惠."""
    cut = sentence(text)
    if not cut.edge(here):
        return False
    number = cut.index(here)
    word = cut.words[number]
    if word.tag in ("v", "d", "p", "x") and lexicon.pattern("<party>$").search(cut.words[number - 1].text):
        return not lexicon.pattern("<noun-part>").match(text, word.end)  # 居民|吃上, 企业|抱团; not 企业|服务中心
    if len(word.text) < 2 or word.tag not in ("v", "d"):
        return False
    if word.tag == "d" or word.text[-1] in _DIRECTIONS or word.end >= hi:
        return True
    after = cut.words[cut.index(word.end)]
    return after.tag in ("v", "d", "p", "r", "m", "u")


def _ends_at_of(text: str, begin: int, here: int) -> bool:
    """Whether a 的 makes what was counted the owner of something else: 4幢住宅楼|的外墙."""
    owner = text[begin:here]
    if text[here] != "的" or "的" in text[begin - 1 : here] or lexicon.pattern("<describes>$").search(owner):
        return False
    clause = len(owner) > _OWNER or any(len(words.verb_at(text, i, here)) > 1 for i in range(begin, here - 1))
    return not clause


def verb_first(text: str, at: int) -> str:
    """The verb that follows at once, not the noun that is counted; empty for none."""
    word = words.verb_at(text, at, min(len(text), at + 6))
    if len(word) < 2 or any(a == at for a, _ in words.compounds(text, at, min(len(text), at + 10))):
        return ""
    return word


def verb_after(text: str, at: int, hi: int) -> str:
    """The verb that the noun counted does: 6个项目|均已|开工."""
    while at < hi and (word := words.adverb_at(text, at, hi) or ("被" if text[at] == "被" else "")):
        at += len(word)
    return verb_first(text, at) if at < hi else ""


def _after_relative(text: str, at: int, hi: int) -> int | None:
    """Where the head noun of a relative clause starts (5家|具有国际水平、规模超百亿元的|企业); None without one."""
    if not (verb_first(text, at) or lexicon.pattern("<relative-head>").match(text, at)):
        return None
    match = _RELATIVE.match(text, at, hi)
    return match.end() if match else None


def _goes_on(text: str, at: int) -> bool:
    """Whether a list of nouns goes on after 、: no number and no verb at the head of the next part."""
    part = _MARKS.split(text[at : at + _REACH])[0]
    return bool(part) and len(part) < _REACH // 2 and not _COUNTED.search(part) and not verb_first(text, at)


def _verb_begins(text: str, here: int, hi: int) -> bool:
    word = words.verb_at(text, here, hi)
    if len(word) < 2:
        return False
    after = text[here + len(word) : hi]
    if not after.strip("，。；、：！？"):
        return words.kind(word) in ("join", "other")  # 12项暖心|服务 ends in a noun, 30名学生|就业 does not
    return not (lexicon.pattern("<noun-part>").match(after) or after[0] in _SUFFIX)


_TAKEN = (
    "(?:均|已|都|被|先后|成功|分别|同时|也|又|还|新|首次|再次|顺利|全部|共同)*"
    "(?P<verb><takes>)(?:了|为)?(?P<object>[^，。；：！？]{1,40})"
)


def taken(text: str, at: int, hi: int, noun: str) -> tuple[str, str, int] | None:
    """What the things counted joined or won: name, verb and where it ends (3家企业|入选|专精特新企业)."""
    match = lexicon.pattern(_TAKEN).match(text, at, hi)
    if match is None:
        return None
    joined = clean(match["object"])
    name = joined
    if joined in ("奖", "奖项", "奖励"):
        name = "获奖" + noun
    elif noun == "成果" and joined.endswith("奖"):
        name = "获奖成果" if re.match(r"\d{4}年", joined) else joined + noun
    elif match["verb"] in ("通过", "获", "获得", "成为") and not lexicon.pattern("<honoured>$").search(joined):
        name = noun
    return name, match["verb"], match.end("object")
