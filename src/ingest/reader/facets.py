"""What a list of articles is made of: how many of each zone, source, year, flag and kind of record."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress

from sqlalchemy import Connection, exists, select

from ingest.reader.asking import ARTICLE
from ingest.store.search.index import PLACE
from ingest.store.tables import RECORDS, Base
from ingest.store.upsert import batches

COUNTED = 500  # articles that are looked at; some 15 ms, whatever the database holds
_SHOWN = 8  # of each facet
_PAGE = Base.metadata.tables["page"]
_RECORDS = {kind: Base.metadata.tables[str(model.__tablename__)] for kind, model in RECORDS.items()}


def facets(connection: Connection, keys: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """Return how many of some articles are of each zone, source and so on, the most frequent first."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("zone", "source", "kind", "year", "flag", "record")}
    for some in batches(list(keys)):
        _of_articles(connection, some, counts)
        zones = select(PLACE.c.name).where(PLACE.c.article_key.in_(some), PLACE.c.kind == "zone")
        counts["zone"].update(connection.scalars(zones))
    years = sorted(counts.pop("year").items(), reverse=True)
    found = {name: count.most_common(_SHOWN) for name, count in counts.items()}
    return found | {"year": years[:_SHOWN]}


def _of_articles(connection: Connection, keys: Sequence[str], counts: Mapping[str, Counter[str]]) -> None:
    page = (_PAGE.c.source == ARTICLE.c.source) & (_PAGE.c.address == ARTICLE.c.address)
    columns = (ARTICLE.c.source, ARTICLE.c.kind, ARTICLE.c.published_on, ARTICLE.c.flags, _PAGE.c.flags)
    having = [exists().where(table.c.article_key == ARTICLE.c.key) for table in _RECORDS.values()]
    query = select(*columns, *having).select_from(ARTICLE.outerjoin(_PAGE, page)).where(ARTICLE.c.key.in_(keys))
    for source, kind, day, own, of_page, *has in connection.execute(query):
        counts["source"][source] += 1
        counts["kind"][kind] += 1
        if day is not None:
            counts["year"][str(day.year)] += 1
        if own or of_page:
            counts["flag"].update({flag["name"] for flag in (*own, *(of_page or ()))})
        counts["record"].update(compress(_RECORDS, has))
