"""The selectors of a source's pages, ``[page]`` in its TOML file."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from ingest.model import Selectors


def _listed(value: Any) -> Any:
    """One selector may stand without brackets."""
    return (value,) if isinstance(value, str) else value


def _valid(selector: str) -> str:
    from soupsieve import SelectorSyntaxError
    from soupsieve import compile as compiled

    try:
        compiled(selector)
    except SelectorSyntaxError as error:
        msg = f"{selector!r} is no CSS selector: {str(error).splitlines()[0]}"
        raise ValueError(msg) from None
    return selector


Selector = Annotated[str, AfterValidator(_valid)]
_Css = Annotated[
    tuple[Selector, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str]), Field(strict=False)
]


class PageSelectors(BaseModel):
    """What a person says of a source's pages; it overrides the general rules."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    title: _Css = Field(default=(), description="The title. Of several selectors the first that matches counts.")
    body: _Css = Field(default=(), description="The text: all of it, and nothing else is.")
    date: _Css = Field(default=(), description="The date of publication; a meta tag or a time too.")
    drop: _Css = Field(default=(), description="What is no part of the article, within `body` too; all count.")

    def selectors(self) -> Selectors | None:
        """Return them as the rules take them; None where nothing is said."""
        found = Selectors(title=self.title, body=self.body, date=self.date, drop=self.drop)
        return found if found != Selectors() else None
