"""Text pages as a crawler keeps them: the article with what the site printed round it, a line a block."""

from tests.damage.articles import Source
from tests.damage.columns import cut_columns

_LEAD = 2  # paragraphs that a hijacked page repeats below the article
_INDENT = "  "


def tagged_page(article: Source, *, section: str, tags: tuple[str, ...], farm: str) -> list[str]:
    """A regional section: below the article tags as bullets, its lead again without its first character, a farm."""
    *body, last = article.paragraphs
    repeated = "".join(article.paragraphs[:_LEAD])[1:]
    lines = [section, "", article.title, "", article.date.replace("-", "."), ""]
    for paragraph in (*body, f"{last}（{'、'.join(article.authors)}）"):
        lines += [paragraph, ""]
    lines += [f"{_INDENT}• {tag}" for tag in tags]
    return [*lines, repeated, "延伸阅读", "", "今日热点", "", "", farm]


def glued_page(article: Source, *, section: str) -> list[str]:
    """A company site that runs a spinner: the title is glued on after the byline, a search box below."""
    *body, last = article.paragraphs
    lines = [section, "", article.title, "", article.time.replace("T", " "), "点击次数：", "返回列表", ""]
    for paragraph in (*body, f"{last}（{'、'.join(article.authors)}）{article.title}"):
        lines += [_INDENT + paragraph, ""]
    return [*lines, "搜索"]


def newspaper_page(articles: list[Source], *, byline: list[str], seed: int = 0) -> list[str]:
    """A page of a newspaper: its articles one after the other, one paragraph of each cut by the columns.

    ``byline`` says for each article where its authors stand: ``below`` the headline, ``inline`` after the last full
    stop, in the ``dateline``, at the ``end`` (padded: 王 强); ``""`` for none.
    """
    lines: list[str] = ["", ""]
    for number, (article, place) in enumerate(zip(articles, byline, strict=True)):
        if article.kind == "photo-caption":
            lines += _photo(article)
        else:
            lines += _column(article, place, seed + number)
    return lines


def _photo(article: Source) -> list[str]:
    head = [article.title, "", ""] if article.title else ["", ""]
    return [*head, f"图片来源：{article.credit}", "", *article.paragraphs, ""]


def _column(article: Source, place: str, seed: int) -> list[str]:
    head = [line for line in (article.kicker, article.title) if line]
    body = cut_columns(list(article.paragraphs), count=1, seed=seed)
    if article.dateline:
        body[0] = f"{article.dateline} {body[0]}"
    if place == "below":
        head.append(" ".join(article.authors))
    elif place == "inline":
        body[-1] += " " + " ".join(article.authors)
    elif place == "end":
        body.append(" ".join(" ".join(name) if len(name) == 2 else name for name in article.authors))
    return [part for line in (*head, *body) for part in (line, "")]


def portal_page(article: Source, *, furniture: str) -> list[str]:
    """A portal: source, author and comments in one line, paragraphs without empty lines, ``furniture`` below."""
    head = f"来源：{article.publisher} 作者：{'、'.join(article.authors)} 评论：0"
    body = [p if p in article.headings else _INDENT + p for p in article.paragraphs]
    lines = [article.title, "", article.time.replace("T", " "), head, *body, ""]
    return [*lines, f"（责任编辑：{'、'.join(article.editors)}）", "", *furniture.splitlines()]


def listed_page(article: Source, *, above: str, caption: Source, after: int) -> list[str]:
    """A site that opens with its navigation; a photo's ``caption`` stands amid the body, after paragraph ``after``."""
    head = f"【{article.kicker}】{article.title}"
    source = f"来源：{article.publisher} 日期：{article.date} 点击：次"
    body = [*article.paragraphs[:after], *caption.paragraphs, *article.paragraphs[after:]]
    return [*above.splitlines(), head, source, *body, f"（{article.contributor}供稿）", "相关文章推荐："]
