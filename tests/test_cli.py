"""The command as a user types it: output, exit codes, errors in one line."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from ingest import output
from ingest.cli import app
from ingest.commands.extract import extract
from ingest.model import Page

ARTICLE = (
    "绵阳高新区：新建两条中试线\n\n2025-03-02 09:30:00\n来源：涪江日报 作者：何青\n"
    "近日，绵阳高新区新建中试线2条，引进科技型企业31家，规模以上工业总产值达到412.5亿元，同比增长7.2%。\n"
    "“我们把生产线搬到了实验室楼下。”四川涪光传感技术有限公司总经理唐晓舟说。\n"
)


def run(*args: str, content: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``ingest`` with the arguments, ``content`` on its standard input."""
    command = [sys.executable, "-c", "from ingest.cli import main; main()", *args]
    return subprocess.run(command, input=content, capture_output=True, check=False, env=os.environ | environment)


def test_extract_prints_one_object_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLE.encode("gb18030"))
    (tmp_path / "b.txt").write_bytes(ARTICLE.encode())
    done = run("extract", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["page"], first["encoding"]) == (str(tmp_path / "a.txt"), "gb18030")
    assert (second["page"], second["encoding"]) == (str(tmp_path / "b.txt"), "utf-8")
    assert first["articles"] == second["articles"]
    [article] = first["articles"]
    assert article["title"] == "绵阳高新区：新建两条中试线"
    assert article["published_at"] == "2025-03-02T09:30:00"
    assert {(i["value"], i["unit"]) for i in article["indicators"]} >= {(31, "家"), (41250000000, "元"), (7.2, "%")}


def test_extract_reads_standard_input() -> None:
    done = run("extract", "-", content=ARTICLE.encode())
    assert json.loads(done.stdout)["page"] == "-"
    packed = run("extract", "-", content=gzip.compress(ARTICLE.encode()))
    assert packed.stdout == done.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", b"is empty: put a page on it, or name a file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), b"is a PNG picture, not a page: fetch the page again"),
        (gzip.compress(ARTICLE.encode())[:-9], b"break off"),
        (b"x" * (32 * 1024**2 + 1), b"has more than 32.0 MiB"),
    ],
)
def test_standard_input_that_is_no_page_is_refused(content: bytes, words: bytes) -> None:
    for command in ("extract", "explain"):
        done = run(command, "-", content=content)
        assert (done.returncode, done.stdout) == (1, b"")
        [line] = done.stderr.splitlines()
        assert line.startswith(b"ingest: standard input: ")
        assert words in line
        assert b"`exclude`" not in line


def test_one_who_names_a_file_hears_of_no_source(tmp_path: Path) -> None:
    (tmp_path / "picture.html").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    (tmp_path / "empty.html").touch()
    done = run("extract", str(tmp_path), str(tmp_path / "picture.html"), str(tmp_path / "empty.html"), "/dev/null")
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert [line.split(": ", 2)[2] for line in lines] == [
        "is a folder, not a file: name the pages in it one by one",
        "is a JPEG picture, not a page: fetch the page again",
        "is empty: fetch it again",
        "is a pipe, socket or device, not a file: name a file, or - for standard input",
    ]


def test_a_page_that_cannot_be_read_is_named_and_the_rest_goes_through(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_bytes(ARTICLE.encode())
    done = run("extract", str(tmp_path / "missing.txt"), str(tmp_path / "good.txt"))
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert b"missing.txt" in done.stderr
    assert b"Traceback" not in done.stderr


def test_explain_tells_what_was_left_out(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(ARTICLE + "\n版权所有 未经授权不得转载\n", encoding="utf-8")
    done = run("explain", str(page))
    assert done.returncode == 0, done.stderr
    shown = done.stdout.decode()
    assert "绵阳高新区：新建两条中试线" in shown
    assert "copyright" in shown
    told = json.loads(run("explain", "--json", str(page)).stdout)
    assert [b["label"] for b in told["blocks"] if "版权" in b["text"]] == ["copyright"]


def test_wrong_usage_exits_with_2() -> None:
    done = run("extract")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    page = tmp_path / "页.txt"
    page.write_text(ARTICLE, encoding="utf-8")
    for command in (("extract",), ("explain",), ("explain", "--json")):
        done = run(*command, str(page), PYTHONIOENCODING="ascii", COLUMNS="200")
        assert done.returncode == 0, done.stderr
        assert "绵阳高新区" in done.stdout.decode()
        done = run(*command, str(tmp_path / "没有.txt"), PYTHONIOENCODING="ascii")
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert "没有.txt: does not exist" in done.stderr.decode()


def test_an_html_page_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(ARTICLE, encoding="utf-8")
    done = run("explain", "--html", str(tmp_path / "none" / "x.html"), str(page))
    assert done.returncode == 2
    [line] = done.stderr.decode().splitlines()
    assert "none/x.html: cannot be written (No such file or directory)" in line
    assert run("explain", "--html", str(tmp_path / "x.html"), str(page)).returncode == 0
    assert "绵阳高新区" in (tmp_path / "x.html").read_text("utf-8")


def test_a_fault_in_one_page_costs_neither_the_others_nor_half_an_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(ARTICLE, encoding="utf-8")
    real = output.page

    def broken(read: Page, name: str) -> dict[str, Any]:
        return real(read, name) | ({"late": object()} if name.endswith("a.txt") else {})

    monkeypatch.setattr(output, "page", broken)
    with pytest.raises(typer.Exit) as ended:
        extract([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    assert ended.value.exit_code == 1
    told = capsys.readouterr()
    assert [json.loads(line)["page"] for line in told.out.splitlines()] == [str(tmp_path / "b.txt")]
    assert "a.txt: a fault in " in told.err


def test_what_was_removed_says_its_block_and_on_a_text_page_its_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE + "\n版权所有 未经授权不得转载\n", encoding="utf-8")
    html = "".join(f"<p>{line}</p>" for line in [*ARTICLE.split("\n"), "版权所有 未经授权不得转载"])
    (tmp_path / "a.html").write_text(f"<html><body>{html}</body></html>", encoding="utf-8")
    done = run("extract", str(tmp_path / "a.txt"), str(tmp_path / "a.html"))
    text, markup = (json.loads(line)["removed"] for line in done.stdout.splitlines())
    assert text
    assert all({"block", "lines"} <= set(each) for each in text)
    assert markup
    assert all("block" in each and "lines" not in each for each in markup)


@pytest.mark.parametrize("group", [[], ["db"], ["archive"], ["quarantine"], ["review"]])
def test_the_list_of_commands_cuts_no_sentence(group: list[str]) -> None:
    told = CliRunner().invoke(app, [*group, "--help"], env={"COLUMNS": "80"})
    assert told.exit_code == 0
    assert "..." not in told.output.partition("Commands:")[2]


def test_an_address_is_no_file() -> None:
    done = run("extract", "https://gxq.example.cn/1.html")
    assert done.returncode == 1
    assert b"is an address, and pages are read from files here" in done.stderr
