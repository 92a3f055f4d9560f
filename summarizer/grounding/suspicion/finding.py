"""Which sentences of an article speak to the reader's software instead of the reader."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from summarizer.article import Article
from summarizer.grounding.suspicion.aside import is_mute
from summarizer.grounding.suspicion.cues import ALONE, HINT, Kind
from summarizer.grounding.suspicion.encoded import decoded
from summarizer.grounding.suspicion.english import ENGLISH, is_directive
from summarizer.grounding.suspicion.folding import fold, is_disguised, unaccented, variants
from summarizer.grounding.suspicion.languages import other_languages
from summarizer.grounding.suspicion.marks import MARKS
from summarizer.grounding.suspicion.quoting import frames, is_reporting
from summarizer.grounding.suspicion.register import DIRECTING, PLAIN, tone

__all__ = ["Reading", "Suspicion", "read_closely", "suspicions"]

_PAYLOAD: Final = 4
"""Sentences that follow what announces them."""
_BETWEEN: Final = 2
"""Sentences between two suspicious ones of a paragraph that are taken to belong to them."""
_WEIGHTS: Final = (0, HINT, HINT, ALONE)
"""Of the tones of a sentence."""
_GENRE: Final = 0.15
"""Share of directing sentences from which on an article is a speech, a letter or advice, and they are its news."""
_BLOCK: Final = 12
"""Longest stretch of sentences between an opening and a closing mark."""
_ANNOUNCES = re.compile(r"(?:[:：]\s*[\"“'\[{(]?|\b(?:the following|as follows|below)\W*)$")
_NAMES_A_MARK = re.compile(r"^[\w ,'’-]{16,}[<\[]")
"""A sentence that goes on after a mark it speaks of; one that imitates the mark opens with it."""
_BEGINS = re.compile(r"\b(?:following|as follows|next (?:line|sentence|paragraph))\b.*:")
"""What it announces begins in the same sentence, and may go on in the next."""
_BREAKS_OFF = re.compile(r"[\[{,]\s*[\"“']\w*[\"”']\s*:\s*[\"“'\[{]*\s*$")
_OPENS = re.compile(
    r"<\|(?:im_start|start_header_id|system|user|assistant|start)[^>\n]*\|>|\[inst\]|<<sys>>|<start_of_turn>"
    r"|<(?:system|assistant|instructions?|user|prompt|override|admin)(?:\s[^<>\n]*)?>"
    r"|\[(?:begin|start|system|instructions?)[^\]\n]*\]|(?:-{3,}|={3,}|#{3,}|\*{3,})\s*(?:begin|start|new|system)"
)
_CLOSES = re.compile(
    r"<\|(?:im_end|eot_id|end|end_of_text|endoftext)[^>\n]*\|>|\[/inst\]|<</sys>>|<end_of_turn>"
    r"|</(?:system|assistant|instructions?|user|prompt|override|admin)>"
    r"|\[(?:end|/)[^\]\n]*\]|(?:-{3,}|={3,}|#{3,}|\*{3,})\s*end"
)
_LABEL = re.compile(
    r"(?:<[^<>\n]{1,60}>|[\W_]|\b(?:new|begin|start|of|the|important|system|assistant|developer|user|human|ai|admin|operator|instructions?"
    r"|prompts?|messages?|notes?|notice|override|update|alert|command|turn|role|input|output|response|task)\b)++"
)
"""What stands alone above the words it announces."""
_OBJECT = re.compile(r"\{\s*[\"'“”][\w .-]{1,40}[\"'“”]\s*:[^{}]{0,1500}\}")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A run of sentences that seem written for the reader's software.

    Attributes:
        kind: What weighs most in it.
        sentences: Their numbers, ascending, without a hole.
        decoded: What an encoded part of it says.
    """

    kind: Kind
    sentences: tuple[int, ...]
    decoded: str | None = None


