"""Words that deny, hedge or foresee, and the words of the sentence that each of them governs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.words import Token

__all__ = ["Cue", "governed", "is_verb", "modal_cues", "negative_cues"]

_FAR = 8
"""Content words that a governing verb or noun reaches."""
_HARD = frozenset({";", ":", "(", ")", "?", "!"})
_MODALS = frozenset({"may", "might", "could", "can", "will", "would", "shall", "should", "must"})
_SKIPPED = frozenset({"be", "have", "do", "get", "yet", "even", "still", "also", "ever", "to", "been", "being", "a", "an", "the", "any", "that", "it"})
_AUXILIARIES = frozenset({"be", "have", "do"})

@dataclass(frozen=True, slots=True)
class Cue:
    """One such word."""

    index: int
    kind: str
    """Row of the table it stands in, such as `plain` or `possible`."""
    heads: tuple[int, ...]
    """What it governs for certain."""
    reach: tuple[int, ...]
    """What it may govern; the heads among them."""
    local: bool = False
    """Whether it says nothing about what lies outside its reach."""


def negative_cues(reading: Reading) -> tuple[Cue, ...]:
    """Every word that denies, in order."""
    return tuple(_negatives(reading))


def modal_cues(reading: Reading) -> tuple[Cue, ...]:
    """Every word that makes a thing possible, planned, demanded, threatened or alleged, in order."""
    return tuple(_modals(reading))


def governed(cues: tuple[Cue, ...], *, surely: bool) -> Mapping[int, list[Cue]]:
    """Token -> the cues that govern it, surely or perhaps."""
    found: defaultdict[int, list[Cue]] = defaultdict(list)
    for cue in cues:
        for index in cue.heads if surely else cue.reach:
            found[index].append(cue)
    return found


def _negatives(reading: Reading) -> Iterator[Cue]:
    plain, implicit = lexicon().words("negation", "plain"), lexicon().roots("negation", "implicit")
    for token in reading.tokens:
        if token.kind != "word":
            continue
        if _is_turning(reading, token):
            heads = _ahead(reading, token.index + 1, 1)
            yield Cue(token.index, "plain", heads, _ahead(reading, token.index + 1, 4))
        elif token.lower in plain:
            if not _hyphenated(reading, token) and not _is_hollow(reading, token):
                heads = _denied(reading, token)
                yield Cue(token.index, "plain", heads, heads if _affirms(reading, heads) else tuple({*heads, *_ahead(reading, token.index, 4)}))
        elif (reading.pair(token.index) or token.root) in implicit and _is_live(reading, token):
            reach = _ahead(reading, token.index, 5)
            yield Cue(token.index, "implicit", reach[:1], reach)


def _is_turning(reading: Reading, token: Token) -> bool:
    """`instead of`, `rather than`, `yet to`: what follows did not happen."""
    after = [t.lower for t in reading.tokens[token.index + 1 : token.index + 2]]
    return [token.lower, *after] in (["instead", "of"], ["rather", "than"], ["yet", "to"])


def _hyphenated(reading: Reading, token: Token) -> bool:
    """`never-before-seen`, `no-fly`."""
    after = reading.tokens[token.index + 2 : token.index + 3]
    return token.joined or (bool(after) and after[0].joined)


def _is_live(reading: Reading, token: Token) -> bool:
    """Whether a word that may deny is a verb or a noun, not the `failed` of `a failed state`."""
    return token.index in reading.verbs or not token.lower.endswith(("ed", "ing"))


def _is_hollow(reading: Reading, token: Token) -> bool:
    """`not only`, `whether or not`, `No. 3`, and a `no` that answers."""
    after = reading.tokens[token.index + 1] if token.index + 1 < len(reading.tokens) else None
    before = reading.tokens[token.index - 1] if token.index else None
    if after is None or (before is not None and before.lower in {"or", "than"}):
        return True
    return after.lower in lexicon().words("negation", "hollow") or (after.kind == "mark" and after.text in ".,")


def _denied(reading: Reading, token: Token) -> tuple[int, ...]:
    """What a `not`, `no`, `never` or `neither` denies."""
    ahead = [i for i in _ahead(reading, token.index, 10) if not reading.tokens[i].lower.endswith("ly")]
    if token.lower in {"not", "never", "without", "hardly", "scarcely", "barely"}:
        return tuple(ahead[:1])
    heads = ahead[: 1 if _affirms(reading, ahead) else 2]
    if _affirms(reading, ahead):
        return tuple(heads)
    heads += [i for i in ahead[2:] if is_verb(reading, i) and reading.clauses[i] == reading.clauses[token.index]][:1]
    back = token.index - 1
    while back >= 0 and reading.tokens[back].lower in {"been", "be"}:
        back -= 1
    if back >= 0 and is_verb(reading, back):
        heads.append(back)
    return tuple(heads)


def _ends_sentence(reading: Reading, token: Token) -> bool:
    after = reading.tokens[token.index + 1 : token.index + 2]
    return token.text == "." and bool(after) and after[0].kind == "word" and after[0].capital


def _affirms(reading: Reading, ahead: Sequence[int]) -> bool:
    """`no doubt`, `no accident`: what follows is not denied."""
    return bool(ahead) and reading.tokens[ahead[0]].lower in {"doubt", "accident", "surprise", "secret", "wonder", "coincidence", "question"}


def _ahead(reading: Reading, start: int, most: int) -> tuple[int, ...]:
    """The next content words of the same statement."""
    content, found = set(reading.content), list[int]()
    for token in reading.tokens[start + 1 :]:
        if token.text in _HARD or _ends_sentence(reading, token) or (found and token.lower in {"but", "because", "although", "though", "while", "unless"}):
            break
        if (token.text == "," and len(found) > 1) or (found and token.lower in {"and", "or"} and token.index + 1 in reading.verbs):
            break
        adverb = token.lower.endswith("ly") and not token.capital and token.index not in reading.verbs
        if token.index in content and token.lower not in _SKIPPED and token.root not in _SKIPPED and not adverb:
            found.append(token.index)
        if len(found) == most:
            break
    return tuple(found)


@cache
def _modal_rows() -> dict[str, str]:
    """Root or word pair, or `=` and a word as it stands -> row of the modality table."""
    tables = lexicon().tables["modality"]
    names = [name for name in tables if name not in {"reported", "stronger", "achieved"}]
    exact = {word: name for name in names for word in tables[name].split() if word.startswith("=")}
    return {key: name for name in reversed(names) for key in lexicon().roots("modality", name)} | exact


def _modals(reading: Reading) -> Iterator[Cue]:
    rows = _modal_rows()
    for token in reading.tokens:
        kind = (rows.get(f"={token.lower}") or rows.get(reading.pair(token.index) or token.root)) if token.kind == "word" else None
        if kind is None or _is_name_like(reading, token) or _is_so_called(reading, token) or _is_to_someone(reading, token):
            continue
        if token.lower.endswith(("ed", "ing")) and token.index not in reading.verbs and f"={token.lower}" not in rows:
            continue
        if token.root in _TO_FOLLOWS and (reading.tokens[token.index + 1].lower if token.index + 1 < len(reading.tokens) else "") not in {"to", "that", "as"}:
            continue
        yield _modal(reading, token, kind)
    yield from _infinitives(reading)
    yield from _purposes(reading)


def _is_name_like(reading: Reading, token: Token) -> bool:
    """`Theresa May`, `in May`: a capital inside a sentence."""
    return token.lower in {"may", "will"} and token.capital and token.index > 0


_TO_FOLLOWS = frozenset({"appear", "seem", "need", "ought"})
"""These hedge only with what they introduce: a video `appeared`, one `needs` water."""


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
        heads = _ahead(reading, token.index, 1)
        return Cue(token.index, kind, heads, _to_clause_end(reading, heads), local=True)
    if f"={token.lower}" in _modal_rows() and not token.lower.endswith("ly") and not is_verb(reading, token.index):
        heads = _ahead(reading, token.index, 3)
        return Cue(token.index, kind, heads, heads, local=True)
    if token.lower.endswith("ly") or token.lower in {"perhaps", "maybe"}:
        heads = (*_ahead(reading, token.index, 2), *_behind(reading, token.index, 2))
        return Cue(token.index, kind, heads, heads, local=True)
    reach = _ahead(reading, token.index, _FAR)
    if kind in _NOT_THROUGH_THAT:
        reach = _before_that(reading, token.index, reach)
    return Cue(token.index, kind, tuple(i for i in reach[:3] if is_verb(reading, i))[:1], (*reach, *_undergone(reading, token.index)))


_NOT_THROUGH_THAT = frozenset({"threatened", "demanded", "planned", "considered", "future"})


def _before_that(reading: Reading, start: int, reach: tuple[int, ...]) -> tuple[int, ...]:
    """`warned that it had crossed`: what follows `that` stands for itself."""
    that = next((t.index for t in reading.tokens[start + 1 :] if t.lower == "that"), len(reading.tokens))
    return tuple(i for i in reach if i < that)


def _to_clause_end(reading: Reading, heads: tuple[int, ...]) -> tuple[int, ...]:
    """A governed verb with the rest of its clause."""
    if not heads:
        return heads
    clause = reading.clauses[heads[0]]
    return tuple(i for i in reading.content if i >= heads[0] and reading.clauses[i] == clause)


def _undergone(reading: Reading, index: int) -> tuple[int, ...]:
    """What `is being considered` says of its subject."""
    if index not in reading.verbs or not index or reading.tokens[index - 1].root != "be":
        return ()
    clause = reading.clauses[index]
    return tuple(i for i in reading.content if i < index and reading.clauses[i] == clause)


def _behind(reading: Reading, start: int, most: int) -> tuple[int, ...]:
    return tuple(i for i in reversed(reading.content) if i < start)[:most]


def _purposes(reading: Reading) -> Iterator[Cue]:
    """`legislation to ban it`: what is not said to have happened. `managed to` and the like say it."""
    for token in reading.tokens[1:-1]:
        verb = token.index + 1
        while verb + 1 < len(reading.tokens) and reading.tokens[verb].lower.endswith("ly"):
            verb += 1
        if token.lower != "to" or verb not in reading.verbs or _achieves(reading, token.index):
            continue
        heads = _ahead(reading, token.index, 1)
        yield Cue(token.index, "purpose", heads, heads, local=True)


def _achieves(reading: Reading, index: int) -> bool:
    """Whether the verb that governs an infinitive says that it came about."""
    for before in range(index - 1, max(-1, index - 7), -1):
        if before in reading.verbs:
            token = reading.tokens[before]
            return token.root in lexicon().roots("modality", "achieved") or token.root in {"be", "have"} or reading.tokens[index + 1].lower == "have"
    return False


def _infinitives(reading: Reading) -> Iterator[Cue]:
    """`is to send`, `was to have met`, `is going to send`: what is due."""
    for token in reading.tokens[1:-1]:
        before = reading.tokens[token.index - 1]
        due = before.lower in {"is", "are", "was", "were", "has", "have", "had"} or (before.lower == "going" and token.index + 1 in reading.verbs)
        if token.lower == "to" and due:
            heads = _ahead(reading, token.index, 1)
            yield Cue(before.index, "future", heads, heads, local=True)


def is_verb(reading: Reading, index: int) -> bool:
    """Whether a word is a verb that says something; auxiliaries are not."""
    return index in reading.verbs and reading.tokens[index].root not in _AUXILIARIES
