"""Hostile content, hostile addresses, hostile hosts and forms: nothing of a page is run, nothing leads astray."""

import csv
import hmac
import io
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from lxml import html

from ingest.reader.guard import HEADERS, matches
from ingest.reader.serve import names
from ingest.reader.site import Site
from ingest.store.engine import Database
from tests.flows.project import Project
from tests.reader.made import HOSTILE, PATIENCE, WHO, client, doubtful, serving, site
from tests.store.pages import rows

TOKEN = "8e1f0a7c5b3d2946"
_OURS = re.compile(r"Traceback|CREATE TABLE|syntax error|OperationalError|root:x:")  # what an error would give away
ENDS = re.compile(r"(?:\?|#|/(?![/\\]))")  # how a link to ourselves begins
PARAMETERS = (
    "q",
    "zone",
    "source",
    "kind",
    "name",
    "unit",
    "aspect",
    "by",
    "record",
    "after",
    "since",
    "until",
    "flag",
    "region",
    "rows",
    "done",
    "wrong",
)
TRIED = (
    "' OR 1=1 --",
    "'; DROP TABLE article; --",
    '" UNION SELECT sql FROM sqlite_master --',
    "%27%29%3B",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "\\..\\..\\",
    "NEAR(",
    '"',
    "*",
    "{{7*7}}",
    "<script>",
    "\u0000",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "x" * 20_000,
    "WyJhIl0",
    "bnVsbA",
    "W1tdXQ",
)


@pytest.fixture(scope="module")
def reader(filled: Path) -> Iterator[httpx.Client]:
    """A client of a reader that nobody writes to."""
    made = site(f"sqlite:///{filled}/ingest.db", filled, writable=False)
    with client(made) as asking:
        yield asking
    made.database.close()


@pytest.fixture(scope="module")
def keys(filled: Path) -> list[str]:
    """The keys of the hostile articles."""
    database = Database(f"sqlite:///{filled}/ingest.db", ask=True)
    found = [row["key"] for row in rows(database, "article") if row["title"] in HOSTILE]
    database.close()
    assert len(found) == len(HOSTILE)
    return found


def views(keys: list[str]) -> list[str]:
    """Return addresses of all views, those of the hostile articles among them."""
    of_zone = [
        f"/zone/{quote(each, safe='')}{part}" for each in ("绵阳高新区", HOSTILE[0]) for part in ("", "/indicators")
    ]
    of_articles = [f"/article/{key}{part}" for key in keys[:4] for part in ("", "/history", "/copies", "/capture")]
    lists = ["/", "/articles", "/articles?q=window", "/arrivals", "/runs", "/quarantine", "/zones", "/compare"]
    figures = [f"/compare?{urlencode({'name': HOSTILE[0]})}", f"/articles?{urlencode({'zone': HOSTILE[1]})}"]
    of_articles += [f"/article/{key}/records" for key in keys[4:6]]
    return [*lists, "/review", "/review?kind=indicators", "/review/decisions", *figures, *of_articles, *of_zone]


def faults(content: str) -> list[str]:
    """Return what of a page could run, load or lead astray."""
    tree = html.document_fromstring(content)
    found = [str(each.tag) for each in tree.iter("style", "iframe", "object", "embed", "base", "meta", "img", "form")]
    found = [tag for tag in found if tag not in {"meta", "form"}]
    for each in tree.iter(html.etree.Element):
        for name, value in ((str(name), str(value)) for name, value in each.attrib.items()):
            if name.startswith("on") or name == "style":
                found.append(f"{each.tag} {name}")
            if name in {"href", "src", "action", "formaction"} and not ENDS.match(value):
                found.append(f"{each.tag} {name}={value}")
    return found + [str(s.text) for s in tree.iter("script") if s.text]


def words(content: str) -> str:
    """Return the text of a page."""
    return "".join(str(each) for each in html.document_fromstring(content).itertext())


