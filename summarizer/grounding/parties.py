"""Who did it, and to whom: the actors around the words that tell of an event.

English news puts the doer before the verb and the one it is done to after it; a passive turns the two round, and
`by` names the doer then. Whoever only tells of an event ("confirmed the raid") is not taken for its doer, unless to
say it is the event. Where no actor is named before, a nationality before the noun ("Russian attacks") stands for its
state, and a pronoun at the start of the sentence for the one last named.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article import Article, Sentence
from summarizer.grounding.attribution import attribution_of
from summarizer.grounding.places import place_mentions
from summarizer.types import Actor, EventType, Span

__all__ = ["Parties", "parties_of", "told_of"]

TALKS: frozenset[EventType] = frozenset({"CONSULT"})
"""PLOVER lists every participant of a call or meeting as actor and leaves the recipient empty."""
SAID: frozenset[EventType] = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE", "SUPPORT"})
"""Done by saying so."""
NO_TARGET: frozenset[EventType] = frozenset({"CONSULT", "PROTEST", "MOBILIZE"})
WIDEST = 90
"""Characters between an actor and the words of the event; further away it belongs to something else."""

_BY = re.compile(r"\bby\s+(?:the\s+|a\s+|an\s+)?(?:[\w.]+\s+){0,3}$")
_FROM = re.compile(r"\b(?:from|by)\s+(?:the\s+|a\s+|an\s+)?(?:[\w.]+\s+){0,3}$")
_NOT_SUBJECT = re.compile(
    r"\(\s*$|\b(?:of|in|at|from|to|with|against|between|for|on|near|after|into|over|about|amid|since)\s+(?:the\s+)?"
    r"(?:(?!(?:that|who|which|when|where|while|because|if|whether|as|\w+day)\b)[\w.]+\s+){0,2}$",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"\b(?:governments?|authorities|administration|leaders?|members?|supporters?|opponents?|forces|fighters|troops|soldiers"
    r"|rebels|militants|officials?|ministers?|ministry|presidents?|premier|heads?|chiefs?|commanders?|envoys?|ambassadors?"
    r"|representatives?|spokes\w+|army|navy|police|parliament|senate|courts?|people|citizens|residents)"
    r"\s+(?:of|in|from|to|loyal\s+to|allied\s+(?:to|with))\s+(?:the\s+)?(?:[\w.]+\s+){0,2}$",
    re.IGNORECASE,
)
"""Somebody who is told by the one who follows: `forces loyal to`, `the government of`."""
_SUFFERED = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:(?:\w+ly|also|not|again)\s+)?"
    r"(?!(?:set|due|bound|meant|ready|expected|scheduled|prepared|poised|committed|determined|supposed|opposed|concerned"
    r"|on|in|at|not|about|an|it|that|what|but|out|part|amid|behind|against|most|least|next|then|when|even)\b)"
    r"\w+(?:ed|n|t|d|ck)\b",
    re.IGNORECASE,
)
_RECEIVES = re.compile(
    r"(?:receiv(?:ed|es|ing)|fac(?:ed|es|ing)|drew|draws|suffered|came\s+under|comes\s+under)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:said|says?|saying|told|tells|confirm(?:ed|s)|denie[ds]|den(?:y|ying)|condemn(?:ed|s|ing)|denounc(?:ed|es|ing)"
    r"|critici[sz](?:ed|es|ing)|deplor(?:ed|es|ing)|welcom(?:ed|es|ing)|prais(?:ed|es|ing)|discuss(?:ed|es|ing)"
    r"|reported|claim(?:ed|s)|acknowledged|described|blam(?:ed|es|ing)|mourn(?:ed|s|ing))\b"
    r"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""The actor before it tells of an event that may be somebody else's."""
