"""Articles that stand within longer ones: which pairs are written, and which may stand no longer."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, or_, select

from ingest.copies import Features
from ingest.store import copies_marks, keys
from ingest.store.copies_marks import BOTH
from ingest.store.tables import Base
from ingest.store.upsert import batches, upsert

_PART, _MEMBER = Base.metadata.tables["copypart"], Base.metadata.tables["copymember"]


def write(connection: Connection, found: Mapping[tuple[str, str], float]) -> None:
    """Write parts: by the keys of part and whole, the share of the part that the whole has."""
    rows = [
        {"key": keys.key("part", part, whole), "part_key": part, "whole_key": whole, "score": score}
        for (part, whole), score in found.items()
    ]
    upsert(connection, _PART, rows)


def recheck(connection: Connection, lost: Collection[int]) -> None:
    """Remove the parts that were found by a comparison which articles that ``lost`` some make no more."""
    names = sorted(copies_marks.names(connection, lost))
    pairs = {}
    for some in batches(names):
        either = or_(_PART.c.part_key.in_(some), _PART.c.whole_key.in_(some))
        for row in connection.execute(select(_PART).where(either)):
            pairs[row.key] = (copies_marks.number(row.part_key), copies_marks.number(row.whole_key))
    if not pairs:
        return
    texts = copies_marks.kept(connection, {n for pair in pairs.values() for n in pair})
    gone = []
    for key, (part, whole) in pairs.items():
        a, b = texts[part].features, texts[whole].features
        if not (_by_bucket(connection, {part: a, whole: b}) or _by_marks(connection, a, b)):
            gone.append(key)
    _delete(connection, gone)


def drop_within(connection: Connection, article_keys: Collection[str]) -> None:
    """Remove the parts between articles and others that are in one group with them now: the group says it."""
    part, whole = _MEMBER.alias("part"), _MEMBER.alias("whole")
    joined = _PART.join(part, part.c.article_key == _PART.c.part_key).join(
        whole, (whole.c.article_key == _PART.c.whole_key) & (whole.c.group_key == part.c.group_key)
    )
    query = select(_PART.c.key).select_from(joined)
    for some in batches(sorted(article_keys)):
        for column in (_PART.c.part_key, _PART.c.whole_key):
            _delete(connection, connection.scalars(query.where(column.in_(some))).all())


def _by_bucket(connection: Connection, pair: Mapping[int, Features]) -> bool:
    """Whether one of two articles is among the first of a bucket that both are in."""
    one, other = pair.values()
    first = copies_marks.firsts(connection, one.buckets & other.buckets)
    return any(not pair.keys().isdisjoint(members[: copies_marks.FIRST]) for members in first.values())


def _by_marks(connection: Connection, one: Features, other: Features) -> bool:
    shared = one.traces & other.traces
    return len(shared - copies_marks.common(connection, shared)) >= BOTH


def _delete(connection: Connection, part_keys: Collection[str]) -> None:
    for some in batches(sorted(part_keys)):
        connection.execute(delete(_PART).where(_PART.c.key.in_(some)))
