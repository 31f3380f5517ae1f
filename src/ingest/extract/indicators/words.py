"""Finds words in running text without segmenting it: verbs and function words at a position, protected compounds."""

import re

from ingest.extract.indicators import lexicon

_LONGEST = 6
_GLUED_LEFT = {
    "为": "行成认作因华改变称视分",
    "在": "现存所正实潜内旨",
    "有": "国所私拥含具只还没公享占独富共特专",
    "是": "于就也还但总若",
    "以": "可所足得予加",
    "从": "自服听顺",
    "由": "自理",
    "达": "发表到直雷铁抵弗宏信",
    "均": "人日年月平户亩场次单周季",
    "都": "首成京古之帝",
    "并": "合兼",
    "与": "参给赠",
    "共": "公",
    "计": "统设会估审",
    "报": "申日晚情汇公海",
    "售": "销出零",
    "合": "综组联融配符结混复整",
    "增": "",
    "减": "",
    "少": "不减至缺",
    "多": "许众大",
    "降": "",
    "约": "合大节签条",
    "只": "",
    "仅": "不",
    "对": "面相绝针反",
    "升": "",
    "涨": "",
    "跌": "",
    "超": "高",
    "近": "附临邻靠最",
    "逾": "",
    "亏": "",
    "含": "包",
    "辖": "",
    "占": "",
    "获": "查",
    "将": "",
    "把": "",
    "比": "对同环占相",
    "较": "比",
    "经": "已",
    "按": "",
    "因": "基原",
    "据": "数依根占",
    "使": "即",
    "令": "",
    "让": "转",
    "提": "",
    "贷": "",
    "翻": "",
    "挫": "",
}
_ADVERBS = frozenset(
    [
        "已",
        "已经",
        "共",
        "共计",
        "总共",
        "一共",
        "合计",
        "总计",
        "累计",
        "先后",
        "陆续",
        "将",
        "还",
        "又",
        "也",
        "均",
        "都",
        "再",
        "仍",
        "仅",
        "仅仅",
        "只",
        "就",
        "才",
        "全部",
        "平均",
        "分别",
        "约",
        "大约",
        "同比",
        "环比",
        "连续",
        "成功",
        "顺利",
        "实际",
        "进一步",
        "持续",
        "不断",
        "预计",
        "计划",
        "力争",
        "争取",
        "有望",
        "拟",
        "可",
        "能",
        "会",
        "至少",
        "最多",
        "高达",
        "多达",
        "基本",
        "全年",
        "当年",
        "目前",
        "各",
        "新",
        "正",
        "正在",
        "逐步",
        "逐年",
        "稳步",
        "大幅",
        "大幅度",
        "小幅",
        "快速",
        "迅速",
        "显著",
        "明显",
        "略",
        "略有",
        "微",
        "同期",
        "比上年",
        "比去年",
        "较上年",
        "较去年",
        "均已",
        "都已",
        "左右",
        "以来",
        "期间",
        "分别为",
        "依次",
        "依次为",
        "首次",
        "第一次",
        "再次",
        "直接",
        "间接",
        "已先后",
        "已累计",
        "今年",
        "按年",
        "同比去年",
        "每年",
        "合",
        "则",
        "却",
        "更",
        "更是",
        "最终",
        "年内",
        "月内",
        "单月",
        "当月",
        "当日",
        "全天",
        "单日",
        "预测",
        "总",
        "再次达到",
        "或",
        "或者",
        "约占",
        "拟定",
        "初步",
        "近",
        "超",
    ]
)


def verb_at(text: str, at: int, stop: int) -> str:
    """The longest verb of the lexicon that begins at a position; empty for none."""
    table = lexicon.verb_classes()
    for length in range(min(_LONGEST, stop - at), 0, -1):
        word = text[at : at + length]
        if word in table and not (length == 1 and text[at - 1 : at] in (_GLUED_LEFT.get(word) or "\0")):
            return word
    return ""


def word_before(text: str, lo: int, hi: int) -> str:
    """The longest verb or adverb of the lexicon that ends at ``hi``; empty for none."""
    table = lexicon.verb_classes()
    for length in range(min(_LONGEST, hi - lo), 0, -1):
        word = text[hi - length : hi]
        if word in table or word in _ADVERBS:
            glued = _GLUED_LEFT.get(word, "") if length == 1 else ""
            if glued and hi - length - 1 >= lo and text[hi - length - 1] in glued:
                continue
            return word
    return ""


def is_adverb(word: str) -> bool:
    """Whether a word only grades or times a verb."""
    return word in _ADVERBS


def compounds(text: str, lo: int, hi: int) -> list[tuple[int, int]]:
    """Spans of noun compounds with a verb inside."""
    return [m.span() for m in lexicon.nouns().finditer(text, lo, hi)]


_HAN = re.compile("[\u4e00-\u9fff]")


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return _HAN.search(text) is not None
