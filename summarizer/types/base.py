"""What every published shape has in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

__all__ = ["IsoDate", "Line", "Model", "Name"]

Line = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
"""One sentence or short paragraph of text, in characters."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
"""A name, title or label, in characters."""

IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A date as precise as it is known: `2024`, `2024-11` or `2024-11-21` (ISO 8601, reduced precision)."""


class Model(BaseModel):
    """A closed, immutable record: unknown fields, NaN and infinity are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
