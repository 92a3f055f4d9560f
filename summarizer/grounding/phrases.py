"""The small language in which the lexicon writes phrases, and its translation to regular expressions.

A phrase is slots separated by spaces. A slot is a word in all its inflections (`strike` also finds
struck, strikes, striking), or one of:

    a|b       either word           =word   this form only
    word.n    as a noun             word.v  as a verb: a base form after "the", "of", ... does not count
    @name     any word of a class   ?slot   the slot may be missing
    ~         up to 5 words of the same clause        ~~   up to 9 words, also across a comma or "and"
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

__all__ = ["Phrase", "Vocabulary"]

_BETWEEN = r"[\"“”'\u2018\u2019]*[\s\xa0-]+[\"“”'\u2018\u2019(\[]*"
_WORD = r"[\w$€£%][\w'\u2019.&/\])%]*+(?:,\d+)*+"
_BARRIER = (
    r"(?!(?:and|but|that|after|before|when|while|as|because|which|who|if|unless|although|though|than)\b)"
)
_NEAR = rf"(?:{_BARRIER}{_WORD},?[\"“”'\u2018\u2019)\]]*[\s\xa0-]+[\"“”'\u2018\u2019(\[]*){{0,5}}?"
_RELATIVE = (
    r"(?!(?:that|after|before|when|while|because|which|who|if|unless|although|though|says?|said|saying)\b)"
)
_FAR = rf"(?:{_RELATIVE}{_WORD}[,\"“”'\u2018\u2019)\]]*[\s\xa0-]+[\"“”'\u2018\u2019(\[]*){{0,9}}?"
_GAPS = {"~": _NEAR, "~~": _FAR}
_BEFORE_A_NOUN = (
    *(
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "of",
        "in",
        "by",
        "for",
        "with",
        "from",
        "no",
        "any",
    ),
    *(
        "new",
        "its",
        "his",
        "her",
        "their",
        "our",
        "on",
        "under",
        "recent",
        "latest",
        "military",
        "more",
        "'s",
        "\u2019s",
    ),
)
_NOT_A_NOUN = "".join(
    rf"(?<!\b{re.escape(word)}\s)" for word in _BEFORE_A_NOUN if word[0].isalpha()
) + "".join(rf"(?<!{re.escape(word)}\s)" for word in _BEFORE_A_NOUN if not word[0].isalpha())
_NAME = r"(?-i:[A-ZÀ-ÖØ-ÞČĐŁŚŞŠŽİ][\w\u2019'.-]+)"
_VOWELS = "aeiou"


@dataclass(frozen=True)
class Phrase:
    """One phrase, ready to search with."""

    source: str
    """As the lexicon writes it."""
    regex: str
    first: frozenset[str]
    """The words it can start with, in lower case: without one of them a search is in vain."""
    fixed: int
    """How many of its slots are neither gaps nor optional: how specific it is."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled on first use: most phrases of a lexicon never meet one of their first words."""
        return re.compile(self.regex, re.IGNORECASE)


@dataclass(frozen=True)
class Vocabulary:
    """What the slots may refer to.

    Attributes:
        classes: Words or short phrases by class name.
        irregular: Inflected forms that no rule gives, by base form.
    """

    classes: Mapping[str, Sequence[str]]
    irregular: Mapping[str, Sequence[str]]

    def phrase(self, source: str) -> Phrase:
        """Translate one phrase.

        Raises:
            ValueError: it is empty, starts with a gap or an optional slot, ends with a gap, or names a class that is not there.
        """
        slots = source.split()
        if not slots or slots[0][0] in "~?" or "^" in slots[0]:
            message = f"a phrase must start with a word: {source!r}"
            raise ValueError(message)
        if any(a in _GAPS and (b in _GAPS or b[0] == "?") for a, b in pairwise([*slots, "~"])):
            message = f"a gap must be followed by a slot that has to be there: {source!r}"
            raise ValueError(message)
        parts = [self._slot(slots[0])]
        after_gap = False
        for slot in slots[1:]:
            if slot in _GAPS:
                parts.append(_BETWEEN + _GAPS[slot])
            elif slot.startswith("?"):
                parts.append(f"(?:{_BETWEEN}{self._slot(slot[1:])})?")
            else:
                parts.append(("" if after_gap else _BETWEEN) + self._slot(slot))
            after_gap = slot in _GAPS
        regex = rf"(?<![\w-]){''.join(parts)}(?!\w)"
        fixed = sum(slot not in _GAPS and not slot.startswith("?") for slot in slots)
        return Phrase(source, regex, self._first(slots[0]), fixed)

    def _slot(self, slot: str) -> str:
        return f"(?:{'|'.join(self._alternative(word) for word in slot.split('|'))})"

    def _alternative(self, word: str) -> str:
        if word == "^":
            return _NAME
        if word.endswith(".v"):
            base, others = word[:-2], self.forms(word[:-2])
            bare = {base, *_plurals(base)}
            sure = sorted(others - bare, key=len, reverse=True)
            return f"{_NOT_A_NOUN}{_either(bare)}" + "".join(f"|{re.escape(form)}" for form in sure)
        return _either(self._words(word))

    def _words(self, word: str) -> set[str]:
        """Everything one alternative of a slot can be."""
        if word.startswith("="):
            return {word[1:].replace("_", " ")}
        if "_" in word:
            return self._item(word.replace("_", " "))
        if word.endswith(".n"):
            return {word[:-2], *_plurals(word[:-2])}
        if word.startswith("@"):
            if word[1:] not in self.classes:
                message = f"there is no class {word[1:]!r}"
                raise ValueError(message)
            return {form for item in self.classes[word[1:]] for form in self._item(item)}
        return self.forms(word.removesuffix(".v"))

    def _item(self, item: str) -> set[str]:
        """The forms of a class member: its last word is inflected, `=` keeps it as it stands."""
        if item.startswith("="):
            return {item[1:]}
        head, _, last = item.rpartition(" ")
        return {f"{head} {form}".strip() for form in self.forms(last)}

    def _first(self, slot: str) -> frozenset[str]:
        found = {form for word in slot.split("|") for form in self._words(word)}
        return frozenset(re.split(r"[\s-]", form)[0].lower() for form in found)

    def forms(self, word: str) -> set[str]:
        """A word with its inflections; some of them may not exist, which does no harm."""
        return _regular(word) | set(self.irregular.get(word, ()))


def _either(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"[\s\xa0-]+") for word in longest_first) + ")"


def _plurals(word: str) -> set[str]:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return {word[:-1] + "ies"}
    return {word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")}


@lru_cache(maxsize=4096)
def _regular(word: str) -> set[str]:
    """The word, its plural or third person, its past and its -ing form."""
    found = {word, *_plurals(word)}
    if not word.isalpha() or len(word) < 3:  # noqa: PLR2004 - shorter words have only irregular forms
        return found
    if word.endswith("e"):
        return found | {word + "d", word[:-1] + "ing"}
    if word.endswith("y") and word[-2] not in _VOWELS:
        return found | {word[:-1] + "ied", word + "ing"}
    found |= {word + "ed", word + "ing"}
    if word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        found |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return found
