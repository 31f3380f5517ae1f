"""Pages made to choke a reader, each in a process of its own: ``python tests/benchmarks/limits.py [CASE…]``.

Prints CPU seconds of ``read_page`` (imports and word lists left out), the process's peak memory less what it held
before the page, what came of the page, and the stages that took longest.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

MB = 1_000_000
SECONDS = 10  # what a page may take

_SUBJECTS = (
    "园区管委会",
    "当地税务部门",
    "一家装备企业",
    "项目负责人",
    "市发展改革委",
    "科研团队",
    "银行网点",
    "社区居委会",
)
_TIMES = ("今年以来", "上半年", "5月6日", "日前", "去年底", "近三年", "二季度", "本月初")
_ACTS = ("新开工项目", "签约企业", "引进人才", "办理退税", "建成厂房", "发放贷款", "培训职工", "受理专利申请")
_UNITS = ("个", "家", "名", "户", "处", "笔", "人次", "件")


def sentence(number: int) -> str:
    """A sentence of the language, like and unlike its neighbours."""
    one, two, three = number % 8, number // 8 % 8, number // 64 % 8
    first = f"{_TIMES[one]}，{_SUBJECTS[two]}{_ACTS[three]}{number % 977 + 3}{_UNITS[three]}"
    return (
        f"{first}，比上年同期增长{number % 83 + 1}.{number % 10}%，{_SUBJECTS[(two + 3) % 8]}说，下一步还将继续推进。"
    )


def _paragraph(number: int) -> str:
    return "".join(sentence(number * 5 + n) for n in range(2 + number % 5))


def _fill(piece: Callable[[int], str], size: int) -> str:
    """Pieces until they are so many bytes of UTF-8."""
    some = [piece(number) for number in range(2_000)]
    count = size * len(some) // sum(len(text.encode()) for text in some)
    return "".join(islice(cycle(some), count)) if count < len(some) else "".join(piece(n) for n in range(count))


def _page(inner: str, head: str = "") -> bytes:
    head = f"<title>园区半年新开工项目过百</title>{head}"
    return f"<!doctype html><html><head>{head}</head><body>{inner}</body></html>".encode()


def _article(inner: str = "") -> str:
    text = "".join(f"<p>{_paragraph(number)}</p>" for number in range(8))
    return f"<h1>园区半年新开工项目过百</h1><div class=article>{text}{inner}</div>"


def _rules(count: int) -> str:
    rules = "".join(f".c{n} .d{n}, .e{n} {{ color: #{n % 4096:03x}; margin: {n % 9}px }}\n" for n in range(count))
    return f"<style>{rules}</style>"


def cases(scale: float = 1.0) -> dict[str, Callable[[], bytes]]:
    """The pages by name; ``scale`` makes them smaller."""

    def of(count: int) -> int:
        return int(count * scale)

    return {
        "paragraphs": lambda: _page(_fill(lambda n: f"<p>{_paragraph(n)}</p>\n", of(20 * MB))),
        "links": lambda: _page(
            _fill(lambda n: f'<li><a href="/a/{n}.html">{sentence(n)[:18]}</a></li>\n', of(20 * MB))
        ),
        "nested": lambda: _page("<div>" * of(100_000) + _article()),
        "nested inline": lambda: _page("<b>" * of(100_000) + _article()),
        "nested lists": lambda: _page("<ul><li>项" * of(50_000) + _article()),
        "siblings": lambda: _page(_article() + "<span>文</span><i></i>" * of(500_000)),
        "block siblings": lambda: _page(_article() + "<div>文</div>" * of(1_000_000)),
        "own classes": lambda: _page(_article() + "".join(f'<p class="c{n}">文，字。</p>' for n in range(of(500_000)))),
        "attribute": lambda: _page(
            f'<div class="{"x " * of(2_500_000)}" style="{"a:b;" * of(1_250_000)}">{_article()}'
        ),
        "attributes": lambda: _page("<p " + " ".join(f'a{n}="1"' for n in range(of(400_000))) + ">" + _article()),
        "one line": lambda: _fill(sentence, of(20 * MB)).encode(),
        "one line without marks": lambda: _fill(lambda _: "园区项目", of(20 * MB)).encode(),
        "one line in a page": lambda: _page(f"<p>{_fill(sentence, of(20 * MB))}</p>"),
        "short lines": lambda: "\n".join(sentence(n)[: 4 + n % 11] for n in range(of(200_000))).encode(),
        "paragraphs of text": lambda: _fill(lambda n: _paragraph(n) + "\n", of(20 * MB)).encode(),
        "deep tables": lambda: _page("<table><tr><td>表<td>" * of(30_000) + _article()),
        "wide table": lambda: _page("<table>" + "<tr><td>某区<td>12.5<td>亿元</tr>" * of(300_000) + "</table>"),
        "style rules": lambda: _page(
            _article() + "".join(f'<div class="e{n}">文{n}</div>' for n in range(of(50_000))), _rules(of(50_000))
        ),
        "style sheets": lambda: _page(_article(), "<style>.a{color:red}</style>" * of(200_000)),
        "comments": lambda: _page(_article() + f"<!-- {'x' * of(20 * MB)} --><!-" * 2),
        "script": lambda: _page(f"<script>var a = {json.dumps([sentence(n) for n in range(of(150_000))])}</script>"),
        "entities": lambda: _page("<p>" + "&#x56ed;&amp;&nbsp;" * of(1_000_000) + "</p>"),
        "open tags": lambda: _page(_article() + "<a" * of(5_000_000)),
        "gb18030": lambda: _page(_fill(lambda n: f"<p>{_paragraph(n)}</p>\n", of(10 * MB))).decode().encode("gb18030"),
        "mojibake": lambda: (
            _page(_fill(lambda n: f"<p>{_paragraph(n)}</p>\n", of(5 * MB))).decode("cp1252", "replace").encode()
        ),
        "bytes": lambda: bytes(n * 7919 % 251 for n in range(of(5 * MB))),
    }


def main() -> None:
    """Run the cases named, or all, each in a process of its own, and print the table."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("case", nargs="*")
    cli.add_argument("--file", type=Path, help="read one page in this process and print JSON")
    cli.add_argument("--scale", type=float, default=1.0, help="a share of the full size")
    args = cli.parse_args()
    if args.file:
        print(json.dumps(_run(args.file)))
        return
    print(f"{'case':22} {'MB':>6} {'CPU s':>7} {'+ MB':>6}  outcome; slowest stages")
    slow = [name for name in args.case or cases() if not _print(name, args.scale)]
    sys.exit(f"over {SECONDS} s: {', '.join(slow)}" if slow else 0)


