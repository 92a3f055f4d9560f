"""Does the claim turn a word of its evidence round: accept for reject, north for south?"""

from collections.abc import Iterator
from itertools import pairwise

from summarizer.grounding.claims.align import Link, likeness
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.frames import frame
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.types import Issue

__all__ = ["opposed", "opposite_issues"]

_SURE = 0.9
_ALONE = 1.7
"""A link of no higher score has no neighbour to speak for it."""
_NEAR, _FAR = 8, 14
"""Tokens within which the opposite word must stand to the counterparts of the claim's neighbours; the
latter for two verbs, around which more is left out."""
_CLOSE = 3
_STATES = frozenset({"glad", "open", "good"})
"""Axes of what one is or feels: there a verb may answer to an adjective."""
_BESIDE, _FAR_BESIDE = 3, 6
_WHY = "The claim says {claim} where its evidence says {source}."
_SMALL = frozenset({"with", "without", "against", "for", "before", "after", "over", "under", "above", "below", "inside", "outside", "in", "out", "up", "down", "off", "on", "to", "from", "of", "at", "by", "into", "as", "through", "about"})  # fmt: skip
_WAYS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
_LESS = frozenset({"less", "fewer", "lower", "smaller"})
_PREFIXES = ("un", "in", "im", "dis", "non", "il", "ir")


def opposed(claim: Reading, i: int, source: Reading, j: int) -> bool:
    """Whether two words say the reverse of each other."""
    if _alike(claim, i, source, j):
        return False
    table, theirs = lexicon().opposites, _senses(source, j)
    if any(table.get(sense, frozenset()) & theirs for sense in _senses(claim, i)):
        return True
    one, other = claim.tokens[i].lower, source.tokens[j].lower
    return _prefixed(one, other) or (
        (way := _compass(one)) is not None and _compass(other) not in {None, way}
    )


def _alike(claim: Reading, i: int, source: Reading, j: int) -> bool:
    """Whether two words may say the same, so that nothing sets them against each other."""
    one, other = claim.tokens[i], source.tokens[j]
    if other.lower == "more" and not ("cut" in claim.ideas[i] or one.lower in _LESS):
        return True
    return bool(claim.ideas[i] & source.ideas[j]) or (
        one.root == other.root and claim.pair(i) == source.pair(j)
    )


def _compass(word: str) -> str | None:
    """`northwest` for `northwest` and `northwestern`."""
    way = word.removesuffix("ern")
    return way if way in _WAYS else None


def _prefixed(one: str, other: str) -> bool:
    """`popular` and `unpopular`."""
    short, long = sorted((one, other), key=len)
    return len(short) > len("able") and any(long == prefix + short for prefix in _PREFIXES)


def _at_odds(claim: Reading, i: int, source: Reading, j: int) -> frozenset[str]:
    """The axes at whose two ends two words stand."""
    if _alike(claim, i, source, j):
        return frozenset()
    mine, theirs = _ends(claim, i), _ends(source, j)
    if mine & theirs:
        return frozenset()
    return frozenset(end[:-1] for end in mine if end[:-1] + ("-" if end[-1] == "+" else "+") in theirs)


def _ends(reading: Reading, index: int) -> frozenset[str]:
    table = lexicon().axes
    return frozenset(end for sense in _senses(reading, index) for end in table.get(sense, ()))


def _senses(reading: Reading, index: int) -> frozenset[str]:
    token = reading.tokens[index]
    return frozenset(f"#{idea}" for idea in reading.ideas[index]) | {reading.pair(index) or token.root}


def opposite_issues(case: Comparison) -> Iterator[Issue]:
    """Words of the claim that have only their opposite in the evidence, in the same place."""
    for token in case.reading.tokens:
        i = token.index
        if token.kind != "word" or _is_exempt(case.reading, i) or _stands(case, i):
            continue
        found = _opposite(case, i) or _odd(case, i)
        if found and not _denied(case, i, *found) and not _undone(case, i, *found):
            yield case.issue("direction", (i,), found[0], (found[1],), _WHY)
    yield from _small_issues(case)
    yield from _attribute_issues(case)


