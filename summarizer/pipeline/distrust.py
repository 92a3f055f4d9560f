"""What a model may not make of text that was written for it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

__all__ = ["without_suspicious"]


def without_suspicious(answer: Mapping[str, object], apart: Collection[int]) -> dict[str, object]:
    """The answer less what it adds from sentences that are set aside.

    Args:
        answer: To a pass; under `more` stands what the model adds to what it was asked, each with its sentences (`s`).
        apart: Numbers of the sentences. An addition that cites others too keeps these.
    """
    more = cast("Sequence[Mapping[str, Any]]", answer.get("more", ()))
    if not apart or not more:
        return dict(answer)
    kept = [{**one, "s": numbers} for one in more if (numbers := _others(one["s"], apart))]
    return {**answer, "more": kept}


def _others(numbers: int | Sequence[int], apart: Collection[int]) -> list[int] | int | None:
    if isinstance(numbers, int):
        return None if numbers in apart else numbers
    return [number for number in numbers if number not in apart]
