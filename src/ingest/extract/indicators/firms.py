"""What a firm is called in running text: its name less place, trade and legal form, or as the article shortens it."""

import re
from collections.abc import Set

from ingest.extract import divisions

_LEGAL = re.compile(r"(?:股份|控股)?(?:集团)?(?:股份)?有限(?:责任)?公司$")
_TRADE = re.compile(r"(?:科技|技术|信息|信息技术|信息产业|产业|实业|工业|发展|投资|控股|网络|环境科技)$")
#: Behind two words of its own a firm's goods are left out too.
_GOODS = re.compile(r"(?:设备|材料|药业)$")
_LONG = 6
_BRACKET = re.compile(r"^[（(][^（）()]*[）)]|[（(][^（）()]*[）)]$")
#: The class word of a division's name.
CLASS = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市|自治州|地区|盟|自治县|县|新区|区|镇|乡|街道)$")
#: No place name is longer.
_PLACE = 11
#: A firm's name that the text shortens keeps so many characters.
_FIRM = 3


def is_firm(name: str) -> bool:
    """Whether a name ends in the legal form of a firm."""
    return _LEGAL.search(name) is not None


def usual(firm: str, aliases: tuple[str, ...], regions: tuple[str, ...]) -> str:
    """What a firm is called: as the article itself shortens its short form, if it does."""
    short = short_form(firm, regions)
    shorter = [alias for alias in aliases if len(alias) >= _FIRM and alias != short and short.startswith(alias)]
    return max(shorter, key=len, default=short)


def short_form(name: str, regions: tuple[str, ...] = ()) -> str:
    """A firm's name without place, trade and legal form: 贵阳某某电池有限公司 is 某某电池. Other names stay."""
    legal = _LEGAL.search(name)
    if legal is None:
        return name
    core = name[: legal.start()]
    own = {*regions, *(CLASS.sub("", region) for region in regions)}
    around: set[str] | None = None
    while length := _place_ahead(core, own, around):
        around = {division.code for division in divisions.by_surface().get(core[:length], ())}
        core = re.sub("^[省市]", "", core[length:])
    core = _BRACKET.sub("", core)
    if len(core) >= _LONG:
        core = _GOODS.sub("", core)
    trade = _TRADE.search(core)
    return core[: trade.start()] if trade and trade.start() >= 2 else core


def _place_ahead(core: str, own: Set[str], around: Set[str] | None) -> int:
    """How long the place name is that a firm's name begins with, some left for the firm's own; 0 for none.

    Behind another place, whose codes are ``around``, a short form counts only if it lies in that (山东淄博某某);
    elsewhere it is the firm's own name (贵州东方某某).
    """
    own_length = 2 if around is None else 3  # 北京朝阳置业 is no firm called 置业
    for length in range(min(len(core) - own_length, _PLACE), 1, -1):
        place = core[:length]
        found = divisions.by_surface().get(place, ())
        if not found and place not in own:
            continue
        if around is None or CLASS.search(place) or any(around & divisions.ancestors(d.code) for d in found):
            return length
    return 0
