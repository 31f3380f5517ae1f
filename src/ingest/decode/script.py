"""Traditional script to Simplified, for reading and search. The text as published stays beside it."""

import re
from collections.abc import Callable
from functools import cache

from ingest.decode import edits, tables
from ingest.model import Repair

# Share of Traditional-only characters among the Han of a page. Simplified pages have next to none (names, titles of
# books), Traditional ones a third; a page below this one is Simplified and quotes.
_GATE = 0.08
_HAN = re.compile("[\u3400-\u9fff]")
# Japanese and Korean have characters of their own that look Traditional: 設備 in a line with kana is Japanese.
_OTHER = re.compile("[\u3041-\u30fa\u30fc-\u30ff\uac00-\ud7a3]")
_OTHER_SHARE = 0.1
_LONE = re.compile("[\ud800-\udfff]")
_NEWLINE = "\n"


def find(text: str) -> list[Repair]:
    """What to change to read a Traditional page in Simplified script; nothing for any other page."""
    lines = [line if _chinese(line) else "" for line in text.split(_NEWLINE)]
    chinese = _NEWLINE.join(lines)
    foreign = len(_traditional().findall(chinese))
    if not foreign or foreign < _GATE * len(_HAN.findall(chinese)):
        return []
    repairs: list[Repair] = []
    begin = 0
    for line, kept in zip(text.split(_NEWLINE), lines, strict=True):
        if kept:
            repairs += _line(line, begin)
        begin += len(line) + 1
    return repairs


def _chinese(line: str) -> bool:
    other = len(_OTHER.findall(line))
    return not other or other < _OTHER_SHARE * (other + len(_HAN.findall(line)))


def _line(line: str, begin: int) -> list[Repair]:
    made = simplified(line)
    if len(made) != len(line):
        return [edits.moved(r, begin) for r in edits.difference(line, made, kind="script", confidence=0.9)]
    return [
        Repair(kind="script", start=place, end=place + 1, found=before, made=after)
        for place, (before, after) in enumerate(zip(line, made, strict=True), begin)
        if before != after
    ]


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(tables.traditional()))}]")


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # only Traditional pages pay for loading it

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """Text in Simplified script: OpenCC's t2s, put right where it errs."""
    if text.isascii():
        return text
    made = _converter()(_LONE.sub("\ufffd", text))
    made = made.translate(_variants())
    if len(made) != len(text):
        return made
    made = _names(text, made) if "乾" in text else made
    return _particles(made) if "著" in made and "着" not in text else made


@cache
def _words(key: str) -> list[str]:
    table = dict(row.split("\t") for row in tables.rows("decode_script_words.txt"))
    return table[key].split(" ")


@cache
def _variants() -> dict[int, str]:
    """Characters of Hong Kong and Taiwan that t2s leaves as they are."""
    return {ord(pair[0]): pair[1] for pair in _words("char")}


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
    return "".join("着" if c == "著" and place not in kept else c for place, c in enumerate(made))
