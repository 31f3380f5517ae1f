"""The verdict, the repairs and the flags of damaged pages as the two commands tell them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ingest.cli import app

from .damage import HOPELESS, LOSSLESS, LOSSY, healthy

LINES = healthy("simplified")
KINDS = {
    "gbk as latin-1": "mojibake",
    "utf-8 as cp1252 twice": "mojibake",
    "decimal entities of Han": "entity",
    "escapes of JavaScript": "entity",
    "zero-width spaces": "zero-width",
}


def _page(folder: Path, damaged: str) -> Path:
    path = folder / "page.txt"
    path.write_text("\n".join([LINES[0], damaged, LINES[2]]), "utf-8")
    return path


def _extracted(path: Path) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["extract", str(path)])
    assert result.exit_code == 0, result.output
    page: dict[str, Any] = json.loads(result.stdout)
    return page


@pytest.mark.parametrize("name", KINDS)
def test_repairs_are_carried_and_shown(tmp_path: Path, name: str) -> None:
    damaged = LOSSLESS[name].spoil(LINES[1])
    path = _page(tmp_path, damaged)
    repairs = [repair for repair in _extracted(path)["repairs"] if repair["kind"] == KINDS[name]]
    assert repairs
    for repair in repairs:
        if repair["block"] is None:  # mended in the undivided source
            assert repair["found"] in damaged
            assert "lines" not in repair
        else:
            assert repair["lines"] == [2, 2]
    shown = CliRunner().invoke(app, ["explain", str(path)]).stdout
    assert KINDS[name] in shown
    assert "utf-8" in shown


def test_annotations_and_script_are_carried_with_their_line(tmp_path: Path) -> None:
    annotated = "園區(qū)的產(chǎn)業(yè)鏈(liàn)越來(lái)越長(zhǎng)，創(chuàng)業(yè)者多了。"
    path = tmp_path / "page.txt"
    path.write_text(
        "\n".join(["這個(gè)園區(qū)今年引進(jìn)的產(chǎn)業(yè)項(xiàng)目有十個(gè)。", annotated]), "utf-8"
    )
    repairs = _extracted(path)["repairs"]
    assert {repair["kind"] for repair in repairs} >= {"pinyin", "script"}
    assert {str(repair["lines"]) for repair in repairs} == {"[1, 1]", "[2, 2]"}


@pytest.mark.parametrize(
    ("damaged", "flag"),
    [
        (HOPELESS["gbk as utf-8"](LINES[1]), "lost-characters"),
        (HOPELESS["gbk as utf-8 as gbk"](LINES[1]), "replaced-characters"),
        (HOPELESS["lost to ASCII"](LINES[1]), "lost-characters"),
        (LOSSY["utf-8 as gbk, browser"][0].spoil(LINES[1]), "guessed-characters"),
    ],
)
def test_flags_are_carried_and_shown(tmp_path: Path, damaged: str, flag: str) -> None:
    path = _page(tmp_path, damaged)
    assert flag in {found["name"] for found in _extracted(path)["flags"]}
    assert flag in CliRunner().invoke(app, ["explain", str(path)]).stdout


def test_the_verdict_and_its_evidence_are_carried_and_shown(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("\n".join(LINES[:9]).encode("gb18030")[:-1])
    page = _extracted(path)
    assert page["encoding"] == "gb18030"
    assert any("reads best" in str(line) for line in page["evidence"])
    assert "undecodable" in {found["name"] for found in page["flags"]}
    shown = CliRunner().invoke(app, ["explain", str(path)]).stdout
    assert "gb18030, confidence" in shown
    assert "reads best" in shown
