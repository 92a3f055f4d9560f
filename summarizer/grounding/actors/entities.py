"""One actor while its spottings are being gathered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from summarizer.grounding.actors.spotting import Spotting
from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.name_tokens import straight
from summarizer.types import ActorKind
from summarizer.types.actors import Country, Sector

__all__ = ["Entity", "form_key"]

Value = TypeVar("Value")


def form_key(name: str) -> str:
    """What two spellings of one name have in common."""
    return straight(name).casefold().removeprefix("the ").strip()


@dataclass(slots=True)
class Entity:
    """Spottings of one actor. The key says how they were gathered; "person" and "state:..." settle the kind."""

    key: str = ""
    spottings: list[Spotting] = field(default_factory=list[Spotting])

    def add(self, spotting: Spotting) -> None:
        """Take in one more spotting."""
        self.spottings.append(spotting)

    def absorb(self, other: "Entity") -> None:
        """Take in all spottings of another entity, which is empty afterwards."""
        self.spottings.extend(other.spottings)
        other.spottings.clear()

    @property
    def forms(self) -> list[str]:
        """Every name, then every alias, each in order of appearance and once."""
        ordered = sorted(self.spottings, key=lambda spotting: spotting.start)
        names = (spotting.name for spotting in ordered)
        aliases = (alias for spotting in ordered for alias in spotting.aliases)
        return list(dict.fromkeys([*names, *aliases]))

    @property
    def form_keys(self) -> set[str]:
        """The forms, for comparing."""
        return {form_key(form) for form in self.forms}

    @property
    def evidence(self) -> float:
        """How much speaks for an actor, over all spottings."""
        return sum(spotting.evidence for spotting in self.spottings)

    @property
    def first(self) -> int:
        """Offset of the first spotting."""
        return min(spotting.start for spotting in self.spottings)

    @property
    def kind(self) -> ActorKind | None:
        """The kind its key settles, else the one most spottings say."""
        if self.key == "person":
            return "person"
        if self.key.startswith("state:"):
            return "state"
        kinds: list[ActorKind | None] = [spotting.kind for spotting in self.spottings]
        return _most_common(kinds)

    @property
    def country(self) -> Country | None:
        """The country its key names, else the one most spottings say."""
        _, _, country = self.key.partition(":")
        if len(country) == 3 and country.isupper():  # noqa: PLR2004 - an alpha-3 code
            return country
        return _most_common(spotting.country for spotting in self.spottings)

    @property
    def sector(self) -> Sector | None:
        """The sector the first spotting that has one says."""
        return next((s.sector for s in sorted(self.spottings, key=lambda s: s.start) if s.sector), None)

    @property
    def role(self) -> str | None:
        """The role given most often, the longest among equals; a mere rank only for want of an office."""
        counted = Counter(spotting.role for spotting in self.spottings if spotting.role)
        return max(counted, key=lambda role: (not _is_rank(role), counted[role], len(role)), default=None)


def _is_rank(role: str) -> bool:
    """Whether it is a rank, a form of address, or shared: "Gen.", "Mr.", "presidents"."""
    sector = actor_words().titles.get(role.casefold())
    return sector in ("MIL", "CVL") or (sector == "" and role.endswith("s"))


def _most_common(values: Iterable[Value | None]) -> Value | None:
    """The value seen most often, the first seen among equals; None counts for nothing."""
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None
