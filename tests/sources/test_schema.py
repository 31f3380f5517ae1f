"""The JSON Schema for editors: in step with the models, and saying of a file what they say."""

import json
import re
import tomllib
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # comes with Prefect, without types
from typer.testing import CliRunner

from ingest.cli import app
from ingest.errors import ConfigError
from ingest.sources.kinds import KINDS
from ingest.sources.load import read_source
from ingest.sources.schema import FILE
from tests.conftest import ROOT

SCHEMA = json.loads((ROOT / "config" / FILE).read_text("utf-8"))
LISTING: dict[str, Any] = {
    "kind": "listing", "title": "T", "urls": ["https://example.cn/"], "links": "ul a"
}  # fmt: skip


def test_the_file_is_what_the_command_prints() -> None:
    said = CliRunner().invoke(app, ["sources", "--schema"])
    assert said.exit_code == 0, said.output
    assert (ROOT / "config" / FILE).read_text("utf-8") == said.output, "ingest sources --schema > config/" + FILE


def test_it_is_a_schema_with_every_key_described() -> None:
    Draft7Validator.check_schema(SCHEMA)
    for model in KINDS.values():
        properties = SCHEMA["definitions"][model.__name__]["properties"]
        assert properties.keys() == model.model_fields.keys()
        assert all(each["description"] for each in properties.values())


def test_our_own_sources_and_the_examples_are_valid() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "config" / "sources").glob("*.toml")]
    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "config" / "README.md").read_text("utf-8"), re.DOTALL)
    for text in (*texts, "".join(blocks)):
        Draft7Validator(SCHEMA).validate(tomllib.loads(text))


def toml(data: dict[str, Any], within: str = "") -> str:
    """Return the data as TOML, tables last."""
    plain = [f"{key} = {json.dumps(value)}" for key, value in data.items() if not isinstance(value, dict)]
    tables = [(within + key, value) for key, value in data.items() if isinstance(value, dict)]
    return "\n".join([*plain, *(f"[{name}]\n{toml(value, name + '.')}" for name, value in tables)])


@pytest.mark.parametrize(
    ("keys", "valid"),
    [
        ({}, True),
        ({"max_bytes": "4 MiB", "pace": 1, "page": {"title": "h1", "body": ["div.a", "#b"]}}, True),
        ({"max_bytes": 4096, "encoding": "gbk"}, True),
        ({"kind": "listings"}, False),
        ({"linsk": "a"}, False),
        ({"urls": []}, False),
        ({"retries": 99}, False),
        ({"page": {"text": "p"}}, False),
        ({"name": "Upper Case"}, False),
        ({"schedule": "30 6 * * 1-5", "time_zone": "Asia/Urumqi", "window": "12 hours", "heal": 0}, True),
        ({"window": "a day"}, False),
        ({"heal": -1}, False),
        ({"expected": {"articles_per_run": [1, 9], "freshness": "2 weeks", "fill": {"title": 1}}}, True),
        ({"expected": {"articles_per_run": [1]}}, False),
        ({"expected": {"articles_per_run": [-1, 9]}}, False),
        ({"expected": {"fill": {"title": 1.1}}}, False),
        ({"expected": {"fill": {"headline": 0.9}}}, False),
    ],
)
def test_schema_and_model_agree(tmp_path_factory: pytest.TempPathFactory, keys: dict[str, Any], valid: bool) -> None:
    data = LISTING | keys
    assert Draft7Validator(SCHEMA).is_valid(data) is valid
    path = tmp_path_factory.mktemp("sources") / "t.toml"
    path.write_text(toml(data), "utf-8")
    if valid:
        assert read_source(path).kind == "listing"
    else:
        with pytest.raises(ConfigError):
            read_source(path)


def test_a_source_without_its_one_needed_key_is_not_valid() -> None:
    assert not Draft7Validator(SCHEMA).is_valid({key: value for key, value in LISTING.items() if key != "links"})
