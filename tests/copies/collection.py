"""Articles with copies of all kinds, and what of them stands in a database."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from ingest.store import copies_fresh, forget, queries, write
from ingest.store.engine import Database
from ingest.store.rows import Reading
from tests.copies.edits import edited
from tests.spin import corpus, spinner
from tests.store.pages import NOW, article, read, rows

OTHERS = ("copywait", "copytext", "copycommon", "copymember", "copypart", "contradiction")
NOTICE = "以上内容由园区融媒体中心整理发布，转载请注明来源，未经授权不得用于商业用途，违者将依法追究责任。"


def reading(address: str, paragraphs: Sequence[str], day: int = 0, title: str = "题") -> Reading:
    made = article(
        title,
        paragraphs=tuple(paragraphs),
        originals=tuple(paragraphs),
        paragraph_blocks=tuple((n,) for n in range(len(paragraphs))),
        published_on=date(2025, 1, 1) + timedelta(days=day),
        published_at=None,
        indicators=(),
        organisations=(),
        people=(),
    )
    return read(made, address=address)


def collection() -> list[Reading]:
    """Articles with copies of all kinds, chains, parts, and a notice that stands beneath many."""
    chance = random.Random(4)
    found = []
    for number, one in enumerate(corpus.own()[:10]):
        texts = [list(one.paragraphs)]
        texts.append(edited(one, "mixed", 0.15))
        texts.append(edited(one, "letters", 0.1))
        texts.append(list(spinner.spin(one, spinner.table("large")).article.paragraphs))
        texts.append([*one.paragraphs, *corpus.own()[number + 20].paragraphs])
        if number % 2:
            texts.append(list(one.paragraphs)[:1])
        for copy, paragraphs in enumerate(texts):
            below = [NOTICE] if (number + copy) % 2 else []
            found.append(reading(f"{number}-{copy}", [*paragraphs, *below], chance.randrange(30)))
    return found


def state(database: Database) -> dict[str, list[dict[str, Any]]]:
    marks = [(row["mark"], row["number"]) for name in copies_fresh.TABLES for row in rows(database, name)]
    return {name: rows(database, name) for name in OTHERS} | {"copymark": [{"all": sorted(marks)}] if marks else []}


def clear(database: Database) -> None:
    with database.write() as connection:
        forget._delete_rows(connection, forget.Scope("s"))


def put_rows(database: Database, *readings: Reading) -> None:
    """Store articles without linking them."""
    with database.write() as connection:
        queries.put_source(connection, {"name": "s", "kind": "files", "title": "S", "language": "zh"})
        write.store_readings(connection, readings, NOW)
