"""What speaks for and against a short line's being a headline of another article: its shape, and what is round it."""

import re

from ingest.model import Block, Label
from ingest.strip.byline_names import names_in
from ingest.strip.label_heads_topic import Signs
from ingest.strip.label_view import View
from ingest.strip.label_words import words

_SUBJECT = re.compile(r"^[^，。：:“”]{2,14}[：:]\s?\S{4,}")
_CALLS = re.compile(r"[！!…]$")
_TWO_PARTS = re.compile(r"[\u4e00-\u9fff”！？!?][ \u3000]{1,3}[\u4e00-\u9fff“《]")
_QUOTED = re.compile(r'[“"《【]')
_DIGITS = re.compile(r"\d")
_BODIES = re.compile("高新区|公司|集团|大学|学院|医院|法院|银行|[部局厅署委]：|省|市|县")
# 某县教育局 below a notice, 国家统计局某调查队 below a headline
_SIGNED = re.compile(r"(?:[局队委部厅院处科社]|公司|委员会|办公室|政府|集团|中心|协会|学校|大学|指挥部|小组|法院)$")
_DATED = re.compile(
    r"^(?:\d{1,2}日|.{0,12}?(?:\d{1,2}月\d{1,2}日|(?:19|20)\d\d年\d{1,2}月|当地时间|北京时间|近日|日前|昨日|今日|昨天|今天))"
)
# What goes on with something said: no article opens with it, the first paragraph of a section often does.
_GOES_ON = re.compile(
    r"^(?:[他她它]们?|其[中实次]|这(?!里是|天)|该|此外|同时|与此|[对为因]此|但|而|不过|然而|另外|除[此了]|也|还有|再|随后|此后"
    r"|据了解|据悉|据介绍|当然|可见|首先|第[一二三]|一方面|事实上|“)"
)
# The last sentences of an article look ahead.
_LOOKS_AHEAD = re.compile(r"下一步|接下来|未来|今后|明年|后年|年底|下月|力争|计划|目前|如今|将(?!军|领|近|士|要求)")
_DEED = re.compile("[了将获把让被上进启开出]|为何|怎么|如何")  # headlines tell a deed, headings name a thing
# What speaks of something named above: a section's first paragraph does, and seldom a lead.
_POINTS_BACK = re.compile(
    r"该(?:[局院校区市县省镇乡村社馆所厂店站]|公司|企业|项目|中心|平台|品种|技术|产品|负责人|男子|女子|工程|协会|集团)"
    r"|上述|这[一个家些次种位名项座条支批]|前者|后者|双方|两人|二人"
)
_BACK = 60  # characters of a paragraph in which it is looked for
# What a lead has: when, and from whom one knows.
_LEAD = re.compile(r"\d日|\d月|近日|日前|近期|[昨今前]天|[昨今]日|[上下]午|凌晨|获悉|讯[）)　 ]|[^\d]电[）)　 ]|记者")
_LEAD_END = 40  # characters of a paragraph within which it has them
_SPEAKER = re.compile(r"([一-鿿]{2,3})(?:说|表示|介绍|告诉|坦言|认为|透露|回忆|指出|称)")
_COMMON_SPEAKER = re.compile("记者|责人|专家|人员|表们|他|她|们|者$|[们人士家员民理长任]$")
_NEXT = 3  # paragraphs below a line
_HEARD = 800  # characters of a paragraph in which speakers are looked for: each is looked for in all of those above
_LINE = 200  # characters; paragraphs are seldom longer
_LAST = 60  # characters of a paragraph in which its end is looked for, and in which it names its places
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?=[省市县区州镇乡村])")
_FAR = 12  # lines above in which a place may have been named
_SUBTITLE = re.compile(r"^(?:——|--)\S")
_LONG_CLAUSES = 30  # characters; a line of this length with two commas or 近日 is often a paragraph that was cut
_LONGEST_NAMES = 20  # characters of a line of names
_SIGNING = frozenset({Label.BYLINE, Label.CREDIT})
_OPENING = frozenset({Label.DATELINE, Label.BYLINE, Label.CREDIT})


def shape(text: str) -> Signs:
    """Return what a line's own form says: headings are short, headlines name who and what."""
    size = len(text)
    return {
        "8 characters or fewer": float(size <= 8),
        "16 characters or fewer": float(size <= 16),
        "length by 40": min(size, 40) / 40,
        "a subject and a colon": float(_SUBJECT.match(text) is not None),
        "a comma": float("，" in text),
        "calls": float(_CALLS.search(text) is not None),
        "two parts": float(_TWO_PARTS.search(text) is not None),
        "quotation marks": float(_QUOTED.search(text) is not None),
        "digits": float(_DIGITS.search(text) is not None),
        "a body or a place": float(_BODIES.search(text) is not None),
        "everyday words": _everyday(text),
        "a deed": float(_DEED.search(text) is not None),
        "ends as a body": float(_SIGNED.search(text) is not None),
        "words of headlines": min(1.0, sum(w in text for w in words("strip_text_headline_words")) / 3),
        "a question": float(text[-1] in "？?"),
    }