def test_pages_that_are_hostile_in_every_field_show_as_text(reader: httpx.Client, keys: list[str]) -> None:
    shown: set[str] = set()
    records = reader.get(f"/article/{keys[0]}/records.json").json()["rows"]
    for there in [*views(keys), *(f"/review/record/{each['key']}" for each in records)]:
        answer = reader.get(there)
        assert answer.status_code in {200, 404}, (there, answer.text[-500:])
        assert faults(answer.text) == [], there
        shown |= {each for each in HOSTILE if each in words(answer.text)}
        assert "49" not in re.findall(r"\{\{ ?7\*7|\b49\b(?=\{)", answer.text), there
    assert shown == set(HOSTILE)


def test_every_answer_has_the_headers(reader: httpx.Client) -> None:
    for there in ("/", "/assets/style.css", "/nothing", "/articles.json", "/articles.csv", "/review", "/article/zz"):
        headers = reader.get(there).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, there
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)


def test_what_goes_into_a_spreadsheet_is_no_formula(reader: httpx.Client) -> None:
    for there in ("/articles.csv", "/review.csv", "/quarantine.csv"):
        cells = [cell for row in csv.reader(io.StringIO(reader.get(there).text.lstrip("\ufeff"))) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "@", "-"))] == [], there


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_no_parameter_is_taken_for_sql_or_a_path(reader: httpx.Client, keys: list[str], parameter: str) -> None:
    for there in (
        "/articles",
        "/review",
        "/compare",
        "/compare/figures.json",
        "/quarantine.csv",
        f"/article/{keys[0]}",
    ):
        for tried in TRIED:
            answer = reader.get(f"{there}?{urlencode({parameter: tried})}")
            assert answer.status_code in {200, 400, 404, 414}, (there, tried, answer.text[-300:])
            assert not _OURS.search(answer.text), (there, tried)
    assert reader.get("/articles.json").json()["rows"]


@pytest.mark.parametrize(
    "path", ["/assets/{}", "/article/{}", "/article/{}/raw", "/zone/{}", "/record/{}", "/review/record/{}", "/{}"]
)
def test_no_path_leads_out(reader: httpx.Client, path: str) -> None:
    for tried in TRIED:
        answer = reader.get(path.format(quote(tried, safe="")))
        assert answer.status_code in {200, 303, 400, 404, 414}, (tried, answer.text[-300:])
        assert "root:" not in answer.text
    for tried in ("..%2F..%2Fapp.py", "%2e%2e/app.py", "..%5Capp.py", "/etc/passwd", "style.css%00.js"):
        assert reader.get(f"/assets/{tried}").status_code == 404


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=40), max_size=4), st.sampled_from(range(5)))
@trying(max_examples=60)
def test_any_words_are_answered(reader: httpx.Client, query: dict[str, str], place: int) -> None:
    there = ("/articles", "/review", "/compare", "/review/decisions.json", "/zones.csv")[place]
    told = urlencode({name: value.encode("utf-8", "replace").decode() for name, value in query.items()})
    answer = reader.get(f"{there}?{told}")
    assert answer.status_code in {200, 400, 404}, answer.text[-300:]


def test_a_host_that_is_not_ours_is_refused(reader: httpx.Client) -> None:
    for name in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "[::1].evil.example"):
        assert reader.get("/", headers={"host": name}).status_code in {400, 421}, name
    assert reader.get("/", headers={"host": "localhost:8300"}).status_code == 200


