"""The statements that one claim makes, and those of them that its evidence does not tell."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.grounding.claims.align import likeness
from summarizer.grounding.claims.article import ArticleReading
from summarizer.grounding.claims.evidence import Support, carriers
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.subjects import is_verb, subject, verb_group_start

__all__ = ["Predicates", "predicates", "told_in", "untold"]

Predicates = tuple[tuple[int, ...], ...]
"""What each statement says of its subject, as tokens."""

_PAUSES = frozenset(";:,()")
_JOINS = frozenset({"and", "or", "nor", "but"})
_COMPLEMENTS = frozenset({"that", "whether"})
_OPENERS = frozenset(
    {"that", "whether", "which", "who", "if", "because", "while", "when", "where", "although", "though"}
)
"""A statement that starts with one of these has its verb still to come."""
_SEVERAL = 2
_NEAR = 6
"""Tokens within which a verb stands beside a word."""
_TOLD = 0.34
"""Share of the words of a predicate, its subject left out, below which the evidence does not tell it."""
_PLAINLY = 0.75
"""The same from which one other sentence tells it plainly."""


def untold(claim: Reading, support: Support, evidence: Sequence[Reading]) -> Predicates:
    """The predicates of a claim of several that its evidence does not tell.

    Args:
        claim: What is said.
        support: How far the evidence carries each of its words.
        evidence: The sentences it is held against.

    Returns:
        For each such statement its tokens, from the verb on; nothing for a claim that makes only one statement.
    """
    found = [p for p in predicates(claim) if not _only_reports(claim, p, support)]
    if len(found) < _SEVERAL:
        return ()
    acts = [p for p in found if is_verb(claim, p[0])]
    lacking = [p for p in acts if _is_untold(p, support, least=_least(claim, p, found))]
    return tuple(p for p in lacking if not _is_reworded(claim, p, support, evidence))


def told_in(
    claim: Reading, predicate: tuple[int, ...], support: Support, article: ArticleReading
) -> int | None:
    """The sentence of the article that tells a predicate plainly and has the whole of its subject, if there is one.

    Args:
        claim: What is said.
        predicate: One of `untold`.
        support: How far the evidence carries each word of the claim.
        article: Where to look.
    """
    who = [carriers(claim, i, article.index) for i in subject(claim, predicate[0])[0]]
    told = [carriers(claim, i, article.index) for i in predicate if i in support.telling]
    among = set[int](who[0]).intersection(*who[1:]) if who else set[int]()
    worth = {n: sum(carried.get(n, 0.0) for carried in told) for n in sorted(among)}
    top = max(worth, key=lambda n: worth[n], default=None)
    return top if top is not None and worth[top] >= _PLAINLY * len(told) else None


def _only_reports(claim: Reading, predicate: tuple[int, ...], support: Support) -> bool:
    """Whether it is the `says Orlo` of another statement."""
    said = claim.tokens[predicate[0]].root in lexicon().roots("modality", "reported")
    return said and support.telling.isdisjoint(predicate)


def _least(claim: Reading, predicate: tuple[int, ...], found: Sequence[tuple[int, ...]]) -> int:
    """Words that must be lacking: the first statement often only leads in what follows, by `fears` or the like."""
    leads = predicate is found[0] and not claim.tokens[predicate[0]].lower.endswith("ing")
    return _SEVERAL if leads else 1


def _is_untold(predicate: tuple[int, ...], support: Support, *, least: int) -> bool:
    telling = [support.found[i] for i in predicate if i in support.telling]
    return len(telling) >= least and sum(telling) < _TOLD * len(telling)


def _is_reworded(
    claim: Reading, predicate: tuple[int, ...], support: Support, evidence: Sequence[Reading]
) -> bool:
    """Whether a word it shares with the evidence stands there beside a verb that the claim has not put to use."""
    shared = [i for i in predicate if support.found.get(i)]
    return any(
        (verb := _beside(source, j)) is not None and _is_unused(claim, source, verb)
        for source in evidence
        for i in shared
        for j in source.content
        if likeness(claim, i, source, j)
    )


def _beside(source: Reading, index: int) -> int | None:
    """The verb nearest before a word, in the same clause."""
    before = range(index - 1, max(-1, index - _NEAR - 1), -1)
    return next(
        (i for i in before if is_verb(source, i) and source.clauses[i] == source.clauses[index]), None
    )


def _is_unused(claim: Reading, source: Reading, verb: int) -> bool:
    return not any(likeness(claim, i, source, verb) for i in claim.content)


def predicates(reading: Reading) -> Predicates:
    """What each statement says of its subject: its tokens from the verb on, those of subjects left out."""
    found: list[tuple[int, ...]] = []
    for statement in _statements(reading):
        heads = _heads(reading, statement)
        subjects = {i for head in heads for i in subject(reading, head)[0]}
        found.append(tuple(i for i in statement if i in heads or (i > heads[0] and i not in subjects)))
    return tuple(found)


def _statements(reading: Reading) -> Iterator[list[int]]:
    """Stretches that hold a verb; what has none goes with the statement before, or with the first."""
    current: list[int] = []
    before: list[int] = []
    has_verb = False
    for stretch in _stretches(reading):
        speaks = bool(_heads(reading, stretch))
        if speaks and has_verb and not _continues(reading, stretch, before):
            yield current
            current = []
        has_verb, before = has_verb or speaks, stretch
        current.extend(stretch)
    if has_verb:
        yield current


def _continues(reading: Reading, stretch: list[int], before: list[int]) -> bool:
    """Whether a stretch goes on with what is before: `warned that`, `avoided linking`, `in Iraq and Syria are`."""
    first, head = stretch[0], _heads(reading, stretch)[0]
    if first - 1 in reading.verbs and (reading.tokens[first].lower in _COMPLEMENTS or first == head):
        return True
    if reading.tokens[first].lower not in {"and", "or"}:
        return False
    start = verb_group_start(reading, head)
    infinitive = reading.tokens[start - 1].lower == "to"
    opens = reading.tokens[before[0]].lower in _OPENERS and not _heads(reading, before)
    return start - infinitive > first + 1 and (infinitive or opens)


def _heads(reading: Reading, stretch: list[int]) -> list[int]:
    """The verbs that say something; where there are none, the auxiliaries: `is`."""
    verbs = [i for i in stretch if i in reading.verbs]
    return [i for i in verbs if is_verb(reading, i)] or verbs


def _stretches(reading: Reading) -> Iterator[list[int]]:
    starts = [0, *(t.index for t in reading.tokens[1:] if _starts(reading, t.index)), len(reading.tokens)]
    for start, end in pairwise(starts):
        yield list(range(start, end))


def _starts(reading: Reading, index: int) -> bool:
    """Whether a new stretch starts at a token."""
    token = reading.tokens[index]
    return (
        token.text in _PAUSES
        or token.lower in _JOINS
        or token.lower in lexicon().words("clauses", "boundaries")
        or reading.is_dash(index)
        or reading.ends_sentence(index)
        or _is_participle(reading, index)
    )


def _is_participle(reading: Reading, index: int) -> bool:
    """Whether an -ing form starts a statement of its own: `for burning a school`."""
    token = reading.tokens[index]
    return (
        token.lower.endswith("ing")
        and is_verb(reading, index)
        and verb_group_start(reading, index) == index
        and reading.tokens[index - 1].kind == "word"
    )
