"""Batches as Python functions: many articles in, their briefings as they are made.

Puts together what a run needs: settings, model client, prompts, store; `summarizer.runs` does the run.
"""

from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from summarizer.article import Article
from summarizer.batch_options import BatchOptions
from summarizer.errors import SettingsError
from summarizer.runs import Batch, Ours, Result, Source, Stop, check, check_output, follow, stream
from summarizer.runs.board import Board
from summarizer.runs.keeper import StoreKeeper
from summarizer.runs.output import local_path
from summarizer.runs.remote import Place, Remote, place_of
from summarizer.runs.runner import DRAIN_S

if TYPE_CHECKING:
    from summarizer.llm import ModelRef, Usage
    from summarizer.pipeline import Progress
    from summarizer.prompting import PromptLibrary
    from summarizer.runs import Work
    from summarizer.settings import Settings
    from summarizer.types import Briefing

__all__ = ["BatchOptions", "abatch", "batch", "briefed_with", "prepare"]

_POSTED_DRAIN_S: Final = 0.5
"""What is posted ends in hours, and is found again: nobody waits for it when a run is to end."""


def batch(
    sources: Source | Iterable[Source],
    *,
    output: str | Path | None = None,
    options: BatchOptions | None = None,
) -> Iterator[Result]:
    """Brief many articles, and hand out each result as it comes. Inside a running event loop, use `abatch`.

    Args:
        sources: Files, folders, glob patterns, .jsonl and .parquet of records, or articles; read as they are needed.
        output: Where the results go too, in the order of the input: a .jsonl or .parquet. The store beside it lets
            the same call again go on where it was, without paying for anything twice. With a URL of storage (s3://,
            gs://, az://), the store stays on this machine. None: nothing is kept.
        options: Model, limits and the rest.

    Yields:
        A result an article, in the order in which they come: `briefing`, or `error` with type, message and hint.

    Raises:
        OutputTaken: before anything is written: the output is one of the sources, or a file that no run has written.
        SummarizerError: what ends the whole batch, such as a wrong key, a budget that is used up, a full disk; what it
            has finished is kept.
    """
    from summarizer.loop import run, run_or_begin

    results = abatch(sources, output=output, options=options)

    async def step() -> Result | None:
        return await anext(results, None)

    try:
        while (result := run(step())) is not None:
            yield result
    finally:
        # A loop over them that is left early may be garbage by now, collected by whichever thread.
        run_or_begin(_close(results))


async def abatch(
    sources: Source | Iterable[Source],
    *,
    output: str | Path | None = None,
    options: BatchOptions | None = None,
    stop: Stop | None = None,
) -> AsyncGenerator[Result]:
    """Brief many articles without blocking the event loop; arguments and errors as `batch`.

    Args:
        sources: As there.
        output: As there.
        options: As there.
        stop: Ends the batch early: requests under way end, no new one leaves.
    """
    chosen = options or BatchOptions()
    if chosen.batch_api and output is None:
        hint = "Batches take hours: name a file to go on with."
        raise SettingsError("batch_api wants an output.", hint=hint)
    wanted = [sources] if isinstance(sources, str | Path | Article) else sources
    with TemporaryDirectory() as scratch:
        named = output if output is not None else Path(scratch) / "batch.jsonl"
        ours = Ours(named)
        if isinstance(wanted, Sequence):
            check(wanted, leave_out=ours)
        order = prepare(place_of(named), chosen)
        check_output(named, order.output)
        inputs = stream(wanted, published=chosen.published, leave_out=ours)
        # Closed by name: whoever leaves early may come back at once, and finds the run unlocked.
        async with aclosing(follow(order, inputs, stop=stop)) as results:
            async for result in results:
                yield result


def briefed_with(options: BatchOptions) -> Mapping[str, str]:
    """What shapes a briefing, by name, as options, environment and files of this process have it.

    Raises:
        SettingsError, PromptError: as `prepare`.
    """
    with TemporaryDirectory() as scratch:
        return prepare(Path(scratch) / "batch.jsonl", options).options


