"""Groups of copies: who is the head, what the others are to it, and where they contradict it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from ingest.copies import Features, Kind, compare
from ingest.copies.contradictions import Name, Said, contradictions
from ingest.copies.pairs import likeness
from ingest.store import copies_marks
from ingest.store import keys as made
from ingest.store.tables import Base
from ingest.store.upsert import batches, upsert

_T = Base.metadata.tables
_ARTICLE, _SOURCE, _TEXT = _T["article"], _T["source"], _T["copytext"]
_MEMBER, _PART, _PERSON, _OTHERWISE = _T["copymember"], _T["copypart"], _T["person"], _T["contradiction"]
_SPUN = "spun"  # the flag
_RANKED = ("key", "published_on", "published_at", "source", "address", "flags")
Row = Mapping[str, Any]


def of_numbers(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Return the groups of articles by their numbers; what has no copies is in none."""
    join = "JOIN copymember AS m ON m.article_key = t.article_key"
    return dict(copies_marks.asked(connection, "copytext", "t.number, m.group_key", numbers, "number", join))


def names(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Return the keys of articles by their numbers."""
    return dict(copies_marks.asked(connection, "copytext", "t.number, t.article_key", numbers, "number"))


def members(connection: Connection, groups: Iterable[str]) -> dict[str, dict[int, str]]:
    """Return the articles of groups: their keys by their numbers."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    joined = _MEMBER.join(_TEXT, _TEXT.c.article_key == _MEMBER.c.article_key)
    query = select(_MEMBER.c.group_key, _TEXT.c.number, _TEXT.c.article_key).select_from(joined)
    for some in batches(sorted(groups)):
        for group, number, key in connection.execute(query.where(_MEMBER.c.group_key.in_(some))):
            found[group][number] = key
    return found


def write(connection: Connection, groups: Sequence[Collection[str]], former: Collection[str]) -> None:
    """Write groups in place of former ones.

    Args:
        connection: Within a transaction that holds the lock of linking.
        groups: The keys of the articles of each; an article alone is in no group.
        former: The keys of the groups that are gone or changed.
    """
    touched = sorted({key for group in groups for key in group})
    had: dict[str, Row] = {}
    for column, values in ((_MEMBER.c.group_key, sorted(former)), (_MEMBER.c.article_key, touched)):
        for some in batches(values):
            found = connection.execute(select(_MEMBER).where(column.in_(some))).mappings()
            had |= {row["article_key"]: dict(row) for row in found}
    grouped = [group for group in groups if len(group) > 1]
    articles = _articles(connection, [key for group in grouped for key in group])
    rows = [row for group in grouped for row in _rows(connection, [articles[key] for key in group], had)]
    for some in batches(sorted(had.keys() - {row["article_key"] for row in rows})):
        connection.execute(delete(_MEMBER).where(_MEMBER.c.article_key.in_(some)))
        connection.execute(delete(_OTHERWISE).where(_OTHERWISE.c.article_key.in_(some)))
    upsert(connection, _MEMBER, rows)
    new = [row for row in rows if row.get("place") and _headed(had.get(row["article_key"])) != row["group_key"]]
    _contradict(connection, new + [row for row in rows if not row["place"]])
    _drop_parts_within(connection, sorted({row["group_key"] for row in rows}))


def _rows(connection: Connection, articles: Sequence[Row], had: Mapping[str, Row]) -> list[dict[str, Any]]:
    """Return the rows of a group: earliest first, then fullest, then most trusted, then by name."""
    head, *others = sorted(articles, key=_standing)
    rows = [_row(head, head, 0, Kind.HEAD, 1.0)]
    kept = {key: row for key, row in had.items() if row["group_key"] == head["key"] and row["place"]}
    unknown = [head["number"], *(each["number"] for each in others if each["key"] not in kept)]
    texts = copies_marks.kept(connection, unknown) if len(unknown) > 1 else {}
    for place, each in enumerate(others, 1):
        if before := kept.get(each["key"]):
            rows.append(dict(before) | {"place": place})
            continue
        kind, score = _kind(texts[head["number"]], texts[each["number"]], each)
        rows.append(_row(head, each, place, kind, score))
    return rows


def _row(head: Row, article: Row, place: int, kind: Kind, score: float) -> dict[str, Any]:
    names = {"article_key": article["key"], "group_key": head["key"]}
    return names | {"place": place, "kind": kind.value, "score": round(score, 3)}


def _standing(article: Row) -> tuple[Any, ...]:
    day = article["published_on"] or date.max
    moment = article["published_at"] or datetime.max  # noqa: DTZ901 - as printed, without a zone
    return (day, moment, -article["length"], -article["trust"], article["source"], article["address"], article["key"])


def _kind(head: tuple[str, Features, bool], other: tuple[str, Features, bool], article: Row) -> tuple[Kind, float]:
    verdict = compare(head[1], other[1])
    if verdict is None or verdict.kind is Kind.PART:
        return Kind.CHAIN, likeness(head[1], other[1])
    if verdict.kind is Kind.SPUN or any(flag["name"] == _SPUN for flag in article["flags"]):
        return Kind.SPUN, verdict.score
    return (Kind.MIRROR if other[2] and not head[2] else Kind.COPY), verdict.score


def _articles(connection: Connection, article_keys: Sequence[str]) -> dict[str, Row]:
    joined = _ARTICLE.join(_SOURCE, _SOURCE.c.name == _ARTICLE.c.source).join(
        _TEXT, _TEXT.c.article_key == _ARTICLE.c.key
    )
    columns = [_ARTICLE.c[name] for name in _RANKED]
    query = select(*columns, _SOURCE.c.trust, _TEXT.c.number, _TEXT.c.length).select_from(joined)
    return {
        row["key"]: dict(row)
        for some in batches(sorted(article_keys))
        for row in connection.execute(query.where(_ARTICLE.c.key.in_(some))).mappings()
    }


def _headed(row: Row | None) -> str | None:
    return row["group_key"] if row and row["place"] else None


def _contradict(connection: Connection, rows: Sequence[Row]) -> None:
    """Find anew what copies say otherwise than their head; a head contradicts nobody."""
    said = _said(connection, {key for row in rows if row["place"] for key in (row["article_key"], row["group_key"])})
    for some in batches(sorted(row["article_key"] for row in rows)):
        connection.execute(delete(_OTHERWISE).where(_OTHERWISE.c.article_key.in_(some)))
    found = []
    for row in (row for row in rows if row["place"]):
        pair = {"article_key": row["article_key"], "head_key": row["group_key"]}
        for each in contradictions(said[row["group_key"]], said[row["article_key"]]):
            place = {"paragraph": each.paragraph, "span_start": each.start, "span_end": each.end}
            content = pair | {"kind": each.kind} | place | {"text": each.text, "of_head": each.of_head}
            found.append({"key": made.key("contradiction", content)} | content)
    upsert(connection, _OTHERWISE, found)


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


def _drop_parts_within(connection: Connection, groups: Sequence[str]) -> None:
    """Remove the parts of wholes that are in one group with them now: the group says it."""
    part, whole = _MEMBER.alias("part"), _MEMBER.alias("whole")
    joined = _PART.join(part, part.c.article_key == _PART.c.part_key).join(
        whole, (whole.c.article_key == _PART.c.whole_key) & (whole.c.group_key == part.c.group_key)
    )
    for some in batches(groups):
        within = connection.scalars(select(_PART.c.key).select_from(joined).where(part.c.group_key.in_(some))).all()
        connection.execute(delete(_PART).where(_PART.c.key.in_(within))) if within else None
