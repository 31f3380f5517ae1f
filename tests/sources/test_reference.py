"""config/README.md tells every key and every setting, with its default, and none that there is not."""

import re
import tomllib
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from ingest.settings import Settings
from ingest.sources.config import Bytes
from ingest.sources.expected import Expected, Particular
from ingest.sources.kinds import KINDS
from ingest.sources.load import read_source
from ingest.sources.schedule import Duration
from ingest.sources.selectors import PageSelectors
from ingest.sources.web.config import WebSource
from tests.conftest import ROOT

_TYPES: dict[str, TypeAdapter[Any]] = {"max_bytes": TypeAdapter(Bytes), "window": TypeAdapter(Duration)}
README = (ROOT / "config" / "README.md").read_text("utf-8")


def told(heading: str) -> dict[str, str]:
    """Return the first two columns of the table under a heading."""
    section = re.split(r"^#{2,3} ", README.split(heading, 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", section, flags=re.MULTILINE))


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_source_is_told_with_its_default(kind: str) -> None:
    tables = told("### Every source") | told(f'### `kind = "{kind}"`')
    if issubclass(KINDS[kind], WebSource):
        tables |= told("### Every source of the web")
    fields = KINDS[kind].model_fields
    assert tables.keys() == fields.keys()
    for name, default in tables.items():
        if default.startswith("`"):
            value = tomllib.loads(f"x = {default.strip('`')}")["x"]
            value = _TYPES[name].validate_python(value) if name in _TYPES else value
            assert fields[name].default == (tuple(value) if isinstance(value, list) else value)
        else:
            nothing = fields[name].get_default(call_default_factory=True)
            assert fields[name].is_required() or not nothing or nothing == Expected()


def test_every_setting_is_told_with_its_default() -> None:
    tables = {name.removeprefix("INGEST_").lower(): default for name, default in told("## Settings").items()}
    assert tables.keys() == Settings.model_fields.keys()
    for name, default in tables.items():
        if default.startswith("`"):
            assert getattr(Settings.model_validate({name: default.strip("`")}), name) == getattr(Settings(), name)


def test_the_example_is_a_source(tmp_path_factory: pytest.TempPathFactory) -> None:
    example, page, expected = re.findall(r"```toml\n(.*?)```", README, flags=re.DOTALL)
    path = tmp_path_factory.mktemp("sources") / "mianyang.toml"
    path.write_text(example + page + expected, "utf-8")
    source = read_source(path)
    assert source.name == "mianyang"
    assert source.selectors
    assert all(getattr(source.expected, key) for key in Expected.model_fields)


def test_every_selector_is_told() -> None:
    assert told("### `[page]`").keys() == PageSelectors.model_fields.keys()


def test_every_expectation_is_told() -> None:
    assert told("### `[expected]`").keys() == Expected.model_fields.keys()
    [fill] = re.findall(r"^\| `fill` \| .*?: (.*) \|$", README, flags=re.MULTILINE)
    assert tuple(re.findall(r"`(\w+)`", fill)) == get_args(Particular)