_ITSELF = re.compile(r"\b(?:it|he|she|they|we|its|his|her|their|our)\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"(?:ed|en|made|put\s+\w+|set\s+\w+|held|led|run|sought|brought|built)\s+by\s", re.IGNORECASE
)
"""What somebody else has done to what the event is about: `rejected a plan put forward by`."""
_DEMANDED = re.compile(
    r"(?:must|should|ha(?:s|ve)\s+to|needs?\s+to|ought\s+to|can\s?not\s+be)\b", re.IGNORECASE
)
"""What somebody else demands of the subject."""
_SAYS = re.compile(r"(?:,[^,.]{1,60},)?\s+(?:said|says|told|reported|announced|warned|added)\b")
_SOURCE = re.compile(r"(?:[,”\"]\s*said|\baccording\s+to)\s+(?:the\s+)?(?:[\w.]+\s+){0,3}$", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:of|in|at|about|on|over|amid|after|before|through|against|under|for|near)\s+(?:the\s+)?(?:(?!(?:with|and|between)\b)[\w.]+\s+){0,2}$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+and\s+(?:(?:the|his|her|its|their)\s+)?(?:[\w.-]+,?\s+){0,3}")
_BETWEEN = re.compile(r".*\bbetween\b", re.DOTALL)
_NEXT = len(" between ")
_DOES = re.compile(r"\s+(?:(?:has|have|had|will|would)\s|\w+ed\b)")
_WE = re.compile(r"\b(?:we|I)\s+(?:[\w’']+\s+){0,3}$", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:He|She|It)\b")
_PEOPLE = frozenset({"person"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Actor ids: those who did it, and those it is aimed at."""

    actors: list[str]
    targets: list[str]


@dataclass(frozen=True, slots=True)
class _Named:
    actor: Actor
    start: int
    end: int
    subject: bool
    by: bool
    owner: bool
    """A person, of whose adviser, wife or house is told."""


def parties_of(
    article: Article, trigger: Span, event_type: EventType, actors: Sequence[Actor], *, is_echo: bool = False
) -> Parties:
    """The actors of the event that `trigger` tells of, at most two a side.

    Args:
        article: Where it is told.
        trigger: The words that tell of it.
        event_type: Of the event.
        actors: Of the article.
        is_echo: Whether the sentence only seems to tell of it too: then its doer has to be plain.
    """
    scene = _Scene(article, trigger, event_type, actors, is_echo=is_echo)
    if scene.is_between:
        doers, aimed = _ids(scene.after[:2]), []
    elif _DEMANDED.match(trigger.quote):
        doers, aimed = _ids(scene.tellers[-1:]) or scene.speaker, [*scene.subject, *scene.after]
    elif scene.is_suffered:
        doers = _ids(scene.agents[:1] or scene.inside[:1])
        aimed = [*scene.subject, *scene.after]
    else:
        found = scene.together(scene.subject) or scene.inside[:1] or scene.agents[:1]
        doers = _ids(found) or scene.speaker or scene.understood
        aimed = [*scene.after, *reversed(scene.before)]
    aimed = [n for n in aimed if not n.by and not scene.says_so(n) and n.actor.id not in doers]
    if event_type in TALKS:
        partners = [n for n in aimed if not scene.is_aside(n)]
        return Parties(list(dict.fromkeys([*doers, *_ids(partners)]))[:2], [])
    return Parties(doers, [] if event_type in NO_TARGET else _ids(aimed)[:1])


def told_of(
    article: Article, triggers: Sequence[Span], event_type: EventType, actors: Sequence[Actor]
) -> Parties:
    """The same of an event that is told several times: what one sentence leaves open, the next may tell."""
    doers: list[str] = []
    targets: list[str] = []
    for number, trigger in enumerate(triggers):
        found = parties_of(article, trigger, event_type, actors, is_echo=number > 0)
        if not doers or event_type in TALKS:
            doers = list(dict.fromkeys([*doers, *found.actors]))[:2]
        targets = targets or found.targets
    return Parties(doers, [target for target in targets if target not in doers])


class _Scene:
    """The sentence of an event, and who is named in it on which side."""

    def __init__(
        self,
        article: Article,
        trigger: Span,
        event_type: EventType,
        actors: Sequence[Actor],
        *,
        is_echo: bool,
    ) -> None:
        self._is_echo = is_echo
        self._article, self._trigger, self._type, self._actors = article, trigger, event_type, actors
        self._sentence = article.sentence(trigger.sentence)
        self._text = article.text
        named = _named(article, self._sentence, actors)
        self.before = [n for n in named if n.start < trigger.start and trigger.start - n.end <= WIDEST]
        self.after = [n for n in named if n.start >= trigger.start and n.start - trigger.end <= WIDEST]

    @property
    def subject(self) -> list[_Named]:
        """The last that may be the subject, unless it only tells of the event; one or none."""
        last = [n for n in self.before if n.subject][-1:]
        return last if self._type in SAID else [n for n in last if not self._tells(n)]

    @property
    def tellers(self) -> list[_Named]:
        """Those before the event who tell of it."""
        return [n for n in self.before if n.subject and self._tells(n)]

    @property
    def inside(self) -> list[_Named]:
        """Those whose verb the trigger ends with: `compelled to act, Okar warned`."""
        end = self._trigger.end
        return [n for n in self.after if n.end < end and _DOES.match(self._text, n.end, end)]

    @property
    def agents(self) -> list[_Named]:
        """Those behind it who are said to have done it."""
        trigger, text = self._trigger, self._text
        if _RECEIVES.match(trigger.quote):
            return [n for n in self.after if _FROM.search(text[trigger.start : n.start])]
        by = [n for n in self.after if n.by]
        return (
            by if self.is_suffered else [n for n in by if not _OF_ANOTHER.search(text[trigger.end : n.start])]
        )

    @property
    def is_suffered(self) -> bool:
        """Whether the subject is the one it was done to."""
        lead = self._text[self._sentence.start : self._trigger.start]
        passive = any(found.end() > len(lead) for found in _SUFFERED.finditer(lead + self._trigger.quote))
        return passive or bool(_RECEIVES.match(self._trigger.quote))

    @property
    def is_between(self) -> bool:
        """Whether it happens between two who are named: `clashes between A and B`."""
        here = _BETWEEN.match(self._text, self._trigger.start, self._trigger.end + _NEXT)
        return bool(here and self._joined(self.after[1:2], self.after[:1]))

    def says_so(self, one: _Named) -> bool:
        """Whether it is named as the source of the sentence."""
        lead = self._text[self._sentence.start : one.start]
        return bool(_SAYS.match(self._text, one.end) or _SOURCE.search(lead))

    def is_aside(self, one: _Named) -> bool:
        """Whether it is what a talk is about, or where it is held; or one whose adviser talks."""
        return one.owner or bool(_ASIDE.search(self._text[self._sentence.start : one.start]))

    def together(self, doers: Sequence[_Named]) -> list[_Named]:
        """A doer, and before it the one that it does it together with."""
        return [*self._joined(doers, [n for n in self.before if n.subject]), *doers]

    @property
    def speaker(self) -> list[str]:
        """Whoever says so, where to say it is the event, or where it is told by the one who did it: `we`."""
        lead = self._text[self._sentence.start : self._trigger.start]
        if self._type not in SAID and not _WE.search(lead):
            return []
        speaker = attribution_of(self._article, self._sentence.number)[1]
        known = {name.casefold(): actor.id for actor in self._actors for name in (actor.name, *actor.aliases)}
        return [known[speaker.casefold()]] if speaker and speaker.casefold() in known else []

    @property
    def understood(self) -> list[str]:
        """The doer where the sentence has none as its subject: by nationality, or by pronoun."""
        start, trigger = self._sentence.start, self._trigger
        states = {actor.country: actor.id for actor in self._actors if actor.kind == "state"}
        near = [
            place
            for place in place_mentions(self._sentence.text)
            if place.country in states
            and not any(n.start < start + place.end and start + place.start < n.end for n in self.tellers)
            and start + place.start <= trigger.start  # what follows is struck, not striking
            and trigger.start - (start + place.end) <= WIDEST // 2
        ]
        if near:
            return [states[near[-1].country]]
        pronoun = _PRONOUN.match(self._sentence.body)
        if pronoun is None or self._sentence.number == 1:
            return []
        earlier = self._article.sentence(self._sentence.number - 1)
        fitting = [
            n
            for n in _named(self._article, earlier, self._actors)
            if (n.actor.kind in _PEOPLE) == (pronoun[0] != "It")
        ]
        return _ids([n for n in fitting if n.subject][-1:] or fitting[-1:])

    def _tells(self, one: _Named) -> bool:
        """Whether an actor only tells of the event; not where it speaks of itself, unless that is told elsewhere too."""
        found = _TELLS.search(self._text[one.end : self._trigger.start])
        return found is not None and (self._is_echo or not _ITSELF.search(found["rest"]))

    def _joined(self, these: Sequence[_Named], before: Sequence[_Named]) -> list[_Named]:
        return [
            n
            for one in these
            for n in before
            if n.end <= one.start and _AND.fullmatch(self._text[n.end : one.start])
        ][-1:]


def _ids(named: Sequence[_Named]) -> list[str]:
    return list(dict.fromkeys(n.actor.id for n in named))


def _named(article: Article, sentence: Sentence, actors: Sequence[Actor]) -> list[_Named]:
    spans = [(actor, span) for actor in actors for span in actor.mentions if span.sentence == sentence.number]
    found = [_placed(article, sentence, actor, span) for actor, span in spans]
    return sorted(found, key=lambda n: n.start)


def _placed(article: Article, sentence: Sentence, actor: Actor, span: Span) -> _Named:
    lead = article.text[sentence.start : span.start]
    owner = actor.kind in _PEOPLE and article.text.startswith(("'s", "’s"), span.end)
    subject = not _NOT_SUBJECT.search(lead) or bool(_HEADED.search(lead))
    return _Named(actor, span.start, span.end, subject and not owner, bool(_BY.search(lead)), owner)
