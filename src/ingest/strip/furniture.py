"""Lines of the site and not of the article, told by what they say: buttons, counts, share, copyright, breadcrumb."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ingest.model import Label
from ingest.strip.label_view import Verdict, View
from ingest.strip.label_words import covered, groups, words

_NOISE_MARKS = r"\s\d【】\[\]()（）〔〕|｜丨/／\\·•●▪◦*:：>＞›»<＜«＋+\-–—_,，、.。!！?？#&“”\"'…×↑↓←→©®"
_NOISE = re.compile(f"[{_NOISE_MARKS}]+")
_LONGEST = 60  # a line of buttons
_BREADCRUMB_HEAD = re.compile(
    r"^(?:您?(?:现在|当前|目前)?(?:的|所在)*(?:位置|页面)(?:是|为)?|您在这里|你在这里|当前栏目)\s?[:：]"
)
_BREADCRUMB_STEPS = re.compile(
    r"^[^>＞›»→。，；！？]{1,16}(?:(?:\s?(?:>|＞|›|»|→|&gt;|>>)\s?|\s/\s)[^>＞›»→。，；！？]{0,24}){2,8}$"
)
_STEP = re.compile("[>＞›»→&/]")
_STEP_MARK = re.compile("[:：>＞›»→&/]")  # a path has one
_ITEM = re.compile(r"^\s*(?:[①-⑳]|[(（]?\d{1,2}[)）.．、]|[一二三四五六七八九十]{1,3}[、.．]|[•·●])\s*")
_NOTICE = re.compile(
    r"^[\s*※★【\[（(]*(?:[^，。]{0,16}版权所有|版权(?:与|和|及|声明|归|说明|信息)|著作权声明|免责(?:声明|条款|说明|申明)|特别声明|郑重声明|重要声明"
    r"|本[网站报]声明|声明\s?[:：]|copyright|©|\(c\)\s?(?:19|20)\d\d|[^，。]{0,10}ICP[备证]|[^，。]{0,6}公网安备"
    r"|All\s?Rights\s?Reserved|转载(?:请|须)注明|未经(?:允许|许可|授权|书面)|(?:本文|文章)(?:版权归|为[^，。]{2,12}原创))",
    re.IGNORECASE,
)
# A notice's head has one of the first, a legal word or a word of contact one of the others.
_NOTICE_MARK = re.compile("[权责声©转未创备cCrR侵删注追代观联与投险真书证制摘镜疑刊稿话邮]")
# A sentence in the site's own name, at the beginning of a line or behind its number or 声明：
_SPEAKS_FOR_SITE = re.compile(
    r"^[\s*※★【\[（(]*(?:(?:[①-⑳]|\d{1,2}[.．、)）]|[一二三四五六七八九十]{1,2}、|[（(]\d[）)])\s?)?(?:[^，。：:]{0,8}[：:】])?\s?"
    r"(?:凡|本(?:网|站|报|刊|平台|公众号|文|文章|作品|内容|页面|号)|如(?:有|因|若|涉|本|发现|您|果)|若|任何(?:单位|媒体|个人)"
    r"|(?:以上|上述|所有|部分|该|作品)(?:内容|文章|信息|图片|作品|、)|转载|未经|此(?:文|稿|消息)|登载此文)"
)
_LEGAL = re.compile(
    "版权|著作权|转载|授权|侵权|侵犯|删除|免责|注明|追究|法律责任|不代表|观点|联系我们|联系本|与本网|与本站|本网联系|本站联系"
    "|权益|投资建议|风险自担|真实性|书面|证实|复制|摘编|镜像|疑问|刊发|稿件"
)
_LEGAL_ENOUGH = 2  # different legal words; a law report has them too, but does not speak for the site
_LONGEST_GATE, _GATE_LINES, _AT_ONCE = 200, 5, 60  # characters, lines, characters; articles on such things are longer
_LONGEST_SLOGAN = 80
_SHORTEST_TITLE = 8
_OTHERS = 2
_CONTACT = re.compile("电话|邮箱|邮件|联系")
_SHORTEST_SAID = 5  # characters: one that speaks for the site, and two legal words
_SHORT_NOTICE = 40  # characters: a head by itself


def buttons(view: View) -> Iterator[Verdict]:
    """Lines that are nothing but a site's phrases: 返回列表, 【打印】【关闭】, 分享到 微信 微博, 排行."""
    listed = _phrases()[Label.FURNITURE]
    spelled, openings = _spelled(listed), _openings(listed)
    for index in view.left:
        text = view.texts[index]
        if (opening := text[:2]) not in openings and opening.isalpha() and "丨" not in opening:  # a letter and a bar
            continue
        if len(text) <= _LONGEST and spelled.fullmatch(text) and (label := _made_of(_NOISE.sub("", text))):
            yield Verdict(index, label, f"nothing but phrases of {label}")


@lru_cache(maxsize=512)
def _made_of(text: str) -> Label | None:
    """The label of a text that is nothing but phrases. A page repeats them: 回复 under each comment."""
    return next((label for label, listed in _phrases().items() if covered(text, listed)), None)


def is_phrases(text: str) -> bool:
    """Whether a line is nothing but a site's phrases: 相关链接：, 推荐阅读."""
    return covered(_NOISE.sub("", text), _phrases()[Label.FURNITURE])