def prepare(output: Place, options: BatchOptions, *, progress: "Progress | None" = None) -> Batch:
    """Say what a batch is to do; nothing is fetched or sent yet.

    Args:
        output: Its `.jsonl` or `.parquet`.
        options: How it is to be made.
        progress: Told of the model that is used, and of its file being fetched.

    Raises:
        SettingsError: an unknown model or provider, an address that cannot be used.
        NotAuthorised: a provider that wants a key, and none is set.
        PromptError: a template cannot be read.
    """
    from summarizer.codebook import codebook
    from summarizer.languages import checked_tag
    from summarizer.llm.cache import ReplyCache
    from summarizer.llm.providers import check_batches, parse_model
    from summarizer.pipeline import Silent
    from summarizer.prompting import PromptLibrary
    from summarizer.settings import Settings

    settings = Settings.from_environment()
    ref = parse_model(options.model or settings.model)
    language = checked_tag(options.language)
    library = PromptLibrary(Path(options.prompts) if options.prompts is not None else None, language=language)
    watcher = progress or Silent()
    watcher.using(str(ref), "asked for" if options.model else settings.why_model)
    facts = {
        "model": str(ref),
        "base URL": options.base_url or settings.base_url,
        "prompts": library.digest,
        "codebook": codebook().version,
        "published": options.published,
        "language": None if language == "en" else language,
        "recheck": "injection" if options.recheck_injection else None,
    }
    board = Board() if options.batch_api else None
    if board is not None:
        check_batches(ref)
    local = local_path(output, settings.cache_dir / "runs")
    remote = output if isinstance(output, Remote) else None
    return Batch(
        output=local,
        remote=remote,
        options={name: value for name, value in facts.items() if value is not None},
        open_work=_Opening(ref, library, settings, options, watcher, board).work,
        concurrency=options.workers(embedded=ref.provider == "local"),
        board=board,
        drain_s=DRAIN_S if board is None else _POSTED_DRAIN_S,
        unknown=options.unknown,
        retry="all" if options.retry_failed else "none",
        cache=ReplyCache(settings.reply_cache) if options.cache else None,
    )


@dataclass(frozen=True)
class _Opening:
    ref: "ModelRef"
    library: "PromptLibrary"
    settings: "Settings"
    options: BatchOptions
    progress: "Progress"
    board: Board | None = None

    @asynccontextmanager
    async def work(self, keeper: StoreKeeper) -> AsyncGenerator["Work"]:
        """A client whose requests go through the gate, or by post, and into the store."""
        from summarizer.pipeline import brief_article, brief_rechecked
        from summarizer.posting import run_client

        options, before = self.options, keeper.store.earlier
        async with run_client(
            self.ref,
            self.settings,
            keeper,
            base_url=options.base_url,
            api_key=options.api_key,
            timeout_s=options.timeout,
            progress=self.progress,
            limits=replace(options.limits, spent_usd=before.usd, sent=before.requests),
            rpm=options.rpm,
            tpm=options.tpm,
            board=self.board,
        ) as connected:

            async def brief(article: Article) -> bytes:
                made = brief_rechecked if options.recheck_injection else brief_article
                briefing = await made(article, connected.client, self.library, engine=connected.engine)
                return _accounted(briefing, keeper.taken()).model_dump_json().encode()

            yield brief


def _accounted(briefing: "Briefing", taken: "Usage") -> "Briefing":
    """The same briefing, whose account also has what earlier tries and starts have sent for the article."""
    from summarizer.pipeline.accounting import restated

    made = briefing.provenance
    if taken.requests <= made.requests:
        return briefing
    whole = restated(made, replace(taken, recalled=made.recalled))
    return briefing.model_copy(update={"provenance": whole})


async def _close(results: AsyncGenerator[Result]) -> None:
    await results.aclose()
