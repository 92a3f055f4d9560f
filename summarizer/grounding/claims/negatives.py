"""Words that deny, and what they deny."""

from collections.abc import Iterator, Sequence

from summarizer.grounding.claims.cues import Cue, ahead
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.subjects import is_verb
from summarizer.grounding.claims.words import Token

__all__ = ["negative_cues"]


def negative_cues(reading: Reading) -> tuple[Cue, ...]:
    """Every word that denies, in order."""
    return tuple(_negatives(reading))


def _negatives(reading: Reading) -> Iterator[Cue]:
    plain, implicit = lexicon().words("negation", "plain"), lexicon().roots("negation", "implicit")
    for token in reading.tokens:
        if token.kind != "word":
            continue
        if _is_turning(reading, token):
            heads = ahead(reading, token.index + 1, 1)
            yield Cue(token.index, "plain", heads, ahead(reading, token.index + 1, 4))
        elif token.lower in plain:
            if not _hyphenated(reading, token) and not _is_hollow(reading, token):
                heads = _denied(reading, token)
                yield Cue(
                    token.index,
                    "plain",
                    heads,
                    heads if _affirms(reading, heads) else tuple({*heads, *ahead(reading, token.index, 4)}),
                    local=token.lower == "without",
                )
        elif token.root in {"keep", "stop", "bar"} and (kept := reading.keeps_from(token.index)) is not None:
            yield Cue(token.index, "implicit", (kept,), (kept,))
        elif (reading.pair(token.index) or token.root) in implicit and _is_live(reading, token):
            reach = () if _is_finished(reading, token) else ahead(reading, token.index, 5)
            that = reading.tokens[token.index + 1 : token.index + 2]
            said = _asserted(reading, token, reach) if that and that[0].lower == "that" else ()
            yield Cue(token.index, "implicit", said or reach[:1], reach)


def _is_turning(reading: Reading, token: Token) -> bool:
    """`instead of`, `rather than`, `yet to`: what follows did not happen."""
    after = [t.lower for t in reading.tokens[token.index + 1 : token.index + 2]]
    return [token.lower, *after] in (["instead", "of"], ["rather", "than"], ["yet", "to"])


def _hyphenated(reading: Reading, token: Token) -> bool:
    """`never-before-seen`, `no-fly`."""
    after = reading.tokens[token.index + 2 : token.index + 3]
    return token.joined or (bool(after) and after[0].joined)


def _is_live(reading: Reading, token: Token) -> bool:
    """Whether a word that may deny is a verb, or a noun such as `lack`; not the `failed` of `a failed state`."""
    if token.index in reading.verbs:
        return True
    after = [t.lower for t in reading.tokens[token.index + 1 : token.index + 2]]
    return token.lower in _NOUNS or (
        token.lower in {"failure", "unable", "unlikely", "impossible"} and after == ["to"]
    )


def _asserted(reading: Reading, token: Token, reach: Sequence[int]) -> tuple[int, ...]:
    """The `favored` of `denied that rescuers favored`; not of `rejected that theory, saying`."""
    first = next((i for i in reach if is_verb(reading, i)), None)
    if first is None or any(t.text == "," for t in reading.tokens[token.index : first]):
        return ()
    return (first,)


def _is_finished(reading: Reading, token: Token) -> bool:
    """`the attempt failed last week`: it denies nothing that follows."""
    after = reading.tokens[token.index + 1 : token.index + 2]
    return token.root == "fail" and bool(after) and after[0].lower not in {"to", "in"}


_NOUNS = frozenset({"lack", "absence", "refusal", "denial", "rejection", "impossible", "unlikely", "unable"})


def _is_hollow(reading: Reading, token: Token) -> bool:
    """`not only`, `whether or not`, `No. 3`, and a `no` that answers."""
    after = reading.tokens[token.index + 1] if token.index + 1 < len(reading.tokens) else None
    before = reading.tokens[token.index - 1] if token.index else None
    if after is None or (before is not None and before.lower in {"or", "than"}):
        return True
    return after.lower in lexicon().words("negation", "hollow") or (
        after.kind == "mark" and after.text in ".,"
    )


def _denied(reading: Reading, token: Token) -> tuple[int, ...]:
    """What a `not`, `no`, `never` or `neither` denies."""
    if token.lower == "unless":
        return tuple(i for i in ahead(reading, token.index, 8) if is_verb(reading, i))[:1]
    after = [i for i in ahead(reading, token.index, 10) if not reading.tokens[i].lower.endswith("ly")]
    if token.lower in {"not", "never", "without", "hardly", "scarcely", "barely"}:
        opinion = after[:1] and reading.tokens[after[0]].root in lexicon().roots("modality", "expected")
        believed = [i for i in after[1:] if is_verb(reading, i)][:1] or after[1:2] if opinion else []
        if after and [t.lower for t in reading.tokens[after[0] + 1 : after[0] + 2]] == ["to"]:
            believed = [i for i in after[1:2] if is_verb(reading, i)]
        return (*after[:1], *believed)
    heads = after[: 1 if _affirms(reading, after) else 2]
    if _affirms(reading, after):
        return tuple(heads)
    clause = reading.clauses[token.index]
    verbs = (
        i for i in reading.content if i > token.index and reading.clauses[i] == clause and is_verb(reading, i)
    )
    heads += [i for i in verbs if i not in heads][:1]
    back = token.index - 1
    while back >= 0 and reading.tokens[back].lower in {"been", "be"}:
        back -= 1
    if back >= 0 and is_verb(reading, back):
        heads.append(back)
    return tuple(heads)


def _affirms(reading: Reading, after: Sequence[int]) -> bool:
    """`no doubt`, `no accident`: what follows is not denied."""
    return bool(after) and reading.tokens[after[0]].lower in {
        "doubt",
        "accident",
        "surprise",
        "secret",
        "wonder",
        "coincidence",
        "question",
    }
