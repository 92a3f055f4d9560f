"""A claim laid beside its evidence: what every check is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from summarizer.grounding.claims.align import Alignment, Link, align
from summarizer.grounding.claims.article import ArticleReading, Facts
from summarizer.grounding.claims.cues import Cue, governed
from summarizer.grounding.claims.hedges import modal_cues
from summarizer.grounding.claims.negatives import negative_cues
from summarizer.grounding.claims.reading import Reading
from summarizer.types import Issue

__all__ = ["Comparison", "CuesOf", "Kind", "cues_of"]

Kind = Literal[
    "number", "date", "name", "negation", "modality", "quantifier", "direction", "role", "content", "citation"
]
_LONGEST = 500


@dataclass(frozen=True, eq=False)
class CuesOf:
    """What denies or hedges in one sentence."""

    negative: tuple[Cue, ...]
    modal: tuple[Cue, ...]

    @cached_property
    def denied(self) -> Mapping[int, list[Cue]]:
        """Token -> what surely denies it."""
        return governed(self.negative, surely=True)

    @cached_property
    def maybe_denied(self) -> Mapping[int, list[Cue]]:
        """Token -> what may deny it."""
        return governed(self.negative, surely=False)

    @cached_property
    def hedged(self) -> Mapping[int, list[Cue]]:
        """Token -> what surely hedges it."""
        return governed(self.modal, surely=True)

    @cached_property
    def maybe_hedged(self) -> Mapping[int, list[Cue]]:
        """Token -> what may hedge it."""
        return governed(self.modal, surely=False)


@lru_cache(maxsize=512)
def cues_of(reading: Reading) -> CuesOf:
    """The cues of a sentence."""
    return CuesOf(negative_cues(reading), modal_cues(reading))


@dataclass(frozen=True, eq=False)
class Comparison:
    """One claim and the sentences it is held against."""

    claim: Facts
    article: ArticleReading
    numbers: tuple[int, ...]
    cited: bool = True
    """Whether the claim names these sentences itself."""

    @cached_property
    def sources(self) -> Mapping[int, Facts]:
        """The evidence, by sentence number."""
        return {n: self.article.facts[n] for n in self.numbers}

    @cached_property
    def alignment(self) -> Alignment:
        """Which word stands on which."""
        return align(self.claim.reading, {n: f.reading for n, f in self.sources.items()})

    @property
    def reading(self) -> Reading:
        """The claim's words."""
        return self.claim.reading

    @cached_property
    def cues(self) -> CuesOf:
        """The claim's cues."""
        return cues_of(self.claim.reading)

    def source(self, link: Link) -> Reading:
        """The sentence at the other end of a link."""
        return self.article.readings[link.sentence]

    def source_cues(self, number: int) -> CuesOf:
        """The cues of a sentence of the evidence."""
        return cues_of(self.article.readings[number])

    def issue(
        self, kind: Kind, mine: Sequence[int], number: int | None, theirs: Sequence[int], why: str
    ) -> Issue:
        """An issue that names the words on both sides.

        Args:
            kind: What differs.
            mine: Tokens of the claim.
            number: Sentence of the other side.
            theirs: Its tokens.
            why: A template with `{claim}` and `{source}`.
        """
        claim = _safe(self.reading.words(mine))
        source = _safe(self.article.readings[number].words(theirs)) if number else ""
        return Issue(kind=kind, claim=claim, source=source, message=why.format(claim=claim, source=source))


def _safe(words: str) -> str:
    """Words as an issue can hold them."""
    return words[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
