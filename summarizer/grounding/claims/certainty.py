"""Does the claim state as fact what its evidence only threatens, plans, alleges or thinks possible?"""

from collections.abc import Iterator

from summarizer.grounding.claims.align import Link
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.cues import Cue
from summarizer.grounding.claims.frames import frame
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.strength import finished, strengthened
from summarizer.grounding.claims.subjects import is_verb
from summarizer.types import Issue

__all__ = ["modality_issues"]

_SURE = 0.9
_WEAK = frozenset({"attempted"})
_NOT_MINE = frozenset({"attempted", "purpose"})


def modality_issues(case: Comparison) -> Iterator[Issue]:
    """Hedges that the claim dropped or added."""
    for i in case.reading.content:
        verb, link = is_verb(case.reading, i), case.alignment.best.get(i)
        if not verb and not _is_predicate(case.reading, i):
            continue
        if link is None:
            yield from _done(case, i) if verb and not _is_aside(case, i) else ()
        elif _is_aside(case, i):
            yield from _added(case, i, link) if not _source_cues(case, link) else ()
        else:
            yield from _of_word(case, i, link)


def _of_word(case: Comparison, i: int, link: Link) -> Iterator[Issue]:
    """What is wrong with one word that the claim asserts."""
    mine, theirs = [*case.cues.maybe_hedged.get(i, []), *_disowned(case, i)], _theirs(case, i, link)
    if not mine:
        yield from finished(case, i, link)
    if theirs and not mine:
        vouched = all(c.kind in _SAID for c in theirs) and _is_reported(case, i)
        yield from _dropped(case, i, link, theirs) if not vouched else ()
    elif mine and not theirs:
        yield from _added(case, i, link)
    elif mine:
        yield from strengthened(case, i, link)


def _theirs(case: Comparison, i: int, link: Link) -> list[Cue]:
    """The hedges of a word's counterpart that the claim would have to keep."""
    theirs = _source_cues(case, link)
    if i in {c.index for c in case.cues.modal}:
        theirs = [c for c in theirs if link.likeness >= _SURE and (c.local or link.source in c.reach[:_SOON])]
    if case.reading.tokens[i].lower.endswith("ing") and all(c.kind == "purpose" for c in theirs):
        return []
    if case.cues.denied.get(i) and case.source_cues(link.sentence).denied.get(link.source):
        return [c for c in theirs if case.source(link).tokens[c.index].lower not in _ABLE]
    return theirs


_SAID = frozenset({"alleged", "expected"})
_ABLE = frozenset({"could", "can", "able", "possible"})
"""What could not be done was not done."""


def _is_reported(case: Comparison, i: int) -> bool:
    """Whether the claim leaves it to someone else to vouch for the word."""
    reported = lexicon().roots("modality", "reported")
    return any(
        t.index != i and (t.lower == "according" or (t.root in reported and t.index in case.reading.verbs))
        for t in case.reading.tokens
    )


def _disowned(case: Comparison, i: int) -> list[Cue]:
    """`deny`, `reject` and the like that govern a word of the claim."""
    return [c for c in case.cues.maybe_denied.get(i, []) if c.kind == "implicit"]


def _is_predicate(reading: Reading, i: int) -> bool:
    """Whether a noun or adjective is what `be` says of its subject: `the men were members`."""
    before = i - 1
    while before > 0 and reading.tokens[before].lower in _ARTICLES:
        before -= 1
    return before in reading.verbs and reading.tokens[before].root == "be"


_ARTICLES = frozenset({"a", "an", "the", "now", "still", "already"})


def _is_aside(case: Comparison, i: int) -> bool:
    """Whether the verb asserts nothing: `to attack`, `before flights are allowed`."""
    before = i - 1
    while before > 0 and case.reading.tokens[before].lower.endswith("ly"):
        before -= 1
    if before >= 0 and case.reading.tokens[before].lower == "to":
        return True
    clause = case.reading.clauses[i]
    opener = next(t for t in case.reading.tokens if case.reading.clauses[t.index] == clause)
    return opener.lower in {"before", "until", "if", "unless", "whether", "when", "once"}


