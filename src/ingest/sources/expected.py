"""What is expected of a source, ``[expected]`` in its TOML file: what a run of it is compared with."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ingest.sources.schedule import Duration

Particular = Literal[
    "title", "published_on", "publisher", "authors", "editors", "contributor", "image", "body",
    "indicators", "organisations", "people",
]  # fmt: skip


def _rising(bounds: tuple[int, int]) -> tuple[int, int]:
    if bounds[0] > bounds[1]:
        raise ValueError("the first of the two is the lower bound")
    return bounds


_Whole = Annotated[int, Field(ge=0)]
Bounds = Annotated[tuple[_Whole, _Whole], Field(strict=False), AfterValidator(_rising)]
_Share = Annotated[float, Field(ge=0, le=1, strict=False)]


class Expected(BaseModel):
    """What a person knows of a source. What is not said is not compared."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    articles_per_run: Bounds | None = Field(
        default=None, description="The fewest and the most articles, new and known, that a run meets: [20, 200]."
    )
    fill: dict[Particular, _Share] = Field(
        default_factory=dict, description="The lowest share of its articles that has a particular: {title = 0.9}."
    )
    body_length: Bounds | None = Field(
        default=None, description="The least and the greatest median length of its articles' texts, in characters."
    )
    freshness: Duration | None = Field(
        default=None, description='How old its newest article may be: "3 days", by its date of publication.'
    )