def _everyday(text: str) -> float:
    """Return the share of a line that stands in words of everyday. Headings are made of them, headlines have names."""
    common = words("strip_text_common_words")
    at = found = 0
    while at < len(text) - 1:
        step = 2 if text[at : at + 2] in common else 1
        found += step - 1
        at += step
    return 2 * found / len(text)


def place(view: View, index: int, title: Block | None) -> Signs:
    """Return what stands round a line (paragraphs, names, a dateline) and whether it is printed as the title is."""
    above = view.labels.get(index - 1)
    at = _below(view, index)
    prose = at < len(view.texts) and view.prose[at]
    following = view.texts[at] if prose else ""
    places = _PLACE.findall(following[:_LAST])
    said = "\n".join(view.texts[max(0, index - _FAR) : index]) if places else ""
    block = view.blocks[index]
    marked = view.markup and bool(block.heading or block.strong)
    as_title = title is not None and (title.heading, title.strong) == (block.heading, block.strong)
    return {
        "a paragraph right above": float(view.prose[index - 1]),
        "names or a credit right above": float(above is not None and above.label in _SIGNING),
        "a paragraph right below": float(prose),
        "news opens below": float(prose and _opens(following)),
        "a lead below": min(1.0, len(set(_LEAD.findall(following[:_LEAD_END]))) / 3),
        "points back below": float(_POINTS_BACK.search(following[:_BACK]) is not None),
        "a quotation opens below": float(following[:1] in ("“", '"', "「")),
        "a known speaker below": float(_is_heard(view, at, index)),
        "length below": min(_LINE, len(following)) / _LINE,
        "length above": min(_LINE, len(view.texts[index - 1])) / _LINE,
        "goes on below": float(_GOES_ON.match(following) is not None),
        "looks ahead above": float(_LOOKS_AHEAD.search(view.texts[index - 1][-_LAST:]) is not None),
        "a new place below": float(any(p not in said for p in places)),
        "a known place below": float(any(p in said for p in places)),
        "a dateline or names right below": float(is_opened(view, index)),
        "what may be names right below": float(are_names(view, index + 1)),
        "marked": float(marked),
        "printed as the title": float(marked and as_title),
    }


def _is_heard(view: View, below: int, index: int) -> bool:
    """Whether somebody speaks in the paragraphs below a line whom those above it name."""
    speakers = {name[-2:] for text in view.texts[below : below + _NEXT] for name in _SPEAKER.findall(text[:_HEARD])}
    if not speakers:
        return False
    above = "\n".join(text[:_HEARD] for text in view.texts[max(0, index - _FAR) : index])
    return any(name in above for name in speakers if not _COMMON_SPEAKER.search(name))


def is_cut(text: str) -> bool:
    """Whether a line is rather a paragraph that a column's end cut: long, of several clauses, opened as news is."""
    ended = text[-1] in "！？!?”"
    return len(text) >= _LONG_CLAUSES and not ended and (text.count("，") > 1 or ("，" in text and _opens(text)))


def is_less(block: Block, title: Block | None) -> bool:
    """Whether an HTML page marks its title as a heading, or bold, and a line not: headlines are printed alike."""
    return title is not None and (bool(title.heading), title.strong) > (bool(block.heading), block.strong)


def is_opened(view: View, index: int) -> bool:
    """Whether a dateline, names or a photo's credit stand right below a line, or below its subtitle."""
    below = view.labels.get(_below(view, index))
    return below is not None and below.label in _OPENING


def are_names(view: View, index: int) -> bool:
    """Whether a line that no rule has spoken on may be nothing but names."""
    text = view.texts[index] if index < len(view.texts) else ""
    return len(text) <= _LONGEST_NAMES and view.open(index) and bool(names_in(text))


def _below(view: View, index: int) -> int:
    """Return the index of the line below a line and its subtitle."""
    at = index + 1
    return at + 1 if at + 1 < len(view.texts) and _SUBTITLE.match(view.texts[at]) else at


def _opens(text: str) -> bool:
    """Whether a paragraph begins as news does."""
    return _DATED.match(text) is not None or any(text.startswith(w) for w in words("strip_text_openers"))
