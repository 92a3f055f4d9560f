"""The Python functions for several articles: many in, one note out.

What does the work is imported when it is needed: importing `summarizer` stays quick.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.errors import (
    ContextTooLong,
    Filtered,
    MalformedReply,
    ProviderFailed,
    RateLimited,
    Refused,
    RequestRejected,
    SummarizerError,
    TimedOut,
    Truncated,
)
from summarizer.gathering import Onlooker, Source, load_sources
from summarizer.limits import Limits
from summarizer.types.note import Note, SourceId

if TYPE_CHECKING:
    from summarizer.llm import Client
    from summarizer.notes import Grades
    from summarizer.pipeline import Progress
    from summarizer.prompting import PromptLibrary
    from summarizer.types import Briefing

__all__ = ["Noted", "abrief", "abrief_articles", "brief"]

AT_ONCE = 4
"""Articles that a hosted model briefs at the same time; an embedded one has one seat."""

_OF_ONE_ARTICLE = (
    ContextTooLong,
    Filtered,
    MalformedReply,
    ProviderFailed,
    RateLimited,
    Refused,
    RequestRejected,
    TimedOut,
    Truncated,
)
"""Failures that leave hope for the next article."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A note with the articles of its sources, as renderers want them."""

    note: Note
    articles: Mapping[SourceId, Article]


def brief(
    sources: Sequence[Source],
    *,
    model: str | None = None,
    title: str | None = None,
    published: str | None = None,
    language: str = "en",
    base_url: str | None = None,
    api_key: str | None = None,
    prompts: str | Path | None = None,
    timeout: float | None = None,
    limits: Limits = Limits(),
    cache: bool = True,
    recheck_injection: bool = False,
    grades: "str | Path | Grades | None" = None,
    progress: "Progress | None" = None,
) -> Note:
    """Make one note of several articles and wait for it. Inside a running event loop, use `abrief`.

    Near-copies count once, actors and events are merged, differences stand side by side, and the bottom line is
    written from checked claims only.

    Args:
        sources: Paths, names of existing files or folders, articles, or texts; on one subject. Beside files,
            `articles.toml` may give titles, outlets and dates.
        model: As for `summarize`.
        title: Of the note; by default the model proposes one.
        published: ISO 8601 date, for articles that have none of their own.
        language: Of the note and its briefings, as for `summarize`.
        base_url: As for `summarize`.
        api_key: As for `summarize`.
        prompts: As for `summarize`.
        timeout: As for `summarize`.
        limits: Over everything together: retries, deadline and budget.
        cache: As for `summarize`.
        recheck_injection: As for `summarize`, for each article.
        grades: TOML file of Admiralty grades by outlet; without it nothing is graded.
        progress: Told of each step.

    Returns:
        The note; every span in it quotes its source's article verbatim.

    Raises:
        SummarizerError: as for `summarize`; one article that fails fails the note.
    """
    from summarizer.loop import run

    return run(
        abrief(
            sources,
            model=model,
            title=title,
            published=published,
            language=language,
            base_url=base_url,
            api_key=api_key,
            prompts=prompts,
            timeout=timeout,
            limits=limits,
            cache=cache,
            recheck_injection=recheck_injection,
            grades=grades,
            progress=progress,
        )
    )


async def abrief(
    sources: Sequence[Source],
    *,
    model: str | None = None,
    title: str | None = None,
    published: str | None = None,
    language: str = "en",
    base_url: str | None = None,
    api_key: str | None = None,
    prompts: str | Path | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one read, not of this call
    limits: Limits = Limits(),
    cache: bool = True,
    recheck_injection: bool = False,
    grades: "str | Path | Grades | None" = None,
    progress: "Progress | None" = None,
) -> Note:
    """Make one note of several articles without blocking the event loop; arguments and errors as `brief`."""
    noted = await abrief_articles(
        load_sources(sources, published=published),
        model=model,
        title=title,
        language=language,
        base_url=base_url,
        api_key=api_key,
        prompts=prompts,
        timeout=timeout,
        limits=limits,
        cache=cache,
        recheck_injection=recheck_injection,
        grades=grades,
        progress=progress,
    )
    return noted.note


