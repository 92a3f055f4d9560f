"""How far code can read an article: English as far as its rules and tables go, other languages hardly.

Whoever wants the proposals, names or gaps of an article asks here, so that English rules never speak of words that
they do not know.
"""

from collections.abc import Sequence

from summarizer.article import Article
from summarizer.grounding.candidates import Candidate, candidates
from summarizer.grounding.conflicts import conflicts
from summarizer.grounding.foreign.states import named_states
from summarizer.grounding.gaps import open_questions
from summarizer.grounding.proposals import Proposal, propose
from summarizer.languages import is_english, language_name
from summarizer.types import Gap

__all__ = ["actors_in", "can_read", "events_in", "gaps_in", "limits_of"]


def can_read(article: Article) -> bool:
    """Whether the rules that propose and check know its language."""
    return is_english(article.language)


def events_in(article: Article) -> list[Proposal]:
    """The events that code proposes; none where it cannot read."""
    return propose(article) if can_read(article) else []


def actors_in(article: Article, *, language: str = "en") -> list[Candidate]:
    """The actors that code proposes; in another language than English only states, named in that of the briefing."""
    return candidates(article) if can_read(article) else named_states(article, language=language)


def gaps_in(article: Article) -> list[Gap]:
    """What the article contradicts or leaves open, as far as code can tell."""
    return [*conflicts(article), *open_questions(article)] if can_read(article) else []


def limits_of(article: Article, language: str, *, read: Sequence[int] = ()) -> list[str]:
    """What code could not do for want of the language, for the reader of the briefing.

    Args:
        article: What was briefed.
        language: Of the briefing (BCP 47).
        read: Numbers of the sentences in which events were looked for; empty where the model had all of them.
    """
    written, source = language_name(language), language_name(article.language)
    said: list[str] = []
    if not can_read(article):
        said.append(
            f"The rules read English, this article is in {source}: its actors other than states were found by the model, "
            f"the types of its events {'by rules in its translation' if read else 'by the model too'}, and nobody looked "
            "for speakers, contradictions and open questions."
        )
    if read:
        said.append(f"Events were looked for in sentences {', '.join(map(str, read))} only.")
    if not can_read(article) or not is_english(language):
        said.append(
            f"The claims are written in {written}, the article in {source}: only numbers and names were compared, so "
            "no claim is marked as supported unless it repeats the article word by word."
        )
    return said
