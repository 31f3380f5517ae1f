"""The compose file: what its services are told is what the programs take, and they know of each other."""

import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.settings import Settings
from tests.conftest import ROOT

COMPOSE = yaml.safe_load((ROOT / "flows" / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: each for name, each in SERVICES.items() if "INGEST_CONFIG" in each.get("environment", {})}


def test_each_service_of_ours_begins_with_a_program_that_is_installed() -> None:
    assert OURS.keys() == {"prefect", "up", "scheduler", "worker", "ingest"}
    for each in OURS.values():
        command = shlex.split(each.get("command") or each["entrypoint"])
        assert shutil.which(command[0], path=str(Path(sys.executable).parent)), command


@pytest.mark.parametrize("name", OURS)
def test_a_service_is_told_what_it_understands(name: str) -> None:
    told = OURS[name]["environment"]
    ours = {key.removeprefix("INGEST_").lower() for key in told if key.startswith("INGEST_")}
    assert ours <= Settings.model_fields.keys()
    hosts = set(re.findall(r"(?:@|://)([a-z]+)[:/]", " ".join([*told.values(), OURS[name].get("command", "")])))
    assert hosts - {"captures"} <= SERVICES.keys()
    if "/srv/config" in "".join(OURS[name].get("volumes", [])):
        assert told["INGEST_CONFIG"] == "/srv/config"


def test_who_needs_another_waits_for_it() -> None:
    for each in OURS.values():
        waited = each["depends_on"]
        assert waited["database"] == {"condition": "service_healthy"}
        for name, how in waited.items():
            assert how["condition"] != "service_healthy" or "healthcheck" in SERVICES[name]
    assert {name for name, each in OURS.items() if "prefect" in each["depends_on"]} == {"up", "ingest"}
    named = {volume.split(":")[0] for each in SERVICES.values() for volume in each.get("volumes", [])}
    assert {name for name in named if not name.startswith(".")} == COMPOSE["volumes"].keys()
    assert SERVICES["prefect"]["environment"]["PREFECT_SERVER_UI_API_URL"].startswith("http://127.0.0.1:4200/")
