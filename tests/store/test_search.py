"""Searches on both engines: what is found, in which order, and that the index stays in step with the articles."""

import random
import re
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from ingest.errors import ConfigError
from ingest.store.engine import Database
from ingest.store.search import fts5, index
from ingest.store.search.find import Hit, Narrowing, find
from ingest.store.search.index import DOCUMENT
from ingest.store.search.query import parse
from ingest.store.search.tokens import HAN, folded, phrase, tokens
from tests.store.pages import NOW, article, read, store


def found(database: Database, typed: str, limit: int = 20, **narrowing: Any) -> list[Hit]:
    """Search as the command does."""
    with database.read() as connection:
        return find(connection, parse(typed), Narrowing(**narrowing), limit=limit)


def titles(database: Database, typed: str, **narrowing: Any) -> list[str]:
    """Return the titles of what is found, in the order of the alphabet."""
    return sorted(hit.article["title"] for hit in found(database, typed, **narrowing))


def written(title: str, *paragraphs: str, **fields: Any) -> Any:
    """Make an article without records."""
    bare = {"originals": paragraphs, "indicators": (), "organisations": (), "people": (), "flags": ()}
    return article(title, paragraphs=paragraphs, **bare | fields)


def put(database: Database, *articles: Any, first: int = 0) -> None:
    """Store articles, each on a page of its own."""
    store(database, *(read(each, address=f"{first + n}.html") for n, each in enumerate(articles)))


def test_a_name_is_found_within_a_longer_one(database: Database) -> None:
    put(database, written("甲", "成都高新区的量子企业"), written("乙", "高新 技术"), written("丙", "区内高新"))
    assert titles(database, "高新区") == ["甲"]
    assert titles(database, "成都高新区") == ["甲"]
    assert titles(database, "高新") == ["丙", "乙", "甲"]
    assert titles(database, "区") == ["丙", "甲"]
    assert titles(database, "企业") == ["甲"]
    assert titles(database, "业") == ["甲"]
    assert titles(database, "量子企业家") == []


def test_all_words_must_be_there_and_quotes_keep_them_together(database: Database) -> None:
    put(database, written("甲", "量子计算中心落户合肥"), written("乙", "量子科技，计算机"), written("丙", "合肥"))
    assert titles(database, "量子 计算") == ["乙", "甲"]
    assert titles(database, "“量子计算” 合肥") == ["甲"]
    assert titles(database, '"量子 计算"') == []
    assert titles(database, "合肥量子计算") == ["甲"]  # its words, wherever they stand
    assert titles(database, "「合肥量子计算」") == []


def test_traditional_wide_and_capital_letters_make_no_difference(database: Database) -> None:
    put(database, written("甲", "合肥高新区的5G基站达到2024个，由ABB供货"))
    for typed in ("合肥高新區", "5g", "５Ｇ", "abb", "2024", "２０２４个", "5G基站"):
        assert titles(database, typed) == ["甲"], typed
    for typed in ("G", "24", "bb"):  # words of letters and digits are whole
        assert titles(database, typed) == [], typed


def test_what_has_it_in_its_title_comes_first_then_the_newer(database: Database) -> None:
    often = written("甲", "光谷" * 5, published_on=date(2025, 1, 1))
    put(
        database,
        written("旧", "在光谷建设", published_on=date(2024, 1, 1)),
        written("新", "在光谷建设", published_on=date(2025, 1, 1)),
        often,
        written("光谷", "无", published_on=date(2020, 1, 1)),
    )
    assert found(database, "光谷")[0].article["title"] == "光谷"
    assert [hit.article["title"] for hit in found(database, "建设")] == ["新", "旧"]
    assert len(found(database, "光谷", limit=2)) == 2


def test_it_narrows_by_zone_region_source_kind_and_days(database: Database) -> None:
    put(
        database,
        written("甲", "量子", zones=("合肥高新区",), regions=("安徽省", "合肥市"), published_on=date(2023, 12, 31)),
        written("乙", "量子", zones=("合肥高新区", "成都高新区"), published_on=date(2024, 1, 1)),
        written("丙", "量子", zones=(), kind="photo-caption", published_on=None),
    )
    assert titles(database, "量子", tags=(("zone", "合肥高新区"),)) == ["乙", "甲"]
    assert titles(database, "量子", tags=(("zone", "合肥高新区"), ("zone", "成都高新区"))) == ["乙"]
    assert titles(database, "量子", tags=(("region", "安徽省"),)) == ["甲"]
    assert titles(database, "量子", tags=(("kind", "photo-caption"),)) == ["丙"]
    assert titles(database, "量子", tags=(("source", "s"),)) == ["丙", "乙", "甲"]
    assert titles(database, "量子", tags=(("source", "t"),)) == []
    assert titles(database, "量子", since=date(2024, 1, 1)) == ["乙"]
    assert titles(database, "量子", until=date(2023, 12, 31)) == ["甲"]
    assert titles(database, "量子", since=date(2023, 12, 31), until=date(2024, 1, 1)) == ["乙", "甲"]


def test_the_snippet_shows_the_words(database: Database) -> None:
    put(database, written("标题", "第一段没有。", "前" * 50 + "量子计算与AI结合，chain不算" + "后" * 90))
    [hit] = found(database, "量子 ai")
    assert hit.snippet == "…" + "前" * 20 + "«量子»计算与«AI»结合，chain不算" + "后" * 43 + "…"
    [hit] = found(database, "标题")
    assert hit.snippet == "第一段没有。"


