"""What there is to ask about an article, found by code before any model is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from summarizer.article import Article
from summarizer.grounding.candidates import Candidate
from summarizer.grounding.passages import Passages, choose
from summarizer.grounding.proposals import Proposal
from summarizer.grounding.reach import actors_in, can_read, events_in
from summarizer.grounding.suspicion import Reading, read_closely, set_aside
from summarizer.languages import wide_script
from summarizer.pipeline.actors import most_actors
from summarizer.pipeline.signals import worth_asking
from summarizer.windows import Window, windows

__all__ = ["Plan"]

_CHARS_A_TOKEN: Final = 3
"""As cautious as the client's own guard."""
_SHARE: Final = 0.4
"""Of the context window, for the sentences shown; the rest is for the task, the reply and rarer scripts."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The questions of one article.

    Attributes:
        article: What is read.
        windows: The article in parts that fit the model.
        people: Possible actors, most central first.
        passages: What the summary restates.
        named: Proposed signals by name.
        left_out: The passes for which more was found than is asked about.
        reads: Whether the model has to find actors and events itself, as code does not know the language.
        reading: Text in it that reports nothing: written for us, or asking the reader for something.
        trusted: The article with that text masked: what names, events, gaps and proofs are looked for in.
    """

    article: Article
    windows: tuple[Window, ...]
    people: tuple[Candidate, ...]
    passages: Passages
    named: Mapping[str, Proposal]
    left_out: frozenset[str]
    reads: bool
    reading: Reading
    trusted: Article

    @classmethod
    def of(cls, article: Article, *, context_window: int | None, language: str = "en") -> "Plan":
        """Plan the reading of an article.

        Args:
            article: Of any length.
            context_window: Tokens that a prompt and its reply may have together; None when nobody knows, and then
                the article is shown in one piece.
            language: Of the briefing (BCP 47).
        """
        reading = read_closely(article)
        trusted = set_aside(article, reading.apart)
        proposals = events_in(trusted)
        everyone = actors_in(trusted, language=language)
        people = tuple(everyone[: most_actors(article)])
        named, more = worth_asking(article, proposals)
        left_out = {"actors": len(everyone) > len(people), "signals": more}
        chars = None if context_window is None else int(context_window * _CHARS_A_TOKEN * _SHARE)
        if chars is not None and wide_script(article.language):
            chars //= 3  # a character is about a token there
        return cls(
            article,
            windows(article, chars=chars),
            people,
            choose(trusted, proposals, without=reading.apart),
            named,
            frozenset(name for name, is_so in left_out.items() if is_so),
            reads=not can_read(article),
            reading=reading,
            trusted=trusted,
        )

    @property
    def apart(self) -> frozenset[int]:
        """Numbers of the sentences that nothing is made of."""
        return self.reading.apart

    @property
    def names(self) -> tuple[str, ...]:
        """Names that the model may repeat freely."""
        return tuple(name for person in self.people for name in (person.name, *person.aliases))