@dataclass(slots=True)
class _Read:
    """What was found in one sentence."""

    weights: Counter[Kind] = field(default_factory=Counter["Kind"])
    decoded: str | None = None
    folded: str = ""
    directs: bool = False
    """Whether it asks for something, or sounds like an order to a writer, outside quotation marks."""

    @property
    def weight(self) -> int:
        return self.weights.total()

    @property
    def is_suspicious(self) -> bool:
        return self.weight >= ALONE


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article holds besides reporting.

    Attributes:
        suspicions: Text that seems written for the reader's software.
        directives: Numbers of other sentences that ask the reader for something: advice, advertisements, letters.
    """

    suspicions: tuple[Suspicion, ...]
    directives: frozenset[int]
    mute: frozenset[int] = frozenset()
    """Numbers of sentences that were masked before."""

    @property
    def decoded(self) -> tuple[str, ...]:
        """What codes in it say."""
        return tuple(one.decoded for one in self.suspicions if one.decoded)

    @property
    def apart(self) -> frozenset[int]:
        """Numbers of all sentences that report nothing."""
        return self.directives | self.mute | {number for one in self.suspicions for number in one.sentences}


def suspicions(article: Article) -> tuple[Suspicion, ...]:
    """Find text addressed to software: instructions, fake turns, templates, data formats, codes.

    What an article only quotes, with the words of who said it, is not meant.

    Returns:
        Runs of sentences in reading order; empty for nearly every article.
    """
    return read_closely(article).suspicions


@lru_cache(maxsize=16)  # several steps of one briefing ask
def read_closely(article: Article) -> Reading:
    """What `suspicions` finds, and the sentences that only direct."""
    bare = frames(article)
    reads = [_read(sentence.text, bare, index) for index, sentence in enumerate(article.sentences)]
    _read_blocks(article, reads)
    found = _spread(article, reads) if any(read.is_suspicious for read in reads) else set[int]()
    directing = {index for index, read in enumerate(reads) if read.directs} - found
    if len(directing) > max(2, _GENRE * len(reads)):
        directing = set[int]()
    return Reading(
        tuple(_run(reads, run) for run in _runs(sorted(found))),
        frozenset(index + 1 for index in directing),
        frozenset(sentence.number for sentence in article.sentences if is_mute(sentence)),
    )


def _read(text: str, bare: Sequence[str], index: int) -> _Read:
    read = _weigh(text)
    opens_quoting = bare[index][:1] != text[:1]  # what is left may begin with "read" or "said"
    said = unaccented(fold(bare[index]))
    asks = not opens_quoting and is_directive(said)
    sounds = PLAIN if opens_quoting else tone(said)
    read.directs = asks or sounds >= DIRECTING
    addressed = max(HINT * asks, _WEIGHTS[sounds])
    read.weights["addressed"] += addressed
    if read.is_suspicious and bare[index] != text and is_reporting(bare, index):
        outside = _weigh(bare[index])
        outside.directs = read.directs
        outside.weights["addressed"] += addressed
        return read if outside.is_suspicious else outside
    return read


def _weigh(text: str) -> _Read:
    read = _Read(folded=fold(text))
    foreign = () if _is_plainly_english(read.folded) else other_languages()
    plain = variants(unaccented(read.folded))
    for cue in (*ENGLISH, *MARKS):
        if any(cue.pattern.search(text) for text in plain):
            read.weights[cue.kind] += cue.weight
    for cue in foreign:
        if cue.pattern.search(read.folded):
            read.weights[cue.kind] += cue.weight
    read.decoded = decoded(text)
    if read.decoded or is_disguised(text):
        read.weights["encoded"] += ALONE
    return read


_NOT_LATIN = re.compile("[\u0250-\u1fff\u2c00-\ud7ff\uf900-\ufdff]")
_ENGLISH_WORDS = re.compile(r"\b(?:the|of|and|to|that|with|was|were|has|said|by|this|you|your)\b")


def _is_plainly_english(folded: str) -> bool:
    """Whether the tables of other languages can be spared: Latin letters only, and English words all over it."""
    return not _NOT_LATIN.search(folded) and 7 * len(_ENGLISH_WORDS.findall(folded)) >= len(folded.split())


def _read_blocks(article: Article, reads: Sequence[_Read]) -> None:
    """What shows over several sentences: from an opening mark to its end, and data in braces."""
    for index, read in enumerate(reads):
        if read.is_suspicious and _OPENS.search(read.folded) and not _closes_itself(read.folded):
            reach = reads[index : index + _BLOCK]
            end = next((n for n, one in enumerate(reach) if n and _CLOSES.search(one.folded)), None)
            for one in reach[1 : end + 1] if end else ():
                one.weights["turn"] += ALONE
    for match in _OBJECT.finditer(article.text):
        for sentence, read in zip(article.sentences, reads, strict=True):
            if (
                sentence.start < match.end()
                and match.start() < sentence.end
                and reads[_at(article, match.start())].is_suspicious
            ):
                read.weights["form"] += ALONE


def _closes_itself(folded: str) -> bool:
    opened, closed = list(_OPENS.finditer(folded)), list(_CLOSES.finditer(folded))
    return bool(closed) and closed[-1].start() > opened[-1].start()


def _at(article: Article, offset: int) -> int:
    """Index of the sentence that holds the character at `offset`."""
    return next(
        (n for n, sentence in enumerate(article.sentences) if sentence.end > offset),
        len(article.sentences) - 1,
    )


def _spread(article: Article, reads: Sequence[_Read]) -> set[int]:
    """The suspicious sentences, with those beside them that belong to the same insertion."""
    paragraph = _paragraphs(article)
    found = {index for index, read in enumerate(reads) if read.is_suspicious}
    for index in sorted(found):
        found |= _payload(index, reads, paragraph)
    for step in (1, -1):
        for index in sorted(found, reverse=step < 0):
            beside = index + step
            while 0 <= beside < len(reads) and beside not in found and reads[beside].weight:
                found.add(beside)
                beside += step
    for first in sorted(found):
        after = next((n for n in range(first + 1, min(first + 2 + _BETWEEN, len(reads))) if n in found), None)
        if after is not None and paragraph[first] == paragraph[after]:
            found |= set(range(first, after))
    return found


def _payload(index: int, reads: Sequence[_Read], paragraph: Sequence[int]) -> set[int]:
    """What follows an instruction that announces it, or that opens its own paragraph."""
    folded = reads[index].folded
    label = (
        reads[index].weights["turn"]
        and _LABEL.fullmatch(folded)
        and not _CLOSES.search(folded)
        and "</" not in folded
    )
    announces = bool(label or _ANNOUNCES.search(folded))
    closing = label and "assistant" in folded  # an attack often ends by handing over to the model
    opens = (index == 0 or paragraph[index - 1] != paragraph[index]) and not _NAMES_A_MARK.search(folded)
    if not announces and not opens:
        begun = bool(_BEGINS.search(folded)) and paragraph[index + 1 : index + 2] == [paragraph[index]]
        return {index + 1} if begun else set()
    last = paragraph[index]
    breaks_off = bool(_BREAKS_OFF.search(folded))  # in the middle of data, which announces nothing
    if announces and not (closing or breaks_off) and index + 1 < len(reads) and paragraph[index + 1] != last:
        last = paragraph[index + 1]
    following = range(index + 1, min(index + 1 + _PAYLOAD, len(reads)))
    return {n for n in following if paragraph[n] <= last}


def _paragraphs(article: Article) -> list[int]:
    """Number of the paragraph of each sentence: a line end begins one."""
    numbers: list[int] = []
    before, number = 0, 0
    for sentence in article.sentences:
        number += "\n" in article.text[before : sentence.start]
        numbers.append(number)
        before = sentence.end
    return numbers


def _runs(indexes: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in indexes:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _run(reads: Sequence[_Read], run: Sequence[int]) -> Suspicion:
    weights = Counter[Kind]()
    for index in run:
        weights.update(reads[index].weights)
    hidden = next((said for index in run if (said := reads[index].decoded)), None)
    return Suspicion(weights.most_common(1)[0][0], tuple(index + 1 for index in run), hidden)
