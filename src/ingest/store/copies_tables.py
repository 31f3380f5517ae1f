"""The tables of copies: what is kept of an article to compare it, the groups, parts of others, and contradictions.

All of it is a function of the articles that stand on their pages, so it can be made anew (`ingest copies --rebuild`).
"""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from ingest.store.base import Base

_OWN = {"autoincrement": False}


class CopyWait(Base, table=True):
    """An article that is new, has changed or is gone, and whose copies are not looked for yet."""

    article_key: str = Field(primary_key=True, foreign_key="article.key", ondelete="CASCADE")
    digest: str  # of the article as it stands; empty for one that is withdrawn


class CopyText(Base, table=True):
    """The features of an article, by the number that is the beginning of its key."""

    number: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_OWN)
    article_key: str = Field(foreign_key="article.key", ondelete="CASCADE", index=True)
    packed: bytes  # see ``ingest.copies.Features.packed``
    length: int  # characters, without punctuation
    mirrored: bool  # published in the other script, or with readings


class CopyMark(Base, table=True):
    """In which articles a mark stands. Both numbers are the key, and the row holds nothing else."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own way to say it
    mark: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_OWN)
    number: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_OWN)


class CopyFresh(Base, table=True):
    """The same, of marks that came last; a row is here or there, which hangs on the order: see ``copies_fresh``."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own way to say it
    mark: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_OWN)
    number: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_OWN)


class CopyCommon(Base, table=True):
    """A mark that stands in so many articles that it tells nothing: a set phrase, a disclaimer."""

    mark: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_OWN)


class CopyMember(Base, table=True):
    """An article that has copies: its group, its standing in it and what it is to the head. Others have no row."""

    __table_args__ = (Index(None, "group_key", "standing"),)
    article_key: str = Field(primary_key=True, foreign_key="article.key", ondelete="CASCADE")
    group_key: str  # the key of the head
    standing: str  # orders a group, the head first: see ``copies_groups``
    kind: str  # see ``ingest.copies.Kind``
    score: float  # share in common with the head, 0 to 1


class CopyPart(Base, table=True):
    """An article that stands within a longer one."""

    key: str = Field(primary_key=True)
    part_key: str = Field(foreign_key="article.key", ondelete="CASCADE", index=True)
    whole_key: str = Field(foreign_key="article.key", ondelete="CASCADE", index=True)
    score: float  # share of the part that the whole has, 0 to 1


class Contradiction(Base, table=True):
    """What a copy says otherwise than the head of its group, in the same place of the text."""

    key: str = Field(primary_key=True)
    article_key: str = Field(foreign_key="article.key", ondelete="CASCADE", index=True)
    head_key: str = Field(foreign_key="article.key", ondelete="CASCADE", index=True)
    kind: str  # number, date, name
    paragraph: int
    span_start: int
    span_end: int
    text: str  # of the copy
    of_head: str
