"""Documents of public bodies that an article names: in 《》, as “…”专项政策, or by their number in “”."""

import re
from functools import cache

from ingest.extract import lexicon, quoted
from ingest.extract.quoted import Quoted
from ingest.extract.reading import Reading
from ingest.model import Policy

_VERSION = re.compile(
    r"[（(](?:试行|暂行|草案|征求意见稿|修订版?|修订草案|送审稿|\d{4}年?(?:本|版|修订)?|[^（）()]{1,12})[)）]$"
)
# “…20条”、“…”等专项政策: quoted names that the noun behind them makes policies.
_POLICY_BEHIND = re.compile(
    r"”(?:[、和]“[^“”]{1,24}”){0,6}(?:等)?(?:系列|一系列|专项|扶持|惠企|配套|产业|\d+项)*(?:政策|新政)"
)
_NUMBERED = re.compile(r"^[\u4e00-\u9fff]{2,12}(?:\d{1,3}|[一二三四五六七八九十]{1,3})条(?:措施|意见|政策)?$")
_FILE_NUMBER = re.compile(r"“?((?:[\u4e00-\u9fff]{1,4}发)?(?:[一二三四五六七八九十]{1,3}|\d{1,4})号文件?)”?")
_REPORT = re.compile(r"合同|战略合作|框架协议|采访|报告$|周刊|日报|晚报|时报|杂志|书$|传$|记$|论文")
# A bare kind of document (意见, 实施方案) stands for the one named in full before.
_SHORT = 6
# “零关税”政策, “0佣金”政策 say what a policy does.
_RATE = re.compile(r"[\d零]")


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(lexicon.words("programme_documents"))


def find(reading: Reading) -> tuple[Policy, ...]:
    """One record for each document, under its fullest title."""
    found: dict[str, Policy] = {}
    fulls: list[str] = []
    for number, text in enumerate(reading.paragraphs):
        for named, method, confidence in _named(text):
            full = _resolved(named.text, fulls)
            if full == named.text and full not in fulls:
                fulls.append(full)
            if full not in found:
                found[full] = Policy(
                    paragraph=number,
                    start=named.start,
                    end=named.end,
                    text=named.text,
                    method=method,
                    confidence=confidence,
                    name=full,
                )
    return tuple(found.values())


def _named(text: str) -> list[tuple[Quoted, str, float]]:
    spots: list[tuple[Quoted, str, float]] = []
    if "《" in text:
        spots += [(title, "title of a document", 0.95) for title in quoted.titles(text) if is_document(title.text)]
    if "“" in text and ("政" in text or "条" in text):
        spots += [
            (term, "policy in quotes", 0.85)
            for term in quoted.terms(text)
            if (not _RATE.match(term.text) and _POLICY_BEHIND.match(text, term.end)) or _NUMBERED.match(term.text)
        ]
    for number in _FILE_NUMBER.finditer(text) if "号文" in text else ():
        if number.group().startswith("“") or "发" in number.group(1):
            spots.append((Quoted(number.start(1), number.end(1), number.group(1)), "number of a document", 0.8))
    return sorted(spots, key=lambda spot: spot[0].start)


def is_document(title: str) -> bool:
    """Whether a title in 《》 is that of a document of a public body: 办法, 条例, 实施意见; and no report or book."""
    stem = _VERSION.sub("", title).rstrip("》")
    return stem.endswith(_kinds()) and not _REPORT.search(stem)


def _resolved(title: str, fulls: list[str]) -> str:
    """The full title that a short one stands for; the title itself when none was named before."""
    if title in fulls:
        return title
    longer = [full for full in fulls if len(full) > len(title) and _VERSION.sub("", full).endswith(title)]
    if not longer and len(title) <= _SHORT:
        longer = [full for full in fulls if _in_order(title, full)]
    return longer[-1] if longer else title


def _in_order(short: str, full: str) -> bool:
    """Whether the characters of a short title stand in the full one in the same order."""
    rest = iter(full)
    return all(c in rest for c in short)
