"""Markup that is no page of the usual kind: pieces without a frame, text kept in templates."""

import pytest

from ingest import read_page
from ingest.model import Label

SENTENCE = "四川某高新区今年新增科技型企业12家，另有3条中试线投入使用，园区还为企业减免租金。"


@pytest.mark.parametrize("piece", [f"<p>{SENTENCE}</p>", f"  <div>{SENTENCE}</div>\n", f"<p>{SENTENCE}</p><p>完</p>"])
def test_a_piece_of_markup_without_a_frame_is_markup(piece: str) -> None:
    page = read_page(piece.encode())
    assert [a.paragraphs[0] for a in page.articles] == [SENTENCE]


def test_a_lone_tag_in_a_text_is_text() -> None:
    page = read_page(f"某高新区通报\n\n{SENTENCE}<br>\n".encode())
    assert page.blocks[0].line == 1


def test_what_a_template_holds_is_said_and_left_out() -> None:
    page = read_page(f"<html><body><template><p>{SENTENCE}</p></template><p>另一段。</p></body></html>".encode())
    [hidden] = [b for b in page.blocks if b.text == SENTENCE]
    assert hidden.label is Label.HIDDEN
