"""The versions of an article, told to a person and to a program."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.commands.history import history
from ingest.store.lookup import NotOneError
from ingest.versions import changes
from tests.flows.project import PAGE, Project


@pytest.fixture
def here(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose page was changed twice and moved once, whose folder we are in."""
    monkeypatch.chdir(project.folder)
    project.put("a.txt")
    project.run()
    project.put("a.txt", PAGE.replace("31家", "32家"))
    project.run()
    project.put("a.txt", PAGE.replace("31家", "32家") + "\n\n")
    project.run()
    changed = PAGE.replace("31家", "32家").replace("何青", "赵敏").replace("楼下", "楼上")
    project.put("a.txt", changed)
    project.run()
    return project


def test_versions_and_what_changed(here: Project, capsys: pytest.CaptureFixture[str]) -> None:
    history("a.txt")
    said = capsys.readouterr().out
    assert [line.split(",")[0] for line in said.splitlines() if line.startswith("version")] == [
        "version 1",
        "version 2",
        "version 3",
    ]
    assert said.count("the page changed") == 2
    assert "引进科技型企业3[-1-]{+2+}家" in said
    assert "authors: [-何青-]{+赵敏+}" in said
    assert "实验室楼[-下-]{+上+}" in said
    assert "中试线2条" not in said.split("version 3")[1]  # what did not change is left out


def test_a_program_gets_every_version_whole(here: Project, capsys: pytest.CaptureFixture[str]) -> None:
    [article] = here.rows("article")
    history(article["key"][:10], as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert [(v["number"], v["cause"]) for v in told["versions"]] == [(1, None), (2, "publisher"), (3, "publisher")]
    assert [v["content"]["authors"] for v in told["versions"]] == [["何青"], ["何青"], ["赵敏"]]
    assert told["versions"][-1]["content"]["paragraphs"] == article["paragraphs"]
    assert told["versions"][0]["content"]["published_at"] == "2025-03-02T09:30:00"


def test_an_article_that_is_not_there_or_more_than_one_is_told(here: Project) -> None:
    with pytest.raises(NotOneError, match=r"there is no article 'b\.txt'"):
        history("b.txt")
    here.source("other", 'exclude = ["x"]\n')
    (here.folder / "other").mkdir()
    (here.folder / "other" / "a.txt").write_text(PAGE, "utf-8")
    here.run()
    with pytest.raises(NotOneError, match="may be any of these"):
        history("a.txt")
    history("other:a.txt")


PARAGRAPHS = st.lists(st.text(alphabet="甲乙丙，。", max_size=12), max_size=5)


@given(former=PARAGRAPHS, later=PARAGRAPHS)
def test_the_pieces_of_a_change_are_both_versions(former: list[str], later: list[str]) -> None:
    found = changes({"paragraphs": former}, {"paragraphs": later})
    assert bool(found) == (former != later)
    for change in found:
        was = "".join(piece.text for piece in change.pieces if piece.kind != "new")
        now = "".join(piece.text for piece in change.pieces if piece.kind != "gone")
        assert was in {"", *former}
        assert now in {"", *later}
        assert was != now or was == ""
