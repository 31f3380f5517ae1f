"""Limits that look like figures: which things are meant, what a rule asks, what a word in brackets stands for."""

import re

from ingest.extract.indicators import lexicon
from ingest.extract.indicators.scan import Quantity

_PICKS = (
    "(?:(?:但|且|至|而)?(?:不?超过|不足|低于|高于)[^，。；、]{1,10}(?:元|吨|人|%|平方米|千瓦))?"
    "(?:(?:及?以上|以下)的?|的)[^，。；、：！？的]{0,18}?<threshold-head>"
    r"|(?<=[元吨人%])[^，。；、：！？的\d]{0,8}?<threshold-head>(?=\d)"
)
_RULE = re.compile(
    r"(?:不得|不能|不应|不准|应当?|须|必须|原则上|标准为|规定的?|门槛为?|上限为?|下限为?|起征点为?)(?:再|要|按)?$"
)
_RATE = re.compile("[率重比速度例额量]$")


def is_one(text: str, q: Quantity) -> bool:
    """A limit: which things are meant (500万元以上的企业), what a rule asks (不得超过10%), what a word is."""
    if _RULE.search(text, max(0, q.start - 5), q.start) or _is_definition(text, q):
        return True
    if q.kind not in ("money", "measure", "time", "percent", "multiple") and not q.unit.startswith("人"):
        return False
    if q.bound == "exact" or (q.kind == "percent" and not _of_a_rate(text, q)):
        return False
    at = q.end - 2 if text[q.end - 2 : q.end] in ("以上", "以下") else q.end
    return lexicon.pattern(_PICKS).match(text, at, q.end + 24) is not None


def _is_definition(text: str, q: Quantity) -> bool:
    """A bounded figure that fills a parenthesis says what the word before it means."""
    return q.bound != "exact" and text[q.start - 1 : q.start] in ("（", "(") and text[q.end : q.end + 1] in ("）", ")")


def _of_a_rate(text: str, q: Quantity) -> bool:
    """Whether a percentage bounds a rate named before it: 占比超5%的企业, not 超过60%的企业."""
    return q.start < q.number and _RATE.search(text, max(0, q.start - 1), q.start) is not None