def _attribute_issues(case: Comparison) -> Iterator[Issue]:
    """`nuclear warheads` where the evidence has `conventional warheads`, whatever else is nuclear in it."""
    for i, k in pairwise(case.reading.content):
        link = case.alignment.best.get(k)
        if k != i + 1 or link is None or not link.source or i not in case.alignment.best:
            continue
        j = link.source - 1
        if opposed(case.reading, i, case.source(link), j) and case.source(link).tokens[j].lower not in _SMALL:
            yield case.issue("direction", (i, k), link.sentence, (j, link.source), _WHY)


def _is_exempt(reading: Reading, i: int) -> bool:
    """Small words, names, parts of compounds, and the `less` of `less than an hour`."""
    token = reading.tokens[i]
    bound = token.lower in {"more", "less", "fewer", "over", "under"} and _next(reading, i) == "than"
    light = token.root in lexicon().roots("function", "empty") and not reading.pair(i)
    if token.root in {"last", "continue", "run"} and _next(reading, i) in {"until", "till", "through"}:
        return True  # what lasts until Friday ends on Friday
    return token.lower in _SMALL or token.joined or bound or light or (token.capital and i > 0)


def _next(reading: Reading, i: int) -> str:
    return reading.tokens[i + 1].lower if i + 1 < len(reading.tokens) else ""


def _stands(case: Comparison, i: int) -> bool:
    """Whether the word itself is in the evidence, near its neighbours' counterparts."""
    link = case.alignment.best.get(i)
    if link is not None and link.score > _ALONE:
        return True
    lower = case.reading.tokens[i].lower
    return any(
        t.lower == lower
        and case.reading.pair(i) == f.reading.pair(t.index)
        and _distance(case, i, n, t.index) <= _NEAR
        for n, f in case.sources.items()
        for t in f.reading.tokens
    )


def _free(case: Comparison, number: int) -> Iterator[int]:
    """Words of an evidence sentence on which the claim does not yet stand."""
    taken = {
        k.source
        for k in case.alignment.best.values()
        if k.sentence == number and (k.likeness >= _SURE or k.source not in case.source(k).verbs)
    }
    source = case.article.readings[number]
    for token in source.tokens:
        if token.kind == "word" and token.index not in taken and not _is_exempt(source, token.index):
            yield token.index


def _opposite(case: Comparison, i: int) -> tuple[int, int] | None:
    """Sentence and token of the nearest word that the table names as opposite."""
    best: tuple[float, int, int] | None = None
    for number, facts in case.sources.items():
        against = (
            [t.index for t in facts.reading.tokens if t.lower == "against"]
            if "back" in case.reading.ideas[i]
            else []
        )
        for j in (*_free(case, number), *against):
            if opposed(case.reading, i, facts.reading, j):
                distance = _distance(case, i, number, j)
                both = (i in case.reading.verbs, j in facts.reading.verbs)
                limit = _FAR if all(both) else _CLOSE if any(both) else _NEAR
                if all(both) and _differ(case, i, number, j):
                    continue
                if distance <= limit and (best is None or distance < best[0]):
                    best = (distance, number, j)
    return best[1:] if best else None


def _differ(case: Comparison, i: int, number: int, j: int) -> bool:
    """Whether two verbs plainly speak of two things: `raise prices`, `shares dropped`."""
    source = case.article.readings[number]
    mine, theirs = frame(case.reading, i).patient, frame(source, j)
    if not mine or theirs.patient or not theirs.agent or theirs.pronoun:
        return False
    return not any(
        likeness(case.reading, a, source, b) >= _SURE for a in mine for b in (*theirs.agent, *theirs.rest)
    )


def _odd(case: Comparison, i: int) -> tuple[int, int] | None:
    """Sentence and token of a word in exactly the same place, at the other end of an axis."""
    for number, facts in case.sources.items():
        for j in _free(case, number):
            axes = _at_odds(case.reading, i, facts.reading, j)
            if axes and _same_place(case, i, number, j, axes):
                return number, j
    return None


