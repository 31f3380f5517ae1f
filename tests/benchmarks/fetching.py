"""Fetching beside bare httpx, the pace as the server sees it, a site run twice, and WARC reading beside bare fastwarc.

    uv run --group bench python -m tests.benchmarks.fetching [--part throughput|pace|again|warc]

The server runs in a process of its own, so that what is measured is the client.
"""

import argparse
import asyncio
import multiprocessing
import random
import time
from collections import defaultdict
from io import BytesIO
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx
from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ingest.fetch.web.fetcher import Fetcher
from ingest.fetch.web.manners import Manners
from ingest.fetch.web.session import Session, Wanted
from ingest.sources.warc import WarcSource, discover
from tests.fetch_web import again as unchanging
from tests.fetch_web.site import Site, fixed, page

CONCURRENCY = 16
ROUNDS = 3


def serve(pages: int, size: int, pipe: Connection) -> None:
    """Run a site until told to stop, and send back who asked when."""
    body = page("高" * (size // 3))
    with Site({f"/{n}": fixed(body=body) for n in range(pages)}, host="0.0.0.0") as site:
        pipe.send(site.port)
        while pipe.recv() == "log":
            pipe.send([(request.headers["host"], request.at) for request in site.log])
            site.log.clear()


async def bare(urls: list[str]) -> None:
    gate = asyncio.Semaphore(CONCURRENCY)
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:

        async def one(url: str) -> None:
            async with gate:
                (await client.get(url)).raise_for_status()

        await asyncio.gather(*map(one, urls))


async def ours(urls: list[str]) -> None:
    fetcher = Fetcher("bench/1", concurrency=CONCURRENCY, per_host=CONCURRENCY)
    manners = Manners(pace=0, robots=True, allow_private=True)
    await asyncio.gather(*(fetcher.fetch(url, manners) for url in urls))
    await fetcher.aclose()


def throughput(port: int, pages: int) -> None:
    urls = [f"http://127.0.0.1:{port}/{n}" for n in range(pages)]
    best = {"bare httpx": 0.0, "fetcher": 0.0}
    for _ in range(ROUNDS):
        for name, run in (("bare httpx", bare), ("fetcher", ours)):
            began = time.perf_counter()
            asyncio.run(run(urls))
            best[name] = max(best[name], pages / (time.perf_counter() - began))
    for name, rate in best.items():
        print(f"{name:12} {rate:8.0f} pages/s")
    print(f"ratio        {best['fetcher'] / best['bare httpx']:8.2f}  (asked 0.7)")


def pace(port: int, pipe: Connection, seconds: float) -> None:
    """Ask 10 hosts for 100 pages each through the session that a run uses."""
    pipe.send("log")
    pipe.recv()
    session = Session("bench/1", concurrency=CONCURRENCY)
    manners = Manners(pace=seconds, robots=False, allow_private=True)
    wanted = [Wanted(n, f"http://127.0.0.{h + 1}:{port}/{n}", manners) for h in range(10) for n in range(100)]
    began = time.perf_counter()
    assert sum(1 for _ in session.fetch_all(wanted)) == 1000
    took = time.perf_counter() - began
    session.close()
    pipe.send("log")
    times: dict[str, list[float]] = defaultdict(list)
    for host, at in pipe.recv():
        times[host].append(at)
    closest = min(b - a for each in times.values() for a, b in pairwise(sorted(each)))
    ideal = 99 * seconds
    print(
        f"pace {seconds} s: closest {closest:.4f} s, {took:.1f} s for an ideal of {ideal:.1f} ({took / ideal - 1:+.1%})"
    )


def serve_unchanging(pages: int, paragraphs: int, pipe: Connection) -> None:
    """Run a site of pages that do not change until told to stop, and say how many were asked for, and how."""
    with Site(unchanging.behaviours(pages, paragraphs)) as site:
        pipe.send(site.url("/map.xml"))
        while pipe.recv() == "asked":
            asked = unchanging.answered(site)
            pipe.send((len(asked), sum("if-none-match" in request.headers for request in asked)))


def again(pages: int, paragraphs: int) -> None:
    """Run a site of pages that do not change through the whole street: once, then when none is due, then when all are.

    ``paragraphs`` is how many a page has; 12 make a page of 1,900 characters, which is what real ones have.
    """
    pipe, other = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve_unchanging, args=(pages, paragraphs, other), daemon=True)
    server.start()
    with TemporaryDirectory() as folder:
        project = unchanging.project(Path(folder), pipe.recv())
        times = []
        for name, prepare in (("first", None), ("not due", None), ("all due", unchanging.let_all_be_due)):
            if prepare:
                prepare(project)
            wall, cpu = time.perf_counter(), time.process_time()
            outcomes = project.run("site").outcomes["site"]
            times.append((time.perf_counter() - wall, time.process_time() - cpu))
            pipe.send("asked")
            asked, conditional = pipe.recv()
            print(f"{name:8} {times[-1][0]:6.2f} s, {times[-1][1]:.2f} s of CPU  {outcomes}  "
                  f"{asked} requests, {conditional} of them conditional")  # fmt: skip
    for at, name in ((1, "not due"), (2, "all due")):
        wall, cpu = (times[0][each] / times[at][each] for each in (0, 1))
        print(f"first over second, {name}: {wall:.1f}, by CPU {cpu:.1f}  (asked 10)")
    pipe.send("stop")
    server.join()


def resident() -> float:
    """Return the MB that this process holds now."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def warc(records: int) -> None:
    """Read a file of which one record in a hundred passes the filter, by host and by word."""
    rng = random.Random(1)
    pool = "".join(
        rng.choice("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动")
        for _ in range(100_000)
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "crawl.warc.gz"
        with path.open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            for n in range(records):
                start = rng.randrange(80_000)
                body = f"<html><body><p>{pool[start : start + 12_000]}{'高新区' * (n % 100 == 0)}</p></body></html>"
                content = body.encode("utf-8" if n % 2 else "gb18030")
                http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
                url = f"http://{'gxq' if n % 100 == 0 else 'www'}.example.cn/{n}.html"
                record = writer.create_warc_record(url, "response", payload=BytesIO(content), http_headers=http)
                writer.write_record(record)
        unpacked = records * 36 / 1000
        print(f"WARC: {records} records, {path.stat().st_size / 1e6:.0f} MB packed, about {unpacked:.0f} MB")
        for name, keys in (("hosts", {"hosts": ("gxq.*",)}), ("words", {"words": ("高新区",)})):
            source = WarcSource(name="x", kind="warc", title="x", folder=folder, **keys)  # type: ignore[arg-type]
            pairs = [(iterated(path, records), passed(source, records // 100)) for _ in range(ROUNDS)]
            best = min(bare for bare, _ in pairs) / min(own for _, own in pairs)
            middle = median(bare / own for bare, own in pairs)
            print(f"  by {name}: {best:.2f} of bare iteration, middle of {ROUNDS} pairs {middle:.2f}  (asked 0.7)")


def iterated(path: Path, records: int) -> float:
    """Return the seconds of CPU that bare iteration takes."""
    began = time.process_time()
    with path.open("rb") as file:
        assert sum(1 for _ in ArchiveIterator(file, record_types=WarcRecordType.response)) == records
    return time.process_time() - began


def passed(source: WarcSource, records: int) -> float:
    """Return the seconds of CPU that a source takes, and tell what it holds at each tenth of the way."""
    held = []
    began = time.process_time()
    for number, _ in enumerate(discover(source, Path("/")), 1):
        if number % max(records // 10, 1) == 0:
            held.append(resident())
    assert number == records
    took = time.process_time() - began
    print("  MB held at each tenth: " + " ".join(f"{each:.0f}" for each in held))
    return took


def main() -> None:
    """Run all parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--pace", type=float, default=0.2)
    parser.add_argument("--records", type=int, default=30_000, help="of the WARC file; 30,000 are 1 GB")
    parser.add_argument("--again", type=int, default=1000, help="pages of the site that is run twice")
    parser.add_argument("--part", choices=["throughput", "pace", "again", "warc"], help="only this one")
    args = parser.parse_args()
    wanted = {args.part} if args.part else {"throughput", "pace", "again", "warc"}
    if wanted & {"throughput", "pace"}:
        pipe, other = multiprocessing.Pipe()
        server = multiprocessing.Process(target=serve, args=(args.pages, 30_000, other), daemon=True)
        server.start()
        port = pipe.recv()
        if "throughput" in wanted:
            throughput(port, args.pages)
        if "pace" in wanted:
            pace(port, pipe, args.pace)
        pipe.send("stop")
        server.join()
    if "again" in wanted:
        again(args.again, paragraphs=12)
    if "warc" in wanted:
        warc(args.records)


if __name__ == "__main__":
    main()
