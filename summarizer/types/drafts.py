"""The shapes a model fills in: short, with numbers where the article has words.

Each is made for one article, so that a sentence or an actor that does not exist cannot be named, and one
answer is asked for under each proposal's own name, so that a small model cannot lose its place. A model that
`judges` may also reject proposals, correct their codes and add what they miss; a small one is better at
putting into words what it is shown.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from summarizer.types.actors import ActorKind, Country
from summarizer.types.signals import Direction, EventType, Modality

__all__ = ["ActorProposal", "Draft", "actors_draft", "revision_draft", "signals_draft", "summary_draft"]

MOST_MORE = 4
"""Points or signals that a judging model may add to those proposed."""
MOST_ADDED_ACTORS = 8
SHORTEST, LONGEST = 20, 260
"""Characters of a restated sentence."""
EVENT = "Event"
_KEPT = 64
"""Classes of parts that are kept: articles of a length share them."""


class Draft(BaseModel):
    """Closed like everything else; a reply with more or less in it is asked for again."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def summary_draft(
    passages: Mapping[str, int], *, sentences: int, judges: bool, headline: bool, first: int = 1
) -> type[Draft]:
    """One restated sentence for each passage, under the passage's name.

    Args:
        passages: Length of each passage in characters, by name; the restatement must be shorter.
        sentences: Number of the last sentence shown.
        judges: Whether a point may be rejected (null) and others added (`more`).
        headline: Whether a headline is asked for.
        first: Number of the first sentence shown.
    """
    fields: dict[str, Any] = {"headline": (_text(10, 110), ...)} if headline else {}
    for name, length in passages.items():
        text = _restated(length)
        fields[name] = (text | None if judges and name != "bottom" else text, ...)
    if judges:
        point = _point(sentences, first)
        fields["more"] = (Annotated[list[point], Field(max_length=MOST_MORE)], ...)
    return create_model("Summary", __base__=Draft, **fields)


class ActorProposal(Draft):
    """What a model says of an actor candidate, or of an actor it adds."""

    kind: ActorKind
    country: Country | None


class FoundActor(Draft):
    """An actor that a model finds where code knows only states; its name first, or a small model guesses the rest."""

    name: Annotated[str, StringConstraints(min_length=2, max_length=80)]
    kind: ActorKind
    country: Country | None


def actors_draft(
    candidates: int, *, unsure: Sequence[int], sentences: int, judges: bool, first: int = 1, adds: int = 0
) -> type[Draft]:
    """What the unsure candidates are; from a model that judges, also which are no actors.

    Args:
        candidates: How many are shown, numbered from 1.
        unsure: Numbers of those whose kind the code cannot tell.
        sentences: Number of the last sentence shown.
        judges: Whether candidates may be rejected (`drop`), corrected (`fix`) and added (`add`).
        first: Number of the first sentence shown.
        adds: How many a model may add that does not judge.
    """
    fields: dict[str, Any] = {f"a{n}": (ActorKind, ...) for n in unsure}
    if judges and candidates:  # there is no number of a candidate where there is none
        fields["drop"] = (_numbers(candidates, 0, candidates), ...)
        fix = _fix(candidates)
        fields["fix"] = (Annotated[list[fix], Field(max_length=candidates)], ...)
    if judges:
        add = _add(sentences, first)
        fields["add"] = (Annotated[list[add], Field(max_length=MOST_ADDED_ACTORS)], ...)
    elif adds:
        fields["add"] = (Annotated[list[FoundActor], Field(max_length=adds)], ...)
    return create_model("Actors", __base__=Draft, **fields)


def signals_draft(
    proposals: Sequence[str],
    *,
    actors: int,
    sentences: int,
    judges: bool,
    first: int = 1,
    adds: int = MOST_MORE,
) -> type[Draft]:
    """One stated event for each proposal, under the proposal's name.

    Args:
        proposals: Their names.
        actors: How many are shown, numbered from 1.
        sentences: Number of the last sentence shown.
        judges: Whether a proposal may be rejected (null), its codes corrected, and events added (`more`).
        first: Number of the first sentence shown.
        adds: How many it may add.
    """
    event = _event(actors) | None if judges else _text(15, 160)
    fields: dict[str, Any] = dict.fromkeys(proposals, (event, ...))
    if judges:
        more = _more(actors, sentences, first)
        fields["more"] = (Annotated[list[more], Field(max_length=adds)], ...)
    return create_model("Signals", __base__=_Signals, **fields)


class _Signals(Draft):
    """Of one class for all events, since each class takes a millisecond to make; its schema tells them apart."""

    @classmethod
    def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:
        """As if each event had a class of its own, called like its proposal: so every model was measured."""
        schema = super().model_json_schema(*args, **options)
        event = schema.get("$defs", {}).pop(EVENT, None)
        if event is None:
            return schema
        for name, field in schema["properties"].items():
            if name == "more":
                continue
            field["anyOf"][0]["$ref"] = f"#/$defs/{name.upper()}"
            schema["$defs"][name.upper()] = deepcopy(event) | {"title": name.upper()}
        schema["$defs"] = dict(sorted(schema["$defs"].items()))
        return schema


def revision_draft(claims: Sequence[str]) -> type[Draft]:
    """One corrected sentence for each claim, under the claim's name."""
    fields: dict[str, Any] = {name: (_text(15, 220), ...) for name in claims}
    return create_model("Revision", __base__=Draft, **fields)


@lru_cache(maxsize=_KEPT)
def _event(actors: int) -> type[Draft]:
    return create_model(EVENT, __base__=Draft, **_judged(actors))


@lru_cache(maxsize=_KEPT)
def _more(actors: int, sentences: int, first: int) -> type[Draft]:
    return create_model(
        "More", __base__=Draft, s=(_numbers(sentences, 1, 3, first=first), ...), **_judged(actors)
    )


def _judged(actors: int) -> dict[str, Any]:
    return {
        "what": (_text(15, 160), ...),
        "type": (EventType, ...),
        "direction": (Direction, ...),
        "status": (Modality, ...),
        "by": (_numbers(actors, 0, 4), ...),
        "to": (_numbers(actors, 0, 4), ...),
    }


@lru_cache(maxsize=_KEPT)
def _point(sentences: int, first: int) -> type[Draft]:
    return create_model(
        "Point", __base__=Draft, s=(_numbers(sentences, 1, 3, first=first), ...), t=(_text(20, 260), ...)
    )


@lru_cache(maxsize=_KEPT)
def _fix(candidates: int) -> type[ActorProposal]:
    return create_model("Fix", __base__=ActorProposal, n=(Annotated[int, Field(ge=1, le=candidates)], ...))


@lru_cache(maxsize=_KEPT)
def _add(sentences: int, first: int) -> type[ActorProposal]:
    number = Annotated[int, Field(ge=first, le=sentences)]
    return create_model("Add", __base__=ActorProposal, name=(_text(2, 80), ...), s=(number, ...))


def _text(shortest: int, longest: int) -> Any:
    # No pattern: an engine that has one drops the length, and llama.cpp then rejects its own reply.
    return Annotated[str, StringConstraints(min_length=shortest, max_length=longest)]


def _restated(length: int) -> Any:
    """Shorter than its passage, or the model copies; not much shorter, or it drops who and what."""
    longest = int(min(LONGEST, max(60, 0.85 * length)))
    return _text(int(min(90, max(SHORTEST, 0.35 * length))), longest)


def _numbers(last: int, fewest: int, most: int, *, first: int = 1) -> Any:
    return Annotated[
        list[Annotated[int, Field(ge=first, le=last)]], Field(min_length=fewest, max_length=most)
    ]