def _same_place(case: Comparison, i: int, number: int, j: int, axes: frozenset[str]) -> bool:
    """Whether two verbs have the same object, or two other words the same neighbour."""
    source = case.article.readings[number]
    if i in case.reading.verbs and j in source.verbs and not axes <= _STATES:
        mine, theirs = frame(case.reading, i), frame(source, j)
        return any(
            likeness(case.reading, a, source, b) >= _SURE for a in mine.patient for b in theirs.patient
        )
    return _distance(case, i, number, j) <= (_CLOSE if axes & _STATES else 1)


def _distance(case: Comparison, i: int, number: int, j: int) -> float:
    """Tokens between a word of the evidence and the nearer counterpart of a claim word's two neighbours."""
    linked = case.alignment.best.keys()
    left, right = (
        max((k for k in linked if k < i), default=None),
        min((k for k in linked if k > i), default=None),
    )
    links = [case.alignment.best[k] for k in (left, right) if k is not None]
    return min((abs(link.source - j) for link in links if link.sentence == number), default=99.0)


def _undone(case: Comparison, i: int, number: int, j: int) -> bool:
    """`calm tensions` where the evidence has `reduce escalating tensions`."""
    source = case.article.readings[number]
    if j - 1 not in source.verbs or not source.tokens[j].lower.endswith(("ing", "ed")):
        return False
    return bool(_ends(case.reading, i) & _ends(source, j - 1))


def _denied(case: Comparison, i: int, number: int, j: int) -> bool:
    """Whether exactly one of the two is denied, so that they agree."""
    mine, theirs = bool(case.cues.denied.get(i)), bool(case.source_cues(number).denied.get(j))
    return mine != theirs


def _small_issues(case: Comparison) -> Iterator[Issue]:
    """Prepositions: `against` for `with`, `before` for `after`, each beside the same word."""
    for token in case.reading.tokens:
        after = next((i for i in case.reading.content if i > token.index), None)
        if token.lower not in _SMALL or after is None or after - token.index > _BESIDE:
            continue
        if [t.text for t in case.reading.tokens[after + 1 : after + 2]] == ["-"]:
            continue  # against Western-backed fighters
        link = case.alignment.best.get(after)
        found = _beside(case, token.index, link) if link else None
        if link and found is None:
            found = _reverses_way(case, token.index, link)
        if link and found is not None:
            yield case.issue("direction", (token.index, after), link.sentence, (found, link.source), _WHY)
            return


def _reverses_way(case: Comparison, i: int, link: Link) -> int | None:
    """`switched from X` where the evidence has `switched to X`."""
    mine, source = case.reading.tokens[i].lower, case.source(link)
    other = {"from": {"to", "into"}, "to": {"from", "of"}, "into": {"from", "of"}}.get(mine)
    before = [k for k in case.reading.content if k < i]
    verb = next((k for k in reversed(before) if k in case.reading.verbs), max(before, default=None))
    governor = case.alignment.best.get(verb) if verb is not None else None
    if (
        other is None
        or governor is None
        or governor.sentence != link.sentence
        or not source.tokens[link.source].capital
    ):
        return None
    at = link.source - 1 - (source.tokens[link.source - 1].lower == "the")
    before = [t.lower for t in source.tokens[max(0, at - 1) : at + 1]]
    turned = before[-1:] == ["of"] if before[:1] == ["out"] else before[-1:] != ["of"]
    return at if before and before[-1] in other and turned else None


def _beside(case: Comparison, i: int, link: Link) -> int | None:
    """The word just before a link's source that says the reverse of a preposition."""
    source = case.source(link)
    near = range(max(0, link.source - _FAR_BESIDE), link.source)
    if any(
        source.tokens[j].lower == case.reading.tokens[i].lower or case.reading.ideas[i] & source.ideas[j]
        for j in near
    ):
        return None
    for j in near:
        reach = _BESIDE if source.tokens[j].lower in _SMALL else _FAR_BESIDE
        if not source.tokens[j].joined and opposed(case.reading, i, source, j) and link.source - j <= reach:
            return j
    return None
