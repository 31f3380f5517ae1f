"""How much of a page is read for records: articles have thousands of characters, dumps and logs have millions."""

from collections.abc import Sequence

from ingest.model import Draft, Flag

# Characters of a page. A government's yearly report has 30,000, the longest statistical communiqué 50,000; at some
# 10 to 25 microseconds a character the finders stay under 5 s.
MOST_READ = 200_000


def readings(drafts: Sequence[Draft]) -> tuple[list[tuple[str, ...]], tuple[Flag, ...]]:
    """Return the paragraphs of each article that are read for records, and a flag where that is not all of them.

    The last paragraph read may be cut behind a sentence. The articles themselves stay whole.
    """
    left = MOST_READ
    found = []
    for draft in drafts:
        texts = tuple(p.text for p in draft.paragraphs)
        found.append(within(texts, left))
        left = max(0, left - sum(map(len, texts)))
    whole = sum(len(p.text) for draft in drafts for p in draft.paragraphs)
    if whole <= MOST_READ:
        return found, ()
    reason = f"records are read from the first {MOST_READ:,} of {whole:,} characters"
    return found, (Flag(name="long-page", score=1.0, reason=reason),)


def within(texts: tuple[str, ...], most: int = MOST_READ) -> tuple[str, ...]:
    """The paragraphs that fit into so many characters, and the sentences that fit of the next one."""
    found = []
    for text in texts:
        if most <= 0:
            break
        found.append(text if len(text) <= most else text[: text.rfind("。", 0, most) + 1] or text[:most])
        most -= len(text)
    return tuple(found)
