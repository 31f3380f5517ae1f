"""Sources from TOML: what is right is taken as it is, what is wrong is named with the way out."""

from datetime import timedelta
from pathlib import Path

import pytest

from ingest.errors import ConfigError
from ingest.sources.config import FilesSource
from ingest.sources.expected import Expected
from ingest.sources.load import load, read_source, select
from tests.conftest import ROOT

GOOD = 'kind = "files"\ntitle = "Pages"\nfolder = "pages"\n'


def put(config: Path, name: str, content: str) -> Path:
    """Write a source's file into a config folder."""
    path = config / "sources" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def test_a_source_needs_four_lines_and_is_named_after_its_file(tmp_path: Path) -> None:
    source = read_source(put(tmp_path, "mianyang.toml", GOOD))
    assert isinstance(source, FilesSource)
    assert (source.name, source.kind, source.title, source.folder) == ("mianyang", "files", "Pages", "pages")
    assert (source.language, source.encoding, source.disabled) == ("zh", None, None)
    assert source.max_bytes == 32 * 1024**2


def test_every_key_can_be_set(tmp_path: Path) -> None:
    content = (
        'name = "zone-7"\nkind = "files"\ntitle = "绵阳高新区"\nlanguage = "zh-Hant"\nfolder = "/srv/pages"\n'
        'include = ["2024/*"]\nexclude = ["*/print/*"]\nsuffixes = [".shtml"]\nencoding = "GBK"\n'
        'max_bytes = "2 MiB"\ndisabled = "the site is being rebuilt"\n'
    )
    assert read_source(put(tmp_path, "a.toml", content)) == FilesSource(
        name="zone-7",
        kind="files",
        title="绵阳高新区",
        language="zh-Hant",
        folder="/srv/pages",
        include=("2024/*",),
        exclude=("*/print/*",),
        suffixes=(".shtml",),
        encoding="gbk",
        max_bytes=2 * 1024**2,
        disabled="the site is being rebuilt",
    )


def test_when_it_is_run_and_what_is_expected(tmp_path: Path) -> None:
    content = (
        'schedule = "30 6,18 * * 1-5"\ntime_zone = "Asia/Urumqi"\nwindow = "12 hours"\nheal = 3\n[expected]\n'
        "articles_per_run = [2, 20]\nfill = { title = 1, published_on = 0.8 }\nbody_length = [80, 3000]\n"
        'freshness = "2 weeks"\n'
    )
    source = read_source(put(tmp_path, "a.toml", GOOD + content))
    assert (source.schedule, source.time_zone, source.window, source.heal) == (
        "30 6,18 * * 1-5", "Asia/Urumqi", timedelta(hours=12), 3
    )  # fmt: skip
    assert source.expected == Expected(
        articles_per_run=(2, 20),
        fill={"title": 1.0, "published_on": 0.8},
        body_length=(80, 3000),
        freshness=timedelta(weeks=2),
    )
    plain = read_source(put(tmp_path, "b.toml", GOOD))
    assert (plain.schedule, plain.time_zone, plain.window, plain.heal) == (None, "Asia/Shanghai", timedelta(days=1), 7)
    assert plain.expected == Expected()


