"""The hand-edited word tables (`schemas/actor_words.toml`), typed for look-up."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from summarizer.resources import folder
from summarizer.types import ActorKind
from summarizer.types.actors import Sector

__all__ = ["ActorWords", "actor_words"]

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class ActorWords:
    """The tables, one attribute for each question that code asks a word.

    Attributes:
        titles: Title or office to the sector of its holder; "" where the title does not tell.
        heads: Last word of an organisation's name to the organisation's kind.
        nouns: Noun of a group to its class.
        descriptors: What a name is called ("rebel group") to its kind.
        tables: All other word sets, as `table.key`.
    """

    titles: Mapping[str, Sector | str]
    heads: Mapping[str, ActorKind]
    nouns: Mapping[str, str]
    descriptors: Mapping[str, ActorKind]
    tables: Mapping[str, Words]

    def has(self, word: str, *tables: str) -> bool:
        """Whether `word`, in any case, is in one of the tables, each given as `table.key`."""
        folded = word.casefold()
        return any(folded in self.tables[table] for table in tables)


@cache
def actor_words() -> ActorWords:
    """Read the tables, once."""
    with (folder("schemas") / "actor_words.toml").open("rb") as file:
        raw: dict[str, dict[str, list[str]]] = tomllib.load(file)
    return ActorWords(
        titles={
            word: "" if sector == "any" else sector for word, sector in _inverted(raw.pop("titles")).items()
        },
        heads=_kinds({kind: raw["heads"].pop(kind) for kind in list(raw["heads"]) if kind in _KINDS}),
        nouns=_inverted({name: raw["nouns"].pop(name) for name in list(raw["nouns"]) if name != "bare"}),
        descriptors=_kinds(raw.pop("descriptors")),
        tables={
            f"{table}.{key}": frozenset(word.casefold() for word in words)
            for table, keys in raw.items()
            for key, words in keys.items()
        },
    )


_KINDS: Mapping[str, ActorKind] = {
    "government_body": "government_body",
    "armed_force": "armed_force",
    "armed_group": "armed_group",
    "media": "media",
    "company": "company",
    "ngo": "ngo",
    "igo": "igo",
    "other": "other",
}


def _inverted(table: Mapping[str, list[str]]) -> dict[str, str]:
    """Word to key; the first key that lists a word keeps it."""
    found: dict[str, str] = {}
    for key, words in table.items():
        for word in words:
            found.setdefault(word, key)
    return found


def _kinds(table: Mapping[str, list[str]]) -> dict[str, ActorKind]:
    return {word: _KINDS[key] for word, key in _inverted(table).items()}
