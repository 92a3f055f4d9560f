"""Who may be an actor of an article, proposed by rule and table so that a model only has to choose.

The parts lie in `summarizer.grounding.actors`; this module runs them and publishes `Candidate`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.grounding.actors.affiliation import affiliate
from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.groups import group
from summarizer.grounding.actors.known import known_actor
from summarizer.grounding.actors.merging import merge
from summarizer.grounding.actors.naming import aliases_of, name_of
from summarizer.grounding.actors.organisations import described, known_organisation, organisation
from summarizer.grounding.actors.persons import name_end, person
from summarizer.grounding.actors.salience import acts, salience
from summarizer.grounding.actors.spotting import Reading, Spotting
from summarizer.grounding.actors.states import state
from summarizer.grounding.actors.units import Unit, is_credit, units
from summarizer.grounding.mentions import find_mentions, sentence_mentions
from summarizer.grounding.name_tokens import tokens
from summarizer.types import ActorKind, Span
from summarizer.types.actors import Country, Sector

__all__ = ["Candidate", "candidates", "find_mentions"]


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
    entities = [entity for entity in merge(spot(article)) if not _is_outlet(entity, article)]
    affiliate(entities, article)
    named = [(entity, name_of(entity), aliases_of(entity)) for entity in entities]
    found = _mentions(article, [(name, *aliases) for _, name, aliases in named])
    made = [
        Candidate(
            name=name,
            aliases=aliases,
            kind=entity.kind,
            country=entity.country,
            sector=entity.sector,
            role=entity.role,
            mentions=tuple(mentions),
            salience=salience(article, entity, (name, *aliases), mentions),
        )
        for (entity, name, aliases), mentions in zip(named, found, strict=True)
        if mentions and not _is_backdrop(article, entity, mentions)
    ]
    return sorted(made, key=lambda candidate: (-candidate.salience, candidate.mentions[0].start))


def spot(article: Article) -> list[Spotting]:
    """Everything in the article that looks like an actor, in order, before anything is merged."""
    lower = frozenset(token.text for token in tokens(article.text) if token.text.islower())
    return [
        spotting
        for sentence in article.sentences
        if not is_credit(sentence)
        for spotting in _spottings(units(article, sentence, lower), article, sentence.number)
    ]


def _spottings(found: Sequence[Unit], article: Article, sentence: int) -> Iterator[Spotting]:
    at = 0
    while at < len(found):
        reading = _read(found, at, article, sentence)
        if reading is None:
            at += 1
            continue
        if reading.spotting is not None:
            yield reading.spotting
        at = max(reading.end, at + 1)


def _read(found: Sequence[Unit], at: int, article: Article, sentence: int) -> Reading | None:
    """The longest reading from one place on; of equally long ones, the more specific rule's."""
    readings = [
        organisation(found, at, article, sentence),
        group(found, at, article, sentence),
        known_organisation(found, at, article, sentence),
        _described(found, at, article, sentence),
        person(found, at, article, sentence),
        state(found, at, sentence),
    ]
    return max((reading for reading in readings if reading), key=lambda reading: reading.end, default=None)


def _described(found: Sequence[Unit], at: int, article: Article, sentence: int) -> Reading | None:
    end = name_end(found, at)
    if end == at or found[at].known:
        return None
    spotting = described(found, at, end, article, sentence)
    return Reading(end, spotting) if spotting else None


def _is_backdrop(article: Article, entity: Entity, mentions: Sequence[Span]) -> bool:
    """Whether nobody acts here: "families", "residents" that things only happen to."""
    bare = entity.key.startswith("people:") and entity.kind == "population" and not any(name[:1].isupper() for name in entity.forms)
    return bare and "civilians" not in entity.forms and not any(acts(article, span) for span in mentions)


def _is_outlet(entity: Entity, article: Article) -> bool:
    """Whether this is the paper that published the article."""
    if entity.kind != "media" or not article.source:
        return False
    known = known_actor(article.source)
    names = {form_key(article.source), *(form_key(name) for name in (known.spellings if known else ()))}
    return bool(names & entity.form_keys)


def _mentions(article: Article, forms: Sequence[Sequence[str]]) -> list[list[Span]]:
    """The mentions of each candidate; a form that several share belongs to the first."""
    owner: dict[str, int] = {}
    for index, names in enumerate(forms):
        for name in names:
            owner.setdefault(name, index)
    found: list[list[Span]] = [[] for _ in forms]
    for sentence in article.sentences:
        for name, span in sentence_mentions(article, sentence, list(owner)):
            found[owner[name]].append(span)
    return found
