"""The shape of Chinese personal names: is this a name, is this line a list of names."""

import re
from functools import cache

from ingest.strip.label_words import words

_SEPARATORS = re.compile(r"[\s、,，;；/／|｜丨&＆]+|(?<=[\u4e00-\u9fff]{2})[和与](?=[\u4e00-\u9fff]{2})")
_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_WITH_DOT = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•‧][\u4e00-\u9fff]{1,8}){1,3}")  # 阿不都·热合曼
# Characters that end the name of an office or a place, and practically no person's.
_NO_GIVEN_NAME = frozenset("院局区厅处委会社网报台站县省镇乡厂店所校们的了是在有讯电")
_LONGEST_LIST = 12  # names under one article; more are a list of another kind


@cache
def _surnames() -> frozenset[str]:
    return words("strip_text_surnames")


def is_name(token: str, *, marked: bool = False) -> bool:
    """Whether a token has the shape of a personal name: a surname of the list and one or two characters more.

    A word of the language (高新区, 金融) is none, unless it is ``marked`` as a name by what stands before it (记者 高峰).
    """
    if _WITH_DOT.fullmatch(token):
        return True
    if not 2 <= len(token) <= 4 or not _HAN.fullmatch(token):
        return False
    if not marked and (token in words("strip_text_not_names") or token[-1] in _NO_GIVEN_NAME):
        return False
    if token[:2] in _surnames():
        return 3 <= len(token) <= 4
    return token[0] in _surnames() and len(token) <= 3


def names_in(text: str, *, marked: bool = False) -> list[str]:
    """Return the names that a text lists, or nothing if it holds anything else.

    Names padded to three characters (王 强) are closed up. ``marked``: a word like 记者 stands before them.
    """
    tokens = [t for t in _SEPARATORS.split(text.strip()) if t]
    names = closed_up(tokens)
    return names if len(names) <= _LONGEST_LIST and all(is_name(n, marked=marked) for n in names) else []


def closed_up(tokens: list[str]) -> list[str]:
    """Join two neighbouring single characters to one name: printers pad short names to the width of long ones."""
    names: list[str] = []
    open_surname = False
    for token in tokens:
        if open_surname and len(token) == 1:
            names[-1] += token
            open_surname = False
        else:
            names.append(token)
            open_surname = len(token) == 1 and token in _surnames()
    return names


def loose_names(text: str) -> list[str]:
    """Return the names in a text that is known to hold names, pen names and offices among them."""
    tokens = (_CODE.sub("", t.strip("（）()[]【】 ")) for t in _SEPARATORS.split(text.strip()))
    return closed_up([t for t in tokens if t])


_CODE = re.compile(r"[_\-]?[A-Z]{1,6}\d{2,8}$")  # an editor's number in the house: 张三_NB123
_PERSON = re.compile(r"[\u4e00-\u9fffA-Za-z·•.]{2,20}")
_NOBODY = frozenset({"未知", "佚名", "匿名", "网络", "admin", "管理员", "不详", "本站", "原创", "综合", "小编"})


def is_person(token: str) -> bool:
    """Whether a token of a field for people is one: Han or Latin letters, and not 佚名 or admin."""
    return _PERSON.fullmatch(token) is not None and token.lower() not in _NOBODY
