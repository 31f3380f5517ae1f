"""A database with articles in doubt and articles that are hostile in every field, and the reader of it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from ingest.model import Article, Flag, Honour, Mark, Person, Place, Policy, Programme, Topic
from ingest.reader.app import application
from ingest.reader.serve import names
from ingest.reader.site import Site
from ingest.settings import Settings
from ingest.store.engine import Database
from tests.store.pages import article, indicator, organisation, read, rows, store

HOSTILE = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=1>',
    "'><svg/onload=window.hit=1>",
    "</mark></style><style>body{display:none}</style>",
    "javascript:window.hit=1//",
    "{{ 7*7 }}{% raw %}${7*7}",
    '=HYPERLINK("http://203.0.113.9/","x")',
    "@import url(http://203.0.113.9/x.css);",
    "http://203.0.113.9/leak?q=1",
)
ARTICLES = 60
PATIENCE = 120  # seconds: the machine of the tests has others at work
WHO = "周敏"


def hostile(number: int) -> Article:
    """Make an article that has something hostile in every field that a page can fill."""
    bad = [HOSTILE[(number + place) % len(HOSTILE)] for place in range(len(HOSTILE))]
    text = "".join(bad)
    span: dict[str, Any] = {"paragraph": 0, "start": 0, "end": len(bad[0]), "text": bad[0], "confidence": 0.3}
    figure = replace(indicator(), subject=bad[1], name=bad[2], unit=bad[3], method=bad[4], **span)
    made = article(
        title=bad[0],
        zones=("绵阳高新区", bad[1]),
        keywords=tuple(bad),
        regions=tuple(bad[:3]),
        authors=tuple(bad),
        editors=tuple(bad),
        paragraphs=(text,),
        originals=(text[::-1],),
        headings=(text,),
        topic=Topic(name=bad[5], score=0.9, cues=(bad[6],)),
        flags=(Flag(name=bad[7], score=0.5, reason=bad[8]),),
        indicators=(figure,),
        organisations=(replace(organisation(bad[2]), kind=bad[3], aliases=tuple(bad), **span),),
        people=(Person(**span, name=bad[3], role=bad[4], organisation=bad[5]),),
        policies=(Policy(**span, name=bad[4]),),
        programmes=(Programme(**span, name=bad[5]),),
        honours=(Honour(**span, name=bad[6], recipient=bad[7]),),
        places=(Place(**span, name=bad[8], kind=bad[0]),),
        marks=(
            Mark(kind=bad[0], paragraph=0, start=1, end=9, text=bad[1], reason=bad[2]),
            Mark(kind=bad[3], paragraph=-1, start=0, end=2, text=bad[4]),
        ),
        candidates=(bad[5] + text[9:],),
    )
    texts = {f.name for f in fields(made) if f.name in _TEXTS}
    filled: dict[str, Any] = {name: bad[place % len(bad)] for place, name in enumerate(sorted(texts))}
    return replace(made, **filled)


_TEXTS = {
    "subtitle",
    "kicker",
    "publisher",
    "contributor",
    "dateline",
    "image_credit",
    "image_caption",
    "canonical",
    "image",
    "next_page",
}


def fill(database: Database) -> None:
    """Store sound articles of three years with figures in doubt, and the hostile ones."""
    sound = []
    for number in range(ARTICLES):
        doubt = indicator(Decimal(31 + number), confidence=0.4 + (number % 10) / 100)
        sure = indicator(Decimal(100 + number), name="研发投入", unit="亿元", aspect="level")
        made = article(
            title=f"绵阳高新区第{number}号简报",
            published_on=date(2022 + number % 3, 1 + number % 12, 3),
            published_at=None,
            indicators=(doubt, replace(sure, period=(date(2022 + number % 3, 1, 1), date(2022 + number % 3, 12, 31)))),
        )
        sound.append(read(made, address=f"{number}.html", content=str(number).encode()))
    bad = [
        read(hostile(number), address=f"{number}{HOSTILE[number]}", content=b"x%d" % number)
        for number in range(len(HOSTILE))
    ]
    store(database, *sound, *bad)


def site(address: str, folder: Path, **more: Any) -> Site:
    """Return the site of a database."""
    configured = Settings(config=folder / "config", database_url=address)
    given: dict[str, Any] = {"token": None, "hosts": names("127.0.0.1", None)}
    return Site(configured, Database(address, ask=True), **given | more)


@contextmanager
def client(made: Site) -> Iterator[httpx.Client]:
    """Serve a site, and give a client that asks it."""
    with serving(made) as address, httpx.Client(base_url=address, timeout=PATIENCE, trust_env=False) as asking:
        yield asking


@contextmanager
def serving(made: Site) -> Iterator[str]:
    """Serve a site on loopback; give its address."""
    # With its protocol, as the reader itself makes it: without, asyncio leaves TCP to wait 40 ms with each answer.
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        server = uvicorn.Server(uvicorn.Config(application(made), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + PATIENCE
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        assert server.started
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(PATIENCE)


def doubtful(database: Database) -> dict[str, Any]:
    """Return the first sound indicator in doubt."""
    found = [row for row in rows(database, "indicator") if row["confidence"] < 0.6 and row["name"] == "企业"]
    return min(found, key=lambda row: row["key"])
