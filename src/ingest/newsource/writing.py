"""A finding as the TOML file of a source, with a comment on whatever was decided for it."""

import json
import re
import tomllib
from typing import Any
from urllib.parse import urlsplit

from ingest.newsource.survey import Finding
from ingest.sources.kinds import KINDS
from ingest.sources.schema import FILE

_KEYS = "kind title urls links next_page pages first_page include exclude encoding pace"  # in this order
_WHY = {
    "links": "a CSS selector of the links to the articles",
    "first_page": "the number of the second page",
    "pace": "seconds between two requests, at the least",
    "allow_private": "addresses of private networks may be asked",
}
_GENERAL = frozenset({"www", "com", "cn", "gov", "org", "net", "edu", "m"})
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 40  # of the 64 that a name may have


def name_for(url: str) -> str:
    """Return a name for a site's source: its host's own words and the section's."""
    split = urlsplit(url)
    host = [each for each in (split.hostname or "").split(".") if each not in _GENERAL]
    folders = [each for each in split.path.rpartition("/")[0].split("/") if each]
    name = _NOT_NAME.sub("-", "-".join([*host, *folders[-1:]]).lower())[:_LONGEST_NAME].strip("-")
    return name or "site"


def toml(finding: Finding, settings: dict[str, Any], *, name: str | None = None) -> str:
    """Return the source's file.

    Args:
        finding: What was found.
        settings: Keys that the person gave: ``pace``, ``allow_private``. A slower pace of the site wins.
        name: The source's, where the file's name does not say it.
    """
    trial = finding.trial
    keys = {"title": finding.title} | trial.keys | settings
    if trial.keys.get("pace", 0) > settings.get("pace", 0):  # the slower of what the site asks for and what we would do
        keys["pace"] = trial.keys["pace"]
    else:
        trial.notes.pop("pace", None)
    page = keys.pop("page", {})
    lines = [f"#:schema ../{FILE}", *_heading(finding)]
    if name:
        lines.append(f"name = {_value(name)}")
    ordered = [key for key in (*_KEYS.split(), *(each for each in keys if each not in _KEYS.split())) if key in keys]
    lines += [_line(key, keys[key], trial.notes.get(key) or _WHY.get(key, "")) for key in ordered]
    if page:
        lines += ["", "[page]  # what the general rules do not find on these pages"]
        lines += [_line(key, value, "") for key, value in page.items()]
    text = "\n".join(lines) + "\n"
    read = tomllib.loads(text)
    KINDS[read["kind"]].model_validate({"name": "new"} | read)
    return text


def _heading(finding: Finding) -> list[str]:
    trial = finding.trial
    read, good = len(trial.reads), trial.complete
    return [
        f"# Written by `ingest new-source {_comment(finding.url)}`. It named {len(trial.links)} pages then;",
        f"# of {read} that were read {good} gave an article with title, date and text.",
        "# Try it with `ingest check`. Every key: config/README.md.",
    ]


def _line(key: str, value: Any, why: str) -> str:
    return f"{key} = {_value(value)}" + (f"  # {_comment(why)}" if why else "")


def _value(value: Any) -> str:
    """Return a value in TOML, whose basic strings and lists are written as JSON's."""
    if isinstance(value, str) and '"' in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
