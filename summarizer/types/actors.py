"""Who acts, speaks, or is acted on."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from summarizer.types.base import Model, Name
from summarizer.types.evidence import Span

__all__ = ["Actor", "ActorId", "ActorKind", "Country", "Sector"]

ActorKind = Literal[
    "person",
    "state",
    "government_body",
    "armed_force",
    "armed_group",
    "igo",
    "ngo",
    "company",
    "media",
    "population",
    "other",
]

ActorId = Annotated[str, StringConstraints(pattern=r"^a[1-9]\d*$")]

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""ISO 3166-1 alpha-3, and XKX's PLOVER spelling KOS for Kosovo."""

Sector = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""PLOVER 2.0 primary sector code, such as GOV or MIL; the codebook lists them."""


class Actor(Model):
    """One actor under one entry, however many ways the article names it."""

    id: ActorId
    name: Name = Field(description="The fullest form in the article, without title.")
    aliases: list[Name] = Field(description="Every other form in the article.")
    kind: ActorKind
    country: Country | None = Field(description="Of affiliation; null when unknown or international.")
    sector: Sector | None
    role: Name | None = Field(description="Office or part played, in the article's words.")
    mentions: list[Span] = Field(description="Every place that names it, in order.")
