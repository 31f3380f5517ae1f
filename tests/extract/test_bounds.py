"""How much of a page is read for records."""

from ingest.extract import bounds
from ingest.model import Draft, Paragraph


def draft(*texts: str) -> Draft:
    return Draft(kind="news", blocks=(), paragraphs=tuple(Paragraph(text=t, original=t, blocks=()) for t in texts))


def test_an_article_is_read_whole() -> None:
    texts = ("某区新增企业十二家。",) * 500
    assert bounds.readings([draft(*texts), draft("短讯。")]) == ([texts, ("短讯。",)], ())


def test_a_dump_is_read_to_a_sentence_end_and_flagged() -> None:
    sentence = "某区新增企业十二家。"
    line = sentence * (bounds.MOST_READ // len(sentence) // 3 * 2 + 1)
    found, flags = bounds.readings([draft(line, line, line), draft(sentence)])
    assert found[0][0] == line
    assert line.startswith(found[0][1])
    assert found[0][1].endswith("。")
    assert bounds.MOST_READ - len(sentence) < sum(map(len, found[0])) <= bounds.MOST_READ
    assert len(found[0]) == 2
    assert found[1] == ()
    assert [flag.name for flag in flags] == ["long-page"]


def test_a_line_without_sentences_is_cut_where_the_bound_is() -> None:
    found, _ = bounds.readings([draft("园" * (bounds.MOST_READ + 5))])
    assert len(found[0][0]) == bounds.MOST_READ
