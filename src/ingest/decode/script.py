"""Traditional script to Simplified, for reading and search. The text as published stays beside it."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from ingest.decode import edits, reading, signs, tables
from ingest.decode.edits import Edit

# Share of Traditional-only characters among the Han of a page. Simplified pages have next to none (names, titles of
# books), Traditional ones a third; a page below this one is Simplified and quotes.
_GATE = 0.08
# Japanese and Korean have characters of their own that look Traditional: 設備 in a line with kana is Japanese.
_OTHER = re.compile("[\u3041-\u30fa\u30fc-\u30ff\uac00-\ud7a3]")
_OTHER_SHARE = 0.1
_LONE = re.compile("[\ud800-\udfff]")
_ZHU = re.compile("著")
_NEWLINE = "\n"


def find(text: str) -> Sequence[Edit]:
    """What to change to read a Traditional page in Simplified script; nothing for any other page."""
    if not _page(text):
        return []
    made = simplified(text)
    if _OTHER.search(text):
        pairs = zip(text.split(_NEWLINE), made.split(_NEWLINE), strict=True)
        made = _NEWLINE.join(better if _chinese(line) else line for line, better in pairs)
    if len(made) != len(text):
        return list(_by_lines(text, made))
    if reading.LOST in made:  # what half of a pair of surrogates became
        made = "".join(better if better != reading.LOST else c for c, better in zip(text, made, strict=True))
    return edits.swaps(text, made, "script")


def _page(text: str) -> bool:
    """Whether the Chinese lines of a page are in Traditional script."""
    if not (foreign := len(_traditional().findall(text))):
        return False
    if _OTHER.search(text):
        text = _NEWLINE.join(filter(_chinese, text.split(_NEWLINE)))
        foreign = len(_traditional().findall(text))
    return foreign > 0 and foreign >= _GATE * signs.han(text)


def _chinese(line: str) -> bool:
    other = len(_OTHER.findall(line))
    return not other or other < _OTHER_SHARE * (other + signs.han(line))


def _by_lines(text: str, made: str) -> Iterator[Edit]:
    """The edits where a word became longer or shorter, so that places have moved."""
    begin = 0
    for line, better in zip(text.split(_NEWLINE), made.split(_NEWLINE), strict=True):
        if len(better) != len(line):
            yield from edits.moved(list(edits.difference(line, better, kind="script", confidence=0.9)), begin)
        elif line != better:
            found = edits.swaps(line, better, "script")
            yield from edits.moved([edit for edit in found if edit.made != reading.LOST], begin)
        begin += len(line) + 1


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(tables.traditional()))}]")


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # only Traditional pages pay for loading it

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """Text in Simplified script, line by line: OpenCC's t2s, put right where it errs."""
    if text.isascii():
        return text
    made = _converter()(_LONE.sub(reading.LOST, text))
    made = _variant().sub(lambda match: _variants()[match.group()], made)
    if "乾" not in text and "著" not in made:
        return made
    lines = zip(text.split(_NEWLINE), made.split(_NEWLINE), strict=True)
    return _NEWLINE.join(_corrected(line, better) for line, better in lines)


def _corrected(line: str, made: str) -> str:
    """A converted line with the two characters put right that t2s takes for others."""
    if len(made) != len(line):
        return made
    made = _names(line, made) if "乾" in line else made
    return _particles(made) if "著" in made and "着" not in line else made


@cache
def _words(key: str) -> list[str]:
    table = dict(row.split("\t") for row in tables.rows("decode_script_words.txt"))
    return table[key].split(" ")


@cache
def _variants() -> dict[str, str]:
    """Characters of Hong Kong and Taiwan that t2s leaves as they are."""
    return {pair[0]: pair[1] for pair in _words("char")}


@cache
def _variant() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_variants())}]")


@cache
def _dry() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_words("dry"), key=len, reverse=True)))


@cache
def _kept() -> re.Pattern[str]:
    """著 that stays: in a word of its own, or of the one who wrote 《…》. 起著作用 has the particle before 作用."""
    words = "|".join(word.replace("著作", "著作(?!用)") for word in _words("zhu"))
    return re.compile(f"{words}|著(?=有?《)")


def _names(text: str, made: str) -> str:
    """The text with 乾 kept in names: 徐乾學 is no dry man. In words for dry it is 干."""
    dry = {place for match in _dry().finditer(text) for place in range(*match.span())}
    surnames = _words("surname")[0]
    out = list(made)
    for place, character in enumerate(text):
        if character == "乾" and place not in dry and any(c in surnames for c in text[max(0, place - 2) : place]):
            out[place] = "乾"
    return "".join(out)


def _particles(made: str) -> str:
    """The text with 着 for 著 where it is the particle, which t2s does not know; a text that has 着 knows itself."""
    kept = {place for match in _kept().finditer(made) for place in range(*match.span())}
    return _ZHU.sub(lambda match: "著" if match.start() in kept else "着", made)