def test_nothing_is_shown_without_the_token(filled: Path) -> None:
    made = site(f"sqlite:///{filled}/ingest.db", filled, token=TOKEN)
    get = partial(httpx.get, trust_env=False, timeout=PATIENCE)
    with serving(made) as address:
        for there in ("/", "/articles.json", "/review", "/article/0000/raw"):
            answer = get(address + there)
            assert (answer.status_code, answer.headers["location"]) == (303, "/login"), there
            assert "绵阳" not in answer.text
        assert httpx.post(f"{address}/review/decide", trust_env=False, timeout=PATIENCE).status_code == 403
        wrong = get(f"{address}/?token={TOKEN[:-1]}")
        assert "ingest_reader" not in wrong.headers.get("set-cookie", "")
        right = get(f"{address}/articles?q=x&token={TOKEN}")
        assert right.headers["location"] == "/articles?q=x"
        kept = right.headers["set-cookie"].lower()
        assert all(word in kept for word in ("httponly", "samesite=strict"))
        astray = get(f"{address}//evil.example/?token={TOKEN}")
        assert not astray.headers.get("location", "/").startswith("//")
    made.database.close()


def test_tokens_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    real = hmac.compare_digest

    def noted(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return bool(real(one, other))

    monkeypatch.setattr(hmac, "compare_digest", noted)
    assert not matches("绵", TOKEN)
    assert matches(TOKEN, TOKEN)
    assert len(compared) == 2


def decision(asking: httpx.Client, own: Site) -> dict[str, str]:
    """Return the form of a decision as the page has it."""
    [stamp, *_] = re.findall(r'name="stamp" value="(\w+)"', asking.get("/review?kind=indicators").text)
    key = doubtful(own.database)["key"]
    return {
        "stamp": stamp,
        "kind": "indicator",
        "key": key,
        "verdict": "rejected",
        "by": WHO,
        "back": "?kind=indicators",
    }


def sent(asking: httpx.Client, form: dict[str, str], **headers: str) -> httpx.Response:
    """Send a form as a browser does."""
    return asking.post("/review/decide", data=form, headers={"origin": str(asking.base_url).rstrip("/")} | headers)


def test_a_decision_is_stored_with_who_and_when(asking: httpx.Client, own: Site) -> None:
    answer = sent(asking, decision(asking, own) | {"note": HOSTILE[0]})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/review?kind=indicators&done=indicator:")
    [row] = rows(own.database, "decision")
    assert (row["decided_by"], row["verdict"], row["note"]) == (WHO, "rejected", HOSTILE[0])
    assert row["decided_at"].tzinfo is not None
    after = asking.get(answer.headers["location"]).text
    assert "was rejected" in after
    assert WHO in after  # the name is filled in from now on
    assert faults(asking.get("/review/decisions").text) == []


@pytest.mark.parametrize(
    ("change", "headers", "status"),
    [
        ({}, {"origin": "http://evil.example"}, 403),
        ({}, {"origin": "null"}, 403),
        ({}, {"origin": ""}, 403),
        ({"stamp": "0" * 64}, {}, 403),
        ({"stamp": ""}, {}, 403),
        ({"stamp": "\ud7ff"}, {}, 403),
        ({}, {"cookie": "ingest_review=other"}, 403),
        ({"kind": "article"}, {}, 403),
        ({"kind": "indicator; DROP TABLE decision"}, {}, 403),
        ({"key": "' OR 1=1"}, {}, 403),
        ({"key": "0" * 32}, {}, 400),
        ({"verdict": "erased"}, {}, 403),
        ({"by": ""}, {}, 400),
        ({"by": "x" * 200}, {}, 400),
        ({"note": "x" * 2000}, {}, 400),
        ({"note": "x" * 100_000}, {}, 403),
        ({"verdict": "corrected", "says_value": "x"}, {}, 400),
    ],
)
def test_a_form_that_is_not_ours_stores_nothing(
    asking: httpx.Client, own: Site, change: dict[str, str], headers: dict[str, str], status: int
) -> None:
    form = decision(asking, own) | change
    assert sent(asking, form, **headers).status_code == status
    assert rows(own.database, "decision") == []


def test_a_way_back_never_leads_to_another_host(asking: httpx.Client, own: Site) -> None:
    answer = sent(asking, decision(asking, own) | {"back": "//evil.example/"})
    assert answer.headers["location"].startswith("/review?done=")


def test_two_who_see_the_same_are_told(asking: httpx.Client, own: Site) -> None:
    form = decision(asking, own)
    assert sent(asking, form).status_code == 303
    assert sent(asking, form | {"seen": "0"}).status_code == 409


def test_only_the_form_decides_and_nobody_where_it_is_read_only(folder: Path) -> None:
    made = site(f"sqlite:///{folder}/ingest.db", folder, writable=False)
    with client(made) as asking:
        assert asking.get("/review/decide").status_code in {404, 405}
        assert "review/decide" not in asking.get("/review").text
        form = {"stamp": "0", "kind": "indicator", "key": "0" * 32, "verdict": "rejected", "by": WHO}
        refused = sent(asking, form)
        assert (refused.status_code, "read-only" in refused.text) == (403, True)
    made.database.close()


def test_a_busy_database_is_told_and_views_go_on(asking: httpx.Client, own: Site, folder: Path) -> None:
    form = decision(asking, own)
    writer = Database(f"sqlite:///{folder}/ingest.db")
    with writer.write():  # an ingest in the middle of a chunk
        assert asking.get("/articles").status_code == 200
        busy = sent(asking, form)
        assert (busy.status_code, "busy" in busy.text) == (503, True)
    writer.close()
    assert sent(asking, form).status_code == 303


def test_a_view_that_is_being_answered_lets_a_writer_write(own: Site, folder: Path) -> None:
    from sqlalchemy import event, text

    def impatient(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA busy_timeout=100")

    writer = Database(f"sqlite:///{folder}/ingest.db")
    writer.engine.dispose()
    event.listen(writer.engine, "connect", impatient)
    with own.read() as connection:
        streaming = connection.execution_options(yield_per=1).execute(text("SELECT key FROM article"))
        assert streaming.fetchone()
        with writer.write() as other:
            other.execute(text("UPDATE source SET title = 'written'"))
        assert streaming.fetchone()
        with pytest.raises(Exception, match=r"readonly|read-only"):
            connection.execute(text("UPDATE source SET title = 'by a view'"))
    assert rows(writer, "source")[0]["title"] == "written"
    writer.close()


PAGE = """<html><head><meta charset="utf-8"><title>绵阳高新区两条产线开工</title></head><body>
<div class="nav" onclick="window.hit=1">
<a href="javascript:window.hit=1">首页&lt;script&gt;window.hit=1&lt;/script&gt;</a></div>
<h1>绵阳高新区两条产线开工&lt;img src=x onerror=window.hit=1&gt;</h1>
<p>2025年3月2日 来源：涪江日报&lt;svg onload=window.hit=1&gt;</p>
<p>绵阳高新区今年引进企业31家，其中规上企业12家。&lt;script&gt;window.hit=1&lt;/script&gt;两条产线明年投产，产值可达412.5亿元。</p>
<script>window.hit=1</script><style>body{display:none}</style>
<p>管委会说，园区还要加大投入，&lt;/mark&gt;&lt;style&gt;body{display:none}&lt;/style&gt;推动更多产线落地，带动上下游一同发展。</p>
</body></html>
"""


def test_a_hostile_page_as_it_came_shows_as_text(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.put("a.html", PAGE)
    project.run()
    [article] = project.rows("article")
    settings = project.settings()
    made = Site(settings, Database(settings.database, ask=True), hosts=names("127.0.0.1", None))
    with client(made) as asking:
        for part in ("", "/capture", "/records", "/history", "/copies"):
            answer = asking.get(f"/article/{article['key']}{part}")
            assert answer.status_code == 200
            assert faults(answer.text) == [], part
            if part in {"", "/capture"}:
                assert "<script>window.hit=1</script>" in words(answer.text), part
        raw = asking.get(f"/article/{article['key']}/raw")
        assert raw.content == PAGE.encode()
        assert raw.headers["content-type"] == "application/octet-stream"
        assert raw.headers["content-disposition"].startswith("attachment")
    made.database.close()
