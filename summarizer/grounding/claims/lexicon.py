"""The tables of `schemas/claims.toml`, read once and turned into look-ups."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from summarizer.resources import folder

__all__ = ["Lexicon", "lexicon"]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What the claim check knows about words, as it stands in the file."""

    tables: Mapping[str, Any]

    @cached_property
    def bases(self) -> dict[str, str]:
        """Irregular form -> base."""
        return {form: base for base, forms in self.tables["irregular"].items() for form in forms.split()}

    @cached_property
    def whole(self) -> frozenset[str]:
        """Words that only look as if they had an ending."""
        return _split(self.tables["forms"]["whole"])

    @cached_property
    def gradable(self) -> frozenset[str]:
        """Adjectives with -er and -est."""
        return _split(self.tables["forms"]["gradable"])

    @cached_property
    def concepts(self) -> dict[str, frozenset[str]]:
        """Root, or two words joined by a space -> names of the ideas it may stand for."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name, words in self.tables["concepts"].items():
            for word in {*words.split(), name}:
                found[_key(word)].add(name)
        return {key: frozenset(names) for key, names in found.items()}

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Lemmas of the words that stand for some idea."""
        from summarizer.grounding.claims.words import lemma

        return frozenset(lemma(word) for words in self.tables["concepts"].values() for word in words.split())

    @cached_property
    def opposites(self) -> dict[str, frozenset[str]]:
        """Idea or root -> the ideas and roots that turn it round."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for pair in self.tables["opposites"]["pairs"]:
            sides = [self._sides(word) for word in pair.split()]
            for one in sides[0]:
                found[one] |= sides[1]
            for one in sides[1]:
                found[one] |= sides[0]
        return {key: frozenset(names) for key, names in found.items()}

    @cached_property
    def axes(self) -> dict[str, frozenset[str]]:
        """Idea or root -> the ends it stands at, such as `more+`."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for axis, ends in self.tables["axes"].items():
            for sign, words in zip("+-", ends, strict=True):
                for word in words.split():
                    for sense in self._sides(word) | {_key(word)}:
                        found[sense].add(axis + sign)
        return {key: frozenset(names) for key, names in found.items()}

    def _sides(self, word: str) -> set[str]:
        return {f"#{word}"} if word in self.tables["concepts"] else {_key(word)}

    @cache  # noqa: B019 - one lexicon lives as long as the program
    def words(self, table: str, row: str) -> frozenset[str]:
        """The words of one row, as written (lower case)."""
        return _split(self.tables[table][row])

    @cache  # noqa: B019 - one lexicon lives as long as the program
    def roots(self, table: str, row: str) -> frozenset[str]:
        """The roots (or word pairs) of one row."""
        return frozenset(_key(word) for word in self.tables[table][row].split() if not word.startswith("="))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every entry of two words, as roots joined by a space."""
        rows = [*self.tables["concepts"].values(), *self.tables["negation"].values()]
        rows += [row for row in self.tables["modality"].values() if isinstance(row, str)]
        return frozenset(key for row in rows for word in row.split() if "_" in word and (key := _key(word)))

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Words without content of their own."""
        return frozenset(
            word
            for name, row in self.tables["function"].items()
            if name not in {"light", "empty", "anaphors", "mutual"}
            for word in _split(row)
        )

    @cached_property
    def verb_words(self) -> frozenset[str]:
        """The verbs as the file spells them."""
        return _split(self.tables["verbs"]["base"])

    @cached_property
    def verbs(self) -> frozenset[str]:
        """Lemmas of the verbs."""
        from summarizer.grounding.claims.words import lemma

        return frozenset(lemma(word) for word in self.tables["verbs"]["base"].split())


def _split(row: str | Iterable[str]) -> frozenset[str]:
    words = row.split() if isinstance(row, str) else row
    return frozenset(word.replace("_", " ") for word in words)


def _key(word: str) -> str:
    from summarizer.grounding.claims.words import root  # words asks this module for irregular forms

    return " ".join(root(part) for part in word.replace("-", "_").split("_"))


@cache
def lexicon() -> Lexicon:
    """The tables, from the data folder."""
    return Lexicon(tomllib.loads((folder("schemas") / "claims.toml").read_text(encoding="utf-8")))