def headed(view: View) -> Iterator[Verdict]:
    """Lines that a site's word opens: 上一篇：…, 扫描添加 …, 主办单位：…."""
    pattern, openings = _heads(), _head_openings()
    for index in view.left:
        text = view.texts[index]
        if text[:1] in openings and (found := pattern.match(text)) and not view.prose[index] and len(text) <= 80:
            label = Label.SHARE if found[1][:2] in {"扫描", "扫码", "扫一", "长按", "分享"} else Label.FURNITURE
            yield Verdict(index, label, f"opens with {found[1]}")


def breadcrumb(view: View) -> Iterator[Verdict]:
    """The path to the page: 当前位置：首页 > 新闻 >."""
    for index in view.left:
        text = view.texts[index]
        if text.isalnum() or len(text) > 120 or not _STEP_MARK.search(text) or "。" in text:
            continue
        if _BREADCRUMB_HEAD.match(text) or (_STEP.search(text) and _BREADCRUMB_STEPS.match(text)):
            yield Verdict(index, Label.BREADCRUMB, "path from the home page")


def sections(view: View) -> Iterator[Verdict]:
    """The name of the site's section above the title: 地方, 新闻中心News."""
    listed = words("strip_text_sections")
    first = view.first_prose()
    for index, text in _open_short(view):
        if index >= first or len(text) > 16:
            continue
        plain = re.sub(r"[A-Za-z]+", "", text)
        if (not plain and len(text) <= 16) or (plain and covered(plain, listed)):
            yield Verdict(index, Label.SECTION, "name of a section of the site")


def slogans(view: View) -> Iterator[Verdict]:
    """A site's sentence about itself above the title and its byline."""
    if view.markup:
        return
    byline = min((i for i, v in view.labels.items() if v.label is Label.BYLINE), default=0)
    title = 0
    for index in range(byline - 1, -1, -1):
        text = view.texts[index]
        if (
            not view.prose[index]
            and view.open(index)
            and len(text) >= _SHORTEST_TITLE
            and not view.blocks[index].bullet
        ):
            title = title or index
        elif view.prose[index] and view.open(index) and index < title:
            if len(text) > _LONGEST_SLOGAN or any(view.open(i) and not view.prose[i] for i in range(index)):
                return
            yield Verdict(index, Label.FURNITURE, "a sentence of the site above the title")


def copyright_lines(view: View) -> Iterator[Verdict]:
    """A copyright notice or disclaimer, with the numbered items behind its head."""
    inside = False
    edge = _edge(view)
    for index in view.left:
        text = view.texts[index]
        if not inside and index < edge and view.prose[index]:
            continue
        if not _NOTICE_MARK.search(text):
            inside = False
            continue
        if _NOTICE.match(text) and (not view.prose[index] or (index >= edge and _notice(text))):
            inside = True
            yield Verdict(index, Label.COPYRIGHT, "head of a copyright notice")
        elif index >= edge and len(text) >= _SHORTEST_SAID and _SPEAKS_FOR_SITE.match(text) and _legal(text):
            yield Verdict(index, Label.COPYRIGHT, "speaks for the site in legal words")
        elif inside and _ITEM.match(text) and (_legal(text) or _CONTACT.search(text)):
            yield Verdict(index, Label.COPYRIGHT, "item of a copyright notice")
        else:
            inside = False


def _notice(text: str) -> bool:
    return len(text) <= _SHORT_NOTICE or _legal(text)


def _legal(text: str) -> bool:
    return len(set(_LEGAL.findall(text))) >= _LEGAL_ENOUGH


def _edge(view: View) -> int:
    """Return where the page's end begins, from which few paragraphs are of another kind: notices stand there."""
    others = 0
    for index in reversed(view.paragraphs):
        if view.open(index) and not _legal(view.texts[index]):
            others += 1
            if others > _OTHERS:
                return index + 1
    return 0


def _open_short(view: View) -> Iterator[tuple[int, str]]:
    """Open lines short enough for furniture, without digits, marks and white space."""
    for index in view.left:
        if len(view.texts[index]) <= _LONGEST:
            yield index, _NOISE.sub("", view.texts[index])


@cache
def _openings(listed: frozenset[str]) -> frozenset[str]:
    """The first two characters of what begins with a phrase: few lines begin so."""
    singles = [phrase for phrase in listed if len(phrase) == 1]
    seconds = frozenset(character for phrase in listed for character in phrase)
    return frozenset([*(p[:2] for p in listed), *(one + other for one in singles for other in seconds)])


@cache
def _spelled(listed: frozenset[str]) -> re.Pattern[str]:
    """What has no characters but those of the phrases, and noise: a test that costs little."""
    letters = "".join(sorted(frozenset().union(*listed)))
    return re.compile(f"[{_NOISE_MARKS}{re.escape(letters)}]*")


@cache
def _phrases() -> dict[Label, frozenset[str]]:
    """The phrases by label; a line of several kinds is furniture."""
    listed = groups("strip_text_furniture")
    own: dict[Label, frozenset[str]] = {Label(k): frozenset(v) for k, v in listed.items() if k != "head"}
    mixed = frozenset().union(*own.values())
    del own[Label.FURNITURE]
    own[Label.FURNITURE] = mixed  # asked last
    return own


@cache
def _head_openings() -> frozenset[str]:
    """The first characters of what a site's word opens, marks before it among them."""
    return frozenset("【[（(•·-").union(head[0] for head in groups("strip_text_furniture")["head"])


@cache
def _heads() -> re.Pattern[str]:
    listed = "|".join(map(re.escape, groups("strip_text_furniture")["head"]))
    return re.compile(rf"^[【\[（(•·\-\s]*({listed})(?:[:：\s]|[】\]）)]|$)")
