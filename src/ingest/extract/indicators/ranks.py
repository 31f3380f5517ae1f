"""Placings: 排名全市第一, 居全国第二位, 位列榜首."""

import re
from decimal import Decimal

from ingest.extract.indicators import numerals
from ingest.extract.indicators.scan import Quantity

_NUMBER = r"(?P<number>\d{1,4}|[一二三四五六七八九十百]{1,4})"
_PLACED = re.compile(
    rf"(?:排名|排在|排行|排|位居|位列|名列|跃居|升至|跻身|稳居|占据|高居|居|列|保持|继续保持|位于|增速|总量|均|获|获得)[^，。；：！？、“”]{{0,12}}?"
    rf"(?:第{_NUMBER}(?P<unit>位|名)?|(?P<head>首位|榜首)|(?:前{_NUMBER.replace('number', 'top')}(?:位|名|强)?))"
    r"(?![一二三四五六七八九十\d大批次季家个书产条届章节部种梯方线时轮辆座台颗期步等类年列沿茅端景期月])"
    r"|(?:全[国省市区县球]|世界|亚洲|同行业|业内|中部地区|西部地区|行业|内地)(?:排名|排)?第(?P<plain>\d{1,3}|[一二三四五六七八九十]{1,3})(?:位|名)?"
    r"(?![一二三四五六七八九十\d大批次季家个书产条届章节部种梯方线时轮辆座台颗期步等类年])"
)


def find(text: str) -> list[Quantity]:
    """The placings of a paragraph, unit 名."""
    found = []
    for match in _PLACED.finditer(text):
        printed = match["number"] or match["plain"] or match["top"] or ("一" if match["head"] else "")
        value = numerals.parse(printed)
        if value is None or not Decimal(0) < value <= 1000:
            continue
        found.append(
            Quantity(
                start=match.start(),
                end=match.end(),
                number=match.start(),
                value=value,
                unit="名",
                kind="rank",
                bound="under" if match["top"] else "exact",
                printed=printed,
            )
        )
    return found
