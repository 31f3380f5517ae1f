"""What is asked of copies: an article's group, what it matches, and the trust sheet of the sources."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, or_, select

from ingest.copies import Verdict, compare
from ingest.store import copies, copies_marks
from ingest.store.tables import Base

_T = Base.metadata.tables
_ARTICLE, _MEMBER, _PART, _OTHERWISE = _T["article"], _T["copymember"], _T["copypart"], _T["contradiction"]
_TOLD = ("key", "source", "address", "title", "published_on")
Row = dict[str, Any]


def group(connection: Connection, article_key: str) -> list[Row]:
    """Return the articles of an article's group, the head first; none where it has no copies."""
    mine = select(_MEMBER.c.group_key).where(_MEMBER.c.article_key == article_key).scalar_subquery()
    columns = [_ARTICLE.c[name] for name in _TOLD]
    joined = _MEMBER.join(_ARTICLE, _ARTICLE.c.key == _MEMBER.c.article_key)
    query = select(*columns, _MEMBER.c.kind, _MEMBER.c.score).select_from(joined).where(_MEMBER.c.group_key == mine)
    return [dict(row) for row in connection.execute(query.order_by(_MEMBER.c.place)).mappings()]


def parts(connection: Connection, article_key: str) -> list[Row]:
    """Return what is part of an article (``role`` part), and what it is part of (``role`` whole)."""
    columns = [_ARTICLE.c[name] for name in _TOLD]
    found = []
    for role, mine, other in (("part", "whole_key", "part_key"), ("whole", "part_key", "whole_key")):
        joined = _PART.join(_ARTICLE, _ARTICLE.c.key == _PART.c[other])
        query = select(*columns, _PART.c.score).select_from(joined).where(_PART.c[mine] == article_key)
        found += [{"role": role} | dict(row) for row in connection.execute(query.order_by(_ARTICLE.c.key)).mappings()]
    return found


def contradictions(connection: Connection, article_key: str) -> list[Row]:
    """Return what an article says otherwise than its head, or where it is the head, what its copies say otherwise."""
    of_it = or_(_OTHERWISE.c.article_key == article_key, _OTHERWISE.c.head_key == article_key)
    order = (_OTHERWISE.c.article_key, _OTHERWISE.c.paragraph, _OTHERWISE.c.span_start, _OTHERWISE.c.key)
    return [dict(row) for row in connection.execute(select(_OTHERWISE).where(of_it).order_by(*order)).mappings()]


def matches(connection: Connection, article_key: str) -> list[tuple[str, Verdict]]:
    """Return what an article matches by itself, the likest first: by the marks that it shares with others."""
    number = copies.number(article_key)
    if not (found := copies_marks.kept(connection, [number])):
        return []
    mine = found[number][1]
    dull = copies_marks.common(connection, mine.traces)
    near = copies_marks.holders(connection, mine.buckets).values()
    shared = Counter(o for some in copies_marks.holders(connection, mine.traces - dull).values() for o in some)
    others = {o for some in near for o in some} | {o for o, times in shared.items() if times >= copies.BOTH}
    texts = copies_marks.kept(connection, others - {number})
    verdicts = [(key, verdict) for key, other, _ in texts.values() if (verdict := compare(mine, other))]
    return sorted(verdicts, key=lambda pair: (-pair[1].score, pair[0]))
