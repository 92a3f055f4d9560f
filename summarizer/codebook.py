"""The codebook: what the words of a signal mean and what they score, read once from `schemas/codebook.toml`.

The file is checked whole when it is read: every name of the published types is defined, nothing else is,
and every cross-reference leads somewhere. Pydantic does the checking; this module adds what it cannot know.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar, get_args

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass
from pydantic.functional_validators import BeforeValidator

from summarizer.errors import SettingsError
from summarizer.resources import folder
from summarizer.types.actors import Sector
from summarizer.types.signals import AttributionType, Axis, Direction, Domain, EventType, Level, Modality

__all__ = [
    "Code",
    "Codebook",
    "EscalationRules",
    "EventTypeEntry",
    "LevelEntry",
    "ModalityEntry",
    "ModeEntry",
    "SignalEntry",
    "Source",
    "codebook",
    "load",
]

_T = TypeVar("_T")
_STRICT = ConfigDict(extra="forbid", allow_inf_nan=False)

Text = Annotated[str, Field(min_length=1)]
Score = Annotated[float, Field(ge=-10, le=10, strict=True)]
Weight = Annotated[float, Field(ge=0, le=10, strict=True)]
Share = Annotated[float, Field(ge=0, le=1, strict=True)]


def _defines_all(names: object) -> AfterValidator:
    """Check that a table has an entry for each value of the Literal `names` (its key type forbids others)."""

    def check(table: Mapping[str, _T]) -> Mapping[str, _T]:
        missing = [name for name in get_args(names) if name not in table]
        if missing:
            raise ValueError(f"no entry for {', '.join(missing)}")
        return table

    return AfterValidator(check)


@dataclass(frozen=True, config=_STRICT)
class Source:
    """One work the codebook draws on."""

    name: Text
    where: Text
    licence: Text
    used_for: Text


@dataclass(frozen=True, config=_STRICT)
class ModeEntry:
    """One way of doing what the event type names."""

    means: Text
    score: Score | None = None
    """None: it scores as its event type."""


@dataclass(frozen=True, config=_STRICT)
class EventTypeEntry:
    """One of the 16 event types of PLOVER 2.0.

    Attributes:
        quad: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
        score: PLOVER conflict-cooperation score, -10 to +10.
        direction: The usual one, where no third party is involved.
        needs_target: Whether PLOVER requires a recipient.
        definition: One line a small model can follow.
        rules: Hard cases, one a line.
        modes: By name; empty where PLOVER has none.
    """

    quad: Literal[1, 2, 3, 4]
    score: Score
    direction: Direction
    needs_target: bool
    definition: Text
    rules: tuple[Text, ...]
    modes: Mapping[str, ModeEntry] = Field(default_factory=dict[str, ModeEntry])

    @property
    def is_deed(self) -> bool:
        """Whether it is material, not verbal."""
        return self.quad in (2, 4)

    @property
    def is_conflict(self) -> bool:
        """Whether it is conflict, not cooperation."""
        return self.quad in (3, 4)


@dataclass(frozen=True, config=_STRICT)
class ModalityEntry:
    """How certain an event is, according to its source."""

    definition: Text
    cues: tuple[Text, ...]


@dataclass(frozen=True, config=_STRICT)
class Code:
    """An event type with one of its modes, or without."""

    event_type: EventType
    mode: str | None = None


def _parsed(code: object) -> object:
    """`"ASSAULT drone"` as the fields of a Code."""
    if not isinstance(code, str):
        return code
    event_type, _, mode = code.partition(" ")
    return {"event_type": event_type, "mode": mode or None}


@dataclass(frozen=True, config=_STRICT)
class SignalEntry:
    """Something an analyst looks for, and how it is coded; the first code is the usual one."""

    direction: Direction
    axis: Axis
    codes: Annotated[tuple[Annotated[Code, BeforeValidator(_parsed)], ...], Field(min_length=1)]
    means: Text


@dataclass(frozen=True, config=_STRICT)
class LevelEntry:
    """One escalation level: from `floor` up to the next level's; `none` has no floor."""

    means: Text
    floor: Weight | None = None


@dataclass(frozen=True, config=_STRICT)
class EscalationRules:
    """The numbers of the escalation formula; `summarizer.grounding.escalation` says how they are used."""

    lead: Share
    further: Share
    further_limit: Weight
    words: Share
    words_limit: Weight
    deeds: Share
    deeds_limit: Weight
    ambiguous: Share
    balance: Share
    drivers: Annotated[int, Field(ge=1)]
    modality: Annotated[Mapping[Modality, Share], _defines_all(Modality)]
    inherent: Mapping[EventType, Modality]
    rising: Mapping[EventType, Weight]
    rising_nuclear: Mapping[EventType, Weight]
    easing: Mapping[EventType, Weight]


