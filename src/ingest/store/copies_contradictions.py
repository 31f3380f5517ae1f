"""What copies say otherwise than their head, found anew whenever one of the two has changed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from ingest.copies.contradictions import Name, Said, contradictions
from ingest.store import keys
from ingest.store.tables import Base
from ingest.store.upsert import batches, upsert

_T = Base.metadata.tables
_ARTICLE, _PERSON, _OTHERWISE = _T["article"], _T["person"], _T["contradiction"]


def clear(connection: Connection, article_keys: Collection[str]) -> None:
    """Forget what articles say otherwise than their heads."""
    for some in batches(sorted(article_keys)):
        connection.execute(delete(_OTHERWISE).where(_OTHERWISE.c.article_key.in_(some)))


def write(connection: Connection, pairs: Sequence[tuple[str, str]]) -> None:
    """Find anew what copies say otherwise than their head; a head contradicts nobody.

    Args:
        connection: Within a transaction that holds the lock of linking.
        pairs: The keys of head and article; a head is its own.
    """
    clear(connection, [key for _, key in pairs])
    copies = [(head, key) for head, key in pairs if key != head]
    said = _said(connection, {key for pair in copies for key in pair})
    rows = []
    for head, key in copies:
        for each in contradictions(said[head], said[key]):
            content: dict[str, Any] = {"article_key": key, "head_key": head, "kind": each.kind}
            content |= {"paragraph": each.paragraph, "span_start": each.start, "span_end": each.end}
            content |= {"text": each.text, "of_head": each.of_head}
            rows.append({"key": keys.key("contradiction", content)} | content)
    upsert(connection, _OTHERWISE, rows)


def _said(connection: Connection, article_keys: Collection[str]) -> dict[str, Said]:
    people = defaultdict(list)
    spans = (_PERSON.c.article_key, _PERSON.c.paragraph, _PERSON.c.span_start, _PERSON.c.span_end, _PERSON.c.name)
    texts: dict[str, list[str]] = {}
    for some in batches(sorted(article_keys)):
        for key, *name in connection.execute(select(*spans).where(_PERSON.c.article_key.in_(some))):
            people[key].append(Name(*name))
        query = select(_ARTICLE.c.key, _ARTICLE.c.paragraphs).where(_ARTICLE.c.key.in_(some))
        texts |= {row.key: row.paragraphs for row in connection.execute(query)}
    return {key: Said(paragraphs, people[key]) for key, paragraphs in texts.items()}
