"""HTML pages: an article in a site's template, with the furniture and the habits of such sites."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from types import MappingProxyType

from tests.damage.articles import Source

_FOLDER = Path(__file__).parent / "templates"
NO_PARTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Look:
    """How a site marks up paragraphs, headings inside the body and photos; ``{}`` takes the text."""

    paragraph: str = "<p>{}</p>"
    heading: str = "<h2>{}</h2>"
    caption: str = '<p style="text-align:center"><img src="/upload/photo.jpg"></p>\n<p class="caption">{}</p>'
    credit: str = "（{} 摄）"


LOOKS = {
    "portal": Look(paragraph="<p>　　{}</p>", heading="<p>　　<strong>{}</strong></p>"),
    "mirror": Look(paragraph="<div>　　{}</div>", heading="<div><b>{}</b></div>"),
    "government": Look(paragraph='<p style="text-indent: 2em;"><span style="font-size: 16px;">{}</span></p>'),
    "hijacked": Look(),
    "modern": Look(),
    "brief": Look(paragraph="　　{}<br>"),
    "company": Look(paragraph="&nbsp;&nbsp;{}<br/><br/>"),
}


@cache
def _template(name: str) -> Template:
    return Template((_FOLDER / f"{name}.html").read_text("utf-8"))


def as_html(
    article: Source,
    template: str,
    *,
    photo: Source | None = None,
    after: int = 0,
    parts: Mapping[str, str] = NO_PARTS,
) -> str:
    """Put an article into a site's page.

    Args:
        article: The article.
        template: One of ``LOOKS``; the file ``templates/<template>.html``.
        photo: A photo's caption amid the body.
        after: After how many paragraphs it stands.
        parts: More of what a template asks for, as HTML (``hijacked``: ``top``, ``middle``, ``bottom``).

    Raises:
        KeyError: no such template, or a part that it asks for is missing.
    """
    return _template(template).substitute(_fields(article), body=_body(article, LOOKS[template], photo, after), **parts)


def _fields(article: Source) -> dict[str, str]:
    plain = {
        "title": article.title,
        "subtitle": article.subtitle,
        "kicker": article.kicker,
        "publisher": article.publisher,
        "contributor": article.contributor,
        "authors": " ".join(article.authors),
        "editors": " ".join(article.editors),
        "date": article.date,
        "dotted": article.date.replace("-", "."),
        "time": article.time,
        "spaced": article.time.replace("T", " "),
        "minute": article.time.replace("T", " ")[:16],
    }
    return {name: escape(value, quote=False) for name, value in plain.items()}


def _body(article: Source, look: Look, photo: Source | None, after: int) -> str:
    rows = [
        (look.heading if text in article.headings else look.paragraph).format(escape(text, quote=False))
        for text in article.paragraphs
    ]
    if photo is not None:
        credit = look.credit.format(photo.credit) if photo.credit else ""
        rows.insert(after, look.caption.format(escape(photo.paragraphs[0], quote=False) + credit))
    return "\n".join(rows)


def as_epaper(articles: list[Source]) -> str:
    """Put several articles on one page of a newspaper's electronic edition."""
    return _template("epaper").substitute(body="\n<hr>\n".join(_epaper_item(article) for article in articles))


def _epaper_item(article: Source) -> str:
    rows = []
    if article.kicker:
        rows.append(f'<p class="yinti">{article.kicker}</p>')
    if article.title:
        rows.append(f'<p align="center"><font size="5"><strong>{article.title}</strong></font></p>')
    if article.authors and not article.dateline:
        rows.append(f'<p align="center">{" ".join(article.authors)}</p>')
    if article.credit:
        rows.append(f'<p align="center"><img src="../../images/p1.jpg"></p>\n<p>图片来源：{article.credit}</p>')
    lead = f"{article.dateline} " if article.dateline else ""
    first, *others = article.paragraphs
    rows += [f"<p>　　{escape(text, quote=False)}</p>" for text in (lead + first, *others)]
    return "\n".join(rows)
