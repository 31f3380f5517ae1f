"""The JSON Schema of a source's TOML file, for editors (taplo, Even Better TOML): made of the models."""

from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from ingest.sources.kinds import KINDS

_DRAFT = "http://json-schema.org/draft-07/schema#"  # what taplo reads
_DRAFT_7 = {"prefixItems": "items"}  # what a later draft calls otherwise
FILE = "source.schema.json"  # in the folder config


def schema() -> dict[str, Any]:
    """Return the schema: one of the kinds, chosen by ``kind``, each key with its description and default."""
    kinds: Any = reduce(or_, KINDS.values())
    made = TypeAdapter(Annotated[kinds, Field(discriminator="kind")]).json_schema(ref_template="#/definitions/{model}")
    made["definitions"] = made.pop("$defs")
    del made["discriminator"]  # OpenAPI's word; `kind` is a constant of each alternative besides
    for name, model in made["definitions"].items():
        model["properties"] = {key: _told(each) for key, each in model["properties"].items()}
        del model["title"]
        if name in {kind.__name__ for kind in KINDS.values()}:
            model["required"].remove("name")  # it is the file's, when left out
            model["properties"]["kind"] |= {"type": "string", "description": model["description"]}
    return {"$schema": _DRAFT, "title": "A source of ingest", **made}


def _told(key: dict[str, Any]) -> dict[str, Any]:
    """Return what is said of a key without what TOML has not (null) and what only repeats the key."""
    told = {word: said for word, said in key.items() if word != "title" and said is not None}
    kinds = [each for each in told.get("anyOf", ()) if each != {"type": "null"}]
    if len(kinds) == 1:
        del told["anyOf"]
        told |= {"allOf": kinds} if "$ref" in kinds[0] else kinds[0]  # draft 7 reads nothing beside a $ref
    return {_DRAFT_7.get(word, word): said for word, said in told.items()}
