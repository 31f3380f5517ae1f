"""The copies of an article, where copies are looked for: its group, what it is part of, what copies say otherwise."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from ingest.store.tables import Base

_T = Base.metadata.tables
_MOST = 50
_TABLES = ("copymember", "copypart", "contradiction")


@dataclass(frozen=True, slots=True)
class Copies:
    """What is known of an article's copies. ``group`` has the article itself among its members, the head first."""

    group: tuple[Row[Any], ...] = ()
    parts: tuple[Row[Any], ...] = ()
    contradictions: tuple[Row[Any], ...] = ()
    more: bool = False

    @property
    def number(self) -> int:
        """How many other articles there are."""
        return max(len(self.group) - 1, 0) + len(self.parts)


def others(connection: Connection, key: str) -> Copies:
    """Return the copies of an article; none where the database has no table of them."""
    if not all(name in _T for name in _TABLES):
        return Copies()
    member, article = _T["copymember"], _T["article"]
    group = connection.scalar(select(member.c.group_key).where(member.c.article_key == key))
    shown = (article.c.key, article.c.title, article.c.published_on, article.c.source)
    members: list[Row[Any]] = []
    if group is not None:
        columns = (*shown, member.c.kind, member.c.score)
        joined = select(*columns).join_from(member, article, article.c.key == member.c.article_key)
        found = joined.where(member.c.group_key == group).order_by(member.c.standing).limit(_MOST + 1)
        members = list(connection.execute(found))
    part, said = _T["copypart"], _T["contradiction"]
    other = or_(
        (part.c.part_key == key) & (article.c.key == part.c.whole_key),
        (part.c.whole_key == key) & (article.c.key == part.c.part_key),
    )
    parts = select(*shown, part.c.score, (part.c.part_key == key).label("within")).join_from(part, article, other)
    otherwise = select(said).where(or_(said.c.article_key == key, said.c.head_key == key)).limit(_MOST)
    return Copies(
        group=tuple(members[:_MOST]),
        parts=tuple(connection.execute(parts.order_by(part.c.score.desc(), article.c.key).limit(_MOST))),
        contradictions=tuple(connection.execute(otherwise)),
        more=len(members) > _MOST,
    )
