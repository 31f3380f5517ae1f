"""What a flow's parameters look like in the form of Prefect's UI: the names of the sources to choose from.

A flow says ``source: SourceName`` or ``sources: list[SourceName]``; the names are those of the config folder at the
moment when the flow is deployed. To the flow it is a plain string.
"""

from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue

from ingest import settings
from ingest.errors import ConfigError
from ingest.sources.load import load


class _Sources:
    """Puts the names of the sources into a parameter's schema."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core_schema)
        if names := source_names():
            schema["enum"] = names
        return schema


SourceName = Annotated[str, StringConstraints(min_length=1), _Sources()]


def source_names() -> list[str]:
    """Return the names of the sources that are not disabled; none where there is no config folder to ask."""
    try:
        return [source.name for source in load(settings.load().config).values() if not source.disabled]
    except ConfigError:
        return []
