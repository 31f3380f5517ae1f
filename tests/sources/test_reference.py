"""config/README.md tells every key and every setting, with its default, and none that there is not."""

import re
import tomllib

import pytest
from pydantic import TypeAdapter

from ingest.settings import Settings
from ingest.sources.config import Bytes
from ingest.sources.kinds import KINDS
from ingest.sources.load import read_source
from ingest.sources.selectors import PageSelectors
from ingest.sources.web.config import WebSource
from tests.conftest import ROOT

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
            value = TypeAdapter(Bytes).validate_python(value) if name == "max_bytes" else value
            assert fields[name].default == (tuple(value) if isinstance(value, list) else value)
        else:
            assert not fields[name].get_default(call_default_factory=True) or fields[name].is_required()


def test_every_setting_is_told_with_its_default() -> None:
    tables = {name.removeprefix("INGEST_").lower(): default for name, default in told("## Settings").items()}
    assert tables.keys() == Settings.model_fields.keys()
    for name, default in tables.items():
        if default.startswith("`"):
            assert getattr(Settings.model_validate({name: default.strip("`")}), name) == getattr(Settings(), name)


def test_the_example_is_a_source(tmp_path_factory: pytest.TempPathFactory) -> None:
    example, page = re.findall(r"```toml\n(.*?)```", README, flags=re.DOTALL)
    path = tmp_path_factory.mktemp("sources") / "mianyang.toml"
    path.write_text(example + page, "utf-8")
    source = read_source(path)
    assert source.name == "mianyang"
    assert source.selectors


def test_every_selector_is_told() -> None:
    assert told("### `[page]`").keys() == PageSelectors.model_fields.keys()