@dataclass(frozen=True, config=_STRICT)
class Codebook:
    """The whole codebook. Every table is keyed by the name used in a briefing.

    Attributes:
        version: Such as `plover-2.0/1`; a briefing carries it.
        digest: SHA-256 of the file, in hexadecimal.
    """

    version: Text
    digest: Text
    sources: tuple[Source, ...]
    event_types: Annotated[Mapping[EventType, EventTypeEntry], _defines_all(EventType)]
    directions: Annotated[Mapping[Direction, Text], _defines_all(Direction)]
    axes: Annotated[Mapping[Axis, Text], _defines_all(Axis)]
    modalities: Annotated[Mapping[Modality, ModalityEntry], _defines_all(Modality)]
    domains: Annotated[Mapping[Domain, Text], _defines_all(Domain)]
    attributions: Annotated[Mapping[AttributionType, Text], _defines_all(AttributionType)]
    sectors: Mapping[Sector, Text]
    signals: Mapping[str, SignalEntry]
    levels: Annotated[Mapping[Level, LevelEntry], _defines_all(Level)]
    escalation: EscalationRules

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        for name, signal in self.signals.items():
            for code in signal.codes:
                if code.mode is not None and code.mode not in self.event_types[code.event_type].modes:
                    raise ValueError(f"signals.{name}: {code.event_type} has no mode {code.mode!r}")
        floors = [self.levels[level].floor for level in get_args(Level) if level != "none"]
        known = [floor for floor in floors if floor is not None]
        if len(known) < len(floors) or known != sorted(set(known)) or known[0] != 0:
            raise ValueError("levels: the floors must begin at 0 and rise from minimal to severe")
        return self

    def event_type(self, name: str) -> EventTypeEntry:
        """The entry of an event type; SettingsError names the closest when there is none."""
        return _found(self.event_types, name, "event type")

    def mode(self, event_type: str, name: str) -> ModeEntry:
        """The entry of a mode of that event type; SettingsError as above."""
        return _found(self.event_type(event_type).modes, name, f"mode of {event_type}")

    def signal(self, name: str) -> SignalEntry:
        """The entry of a kind of signal; SettingsError as above."""
        return _found(self.signals, name, "signal")

    def sector(self, code: str) -> str:
        """What a sector code stands for; SettingsError as above."""
        return _found(self.sectors, code, "sector")

    def score(self, event_type: str, mode: str | None = None) -> float:
        """The PLOVER score of the mode, or of its event type where the mode is not given or has none.

        Raises:
            SettingsError: no such event type, or it has no such mode.
        """
        own = None if mode is None else self.mode(event_type, mode).score
        return self.event_type(event_type).score if own is None else own

    def intensity(self, event_type: str, mode: str | None, modality: str) -> float | None:
        """The intensity of a signal, -10 to +10: its PLOVER score, or None for what is denied or hypothetical.

        Raises:
            SettingsError: one of the three is unknown, or the event type has no such mode.
        """
        _found(self.modalities, modality, "modality")
        score = self.score(event_type, mode)
        return None if modality in ("denied", "hypothetical") else score


def _found(table: Mapping[Any, _T], name: str, what: str) -> _T:
    if name in table:
        return table[name]
    folded = {str(key).casefold(): str(key) for key in table}
    close = [folded[match] for match in get_close_matches(name.casefold(), folded)]
    meant = (
        f"did you mean {' or '.join(close)}?" if close else f"it has {', '.join(folded.values()) or 'none'}."
    )
    raise SettingsError(f"the codebook has no {what} {name!r}; {meant}", hint=_HINT)


_HINT = "`summarizer show codebook` lists every name."
_BROKEN = "Correct the file, or install the package again."


def load(path: Path) -> Codebook:
    """Read and check a codebook.

    Raises:
        SettingsError: the file is missing, is no TOML, or is incomplete; the message names the place.
    """
    try:
        content = path.read_bytes()
        table = tomllib.loads(content.decode())
    except OSError as error:
        raise SettingsError(f"the codebook {path} cannot be read: {error.strerror}", hint=_BROKEN) from error
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError
        raise SettingsError(f"the codebook {path} is not valid TOML: {error}", hint=_BROKEN) from error
    try:
        return TypeAdapter(Codebook).validate_python({**table, "digest": hashlib.sha256(content).hexdigest()})
    except ValidationError as error:
        raise SettingsError(f"the codebook {path} is wrong at {_place(error)}", hint=_BROKEN) from error


def _place(error: ValidationError) -> str:
    first, *more = error.errors(include_url=False)
    where = ".".join(map(str, first["loc"])) or "the top"
    return f"{where}: {first['msg']}" + (f" (and {len(more)} more)" if more else "")


@lru_cache(maxsize=1)
def codebook() -> Codebook:
    """The codebook of this installation, read on first use.

    Raises:
        SettingsError: it is missing or broken.
    """
    try:
        home = folder("schemas")
    except FileNotFoundError as error:
        raise SettingsError(f"{error}", hint=_BROKEN) from error
    return load(home / "codebook.toml")
