"""What is asked of copies: an article's group, what it matches, and the trust sheet of the sources."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, or_, select, text

from ingest.copies import Verdict, compare
from ingest.store import copies_marks
from ingest.store.tables import Base

_T = Base.metadata.tables
_ARTICLE, _MEMBER, _PART, _OTHERWISE = _T["article"], _T["copymember"], _T["copypart"], _T["contradiction"]
_TOLD = ("key", "source", "address", "title", "published_on")
COUNTS = ("pages", "articles", "copies", "parts", "heads", "spun", "injected", "farms", "damaged", "contradicting")
# Flags and labels are looked for in the JSON as text, which both engines have alike.
_SHEET = (
    """SELECT source, count(*) AS pages, sum(CASE WHEN CAST(repairs AS TEXT) <> '{}' THEN 1 ELSE 0 END) AS damaged,
        sum(CASE WHEN CAST(left_out AS TEXT) LIKE '%"link-farm"%' OR CAST(left_out AS TEXT) LIKE '%"keyword-injection"%'
            THEN 1 ELSE 0 END) AS farms
    FROM page WHERE gone_at IS NULL GROUP BY source""",
    """SELECT a.source, count(*) AS articles, sum(CASE WHEN m.article_key <> m.group_key THEN 1 ELSE 0 END) AS copies,
        sum(CASE WHEN m.article_key = m.group_key THEN 1 ELSE 0 END) AS heads,
        sum(CASE WHEN m.kind = 'spun' OR CAST(a.flags AS TEXT) LIKE '%"spun"%' THEN 1 ELSE 0 END) AS spun,
        sum(CASE WHEN CAST(a.flags AS TEXT) LIKE '%"keyword-injected"%' THEN 1 ELSE 0 END) AS injected
    FROM article AS a LEFT JOIN copymember AS m ON m.article_key = a.key
    WHERE a.withdrawn_at IS NULL GROUP BY a.source""",
    """SELECT a.source, count(DISTINCT a.key) AS contradicting FROM contradiction AS c
    JOIN article AS a ON a.key = c.article_key GROUP BY a.source""",
    """SELECT a.source, count(DISTINCT a.key) AS parts FROM copypart AS p
    JOIN article AS a ON a.key = p.part_key GROUP BY a.source""",
)
Row = dict[str, Any]


def group(connection: Connection, article_key: str) -> list[Row]:
    """Return the articles of an article's group, the head first; none where it has no copies."""
    mine = select(_MEMBER.c.group_key).where(_MEMBER.c.article_key == article_key).scalar_subquery()
    columns = [_ARTICLE.c[name] for name in _TOLD]
    joined = _MEMBER.join(_ARTICLE, _ARTICLE.c.key == _MEMBER.c.article_key)
    query = select(*columns, _MEMBER.c.kind, _MEMBER.c.score).select_from(joined).where(_MEMBER.c.group_key == mine)
    return [dict(row) for row in connection.execute(query.order_by(_MEMBER.c.standing)).mappings()]


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
    """Return what an article matches by itself, the likest first: by the marks that it shares with others.

    Of thousands that share a bucket it is told the first: the group has them all.
    """
    number = copies_marks.number(article_key)
    if not (found := copies_marks.kept(connection, [number])):
        return []
    mine = found[number].features
    dull = copies_marks.common(connection, mine.traces)
    near = copies_marks.firsts(connection, mine.buckets).values()
    shared = Counter(o for some in copies_marks.holders(connection, mine.traces - dull).values() for o in some)
    others = {o for some in near for o in some} | {o for o, times in shared.items() if times >= copies_marks.BOTH}
    texts = copies_marks.kept(connection, others - {number})
    verdicts = [(key, verdict) for key, other, _ in texts.values() if (verdict := compare(mine, other))]
    return sorted(verdicts, key=lambda pair: (-pair[1].score, pair[0]))


def heads(connection: Connection, article_key: str) -> tuple[Row, Row] | None:
    """Return the rows of an article's head and of itself; None where it is the head, or has no copies."""
    head = select(_MEMBER.c.group_key).where(_MEMBER.c.article_key == article_key, _MEMBER.c.group_key != article_key)
    key = connection.scalar(head)
    if key is None:
        return None
    found = connection.execute(select(_ARTICLE).where(_ARTICLE.c.key.in_([key, article_key]))).mappings()
    by_key = {row["key"]: dict(row) for row in found}
    return by_key[key], by_key[article_key]


def trust(connection: Connection) -> list[Row]:
    """Return the trust sheet: for each source how many of its pages and articles are what, by counts.

    ``trust`` is what its file says, ``heads`` how many of its articles others copied, ``farms`` and ``damaged`` are
    pages, ``contradicting`` the articles that say something otherwise than their head.
    """
    sheets = [dict(row) for row in connection.execute(select(_T["source"].c.name, _T["source"].c.trust)).mappings()]
    counted: dict[str, Row] = {}
    for query in _SHEET:
        for row in connection.execute(text(query)).mappings():
            counted.setdefault(row["source"], {}).update(row)
    return [_sheet(row | counted.get(row["name"], {})) for row in sorted(sheets, key=lambda row: row["name"])]


def _sheet(row: Row) -> Row:
    return {"source": row["name"], "trust": row["trust"]} | {name: int(row.get(name) or 0) for name in COUNTS}
