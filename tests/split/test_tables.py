"""Tables of an article, as rows and cells."""

import ingest
from ingest.model import Table

HEAD = "<h1>某市公布三季度数据</h1><div><p>某市统计局5月6日公布三季度数据，各县区增速均有提高，其中南县最快。</p>"
ROWS = (
    "<table><tr><td></td><td>总量</td><td>增速</td></tr><tr><td>南县</td><td>35.2</td><td>8.1%</td></tr></table></div>"
)


def test_cells_keep_their_columns() -> None:
    [article] = ingest.read_page(f"<html><body>{HEAD}{ROWS}</body></html>".encode()).articles
    assert article.tables == (Table(paragraph=1, rows=(("", "总量", "增速"), ("南县", "35.2", "8.1%"))),)
    assert article.paragraphs[1:] == ("\t总量\t增速", "南县\t35.2\t8.1%")
