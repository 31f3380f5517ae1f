"""What sites do: one behaviour a path, with what must come of it. The table is the test."""

import asyncio
import gzip
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli

from tests.fetch_web.site import Answer, Behaviour, Request, closing, fixed, in_turn, page

MAX_BYTES = 200_000
PAGE = page()
_CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
BIG = b"0" * (MAX_BYTES * 20)


@dataclass(frozen=True)
class Case:
    """A behaviour and its outcome: ``gives`` is a page, or words of the error; ``tries`` how often it was asked.

    ``seconds`` are those it is given: few where it would take any number.
    """

    path: str
    behaviour: Behaviour
    gives: str = "page"
    transient: bool = False
    tries: int = 1
    seconds: float = 30


def leads_to(place: str, status: str = "302 Found") -> Behaviour:
    return fixed(status, b"", Location=place)


async def chunked_cut(_: Request, answer: Answer) -> None:
    await answer.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf a chunk"
    )
    answer.writer.close()


async def chunked(_: Request, answer: Answer) -> None:
    await answer.raw(_CHUNKED)
    for at in range(0, len(PAGE), 7):
        piece = PAGE[at : at + 7]
        await answer.raw(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    await answer.raw(b"0\r\n\r\n")


async def drip(_: Request, answer: Answer) -> None:
    await answer.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while not answer.writer.is_closing():
        await answer.raw(b"x")
        await asyncio.sleep(0.05)


async def endless(_: Request, answer: Answer) -> None:
    await answer.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not answer.writer.is_closing():
        await answer.raw(b"<p>more</p>" * 1000)
        await asyncio.sleep(0)


async def endless_head(_: Request, answer: Answer) -> None:
    await answer.raw(b"HTTP/1.1 200 OK\r\n")
    while not answer.writer.is_closing():
        await answer.raw(b"X-More: " + b"a" * 1000 + b"\r\n")
        await asyncio.sleep(0)


async def silent(_: Request, answer: Answer) -> None:
    await asyncio.sleep(3600)


async def silent_body(_: Request, answer: Answer) -> None:
    await answer.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10\r\n\r\nhalf")
    await asyncio.sleep(3600)


async def reset_at_once(_: Request, answer: Answer) -> None:
    answer.reset()


async def reset_in_head(_: Request, answer: Answer) -> None:
    await answer.raw(b"HTTP/1.1 200 OK\r\nContent-")
    answer.reset()


async def reset_in_body(_: Request, answer: Answer) -> None:
    await answer.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<html>")
    await asyncio.sleep(0.05)
    answer.reset()


async def no_http(_: Request, answer: Answer) -> None:
    await answer.raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    answer.writer.close()


async def cookie_wall(request: Request, answer: Answer) -> None:
    if "pass=1" in request.headers.get("cookie", ""):
        await answer.send(body=PAGE)
    else:
        await answer.send("302 Found", b"", headers={"Location": "/cookie-wall", "Set_Cookie": "pass=1; Path=/"})


async def cookie_circle(_: Request, answer: Answer) -> None:
    await answer.send("302 Found", b"", headers={"Location": "/cookie-circle", "Set_Cookie": "pass=1; Path=/nowhere"})


def broken(path: str, behaviour: Behaviour, gives: str) -> Case:
    """What may be whole the next time: it is tried twice."""
    return Case(path, behaviour, gives, transient=True, tries=2)


def unending(path: str, behaviour: Behaviour) -> Case:
    """What never comes to its end: it is cut off after a while, twice."""
    return Case(path, behaviour, "longer than", transient=True, tries=2, seconds=1)


def cases() -> list[Case]:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
    later = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    deflated = zlib.compressobj(wbits=-15)
    bare = deflated.compress(PAGE) + deflated.flush()
    _circle = b'<meta http-equiv=refresh content="0;/refresh-circle">'
    return [
        Case("/ok", fixed()),
        Case("/chunked", chunked),
        Case("/no-length", closing(body=PAGE)),
        Case("/203", fixed("203 Non-Authoritative Information")),
        Case("/204", fixed("204 No Content", b""), "status 204"),
        broken("/empty", fixed(body=b""), "without a body"),
        Case("/206", fixed("206 Partial Content"), "status 206"),
        # Redirects, followed by hand.
        *[Case(f"/{code}", leads_to("/ok", f"{code} Moved")) for code in (301, 302, 303, 307, 308)],
        Case("/300", fixed("300 Multiple Choices", PAGE), "status 300"),
        Case("/redirect-nowhere", fixed("302 Found", b""), "no place to go"),
        Case("/redirect-broken", leads_to("http://example.org:port/"), "no address"),
        Case("/redirect-utf8", leads_to("/页面")),
        Case("/%E9%A1%B5%E9%9D%A2", fixed()),
        Case("/redirect-self", leads_to("/redirect-self"), "circles", tries=2),
        Case("/circle-a", leads_to("/circle-b"), "circles", tries=2),
        Case("/circle-b", leads_to("/circle-a"), "circles", tries=2),
        *[Case(f"/chain-{n}", leads_to(f"/chain-{n + 1}"), "redirects" if n < 2 else "page") for n in range(12)],
        Case("/chain-12", fixed()),
        Case("/refresh", fixed(body=b'<meta http-equiv="Refresh" content="0; url=/ok">')),
        Case(
            "/refresh-circle", fixed(body=b'<meta http-equiv=refresh content="0;/refresh-circle">'), "circles", tries=2
        ),
        Case("/refresh-slow", fixed(body=b'<meta http-equiv="refresh" content="600; url=/gone">' + PAGE)),
        Case("/cookie-wall", cookie_wall, tries=2),
        Case("/cookie-circle", cookie_circle, "circles", tries=2),
        # Redirects out of the web.
        Case("/to-file", leads_to("file:///etc/passwd"), "only http and https"),
        Case("/to-ftp", leads_to("ftp://example.org/x"), "only http and https"),
        Case("/to-script", leads_to("javascript:alert(1)"), "only http and https"),
        Case("/to-user", leads_to("http://user:secret@example.org/"), "user or password"),
        # Refusals, lasting and passing.
        *[Case(f"/{code}", fixed(f"{code} No"), f"status {code}") for code in (400, 405, 406, 411, 414, 418, 501, 505)],
        *[Case(f"/{code}", fixed(f"{code} No"), "not for us") for code in (401, 403, 407, 451)],
        *[Case(f"/{code}", fixed(f"{code} No"), "is not there") for code in (404, 410)],
        *[
            Case(f"/{code}", fixed(f"{code} Wait"), f"status {code}", transient=True, tries=2)
            for code in (408, 425, 429, 500, 502, 503, 504, 520, 522, 524)
        ],
        Case("/mended", in_turn(fixed("503 Wait"), fixed()), tries=2),
        Case("/retry-seconds", in_turn(fixed("429 Slow", Retry_After="1"), fixed()), tries=2),
        Case("/retry-date", in_turn(fixed("503 Wait", Retry_After=soon), fixed()), tries=2),
        Case("/retry-long", fixed("503 Wait", Retry_After="86400"), "status 503", transient=True),
        Case("/retry-late", fixed("503 Wait", Retry_After=later), "status 503", transient=True),
        broken("/retry-odd", fixed("503 Wait", Retry_After="soon"), "status 503"),
        Case("/challenge-412", fixed("412 No", b"<script>cookie()</script>"), "bot challenge"),
        Case("/challenge-521", fixed("521 No", b"<script>cookie()</script>"), "bot challenge"),
        Case("/challenge-cf", fixed("403 No", b"wait", cf_mitigated="challenge"), "bot challenge"),
        # Bodies.
        Case("/gzip", fixed(body=gzip.compress(PAGE), Content_Encoding="gzip")),
        Case("/gzip-plain", fixed(body=PAGE, Content_Encoding="gzip")),
        Case("/gzip-twice", fixed(body=gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip")),
        Case(
            "/gzip-cut",
            fixed(body=gzip.compress(PAGE)[:-9], Content_Encoding="gzip"),
            "damaged",
            transient=True,
            tries=2,
        ),
        Case("/deflate", fixed(body=zlib.compress(PAGE), Content_Encoding="deflate")),
        Case("/deflate-bare", fixed(body=bare, Content_Encoding="deflate")),
        Case("/brotli", fixed(body=brotli.compress(PAGE), Content_Encoding="br")),
        Case(
            "/brotli-cut",
            fixed(body=brotli.compress(PAGE)[:-4], Content_Encoding="br"),
            "damaged",
            transient=True,
            tries=2,
        ),
        Case("/odd-packing", fixed(body=PAGE, Content_Encoding="compress"), "nobody asked for"),
        Case("/gzip-bomb", fixed(body=gzip.compress(BIG), Content_Encoding="gzip"), "unpacks to more than"),
        Case("/brotli-bomb", fixed(body=brotli.compress(BIG), Content_Encoding="br"), "unpacks to more than"),
        Case("/deflate-bomb", fixed(body=zlib.compress(BIG), Content_Encoding="deflate"), "unpacks to more than"),
        Case("/large", fixed(body=BIG), "is larger than"),
        Case("/large-said", closing(body=b"<html>", length=10**12), "is larger than"),
        Case("/endless", endless, "is larger than"),
        broken("/endless-head", endless_head, "no HTTP"),
        broken("/length-more", closing(body=PAGE, length=len(PAGE) + 10), "cut short"),
        Case("/length-less", closing(body=PAGE + b"<p>more", length=len(PAGE))),
        broken("/length-odd", fixed(body=PAGE, length=-1, Content_Length="many"), "no HTTP"),
        broken("/chunked-cut", chunked_cut, "cut short"),
        unending("/drip", drip),
        unending("/silent", silent),
        unending("/silent-body", silent_body),
        broken("/reset", reset_at_once, "tried again"),
        broken("/reset-head", reset_in_head, "tried again"),
        broken("/reset-body", reset_in_body, "tried again"),
        broken("/ssh", no_http, "no HTTP"),
        # What a body is said to be.
        Case("/type-none", fixed(Content_Type="")),
        Case("/type-odd", fixed(Content_Type="html")),
        Case("/type-stream", fixed(Content_Type="application/octet-stream")),
        Case("/type-picture", fixed(Content_Type="image/png"), "is image/png"),
        Case("/type-film", fixed(Content_Type="video/mp4"), "is video/mp4"),
        Case("/type-pdf", fixed(Content_Type="application/pdf"), "is application/pdf"),
    ]