def test_a_schedule_is_one_for_prefect_too() -> None:
    from prefect.server.schemas.schedules import CronSchedule

    plain = {"name": "a", "kind": "files", "title": "A", "folder": "a"}
    for schedule in ("*/15 8-18 * * 1-5", "0 0 1,15 * *", "0 6 * JAN-MAR MON", "0 6 * * 5#1", "5 4 L * *"):
        source = FilesSource.model_validate(plain | {"schedule": schedule})
        assert CronSchedule(cron=str(source.schedule), timezone=source.time_zone).cron == schedule


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = put(tmp_path, "a.toml", "")
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert read_source(path).title == "Pages"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (GOOD + 'foldr = "x"\n', ["unknown key `foldr`", "did you mean `folder`?"]),
        (GOOD + "zzz = 1\n", ["unknown key `zzz`", "there are `name`, `kind`"]),
        (GOOD + 'max_bytes = "32 XB"\n', ["`max_bytes` is '32 XB'"]),
        (GOOD + "max_bytes = 0\n", ["`max_bytes` is 0", "greater than 0"]),
        (GOOD + 'include = "*.html"\n', ["`include` is '*.html'", "valid list"]),
        (GOOD + "include = [1]\n", ["`include.0` is 1", "valid string"]),
        (GOOD + "disabled = true\n", ["`disabled` is True", "valid string"]),
        (GOOD + 'encoding = "gbkk"\n', ["`encoding` is 'gbkk'", "no such charset"]),
        (GOOD + 'name = "Big Zone"\n', ["`name` is 'Big Zone'", "lower-case letters"]),
        (GOOD.replace("Pages", ""), ["`title` is ''"]),
        ('kind = "files"\nfolder = "x"\n', ["the key `title` is missing"]),
        ('title = "t"\n', ["the key `kind` is missing", "`files`"]),
        (GOOD.replace('"files"', '"file"'), ["unknown kind 'file'", "did you mean `files`?"]),
        (GOOD.replace('"files"', "3"), ["unknown kind 3"]),
        (GOOD + 'schedule = "30 6 * *"\n', ["`schedule` is '30 6 * *'", "minute, hour, day, month"]),
        (GOOD + 'schedule = "30 6 * * * *"\n', ["no cron expression"]),
        (GOOD + 'schedule = "61 6 * * *"\n', ["no cron expression: bad minute"]),
        (GOOD + 'schedule = "0 6 30 2 *"\n', ["no cron expression"]),
        (GOOD + 'time_zone = "Asia/Beijing"\n', ["`time_zone` is 'Asia/Beijing'", "no time zone"]),
        (GOOD + 'time_zone = "Asia"\n', ["no time zone"]),
        (GOOD + 'time_zone = "../etc/passwd"\n', ["no time zone"]),
        (GOOD + 'window = "0 days"\n', ["`window` is '0 days'", "no duration"]),
        (GOOD + 'window = "tomorrow"\n', ["no duration: write a number"]),
        (GOOD + "heal = -1\n", ["`heal` is -1"]),
        (GOOD + "[expected]\narticle_per_run = [1, 2]\n", ["did you mean `expected.articles_per_run`"]),
        (GOOD + "[expected]\nbody_length = [900, 20]\n", ["`expected.body_length` is", "lower bound"]),
        (GOOD + "[expected]\nfill = { titel = 0.9 }\n", ["`expected.fill.titel", "'title'"]),
        (GOOD + "[expected]\nfill = { title = 9 }\n", ["`expected.fill.title` is 9", "less than or equal to 1"]),
        (GOOD + "folder = \n", ["not valid TOML", "line 4"]),
        (GOOD + 'title = "twice"\n', ["not valid TOML", "line 4"]),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, content: str, words: list[str]) -> None:
    path = put(tmp_path, "bad.toml", content)
    with pytest.raises(ConfigError) as raised:
        read_source(path)
    for word in [str(path), *words]:
        assert word in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, "a.toml", "")
    path.write_bytes('title = "高新区"'.encode("gb18030"))
    with pytest.raises(ConfigError, match=r"not in UTF-8.*save it as UTF-8"):
        read_source(path)


def test_all_sources_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    put(tmp_path, "b.toml", GOOD)
    put(tmp_path, "a.toml", 'name = "c"\n' + GOOD)
    assert list(load(tmp_path)) == ["b", "c"]


def test_any_case_of_the_ending_and_no_file_of_an_editor(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "Pages.TOML").write_text('name = "pages"\ntitle = "x"\nkind = "files"\nfolder = "x"\n')
    (tmp_path / "sources" / ".#pages.toml").write_text("broken")
    assert list(load(tmp_path)) == ["pages"]


def test_two_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", GOOD)
    put(tmp_path, "b.toml", 'name = "a"\n' + GOOD)
    with pytest.raises(ConfigError, match=r"b\.toml: `name` is 'a'.*a\.toml: rename one"):
        load(tmp_path)


def test_a_folder_without_sources_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no source"):
        load(tmp_path)


def test_sources_are_chosen_by_name(tmp_path: Path) -> None:
    put(tmp_path, "mianyang.toml", GOOD)
    put(tmp_path, "deyang.toml", GOOD)
    put(tmp_path, "old.toml", GOOD + 'disabled = "the site is gone"\n')
    sources = load(tmp_path)
    assert [s.name for s in select(sources, [])] == ["deyang", "mianyang"]
    assert [s.name for s in select(sources, ["mianyang", "mianyang"])] == ["mianyang"]
    with pytest.raises(ConfigError, match="did you mean `mianyang`"):
        select(sources, ["mianyagn"])
    with pytest.raises(ConfigError, match="'old' is disabled: the site is gone"):
        select(sources, ["old"])


def test_the_sources_that_come_with_the_project_are_valid() -> None:
    assert "samples" in load(ROOT / "config")


@pytest.mark.parametrize(
    ("value", "words"), [("rot13", "no such charset"), ("hex", "no such charset"), ("gb18300", "did you mean gb18030")]
)
def test_an_encoding_is_one_of_text(tmp_path: Path, value: str, words: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f'kind = "files"\ntitle = "A"\nfolder = "a"\nencoding = "{value}"\n')
    with pytest.raises(ConfigError, match=words) as raised:
        read_source(path)
    assert "mean rot" not in str(raised.value)
