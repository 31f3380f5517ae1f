"""Placings: 排名全市第一, 居全国第二位, 位列榜首."""

import re
from decimal import Decimal

from ingest.extract.indicators import numerals
from ingest.extract.indicators.scan import Quantity

_VERB = "排名|排在|排行|排|位居|位列|名列|跃居|升至|跻身|稳居|占据|高居|居|列|保持|继续保持|位于|增速|总量|均|获|获得"
_NUMBER = r"\d{1,4}|[一二三四五六七八九十百]{1,4}"
#: Behind 第一 these make it an ordinal: 第一大, 第一批, 第一季度.
_ORDINAL = r"(?![一二三四五六七八九十\d大批次季家个书产条届章节部种梯方线时轮辆座台颗期步等类年列沿茅端景月])"
_FIELD = "全[国省市区县球]|世界|亚洲|同行业|业内|中部地区|西部地区|行业|内地"
#: Without a verb of ranking a thing measured stands before it (产量全国第一). Figures of speech have none: “世界第一”,
#: 创造了世界第一.
_MEASURED = r"(?<!^)(?<![“‘「『《。；！？：了过创争个项种\n])"
_PLACED = re.compile(
    rf"(?:{_VERB})[^，。；：！？、“”]{{0,12}}?"
    rf"(?:第(?P<number>{_NUMBER})(?:位|名)?|(?P<head>首位|榜首)|前(?P<top>{_NUMBER})(?:位|名|强)?){_ORDINAL}"
    rf"|{_MEASURED}(?:{_FIELD})(?:排名|排)?第(?P<plain>{_NUMBER})(?:位|名)?{_ORDINAL}"
)
_HINT = re.compile(r"第|首位|榜首|前[\d一二三四五六七八九十]")
#: Lists of more than a thousand are no placings.
_LAST = Decimal(1000)


def find(text: str) -> list[Quantity]:
    """The placings of a paragraph, unit 名; 前十 is a place of at most ten."""
    found: list[Quantity] = []
    if not _HINT.search(text):
        return found
    for match in _PLACED.finditer(text):
        printed = match["number"] or match["plain"] or match["top"] or "一"
        value = numerals.parse(printed)
        if value is None or not 0 < value <= _LAST:
            continue
        start, end = match.span()
        bound = "under" if match["top"] else "exact"
        found.append(
            Quantity(
                start=start, end=end, number=start, value=value, unit="名", kind="rank", bound=bound, printed=printed
            )
        )
    return found
