"""Words that make a thing possible, planned, demanded, threatened or alleged, and what they govern."""

from collections.abc import Iterator
from functools import cache

from summarizer.grounding.claims.cues import Cue, ahead
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.subjects import is_verb
from summarizer.grounding.claims.words import Token, lemma

__all__ = ["modal_cues"]


_FAR = 8
"""Content words that a governing verb or noun reaches."""

_MODALS = frozenset({"may", "might", "could", "can", "will", "would", "shall", "should", "must"})

_TO_FOLLOWS = frozenset({"appear", "seem", "need", "ought"})
"""These hedge only with what they introduce: a video `appeared`, one `needs` water."""

_NOT_THROUGH_THAT = frozenset({"threatened", "demanded", "planned", "considered", "future"})


def modal_cues(reading: Reading) -> tuple[Cue, ...]:
    """Every word that makes a thing possible, planned, demanded, threatened or alleged, in order."""
    return tuple(_modals(reading))


@cache
def _modal_rows() -> dict[str, str]:
    """Root or word pair, or `=` and a word as it stands -> row of the modality table."""
    tables = lexicon().tables["modality"]
    names = [name for name in tables if name not in {"reported", "goal", "speech"}]
    exact = {word: name for name in names for word in tables[name].split() if word.startswith("=")}
    return {key: name for name in reversed(names) for key in lexicon().roots("modality", name)} | exact


def _modals(reading: Reading) -> Iterator[Cue]:
    rows, titled = _modal_rows(), frozenset(t.index - 1 for t in reading.tokens if t.capital)
    for token in reading.tokens:
        kind = rows.get(reading.pair(token.index) or token.root) if token.kind == "word" else None
        kind = kind or (rows.get(f"={token.lower}") if token.index not in reading.verbs else None)
        if (
            kind is None
            or _is_name_like(token, titled)
            or _is_so_called(reading, token)
            or _is_to_someone(reading, token)
        ):
            continue
        if (
            token.lower.endswith(("ed", "ing"))
            and token.index not in reading.verbs
            and f"={token.lower}" not in rows
        ):
            continue
        if token.root in _TO_FOLLOWS and (
            reading.tokens[token.index + 1].lower if token.index + 1 < len(reading.tokens) else ""
        ) not in {"to", "that", "as"}:
            continue
        if token.root == "agree" and not _leads_to_verb(reading, token.index):
            continue
        yield _modal(reading, token, kind)
    yield from _infinitives(reading)
    yield from _purposes(reading)


def _leads_to_verb(reading: Reading, index: int) -> bool:
    """`agreed on Thursday to withdraw`, not `agreed on Thursday to a truce`."""
    ahead = reading.tokens[index + 1 : index + _JOINED]
    return any(t.lower == "to" and t.index + 1 in reading.verbs for t in ahead) or any(
        t.lower in {"that", *_MODALS} for t in ahead
    )


def _is_name_like(token: Token, titled: frozenset[int]) -> bool:
    """`Theresa May`, `in May`, `Press Secretary`: a capital inside a sentence."""
    return token.capital and token.index > 0 and (token.lower in {"may", "will"} or token.index in titled)


def _is_to_someone(reading: Reading, token: Token) -> bool:
    """`a threat to humans` is no threat to do something."""
    if token.index in reading.verbs or token.lower in _MODALS:
        return False
    after = [t.lower for t in reading.tokens[token.index + 1 : token.index + 3]]
    return after[:1] == ["to"] and token.index + 2 not in reading.verbs


def _is_so_called(reading: Reading, token: Token) -> bool:
    return token.joined and reading.tokens[token.index - 2].lower == "so"


def _modal(reading: Reading, token: Token, kind: str) -> Cue:
    if token.lower in _MODALS:
        heads = ahead(reading, token.index, 1)
        return Cue(token.index, kind, heads, _to_clause_end(reading, heads), local=True)
    if (
        token.index not in reading.verbs
        and f"={token.lower}" in _modal_rows()
        and not token.lower.endswith("ly")
        and not is_verb(reading, token.index)
    ):
        heads = _noun_phrase(reading, token.index)
        return Cue(token.index, kind, heads, heads, local=True)
    if token.lower.endswith("ly") or token.lower in {"perhaps", "maybe"}:
        heads = (*ahead(reading, token.index, 2), *_behind(reading, token.index, 2))
        return Cue(token.index, kind, heads, heads, local=True)
    reach = () if _is_listed(reading, token.index) else ahead(reading, token.index, _FAR)
    if kind in _NOT_THROUGH_THAT:
        reach = _before_that(reading, token.index, reach)
    return Cue(
        token.index,
        kind,
        tuple(i for i in reach[:3] if is_verb(reading, i))[:1],
        (*reach, *_undergone(reading, token.index)),
    )


