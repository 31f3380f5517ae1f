"""The shape of Chinese personal names: is this a name, is this line a list of names."""

import re
from functools import cache

from ingest.strip.label_words import column, covered, groups, words

_SEPARATORS = re.compile(r"[\s、,，;；/／|｜丨&＆]+|(?<=[\u4e00-\u9fff]{2})[和与](?=[\u4e00-\u9fff]{2})")
SPACES = frozenset(filter(str.isspace, map(chr, range(0x3001))))
_PARTED = SPACES | frozenset("、,，;；/／|｜丨&＆和与·•‧")  # what parts names from each other, or the parts of one
_LONGEST_NAME = 4  # characters of one that nothing parts
_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
# Characters that names from other languages are spelled with: 阿不都热合曼·买买提
_SOUNDS = (
    "阿艾安奥巴白拜班邦保贝本比彼毕宾波博卜布茨达大戴丹当德登迪蒂丁东杜顿多恩尔法凡菲费芬夫弗福富盖冈高戈格哥葛根古圭哈海汉合"
    "赫亨洪胡华怀惠霍基吉济加贾简杰金卡凯坎康柯科克肯库夸昆拉莱赖兰朗劳勒雷理里礼力利莉连廉列林琳留龙娄卢鲁路伦罗洛吕马玛迈"
    "麦买曼芒毛梅门蒙孟米密缅明摩莫默姆穆拿娜纳乃奈南内尼聂宁牛纽努女诺帕潘庞佩彭皮匹平珀普齐其奇恰强乔钦琼丘屈热日荣茹若撒"
    "萨塞赛三桑瑟森沙莎山珊尚舍申圣施什石史舒斯丝松苏孙索塔泰坦汤唐陶特滕提廷图吐托瓦万旺威韦维温文翁沃乌吾武西希锡夏香肖谢"
    "欣辛雄休许旭雅亚延扬耶叶依伊易因英尤于玉约泽扎詹珍真芝智朱兹子佐曲不都则伍次"
)
_WITH_DOT = re.compile(rf"[{_SOUNDS}]{{1,6}}(?:[·•‧][{_SOUNDS}]{{1,6}}){{1,3}}")
_DOTS = frozenset("·•‧")
# Characters that end the name of an office or a place, and practically no person's.
_NO_GIVEN_NAME = frozenset("院局区厅处委会社网报台站市县省镇乡厂店所校们的了是在有讯电")
_LONGEST_LIST = 12  # names under one article; more are a list of another kind


@cache
def _surnames() -> frozenset[str]:
    return column("surnames", 0)


def is_name(token: str, *, marked: bool = False) -> bool:
    """Whether a token has the shape of a personal name: a surname of the list and one or two characters more.

    A word of the language (高新区, 金融) is none, unless ``marked`` as a name by what stands before it.
    """
    if not _DOTS.isdisjoint(token) and _WITH_DOT.fullmatch(token):
        return True
    if not 2 <= len(token) <= _LONGEST_NAME or not _HAN.fullmatch(token):
        return False
    if not marked and (token in words("strip_text_not_names") or token[-1] in _NO_GIVEN_NAME):
        return False
    if token[:2] in _surnames():
        return 3 <= len(token) <= 4
    return token[0] in _surnames() and len(token) <= 3


def names_in(text: str, *, marked: bool = False) -> list[str]:
    """Return the names that a text lists, or nothing if it holds anything else.

    Names padded to three characters (王 强) are closed up. ``marked``: a word like 记者 stands before them. A word of
    the language passes for a name among sure ones (李文 beside 张小明).
    """
    text = text.strip()
    if len(text) > _LONGEST_NAME and _PARTED.isdisjoint(text):
        return []
    names = closed_up([t for t in _SEPARATORS.split(text) if t])
    if len(names) > _LONGEST_LIST or not all(is_name(n, marked=True) for n in names):
        return []
    sure = len(names) if marked else sum(is_name(n) for n in names)
    return names if 2 * sure > len(names) or (sure and len(names) == 2) else []


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


_CODE = re.compile(r"[_\-]?[A-Z]{1,6}\d{2,8}$")  # an editor's number in the house: 张三_NB123
_PERSON = re.compile(r"[\u4e00-\u9fffA-Za-z·•.]{2,20}")
_NOBODY = re.compile(r"未知|佚名|匿名|网络(?:整理)?|admin|\w*管理员|不详|本站|原创|综合|小编|无|来源.*", re.IGNORECASE)
_PEN_NAME = 4  # characters; a longer token beside a real name is something else


def loose_names(text: str) -> list[str]:
    """Return the names in a text that is known to hold names, pen names and offices among them.

    Nobody's names (佚名, admin) and the phrases of a site that ran into the field are left out.
    """
    tokens = (_CODE.sub("", t.strip("（）()[]【】 ")) for t in _SEPARATORS.split(text.strip()))
    names = [n for n in closed_up([t for t in tokens if t]) if _PERSON.fullmatch(n) and not _NOBODY.fullmatch(n)]
    if any(is_name(n) for n in names):
        return [n for n in names if is_name(n) or (len(n) <= _PEN_NAME and not covered(n, _phrases()))]
    return names


@cache
def _phrases() -> frozenset[str]:
    return frozenset(phrase for listed in groups("strip_text_furniture").values() for phrase in listed)