def _done(case: Comparison, i: int) -> Iterator[Issue]:
    """A verb of the claim's own making: `imposed sanctions` where sanctions are only threatened."""
    cues = {c.index for c in (*case.cues.modal, *case.cues.negative)}
    if (
        case.reading.tokens[i].root in lexicon().roots("function", "empty")
        or i in cues
        or _is_hedged(case, i)
        or _embeds(case, i)
        or _disowned(case, i)
    ):
        return
    parties, reproach = frame(case.reading, i), case.reading.ideas[i] & _REPROACH
    for k in (*parties.patient, *parties.rest[:_SOON], *parties.agent):
        link = case.alignment.best.get(k)
        if link is None or case.reading.tokens[k].capital:
            continue
        theirs = [c for c in _source_cues(case, link) if _makes_unreal(case.source(link), c, link.source)]
        if reproach and all(c.kind == "alleged" for c in theirs):
            continue
        nouns = [o for o in case.alignment.near[k] if o.source not in case.source(o).verbs]
        if theirs and all(_source_cues(case, other) for other in nouns):
            yield from _dropped(case, i, link, theirs)
            return


def _makes_unreal(source: Reading, cue: Cue, index: int) -> bool:
    """Whether a hedge stands close enough to a noun to say that what is done with it has not happened."""
    attribute = cue.local and cue.index not in source.verbs and source.tokens[cue.index].lower not in _MODALS
    return cue.kind in _UNREAL and index in cue.reach[:_SOON] and not attribute


_REPROACH = frozenset({"condemn", "accuse"})
_MODALS = frozenset({"may", "might", "could", "will", "would", "shall", "should", "must"})
_SOON = 4
_UNREAL = frozenset(
    {"possible", "threatened", "planned", "considered", "conditional", "future", "alleged", "demanded"}
)


def _embeds(case: Comparison, i: int) -> bool:
    """Whether the verb only introduces what someone says, wants or makes another do."""
    token = case.reading.tokens[i]
    if token.root in lexicon().roots("modality", "reported") or (
        token.lower.endswith("ing") and case.reading.tokens[i - 1].root == "be"
    ):
        return True
    ahead, goals = case.reading.tokens[i + 1 :], lexicon().roots("modality", "goal")
    return any(
        t.lower in {"that", "it", "he", "she", "they"}
        or (
            t.lower == "to"
            and t.index + 1 in case.reading.verbs
            and case.reading.tokens[t.index - 1].root not in goals
        )
        for t in ahead[:_WITHIN]
    )


_WITHIN = 8


def _source_cues(case: Comparison, link: Link) -> list[Cue]:
    return [
        c for c in case.source_cues(link.sentence).maybe_hedged.get(link.source, []) if c.kind not in _WEAK
    ]


def _dropped(case: Comparison, i: int, link: Link, theirs: list[Cue]) -> Iterator[Issue]:
    if (
        _is_hedged(case, i)
        or (link.likeness < _SURE and link.score < _SETTLED)
        or (_is_underway(case, i) and all(c.kind in _AHEAD for c in theirs))
    ):
        return
    if any(not _source_cues(case, k) for k in case.alignment.near.get(i, ())):
        return
    cue = theirs[0]
    yield case.issue(
        "modality",
        (i,),
        link.sentence,
        (cue.index, link.source),
        "The claim states as fact {claim} what its evidence does not: {source}.",
    )


_SETTLED = 3.0
_AHEAD = frozenset({"future", "planned", "expected"})


def _is_underway(case: Comparison, i: int) -> bool:
    """`is opening`: English says so of what is about to happen too."""
    return case.reading.tokens[i].lower.endswith("ing") and case.reading.tokens[i - 1].lower in {
        "is",
        "are",
        "soon",
        "now",
    }


def _is_hedged(case: Comparison, i: int) -> bool:
    """Whether a hedge stands anywhere before the word, or in its clause."""
    clause = case.reading.clauses[i]
    for cue in case.cues.modal:
        anywhere = not cue.local and (cue.index < i or case.reading.clauses[cue.index] == clause)
        if cue.index != i and cue.kind not in _NOT_MINE and (anywhere or i in cue.reach):
            return True
    return False


def _added(case: Comparison, i: int, link: Link) -> Iterator[Issue]:
    sure = [
        c for c in case.cues.hedged.get(i, []) if c.kind in {"possible", "future", "planned", "threatened"}
    ]
    source = case.source(link)
    if not sure or link.likeness < _SURE or case.source_cues(link.sentence).maybe_hedged.get(link.source):
        return
    if is_verb(source, link.source) and source.tokens[link.source].lower.endswith("ed"):
        yield case.issue(
            "modality",
            (sure[0].index, i),
            link.sentence,
            (link.source,),
            "The claim hedges {claim} what its evidence states as fact: {source}.",
        )