async def abrief_articles(
    articles: Sequence[Article],
    *,
    model: str | None = None,
    title: str | None = None,
    language: str = "en",
    base_url: str | None = None,
    api_key: str | None = None,
    prompts: str | Path | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one read, not of this call
    limits: Limits = Limits(),
    cache: bool = True,
    recheck_injection: bool = False,
    grades: "str | Path | Grades | None" = None,
    progress: "Progress | None" = None,
    onlooker: Onlooker | None = None,
) -> Noted:
    """What `abrief` does with articles that are loaded.

    Args:
        articles: At least one.
        model: As for `brief`, like all that follow.
        title: Of the note.
        language: Of the note (BCP 47).
        base_url: A server.
        api_key: A key.
        prompts: A folder of templates.
        timeout: In seconds.
        limits: Over everything together.
        cache: Whether replies are kept.
        recheck_injection: Whether articles that hold text written for software are briefed once more without it.
        grades: A file of grades.
        progress: Told of each pass.
        onlooker: Told of each article, and of those that fail; None raises what fails.

    Raises:
        SummarizerError: as for `brief`; with an onlooker, only what would fail for every article, and the last
            failure where every article has failed.
    """
    from summarizer.connect import connect
    from summarizer.languages import checked_tag
    from summarizer.llm import parse_model
    from summarizer.llm.cache import ReplyCache
    from summarizer.notes import articles_of, make_note
    from summarizer.pipeline import Silent
    from summarizer.pipeline.witness import told_as_note
    from summarizer.prompting import PromptLibrary
    from summarizer.settings import Settings

    settings = Settings.from_environment()
    watcher = progress or Silent()
    ref = parse_model(model or settings.model)
    library = PromptLibrary(Path(prompts) if prompts is not None else None, language=checked_tag(language))
    graded = _grades(grades)
    watcher.using(str(ref), "asked for" if model else settings.why_model)
    connected = connect(
        ref,
        settings,
        base_url=base_url,
        api_key=api_key,
        timeout_s=timeout,
        progress=watcher,
        limits=limits,
        keeper=ReplyCache(settings.reply_cache) if cache else None,
    )
    async with connected.client as client:
        work = _Work(client, library, connected.engine, watcher, onlooker, recheck=recheck_injection)
        with told_as_note(articles, ref, library.overlay, title=title):
            briefings = await work.brief_all(articles)
            note = await make_note(
                briefings, articles, client, library, title=title, grades=graded, progress=watcher
            )
    return Noted(note, articles_of(note.sources, articles))


@dataclass(frozen=True)
class _Work:
    """Briefs the independent articles of a note."""

    client: "Client"
    library: "PromptLibrary"
    engine: str | None
    progress: "Progress"
    onlooker: Onlooker | None
    recheck: bool = False

    async def brief_all(self, articles: Sequence[Article]) -> "list[Briefing]":
        """Briefings in the order of publication; a near-copy is not briefed, its source stands for it."""
        import asyncio

        from summarizer.notes import collapse

        independent = [group.article for group in collapse(articles)]
        waiting = iter(enumerate(independent, 1))
        made: dict[int, Briefing] = {}
        failed: list[SummarizerError] = []

        async def take() -> None:
            for number, article in waiting:
                try:
                    made[number] = await self._brief(article, number, len(independent))
                except _OF_ONE_ARTICLE as error:
                    failed.append(error)
                    if self.onlooker is None:
                        raise
                    self.onlooker.article_failed(article.id, error)

        seats = 1 if self.client.ref.provider == "local" else AT_ONCE
        try:
            async with asyncio.TaskGroup() as tasks:
                for _ in range(seats):
                    tasks.create_task(take())
        except BaseExceptionGroup as group:  # the first says enough, and callers wait for an error of ours
            raise group.exceptions[0] from None
        if failed and not made:
            raise failed[-1]
        return [made[number] for number in sorted(made)]

    async def _brief(self, article: Article, number: int, of: int) -> "Briefing":
        from summarizer.pipeline import brief_article, brief_rechecked

        if self.onlooker:
            self.onlooker.article_started(article, number, of)
        brief = brief_rechecked if self.recheck else brief_article
        return await brief(article, self.client, self.library, engine=self.engine, progress=self.progress)


def _grades(grades: "str | Path | Grades | None") -> "Grades | None":
    from summarizer.notes import Grades, read_grades

    return grades if grades is None or isinstance(grades, Grades) else read_grades(Path(grades))
