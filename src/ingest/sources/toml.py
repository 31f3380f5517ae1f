"""TOML files against pydantic models, with errors that name the file, the key, and the key that was probably meant."""

import difflib
import tomllib
from pathlib import Path
from typing import Any, TypeGuard, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ingest.errors import ConfigError

Model = TypeVar("Model", bound=BaseModel)


def read(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds.

    Raises:
        ConfigError: It cannot be read or is no TOML; the message has the line.
    """
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))  # editors on Windows put a byte order mark in front
    except tomllib.TOMLDecodeError as error:
        msg = f"{shown(path)}: not valid TOML: {error}"
    except UnicodeDecodeError as error:
        msg = f"{shown(path)}: not in UTF-8 (byte {error.start}): save it as UTF-8"
    except OSError as error:
        msg = f"{shown(path)}: cannot be read: {error.strerror}"
    raise ConfigError(msg)


def validate(model: type[Model], data: dict[str, Any], path: Path) -> Model:
    """Return the data as a model.

    Raises:
        ConfigError: A key is unknown, missing or has the wrong kind of value; the message names the file and each key.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        msg = f"{shown(path)}: {explain(error, _keys(model))}"
        raise ConfigError(msg) from error


def _keys(model: type[BaseModel]) -> list[str]:
    """Return the keys of a model, those of its tables with the table's name: page.body."""
    keys = []
    for name, field in model.model_fields.items():
        inner = [t for t in (field.annotation, *get_args(field.annotation)) if _is_model(t)]
        keys += [f"{name}.{key}" for table in inner for key in table.model_fields] or [name]
    return keys


def _is_model(found: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(found, type) and issubclass(found, BaseModel)


def explain(error: ValidationError, keys: list[str]) -> str:
    """Say what pydantic found wrong in one line; ``keys`` are the valid ones, to guess at misspelt ones."""
    return "; ".join(_explain(dict(each), keys) for each in error.errors(include_url=False))


def _explain(each: dict[str, Any], keys: list[str]) -> str:
    key = ".".join(map(str, each["loc"]))
    if each["type"] == "extra_forbidden":
        return f"unknown key `{key}`{nearest(key, keys)}"
    if each["type"] == "missing":
        return f"the key `{key}` is missing"
    if each["type"] == "string_pattern_mismatch" and key == "name":
        return f"`name` is {each['input']!r}: a name has lower-case letters, digits, - and _, at most 64"
    message = str(each["msg"]).removeprefix("Value error, ").replace("tuple", "list")  # TOML knows no tuples
    return f"`{key}` is {each['input']!r}: {message[:1].lower()}{message[1:]}"


def nearest(word: str, valid: list[str]) -> str:
    """Return a hint at the valid word that was probably meant, or the list of all of them."""
    close = difflib.get_close_matches(word, valid, n=1, cutoff=0.5)
    return f"; did you mean `{close[0]}`?" if close else f"; there are {', '.join(f'`{v}`' for v in valid)}"


def shown(path: Path) -> str:
    """Return a path as a person at this prompt would write it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
