"""How sure a sentence is that its event happened: done, going on, planned, threatened, alleged, denied, only possible.

Cues stand in the clause of the trigger, mostly before it; the nearest one decides. The tense of the trigger
itself decides only when nothing else does.
"""

import re
from collections.abc import Iterator

from summarizer.grounding.lexicon import Cue, Lexicon, lexicon
from summarizer.types.signals import Modality

__all__ = ["clause_start", "modality_at", "modality_of"]

_CLAUSE_END = re.compile(
    r"[;:—]\s|[.!?]\s|,?\s(?:and|but|after|before|while|although|though|because|as|since|when|where|following)\s"
    r"|,\s(?:which|who|whose|including|saying|adding)\s|,\s(?=\w+ing\b)",
    re.IGNORECASE,
)
_AFTER_END = re.compile(
    r"[;:—.!?,]\s|\s(?:that|after|before|while|although|because|when|which|who|but)\s", re.IGNORECASE
)
_AND_A_VERB = re.compile(r",?\s(?:and|or)\s", re.IGNORECASE)
_REACH = 75
"""How far before the trigger a cue is looked for, in characters."""
_AFTER = 45
_PROGRESSIVE = re.compile(
    r"\b(?:is|are|was|were|'s|\u2019s|'re|\u2019re)\s+(?:\w+ly\s+)?(?:also\s+|now\s+|still\s+)?$",
    re.IGNORECASE,
)
_PERFECT_PROGRESSIVE = re.compile(r"\b(?:has|have|had)\s+(?:\w+\s+){0,2}been\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_NOT_A_DENIAL = re.compile(
    r"\b(?:not\s+(?:only|just|yet\s+clear|rule|ruled|hesitate)|no\s+(?:longer|doubt|less|later|more|fewer|surprise|matter)|whether\s+or\s+not)\b",
    re.IGNORECASE,
)
_BEFORE: tuple[Cue, ...] = ("denied", "threatened", "alleged", "hypothetical", "planned", "ongoing")
_BEHIND: tuple[Cue, ...] = ("after_denied", "after_planned", "after_ongoing")


def modality_of(sentence_body: str, trigger: str) -> Modality:
    """The modality of the event that `trigger` names.

    Args:
        sentence_body: One sentence, without its dateline.
        trigger: Words of it, as they stand there; when they do not, the sentence is judged as a whole.

    Returns:
        `occurred` when nothing says otherwise.
    """
    start = sentence_body.find(trigger) if trigger else -1
    if start < 0:
        return modality_at(sentence_body, len(sentence_body), len(sentence_body))
    return modality_at(sentence_body, start, start + len(trigger))


def modality_at(body: str, start: int, end: int, *, words: Lexicon | None = None) -> Modality:
    """Like `modality_of`, for the trigger at `body[start:end]`."""
    words = words or lexicon()
    before = body[clause_start(body, start) : start]
    verb = body[start:end].split(" ", maxsplit=1)[0].lower()
    nearest = max(_cues(before, words), default=None)
    if verb.endswith("ing") and (_PROGRESSIVE.search(before) or _PERFECT_PROGRESSIVE.search(before)):
        return "ongoing"
    if nearest is not None:
        return nearest[1]
    after = body[end : end + _AFTER]
    stop = _AFTER_END.search(after)
    after = after[: stop.start()] if stop else after
    for cue in _BEHIND:
        if words.modality[cue].found_in(after):
            return _named(cue)
    return "occurred"


def clause_start(body: str, position: int) -> int:
    """Where the clause that holds `position` begins, at most 75 characters before it."""
    floor = max(0, position - _REACH)
    if floor:
        floor = body.find(" ", floor, position) + 1 or position
    last = floor
    for match in _CLAUSE_END.finditer(body, floor, position):
        shared = _AND_A_VERB.fullmatch(match.group()) and match.end() >= position - 1
        if not shared:  # "will attack and seize": the auxiliary serves both verbs
            last = match.end()
    return last


def _cues(before: str, words: Lexicon) -> Iterator[tuple[int, Modality]]:
    """Cues found before the trigger, as position and meaning."""
    for cue in _BEFORE:
        for _, start, end in words.modality[cue].find(before):
            if cue == "denied" and _NOT_A_DENIAL.match(before, start):
                continue
            yield end, _named(cue)


def _named(cue: Cue) -> Modality:
    name = cue.removeprefix("after_")
    named: dict[str, Modality] = {
        "denied": "denied",
        "hypothetical": "hypothetical",
        "planned": "planned",
        "threatened": "threatened",
        "alleged": "alleged",
        "ongoing": "ongoing",
    }
    return named[name]
