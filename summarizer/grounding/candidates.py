"""Who may be an actor of an article, proposed by rule and table so that a model only has to choose.

The parts lie in `summarizer.grounding.actors`; this module runs them and publishes `Candidate`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.grounding.actors.affiliation import affiliate
from summarizer.grounding.actors.descriptions import described
from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.groups import group
from summarizer.grounding.actors.known import known_actor
from summarizer.grounding.actors.merging import merge
from summarizer.grounding.actors.naming import aliases_of, name_of
from summarizer.grounding.actors.organisations import known_organisation, organisation
from summarizer.grounding.actors.persons import person
from summarizer.grounding.actors.salience import acts, salience
from summarizer.grounding.actors.spotting import Spotting
from summarizer.grounding.actors.states import state
from summarizer.grounding.actors.units import Tagged, is_credit, tagged
from summarizer.grounding.actors.unknown_states import has_what_only_states_have
from summarizer.grounding.mentions import find_mentions, sentence_mentions
from summarizer.grounding.name_tokens import tokens
from summarizer.grounding.places import place_mentions
from summarizer.types import ActorKind, Span
from summarizer.types.actors import Country, Sector

__all__ = ["Candidate", "candidates", "find_mentions"]

_RULES = (organisation, group, known_organisation, described, person, state)
"""From the most specific on: of readings of one length the first counts."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible actor, with everything code can say of it.

    Attributes:
        name: The fullest form in the article, without title.
        aliases: Every other form in the article: surname, acronym, title and name, capital, "the Kremlin".
        kind: A guess; None when nothing tells.
        country: Alpha-3 code of its affiliation, a guess; None when nothing tells or it is international.
        sector: PLOVER sector, a guess.
        role: Office or part, in the article's words.
        mentions: Every place that names it, in order; pure adjectives ("Russian") are no mentions of a state.
        salience: Larger is more central: early, often, in the headline, subject of what is said and done. No unit.
    """

    name: str
    aliases: tuple[str, ...]
    kind: ActorKind | None
    country: Country | None
    sector: Sector | None
    role: str | None
    mentions: tuple[Span, ...]
    salience: float


def candidates(article: Article) -> list[Candidate]:
    """Propose the actors of an article.

    Args:
        article: Any article in English. Its title and source, when known, help.

    Returns:
        Candidates in descending order of salience. Each mention belongs to one candidate only, and no two overlap.
    """
    entities = [entity for entity in merge(_spottings(article)) if not _is_outlet(entity, article)]
    affiliate(entities, article)
    taken = {form for entity in entities for form in entity.form_keys}
    names = [(name_of(entity), *aliases_of(entity, taken)) for entity in entities]
    found = zip(entities, names, _mentions(article, names), strict=True)
    made = [
        _candidate(article, entity, forms, mentions)
        for entity, forms, mentions in found
        if mentions and not _is_backdrop(article, entity, mentions)
    ]
    return sorted(made, key=lambda candidate: (-candidate.salience, candidate.mentions[0].start))


def _candidate(article: Article, entity: Entity, forms: Sequence[str], mentions: Sequence[Span]) -> Candidate:
    bare = entity.kind == "person" and entity.role is None and " " not in forms[0]
    is_state = bare and any(has_what_only_states_have(article, form) for form in forms)
    return Candidate(
        name=forms[0],
        aliases=tuple(forms[1:]),
        kind="state" if is_state else entity.kind,
        country=entity.country,
        sector="GOV" if is_state else entity.sector,
        role=entity.role,
        mentions=tuple(mentions),
        salience=salience(article, entity, forms, mentions),
    )


def _spottings(article: Article) -> list[Spotting]:
    """Everything in the article that looks like an actor, in order, before anything is merged."""
    lower = frozenset(token.text for token in tokens(article.text) if token.text.islower())
    sentences = (sentence for sentence in article.sentences if not is_credit(sentence))
    return [spotting for sentence in sentences for spotting in _read(tagged(article, sentence, lower))]


def _read(sentence: Tagged) -> Iterator[Spotting]:
    """Read a sentence from left to right; the longest reading of any rule wins."""
    at = 0
    while at < len(sentence.units):
        readings = [reading for rule in _RULES if (reading := rule(sentence, at))]
        best = max(readings, key=lambda reading: reading.end, default=None)
        if best and best.spotting:
            yield best.spotting
        at = max(best.end if best else 0, at + 1)


def _is_backdrop(article: Article, entity: Entity, mentions: Sequence[Span]) -> bool:
    """Whether nobody acts here: "families", "residents" that things only happen to. Civilians count even so."""
    named = any(form[:1].isupper() for form in entity.forms)
    if named or not entity.key.startswith("people:") or "civilians" in entity.forms:
        return False
    return not any(acts(article, span) for span in mentions)


def _is_outlet(entity: Entity, article: Article) -> bool:
    """Whether this is the paper that published the article."""
    if entity.kind != "media" or not article.source:
        return False
    known = known_actor(article.source)
    names = {form_key(name) for name in (article.source, *(known.spellings if known else ()))}
    return bool(names & entity.form_keys)


def _mentions(article: Article, names: Sequence[Sequence[str]]) -> list[list[Span]]:
    """The mentions of each candidate; a form that several share belongs to the first.

    Longer names of places are looked for as well, so that "the West Bank" is no mention of "the West".
    """
    owner: dict[str, int] = {}
    for index, forms in enumerate(names):
        for form in forms:
            owner.setdefault(form, index)
    places = {place.text for place in place_mentions(article.text) if " " in place.text} - owner.keys()
    decoys = {decoy for place in places for decoy in (place, f"the {place}")} - owner.keys()
    found: list[list[Span]] = [[] for _ in names]
    for sentence in article.sentences:
        for form, span in sentence_mentions(article, sentence, [*owner, *decoys]):
            if form in owner:
                found[owner[form]].append(span)
    return found
