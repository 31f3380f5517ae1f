"""The street: bytes → source → blocks → articles → records. Pure: no clock, no network, no database."""

from dataclasses import replace

from ingest import collector, decode, extract, split, strip
from ingest.model import Article, Block, Document, Draft, Page, PageKind, Selectors, SiteProfile


@collector.paused  # a twentieth of the time of a news page, a fifth of that of 20 MB of paragraphs
def read_page(
    content: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    selectors: Selectors | None = None,
    site: SiteProfile | None = None,
) -> Page:
    """Read one page, whatever its state.

    Args:
        content: The page as the site sent it, HTML or plain text, in any encoding.
        url: Where it came from; helps to date the article. Nothing is fetched.
        content_type: The HTTP ``Content-Type``, whose charset is believed where it decodes.
        selectors: What a person says of the pages of its source; it overrides the general rules.
        site: What the pages of its site have in common, where that is known.

    Returns:
        The page: every block with its label and the reason for it, the articles with their records, what was repaired.

    Any bytes give a page; damage that cannot be mended is in ``flags``.
    """
    source = decode.read_source(content, content_type=content_type)
    document = strip.segment(source.text, utf8=source.utf8, content_type=content_type, selectors=selectors)
    mending = decode.mend([block.original for block in document.blocks])
    for index, mended in mending.changed.items():
        document.blocks[index].text, document.blocks[index].repairs = mended
    prints = strip.fingerprints(document)
    if site:
        document = replace(document, recurring=strip.recurring(document, site))
    blocks = strip.label(document)
    if document.recurring and site:
        blocks = strip.recall(blocks, site)
    blocks = strip.overrule(document, blocks)
    (kind, why), blocks = strip.classify(document, blocks, url=url)
    drafts = split.articles(blocks)
    if kind is PageKind.ARTICLE and not drafts:
        kind, why = PageKind.OTHER, "no paragraph of an article on it"
    readings, cut = extract.readings(drafts)
    damage = source.flags + mending.flags
    articles = [_article(d, reading, blocks, document, url) for d, reading in zip(drafts, readings, strict=True)]
    return Page(
        url=url,
        encoding=source.encoding,
        confidence=source.confidence,
        evidence=source.evidence,
        repairs=(*source.repairs, *(replace(r, block=b.index) for b in blocks for r in b.repairs)),
        flags=damage + strip.flags(document.selected, blocks) + cut + extract.gathered(articles),
        blocks=tuple(blocks),
        articles=tuple(extract.doubted(article, damage + article.flags) for article in articles),
        kind=kind,
        kind_reason=why,
        fingerprints=prints if kind is PageKind.ARTICLE else (),
        site_version=site.version if site else "",
    )


def _article(
    draft: Draft, reading: tuple[str, ...], blocks: list[Block], document: Document, url: str | None
) -> Article:
    """The article of a draft; ``reading`` is what of its paragraphs is read for records."""
    particulars = extract.particulars(draft, blocks, document, url=url)
    paragraphs = tuple(p.text for p in draft.paragraphs)
    headings = tuple(p.text for p in draft.paragraphs if p.heading)
    records = extract.records(
        reading, title=particulars.title, published_on=particulars.published_on, headings=frozenset(headings)
    )
    article = Article(
        kind=draft.kind,
        paragraphs=paragraphs,
        headings=headings,
        originals=tuple(p.original for p in draft.paragraphs),
        blocks=draft.blocks,
        paragraph_blocks=tuple(p.blocks for p in draft.paragraphs),
        tables=split.tables(draft.paragraphs),
        **vars(particulars),
        **vars(records),
    )
    return extract.judged(article, blocks)
