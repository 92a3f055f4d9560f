"""What is wrong with a source: text written for software, text that no reader sees."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from summarizer.article import UNSEEN, Article, Removal, RemovalKind
from summarizer.grounding.spans import evidence
from summarizer.grounding.suspicion import Suspicion, suspicions
from summarizer.grounding.suspicion.cues import Kind
from summarizer.types import SourceIssue

__all__ = ["has_sound_title", "removal_issues", "source_issues", "suspicion_issues"]

_EXCERPT: Final = 200
_DOES: Final[Mapping[Kind, str]] = {
    "override": "tells software to set its instructions aside",
    "addressed": "speaks to software that reads the article, not to a reader",
    "output": "tells software what to write about the article",
    "turn": "imitates the marks of a conversation with a language model",
    "form": "imitates the data that a language model answers with",
    "encoded": "hides words in a code",
}
_HIDDEN: Final[Mapping[RemovalKind, str]] = {
    "hidden": "text styled so that no reader sees it",
    "deleted": "text struck out in a tracked change",
}
"""Always worth a word: a reader of the original sees none of it."""
_UNSEEN: Final[Mapping[RemovalKind, str]] = {
    "comment": "comments in the markup",
    "alt_text": "descriptions of pictures and buttons",
    "metadata": "descriptions of the page for machines",
}
"""Every page has them, so they count only where they speak to software."""
_CHARACTERS: Final[Mapping[RemovalKind, str]] = {
    "zero_width": "characters without a width",
    "bidi": "characters that change the direction of writing",
    "tag": "tag characters, which only software reads",
    "selector": "variation selectors that select nothing",
    "control": "control characters",
}


def source_issues(article: Article, found: Iterable[Suspicion] | None = None) -> list[SourceIssue]:
    """Everything about the source that a reader should be warned of.

    Args:
        article: With what its loader has left out.
        found: Its suspicious text, where it has been looked for already.
    """
    looked = suspicions(article) if found is None else found
    return [
        *suspicion_issues(article, looked),
        *_title(article),
        *removal_issues(article.removed),
        *_left_in(article),
    ]


def has_sound_title(article: Article) -> bool:
    """Whether there is a title, and it is written for readers."""
    return article.title is not None and not _title(article)


def suspicion_issues(article: Article, found: Iterable[Suspicion]) -> list[SourceIssue]:
    """One issue a run of suspicious sentences, with all its words."""
    return [
        SourceIssue(
            type="suspicious_text",
            kind=one.kind,
            message=f"{_which(one.sentences)} {_DOES[one.kind]}. Nothing in this briefing rests on it.",
            evidence=evidence(article, one.sentences),
            excerpt=_short(one.decoded),
        )
        for one in found
    ]


def removal_issues(removed: Iterable[Removal]) -> list[SourceIssue]:
    """What a loader has left out, as far as it was hidden; what is only page furniture is none."""
    return [issue for removal in removed if (issue := _of_removal(removal))]


def _of_removal(removal: Removal) -> SourceIssue | None:
    if removal.kind in _CHARACTERS:
        kind, words = "invisible_characters", _CHARACTERS[removal.kind]
    elif removal.kind in _HIDDEN:
        kind, words = "hidden_text", _HIDDEN[removal.kind]
    elif removal.kind in _UNSEEN and suspicions(Article(text=removal.excerpt, id="removed")):
        kind, words = "hidden_text", f"{_UNSEEN[removal.kind]} that speak to software"
    else:
        return None
    return SourceIssue(
        type=kind,
        kind=removal.kind,
        message=f"The original holds {words} ({removal.count:,}); they were left out."
        if kind == "invisible_characters"
        else f"The original holds {words}; it was left out.",
        count=max(1, removal.count),
        excerpt=_short(removal.excerpt),
    )


def _left_in(article: Article) -> list[SourceIssue]:
    """An article that was made of a text as given still has its invisible characters; no model is shown them."""
    count = len(UNSEEN.findall(article.text))
    if not count:
        return []
    message = f"The text as given holds characters without a shape ({count:,}); the model was not shown them."
    return [SourceIssue(type="invisible_characters", kind="left_in", message=message, count=count)]


def _title(article: Article) -> list[SourceIssue]:
    """A headline comes from outside the text, so there is nothing in the text to point to."""
    found = suspicions(Article(text=article.title, id="title")) if article.title else ()
    return [
        SourceIssue(
            type="suspicious_text",
            kind=one.kind,
            message=f"The title {_DOES[one.kind]}.",
            excerpt=_short(article.title),
        )
        for one in found[:1]
    ]


def _which(numbers: Sequence[int]) -> str:
    return (
        f"Sentence {numbers[0]}"
        if len(numbers) == 1
        else f"The text of sentences {numbers[0]} to {numbers[-1]}"
    )


def _short(text: str | None) -> str | None:
    words = " ".join(text.split()) if text else ""
    words = "".join(sign for sign in words if sign.isprintable())
    return words if 0 < len(words) <= _EXCERPT else f"{words[: _EXCERPT - 1]}…" if words else None