def _print(name: str, scale: float) -> bool:
    """Run a case and print its row; whether it kept its time."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(cases(scale)[name]())
        file.flush()
        command = [sys.executable, __file__, "--file", file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name:22} failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")
        return False
    found = json.loads(done.stdout)
    stages = sorted(found["stages"].items(), key=lambda item: -item[1])[:3]
    told = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in stages if seconds >= 0.1)
    print(f"{name:22} {found['size']:6.1f} {found['seconds']:7.2f} {found['memory']:6.0f}  {found['outcome']}; {told}")
    return bool(found["seconds"] < SECONDS)


def _run(file: Path) -> dict[str, Any]:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script, this folder alone is on the path
    from ingest.pipeline import read_page
    from tests.benchmarks.extraction import clocked_stages

    read_page(_page(_article()))  # loads the word lists
    content = file.read_bytes()
    before = _peak()
    started = time.process_time()
    with clocked_stages() as spent:
        page = read_page(content)
    return {
        "size": len(content) / MB,
        "seconds": time.process_time() - started,
        "memory": _peak() - before,
        "stages": spent,
        "outcome": f"{len(page.blocks)} blocks, {len(page.articles)} articles of "
        f"{sum(len(text) for article in page.articles for text in article.paragraphs)} characters",
    }


def _peak() -> float:
    """The process's highest memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
