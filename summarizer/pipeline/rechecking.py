"""Once more without the suspicious text: what it changed, in the issues of the briefing."""

from collections.abc import Iterator
from typing import Final

from summarizer.article import Article
from summarizer.changes import compare
from summarizer.grounding.suspicion import set_aside, suspicions
from summarizer.llm import Client
from summarizer.pipeline.accounting import restated, usage_of
from summarizer.pipeline.briefing import brief_article
from summarizer.pipeline.progress import Progress
from summarizer.prompting import PromptLibrary
from summarizer.types import Briefing, SourceIssue
from summarizer.types.changes import ActorChanges, Changes, PointChanges, SignalChanges

__all__ = ["brief_rechecked"]

_LONGEST: Final = 400
"""Characters that are shown of one sentence."""


async def brief_rechecked(
    article: Article,
    client: Client,
    library: PromptLibrary,
    *,
    engine: str | None = None,
    progress: Progress | None = None,
) -> Briefing:
    """Brief an article; where it holds suspicious text, brief it again with that text masked, and say what differs.

    Arguments and errors as `brief_article`. An article without such text is briefed once.

    Returns:
        The first briefing, with the differences among its issues and the requests of both in its provenance.
    """
    briefing = await brief_article(article, client, library, engine=engine, progress=progress)
    masked = set_aside(article, {number for one in suspicions(article) for number in one.sentences})
    if masked is article:
        return briefing
    without = await brief_article(masked, client, library, engine=engine, progress=progress)
    issues = [*briefing.issues, *_differences(compare(without, briefing))]
    first, second = briefing.provenance, without.provenance
    both = restated(first, usage_of(first) + usage_of(second), seconds=first.seconds + second.seconds)
    return briefing.model_copy(update={"issues": issues, "provenance": both})


def _differences(changes: Changes) -> list[SourceIssue]:
    """What the suspicious text added, took away or changed; one line that says so where it did nothing."""
    found = [
        *_level(changes),
        *_points(changes.points),
        *_signals(changes.signals),
        *_actors(changes.actors),
    ]
    if not found:
        return [_issue("unchanged", "Briefed again without the suspicious text, the article says the same.")]
    return found


def _level(changes: Changes) -> Iterator[SourceIssue]:
    if changes.level.moved != "same":
        level = changes.level
        yield _issue(
            "level", f"Without the suspicious text the level is {level.old.level}, not {level.new.level}."
        )


def _points(points: PointChanges) -> Iterator[SourceIssue]:
    for new in points.new:
        yield _issue("point", f"Only with the suspicious text the summary says: {_cut(new.text)}")
    for gone in points.gone:
        yield _issue("point", f"Without the suspicious text the summary also says: {_cut(gone.text)}")
    for change in points.changed:
        place = "bottom line" if change.new.place == "bottom_line" else "key point"
        yield _issue(
            "point",
            f"Without the suspicious text the {place} reads: {_cut(change.old.text)} With it: {_cut(change.new.text)}",
        )


def _signals(signals: SignalChanges) -> Iterator[SourceIssue]:
    for new in signals.new:
        yield _issue("signal", f"Only with the suspicious text there is the signal: {_cut(new.description)}")
    for gone in signals.gone:
        yield _issue(
            "signal", f"Without the suspicious text there is also the signal: {_cut(gone.description)}"
        )
    for change in signals.changed:
        what = ", ".join(
            f"{one.what} {one.old or 'none'} becomes {one.new or 'none'}" for one in change.changed
        )
        yield _issue(
            "signal", f"With the suspicious text, in “{_cut(change.old.description)}”: {_cut(what)}."
        )


def _actors(actors: ActorChanges) -> Iterator[SourceIssue]:
    for new in actors.new:
        yield _issue("actor", f"Only with the suspicious text there is the actor {new.name}.")
    for gone in actors.gone:
        yield _issue("actor", f"Without the suspicious text there is also the actor {gone.name}.")
    for change in actors.changed:
        what = ", ".join(
            f"{one.what} {one.old or 'none'} becomes {one.new or 'none'}" for one in change.changed
        )
        yield _issue("actor", f"With the suspicious text, of {change.old.name}: {_cut(what)}.")


def _issue(kind: str, message: str) -> SourceIssue:
    return SourceIssue(type="recheck", kind=kind, message=message)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
