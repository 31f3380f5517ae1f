"""The pages of WARC files: each filter keeps what it names and leaves out the rest, in whatever charset a page is."""

import gzip
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ingest.errors import TargetError
from ingest.model import Target
from ingest.sources.warc import WarcSource, discover, read

HTML = "<html><head><title>新闻</title></head><body><p>{}</p></body></html>"
FILLER = "本报讯近日当地召开会议研究部署下一阶段重点工作有关负责人参加" * 20


class Crawl:
    """A folder with one WARC file, written record by record."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "a.warc.gz"

    def put(self, url: str, content: bytes, *, status: str = "200 OK", kind: str = "response", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        of_record = {name: named.pop(name) for name in list(named) if name.startswith("WARC-")}
        http = StatusAndHeaders(status, list(({"Content-Type": "text/html"} | named).items()), protocol="HTTP/1.1")
        with self.path.open("ab") as file:
            writer = WARCWriter(file, gzip=True)
            record = writer.create_warc_record(
                url,
                kind,
                payload=BytesIO(content),
                length=len(content),
                http_headers=http if kind == "response" else None,
                warc_headers_dict=of_record,
            )
            writer.write_record(record)

    def targets(self, **keys: Any) -> list[Target]:
        source = WarcSource.model_validate(
            {"name": "x", "kind": "warc", "title": "x", "folder": str(self.folder)} | keys
        )
        return list(discover(source, Path("/")))

    def addresses(self, **keys: Any) -> list[str]:
        return [target.address for target in self.targets(**keys)]


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    return Crawl(tmp_path)


def page(text: str, charset: str = "utf-8", declared: str = "") -> bytes:
    return (f"<meta charset={declared}>" + HTML.format(FILLER + text)).encode(charset, "ignore")


def test_words_are_found_in_every_charset_and_spelling(crawl: Crawl) -> None:
    entities = "".join(f"&#{ord(c)};" for c in "高新区")
    pages = {
        "utf-8": page("高新区"),
        "gbk": page("高新区", "gbk"),
        "gb18030": page("高新区", "gb18030"),
        "big5": page("高新區", "big5", "big5"),
        "entities": page(entities),
        "ascii": HTML.format(entities).encode(),
        "short": "高新区".encode("gbk"),
        "ampersand": page("A&B 高新区"),
        "packed": gzip.compress(page("高新区")),
    }
    for name, content in pages.items():
        packed = {"Content_Encoding": "gzip"} if name == "packed" else {}
        crawl.put(f"http://a.cn/{name}", content, **packed)
        crawl.put(f"http://a.cn/no-{name}", content.replace("高新".encode(), b"").replace("高新".encode("gbk"), b"")
                  .replace("高新".encode("big5"), b"").replace(b"&#", b"# &"))  # fmt: skip
    found = [each.removeprefix("http://a.cn/") for each in crawl.addresses(words=["高新区", "高新區"])]
    assert sorted(found) == sorted(pages)


def test_what_is_no_page_is_left_out_whatever_it_holds(crawl: Crawl) -> None:
    crawl.put("http://a.cn/ok", page("高新区"))
    crawl.put("http://a.cn/404", page("高新区"), status="404 Not Found")
    crawl.put("http://a.cn/2000", page("高新区"), status="2000 Odd")
    crawl.put("http://a.cn/picture", page("高新区"), Content_Type="image/png")
    crawl.put("dns:a.cn", b"a", kind="resource")
    crawl.put("http://a.cn/text", "绵阳高新区".encode(), kind="conversion")
    assert crawl.addresses() == crawl.addresses(words=["高新区"]) == ["http://a.cn/ok", "http://a.cn/text"]


def test_hosts_addresses_and_languages(crawl: Crawl) -> None:
    for url in (
        "http://www.gxq.gov.cn/a",
        "https://WWW.GXQ.GOV.CN:8443/b",
        "http://u@gxq.gov.cn/c",
        "http://b.cn/gxq.gov.cn",
    ):
        crawl.put(url, page(""))
    assert len(crawl.addresses(hosts=["*.gov.cn"])) == 3
    assert len(crawl.addresses(hosts=["gxq.gov.cn", "b.cn"])) == 2
    assert [each[-1] for each in crawl.addresses(include=["*/a", "*/b"], exclude=["*:8443/*"])] == ["a"]
    assert crawl.addresses(include=[]) == []
    crawl.put("http://c.cn/", page(""), WARC_Identified_Content_Language="eng,zho")
    crawl.put("http://d.cn/", page(""), WARC_Identified_Content_Language="eng")
    assert [each for each in crawl.addresses() if each[7] in "cd"] == ["http://c.cn/"]


def test_a_torn_file_gives_what_stands_before_and_then_a_target_that_says_so(crawl: Crawl) -> None:
    for number in range(3):
        crawl.put(f"http://a.cn/{number}", page(str(number)))
    whole = crawl.path.read_bytes()
    crawl.path.write_bytes(whole[:-40])
    first, second, torn = crawl.targets()
    assert read(first.location, max_bytes=10**6)[0] == page("0")
    assert read(second.location, max_bytes=10**6)[0] == page("1")
    with pytest.raises(TargetError, match="breaks off"):
        read(torn.location, max_bytes=10**6)


CHARSETS = st.sampled_from(["utf-8", "gb18030"])
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=12, max_size=80)


@given(HAN, st.integers(0, 80), CHARSETS, st.booleans())
def test_a_word_is_found_wherever_it_stands(
    tmp_path_factory: pytest.TempPathFactory, text: str, at: int, charset: str, has: bool
) -> None:
    text = text.replace("高新区", "")
    crawl = Crawl(tmp_path_factory.mktemp("crawl"))
    crawl.put("http://a.cn/", HTML.format(text[:at] + "高新区" * has + text[at:]).encode(charset))
    assert len(crawl.addresses(words=["高新区"])) == has