def _is_listed(reading: Reading, index: int) -> bool:
    """`threatened, arrested and tried`: one of several things done, which governs none of them."""
    after = reading.tokens[index + 1 : index + 3]
    listed = len(after) > 1 and after[0].lower in {",", "and", "or"} and after[1].index in reading.verbs
    return listed and index in reading.verbs


def _noun_phrase(reading: Reading, index: int) -> tuple[int, ...]:
    """The rest of the phrase that an adjective opens: `march route` after `planned`."""
    found: list[int] = []
    for token in reading.tokens[index + 1 : index + 6]:
        if token.index in reading.verbs or (token.kind == "mark" and token.text != "-"):
            break
        if token.lower in lexicon().function_words:
            break
        if token.index in reading.content_set:
            found.append(token.index)
    return tuple(found)


def _before_that(reading: Reading, start: int, reach: tuple[int, ...]) -> tuple[int, ...]:
    """`warned that it had crossed`: what follows `that` stands for itself."""
    that = next((t.index for t in reading.tokens[start + 1 :] if t.lower == "that"), len(reading.tokens))
    return tuple(i for i in reach if i < that)


def _to_clause_end(reading: Reading, heads: tuple[int, ...]) -> tuple[int, ...]:
    """A governed verb with the rest of its clause."""
    if not heads:
        return heads
    clauses = {reading.clauses[heads[0]]}
    for token in reading.tokens[heads[0] : -1]:
        after = reading.tokens[token.index + 1]
        if token.lower not in {"and", "or"} or after.index not in reading.verbs:
            continue
        if token.index - heads[0] < _JOINED or _is_bare(after.lower):
            clauses.add(reading.clauses[after.index])
    return tuple(i for i in reading.content if i >= heads[0] and reading.clauses[i] in clauses)


def _is_bare(word: str) -> bool:
    """Whether a verb has no ending, so that an earlier `will` may govern it."""
    return lemma(word) in {word, word[:-1], word[:-1] + "i"}


_JOINED = 6
"""Tokens after a governed verb within which `and` may join another."""


def _undergone(reading: Reading, index: int) -> tuple[int, ...]:
    """What `is being considered` says of its subject."""
    if index not in reading.verbs or not index or reading.tokens[index - 1].root != "be":
        return ()
    clause = reading.clauses[index]
    return tuple(i for i in reading.content if i < index and reading.clauses[i] == clause)


def _behind(reading: Reading, start: int, most: int) -> tuple[int, ...]:
    return tuple(i for i in reversed(reading.content) if i < start)[:most]


def _purposes(reading: Reading) -> Iterator[Cue]:
    """`legislation to ban it`: what a noun leads to has not happened yet."""
    goals = lexicon().roots("modality", "goal")
    for token in reading.tokens[1:-1]:
        before = reading.tokens[token.index - 1]
        if token.lower != "to" or token.index + 1 not in reading.verbs:
            continue
        leads = before.root in goals and before.lower != "authorities" and before.index not in reading.verbs
        if leads or "until" in {t.lower for t in reading.tokens[max(0, token.index - 6) : token.index]}:
            heads = ahead(reading, token.index, 1)
            yield Cue(before.index, "purpose", heads, _to_clause_end(reading, heads), local=True)


def _infinitives(reading: Reading) -> Iterator[Cue]:
    """`is to send`, `was to have met`, `is going to send`: what is due."""
    for token in reading.tokens[1:-1]:
        before = reading.tokens[token.index - 1]
        due = before.lower in {"is", "are", "was", "were", "has", "have"} or (
            before.lower == "going" and token.index + 1 in reading.verbs
        )
        if token.lower == "to" and due:
            heads = ahead(reading, token.index, 1)
            yield Cue(before.index, "future", heads, heads, local=True)