def test_the_index_follows_an_article_that_changes_goes_and_comes_back(database: Database) -> None:
    first = read(written("甲", "量子计算"), content=b"1")
    store(database, first)
    store(database, read(written("甲", "光子计算", zones=("成都高新区",)), content=b"2"))
    assert (titles(database, "量子"), titles(database, "光子"), titles(database, "计算")) == ([], ["甲"], ["甲"])
    assert titles(database, "计算", tags=(("zone", "绵阳高新区"),)) == []
    store(database, read(content=b"3"))  # no article on the page any more
    assert titles(database, "光子") == []
    assert titles(database, "光子", withdrawn=True) == ["甲"]
    store(database, first)
    assert (titles(database, "量子"), titles(database, "光子", withdrawn=True)) == (["甲"], [])
    check(database)


def check(database: Database) -> None:
    """See that the index holds each article once, with the tokens it has now, and nothing else."""
    with database.write() as connection:
        assert index.pending(connection) == 0
        documents = connection.scalar(select(func.count()).select_from(DOCUMENT))
        assert documents == connection.scalar(text("SELECT count(*) FROM article"))
        if connection.dialect.name == "sqlite":
            fts5.command(connection, "integrity-check")
            assert documents == connection.scalar(text("SELECT count(*) FROM search_index"))
            kept = vocabulary(connection)
            fts5.command(connection, "delete-all")
            connection.execute(text("UPDATE search_document SET indexed = 0"))
    if database.engine.dialect.name == "sqlite":
        index.reindex(database)
        with database.write() as connection:
            assert vocabulary(connection) == kept


def vocabulary(connection: Any) -> list[tuple[Any, ...]]:
    """Return each token of FTS5's with the column and the number of the document it stands in."""
    connection.execute(text("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search_index, instance)"))
    rows = [tuple(row) for row in connection.execute(text("SELECT term, doc, col, offset FROM words ORDER BY 1,2,3,4"))]
    connection.execute(text("DROP TABLE temp.words"))
    return rows


def test_after_any_changes_the_index_is_that_of_one_made_anew(database: Database) -> None:
    chance = random.Random(5)
    for round_ in range(12):
        readings = []
        for address in chance.sample("abcdef", 3):
            on_page = [
                written(
                    name, "".join(chance.choices("量子计算高新区AI 5，", k=12)), zones=tuple(chance.sample("甲乙", 1))
                )
                for name in chance.sample("一二三", chance.randrange(3))
            ]
            readings.append(read(*on_page, address=address, content=bytes([round_, ord(address)])))
        store(database, *readings, now=NOW)
    check(database)


def test_a_database_that_was_there_before_the_index_is_filled(database: Database) -> None:
    put(database, *(written(f"第{n}篇", "量子") for n in range(7)))
    store(database, read(address="6.html", content=b"gone"))
    with database.write() as connection:
        connection.execute(text("UPDATE search_document SET indexed = false"))
        if connection.dialect.name == "sqlite":
            fts5.command(connection, "delete-all")
        else:
            connection.execute(text("UPDATE search_document SET words = NULL"))
        assert index.pending(connection) == 7
    assert titles(database, "量子") == []
    done: list[int] = []
    assert index.reindex(database, on_batch=done.append) == sum(done) == 7
    assert len(titles(database, "量子")) == 6
    assert index.reindex(database, everything=True) == 7
    assert index.reindex(database) == 0
    assert len(titles(database, "量子")) == 6
    check(database)


@pytest.mark.parametrize(("typed", "words"), [("。，", "no letter"), ("", "no letter"), ("高新" * 40, "too long")])
def test_a_query_that_is_none_is_refused(typed: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        parse(typed)


def test_no_sign_of_a_query_is_a_command(database: Database) -> None:
    put(database, written("甲", "量子"))
    for typed in ("量子*", "-量子", "(量子", "&!|量子", '"量子', "^量子", "量子:*", "'量子'", "量子\\"):
        assert titles(database, typed) == ["甲"], typed
    for typed in ('量子" OR "', "NEAR(量子)", "title:量子", "a' b", "量子 AND 量子"):
        assert titles(database, typed) == [], typed


TEXTS = st.text(alphabet="高新区量子5gA，。 〇𠮷é", max_size=30)


@given(TEXTS, st.data())
def test_the_tokens_of_a_stretch_stand_in_a_row_in_those_of_its_text(whole: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole)))
    stretch = whole[start : data.draw(st.integers(start, len(whole)))]
    if re.match(r"[5gAé]", stretch) or re.search(r"[5gAé]$", stretch):
        return  # it may begin or end within a word
    wanted, begun = phrase(stretch)
    have = tokens(whole)
    rows = (have[n : n + len(wanted)] for n in range(len(have) - len(wanted) + 1))

    def fits(row: list[str]) -> bool:
        if begun:
            return row[:-1] == list(wanted[:-1]) and row[-1].startswith(wanted[-1])
        return row == list(wanted)

    assert not wanted or any(fits(row) for row in rows)


@given(st.text(st.one_of(st.sampled_from("高新区，。 aB1_é\u0301\u3099か⼀ﾊﾟ㈱…２\0\n豈𠀀"), st.characters())))
def test_tokens_are_the_pairs_and_words_of_the_normalised_text(whole: str) -> None:
    plain = unicodedata.normalize("NFKC", whole).casefold()
    assert folded(whole) == plain
    expected: list[str] = []
    for han, word in re.findall(f"([{HAN}]+)|([^\\W_{HAN}]+)", plain):
        expected += [han[at : at + 2] for at in range(len(han))] if han else [word[:60]]
    assert tokens(whole) == expected
