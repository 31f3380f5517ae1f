"""Former versions of articles: kept when text or particulars change, with the reason, and for nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ingest.model import Flag, Table, Topic
from ingest.store.engine import Database
from ingest.store.rows import Reading
from tests.store.pages import NOW, TEXT, article, indicator, read, rows, store

LATER = NOW + timedelta(days=1)
TABLES = (Table(paragraph=0, rows=(("年", "家"), ("2025", "31"))),)
OTHER = article(paragraphs=(TEXT.replace("31", "32"),), originals=(TEXT.replace("31", "32"),))


@pytest.mark.parametrize(
    ("content", "rules", "cause"),
    [(b"2", "r1", "publisher"), (b"1", "r2", "rules"), (b"2", "r2", "publisher or rules"), (b"1", "r1", "settings")],
)
def test_a_former_version_stays_with_the_reason(database: Database, content: bytes, rules: str, cause: str) -> None:
    store(database, read(article("甲", subtitle="副题")))
    [before] = rows(database, "article")
    store(database, read(OTHER, content=content, rules=rules), now=LATER)
    [now], [former] = rows(database, "article"), rows(database, "revision")
    assert (now["revision"], now["since"]) == (2, LATER)
    assert (former["number"], former["since"], former["replaced_at"]) == (1, NOW, LATER)
    assert (former["cause"], former["capture_key"], former["rules_version"]) == (cause, before["capture_key"], "r1")
    assert former["content"]["paragraphs"] == [TEXT]
    assert (former["content"]["title"], former["content"]["subtitle"]) == ("甲", "副题")
    assert (former["content"]["published_on"], former["content"]["published_at"]) == (
        "2025-03-02",
        "2025-03-02T09:30:00",
    )
    assert now["paragraphs"] == list(OTHER.paragraphs)


def test_every_version_is_kept_in_order(database: Database) -> None:
    for day, title in enumerate(["甲", "乙", "甲", "丙"]):
        store(database, read(article(title), content=title.encode()), now=NOW + timedelta(days=day))
    former = sorted(rows(database, "revision"), key=lambda row: int(row["number"]))
    assert [(row["number"], row["content"]["title"]) for row in former] == [(1, "甲"), (2, "乙"), (3, "甲")]
    assert [row["since"] for row in former[1:]] == [row["replaced_at"] for row in former[:-1]]
    assert [row["revision"] for row in rows(database, "article")] == [4]


@pytest.mark.parametrize(
    "again",
    [
        read(article(), content=b"2"),  # another advertisement on the page
        read(article(), rules="r2"),
        read(article(blocks=(0, 2), paragraph_blocks=((2,),)), rules="r2"),
        read(article(indicators=(indicator(Decimal(99)),)), rules="r2"),
        read(article(flags=(Flag(name="unsure", score=0.9),), zones=()), rules="r2"),
        read(article(keywords=("中试",), topic=Topic(name="科技", score=0.7), tables=TABLES), rules="r2"),
    ],
)
def test_what_changes_neither_text_nor_particulars_makes_no_version(database: Database, again: Reading) -> None:
    store(database, read(article()))
    store(database, again, now=LATER)
    assert rows(database, "revision") == []
    assert [(row["revision"], row["since"]) for row in rows(database, "article")] == [(1, NOW)]


def test_an_article_that_was_withdrawn_and_is_back_is_the_version_it_was(database: Database) -> None:
    both = read(article("甲"), article("乙"))
    store(database, both)
    store(database, read(article("甲"), article("丙"), content=b"2"), now=LATER)
    store(database, both, now=LATER + timedelta(days=1))
    assert rows(database, "revision") == []
    assert {row["title"]: row["revision"] for row in rows(database, "article")} == {"甲": 1, "乙": 1, "丙": 1}


def test_two_writers_of_other_versions_lose_none(address: str, database: Database) -> None:
    """Each title is written once; whoever comes second replaces the first: as many versions as there were writers."""
    import threading

    store(database)
    failed: list[BaseException] = []

    def write(number: int) -> None:
        own = Database(address)
        try:
            for turn in range(5):
                title = f"第{number}-{turn}版"
                pages = [read(article(title), address=f"{n}.html", content=title.encode()) for n in range(10)]
                store(own, *(pages if number % 2 else pages[::-1]), now=NOW + timedelta(seconds=turn))
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    for page in rows(database, "article"):
        former = [row for row in rows(database, "revision") if row["article_key"] == page["key"]]
        assert sorted(row["number"] for row in former) == list(range(1, 20))
        titles = {row["content"]["title"] for row in former} | {page["title"]}
        assert len(titles) == page["revision"] == 20
