"""A sentence as the checks read it: tokens, what each stands for, and where clauses end."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.tags import verbs
from summarizer.grounding.claims.words import Token, tokens

__all__ = ["Reading", "read"]

_ABBREVIATED = frozenset({"jr", "sr", "st", "no", "vs", "inc", "corp", "co", "ltd", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "brig", "cmdr", "hon", "rev"})  # fmt: skip
_BREAKS = frozenset(";:,()")


@dataclass(frozen=True, eq=False)
class Reading:
    """One sentence, or a claim of several."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def ideas(self) -> tuple[frozenset[str], ...]:
        """For each token the ideas it may stand for; a two-word entry counts for its first word."""
        table, found = lexicon().concepts, list[frozenset[str]]()
        for token in self.tokens:
            pair = self.pair(token.index)
            if token.root in {"keep", "stop"} and self.keeps_from(token.index):
                found.append(frozenset({"prevent", "stop"}))
            else:
                found.append(table.get(pair, frozenset()) if pair else table.get(token.root, frozenset()))
        return tuple(found)

    def keeps_from(self, index: int) -> int | None:
        """The verb that `keep` in `keep him from going` keeps from happening."""
        ahead = self.tokens[index + 1 : index + 8]
        return next(
            (b.index for a, b in pairwise(ahead) if a.lower == "from" and b.lower.endswith("ing")), None
        )

    def pair(self, index: int) -> str:
        """The two-word entry (as roots) that starts at a token, or nothing."""
        following = self.tokens[index + 1 : index + 2]
        if not following or self.tokens[index].kind != "word":
            return ""
        second = (
            self.tokens[index + 2]
            if following[0].text == "-" and index + 2 < len(self.tokens)
            else following[0]
        )
        key = f"{self.tokens[index].root} {second.root}"
        return key if key in lexicon().pairs else ""

    @cached_property
    def content(self) -> tuple[int, ...]:
        """Indices of the words that say something; numbers and names among them."""
        empty = lexicon().function_words
        swallowed = {i + 1 for i in range(len(self.tokens)) if self.pair(i)}
        return tuple(
            t.index
            for t in self.tokens
            if t.kind == "number"
            or (t.kind == "word" and t.index not in swallowed and not _is_empty(t, empty))
        )

    @cached_property
    def content_set(self) -> frozenset[int]:
        """`content` for look-ups."""
        return frozenset(self.content)

    @cached_property
    def verbs(self) -> frozenset[int]:
        """Indices of the verbs, auxiliaries among them."""
        return verbs(self.tokens)

    def is_dash(self, index: int) -> bool:
        """Whether a token is a dash between two statements, not a hyphen."""
        token = self.tokens[index]
        return token.text == "-" and index > 0 and self.tokens[index - 1].end < token.start

    def ends_sentence(self, index: int) -> bool:
        """Whether a token closes a sentence inside the text."""
        after, before = self.tokens[index + 1 : index + 2], self.tokens[index - 1].lower if index else ""
        if (
            self.tokens[index].text not in {".", "?", "!"}
            or not after
            or after[0].kind != "word"
            or not after[0].capital
        ):
            return False
        return (
            len(before) > 1
            and before not in _ABBREVIATED
            and before not in lexicon().words("names", "titles")
        )

    @cached_property
    def clauses(self) -> tuple[int, ...]:
        """For each token the number of its clause, counted from 0."""
        number, found = 0, list[int]()
        boundaries = lexicon().words("clauses", "boundaries")
        for token in self.tokens:
            if (
                token.text in _BREAKS
                or token.lower in boundaries
                or token.lower == "but"
                or self.ends_sentence(token.index)
                or self.is_dash(token.index)
                or self._joins_verbs(token)
            ):
                number += 1
            found.append(number)
        return tuple(found)

    def _joins_verbs(self, token: Token) -> bool:
        """Whether this `and` starts a new statement."""
        if token.lower not in {"and", "or"}:
            return False
        after = self.tokens[token.index + 1 : token.index + 4]
        return any(
            t.lower in _FINITE or (t.index == token.index + 1 and t.index in self.verbs) for t in after
        )

    def words(self, indices: Sequence[int]) -> str:
        """The text from the first to the last of some tokens."""
        if not indices:
            return ""
        return self.text[self.tokens[min(indices)].start : self.tokens[max(indices)].end]


_FINITE = frozenset({"is", "are", "was", "were", "has", "have", "had", "will", "would", "may", "might", "could", "can", "should", "must", "did", "does", "do", "said", "says", "not"})  # fmt: skip


def _is_empty(token: Token, empty: frozenset[str]) -> bool:
    if token.text.isupper() and len(token.text) > 1:
        return False
    return token.lower in empty or token.root in empty or len(token.lower) < 2  # noqa: PLR2004 - a lone letter is an initial


@lru_cache(maxsize=1024)
def read(text: str) -> Reading:
    """Read one sentence or claim."""
    return Reading(text, tokens(text))
