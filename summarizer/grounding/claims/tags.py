"""Which words of a sentence are verbs: by form, by a list of verbs, and by the words around."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.nations import is_nationality
from summarizer.grounding.claims.words import Token, lemma

__all__ = ["verbs"]

_AUXILIARIES = frozenset({"be", "have", "do"})
_SHOUTED = 4
_OPENING = 4
"""A subject that ends within so many words opens the sentence."""
_CLAUSE = 12
"""Words back within which a clause shows its verb."""
_PAUSES = frozenset({",", ";", ":", '"', "-"})


def verbs(words: Sequence[Token]) -> frozenset[int]:
    """Indices of the verbs, auxiliaries and participles that act among them."""
    found: set[int] = set()
    for token in words:
        if token.kind == "word" and _Place(words, token, found).is_verb():
            found.add(token.index)
    return frozenset(found | set(_left_over(words, found)))


def _left_over(words: Sequence[Token], found: set[int]) -> Iterator[int]:
    """In each statement without a verb, the word that can best be one: `she says it represents values`."""
    openers, speech = lexicon().words("clauses", "boundaries"), lexicon().roots("modality", "speech")
    lacking, candidate, latest = True, None, None
    for token in words:
        place = _Place(words, token, found)
        told = token.index in found and token.root in speech
        if token.text in _PAUSES or token.lower in openers | {"but"} or told:
            if lacking and candidate is not None and not told:
                yield candidate
            lacking, candidate = True, None
        elif token.index in found:
            lacking, latest = False, token
        elif place.goes_on(latest):
            yield token.index
            if candidate is not None:
                yield candidate
            lacking, candidate, latest = False, None, token
        elif lacking and candidate is None and place.may_be_verb():
            candidate, latest = token.index, token
    if lacking and candidate is not None:
        yield candidate


def _row(name: str) -> frozenset[str]:
    return lexicon().words("grammar", name)


@cache
def _nouns_only() -> frozenset[str]:
    """Irregular forms that are nouns, such as `loss` and `decision`."""
    return frozenset(form for form in lexicon().bases if form.endswith(tuple(_row("noun_endings"))))


@dataclass(frozen=True, slots=True)
class _Place:
    """One word among its neighbours."""

    words: Sequence[Token]
    token: Token
    found: set[int]
    """The verbs before it."""

    @property
    def before(self) -> Token | None:
        """The word before, across adverbs and quotation marks."""
        for token in reversed(self.words[: self.token.index]):
            adverb = token.lower.endswith("ly") and len(token.lower) > len("only")
            if token.text in {'"', "'"} or (
                token.kind == "word" and (token.lower in _row("between") or adverb)
            ):
                continue
            return token
        return None

    @property
    def after(self) -> Token | None:
        """The word or mark that follows."""
        return self.words[self.token.index + 1] if self.token.index + 1 < len(self.words) else None

    def is_verb(self) -> bool:
        """Whether the word is a verb."""
        token = self.token
        if token.lower == "not" or token.possessive or token.joined or (self.after or token).joined:
            return False
        if token.root in _AUXILIARIES and token.lower not in _nouns_only():
            return not (token.text.isupper() and len(self.words) > _SHOUTED)  # IS is a name
        return token.root == "say" or self._acts()

    def _acts(self) -> bool:
        """Whether a word that may be anything is a verb here."""
        token, before = self.token, self.before
        if token.capital and before is not None and self.words[token.index - 1].kind != "mark":
            return False
        if token.lower in _row("introduces") or token.lower in lexicon().function_words:
            return False
        if before is not None and before.lower in _row("introduces"):
            return self._is_introduced(before)
        if before is not None and before.root == "have" and token.lower in _row("same_participles"):
            return True
        return self._is_by_form(before)

    def may_be_verb(self) -> bool:
        """Whether a base or -s form stands after a noun or name, and something follows."""
        token, before, after = self.token, self.before, self.after
        if before is None or before.kind != "word" or token.joined:
            return False
        if after is None or after.kind == "mark":
            return self._closes(before)
        if (token.capital and token.index) or token.possessive or lemma(token.lower) not in lexicon().verbs:
            return False
        plain = not token.lower.endswith(("ed", "ing")) and token.lower not in _nouns_only()
        empty = before.lower in lexicon().function_words and before.lower not in _row("subjects")
        governed = before.possessive or before.index in self.found or _is_adjective(before)
        plural = before.lower.endswith("s") or before.lower in _row("plurals")
        agrees = token.lower.endswith("s") != plural or before.capital
        return plain and agrees and not (empty or governed) and after.lower not in _row("after_nouns")

    def _closes(self, before: Token) -> bool:
        """`, governments meet.`: nothing but a plural and what it does."""
        opener = self.words[before.index - 1] if before.index else None
        plain = self.token.lower in lexicon().verbs and not (self.token.capital or _is_single(self.token))
        return plain and _is_single(before) and opener is not None and opener.text == ","

    def goes_on(self, latest: Token | None) -> bool:
        """`raids camp, frees captives`: one more verb in the present of a headline."""
        token, before, after = self.token, self.before, self.after
        if latest is None or not (_is_single(latest) and _is_single(token)) or latest.root in _AUXILIARIES:
            return False
        if before is None or before.lower not in {",", "and"} or after is None or after.kind == "mark":
            return False
        governed = after.lower not in lexicon().function_words or after.lower in _row("before_noun")
        leads = token.root in lexicon().roots("modality", "possible")  # suggests
        return governed and not leads and not token.possessive and lemma(token.lower) in lexicon().verbs

    def _is_introduced(self, before: Token) -> bool:
        """After `to`, `will`, `they`."""
        lower = self.token.lower
        if before.lower in _row("subjects"):
            return lemma(lower) in lexicon().verbs or lower.endswith("ed")
        return not lower.endswith(("s", "ed", "ing", "ly")) or lower in _row("bases_in_s")

    def _is_by_form(self, before: Token | None) -> bool:
        lower = self.token.lower
        attributive = before is not None and (
            before.lower in _row("before_noun") or before.possessive or before.kind == "number"
        )
        irregular = lower in lexicon().bases and not lower.endswith(("s", "ing", "ern"))  # northern
        if lower.startswith("un") and lower.endswith("ed") and lemma(lower) not in lexicon().verbs:
            return False  # unsolved
        if (irregular and lower not in _nouns_only()) or (
            lower.endswith("ed") and lower not in _row("not_pasts")
        ):
            return not (attributive or self._modifies(before)) or self._stands_alone()
        compared = lower.endswith("er") and lemma(lower) != lower  # longer
        if lemma(lower) not in lexicon().verbs or attributive or compared:
            return False
        if lower in _row("unchanged") and before is not None and before.kind == "word":
            return before.capital or self._object_follows(also=("by",))
        return self._is_gerund(before) if lower.endswith("ing") else self._is_present(before)

    def _modifies(self, before: Token | None) -> bool:
        """`failed` in `of failed diplomacy`, `increased` in `contain increased yields`."""
        if before is None or self.after is None or self.after.kind != "word":
            return False
        governed = (
            before.index in self.found and before.root not in _AUXILIARIES and not before.lower.endswith("ed")
        )
        prepositions = lexicon().words("function", "prepositions") - {"as", "than", "like"}
        return (governed or before.lower in prepositions) and self.after.lower not in lexicon().function_words

    def _stands_alone(self) -> bool:
        """`three died on`: a past after a number or determiner, with no noun to modify."""
        return self.after is None or self.after.kind == "mark" or self._object_follows()

    def _object_follows(self, *, also: tuple[str, ...] = ()) -> bool:
        following = self.after.lower if self.after else ""
        return following in _row("after_verb") or following in _row("before_noun") or following in also

    def _is_gerund(self, before: Token | None) -> bool:
        if before is None or before.root == "be" or before.kind == "mark":
            return True
        after = self.after
        if after is None or after.kind == "mark":
            return before.lower in {"of", "by", "for", "from", "after", "before"}
        if after.lower in {"in", "on", "for", "from", "with", "of", "at"} and before.lower in {"of", "the"}:
            return False
        counted = after.kind == "number" or after.lower in lexicon().tables["numbers"]
        return self._object_follows() or after.capital or counted or after.lower.endswith("s")

    def _is_present(self, before: Token | None) -> bool:
        """A base or -s form after its subject: `rebels accuse the`, `China claims most`."""
        if before is None or before.index in self.found or not self._complement_follows(before):
            return False
        single = self.token.lower.endswith("s") and not self.token.lower.endswith("ss")
        if before.text == ",":
            return single and not self.found  # X, an analyst, credits the
        if before.kind != "word" or not self._may_be_subject(before):
            return False
        if before.lower in {"which", "that"}:
            return True
        if before.lower in {"and", "or"}:
            marked = self.after is not None and self.after.kind == "mark"
            return any(index < before.index for index in self.found) and not marked
        plural = (before.lower.endswith("s") and not before.lower.endswith("ss")) or before.lower in _row(
            "plurals"
        )
        agrees = (not plural or before.capital) if single else plural
        return agrees and not self._has_finite() and not (single and self._waits_for_verb())

    def _may_be_subject(self, before: Token) -> bool:
        prepositions = lexicon().words("function", "prepositions")
        return not (before.lower in prepositions or _is_adjective(before) or self._has_noun_to_come(before))

    def _complement_follows(self, before: Token) -> bool:
        after = self.after
        if after is not None and after.lower == "of" and self.token.lower.endswith("s"):
            return False
        if after is None or self._object_follows() or after.capital or after.kind == "number":
            return True
        bare = not self.token.lower.endswith("s") or self.token.lower.endswith("ss")
        if bare and before.index < _OPENING and not self.found and after.kind == "word":
            return True  # U.S. officials express outrage
        return (after.text in {",", "."} and before.capital) or after.lower in _row("amounts")

    def _waits_for_verb(self) -> bool:
        """`peace talks in Munich collapsed`: the verb comes after the phrase."""
        if self.after is None or self.after.lower not in _row("after_nouns"):
            return False
        for word in self.words[self.token.index + 1 : self.token.index + _CLAUSE]:
            if word.text in _PAUSES or word.lower in lexicon().words("clauses", "boundaries") | {
                "and",
                "but",
                "by",
            }:
                return False
            past = word.lower in lexicon().bases and word.lower not in _nouns_only()
            if word.kind == "word" and not word.capital and (past or word.lower.endswith("ed")):
                return True
        return False

    def _has_noun_to_come(self, before: Token) -> bool:
        """`two key suspects`: after a plural opener a singular can only be an attribute."""
        opener = self.words[before.index - 1] if before.index else None
        if opener is not None and before.lower.endswith("s") and not before.lower.endswith("ss"):
            return self._is_one(before)
        if opener is None or before.lower.endswith("s") or before.capital:
            return False
        if before.lower in {"and", "or"}:
            return False
        numeral = opener.kind == "number" or opener.lower in lexicon().tables["numbers"]
        return numeral or opener.lower in _row("plural_openers")

    def _is_one(self, before: Token) -> bool:
        """`an apparent chemical weapons attack`: after `an` a plural can only be an attribute."""
        for token in reversed(self.words[: before.index]):
            if token.kind != "word" or token.lower in lexicon().function_words:
                return token.lower in {"a", "an"}
        return False

    def _has_finite(self) -> bool:
        """Whether the clause up to here has its verb already."""
        openers = lexicon().words("clauses", "boundaries") | {"and", "but", "or"}
        for index in range(self.token.index - 1, max(-1, self.token.index - _CLAUSE), -1):
            word, after = self.words[index], self.words[index + 1]
            if word.text == "," and after.lower in {"by", "in", "on", "at", "with"}:
                return True
            if word.text in _PAUSES or word.lower in openers:
                return False
            related = index > 0 and self.words[index - 1].lower in {"who", "which", "that"}
            if index in self.found and not word.lower.endswith("ing") and not related:
                return True
        return False


def _is_single(token: Token) -> bool:
    """Whether it ends like a third person."""
    return token.lower.endswith("s") and not token.lower.endswith("ss")


def _is_adjective(token: Token) -> bool:
    """`Russian` in `Russian attacks`: an adjective of nationality or the like."""
    if token.capital:
        return is_nationality(token.lower)
    return token.lower.endswith(("ic", "al", "ous", "ive", "ary", "able", "ful"))
