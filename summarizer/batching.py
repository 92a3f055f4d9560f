"""Batches as Python functions: many articles in, their briefings as they are made.

Puts together what a run needs: settings, model client, prompts, store; `summarizer.runs` does the run.
"""

from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from summarizer.article import Article
from summarizer.errors import SettingsError
from summarizer.limits import Limits
from summarizer.llm.keeping import Keeper
from summarizer.runs import Batch, Result, Source, Stop, check, follow, stream
from summarizer.runs.output import family
from summarizer.runs.store import Unknown

if TYPE_CHECKING:
    from summarizer.llm import ModelRef
    from summarizer.pipeline import Progress
    from summarizer.prompting import PromptLibrary
    from summarizer.runs import Work
    from summarizer.settings import Settings

__all__ = ["BatchOptions", "abatch", "batch", "prepare"]

DEFAULT_CONCURRENCY: Final = 16
_TOKENS_A_REQUEST: Final = 2000
"""To tell how many workers a limit on tokens can feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How a batch is to be made.

    Attributes:
        model: `provider/model`. Default: as for `summarize`.
        base_url: An OpenAI-compatible server, for `openai/...` models. Default: OPENAI_BASE_URL.
        api_key: Default: OPENAI_API_KEY. Never written down.
        prompts: Folder of templates that come before ours.
        published: ISO 8601 date for articles that bring none.
        timeout: Longest silence of the provider, in seconds. Default: 300.
        limits: Retries, deadline and budget; the budget is that of the whole batch, one start of it.
        cache: Whether replies are kept beyond the batch, and answer the same question again at no cost.
        concurrency: Articles at a time. Default: 16; with the embedded model 1.
        rpm: Most requests a minute; None for what the provider lets through.
        tpm: Most tokens a minute, prompts and replies together; likewise.
        unknown: What to do with articles whose request may have been paid for without an answer: `resend` or `skip`.
        retry_failed: Take up the failed articles again.
    """

    model: str | None = None
    base_url: str | None = None
    api_key: str | None = None
    prompts: str | Path | None = None
    published: str | None = None
    timeout: float | None = None
    limits: Limits = Limits()
    cache: bool = True
    concurrency: int | None = None
    rpm: float | None = None
    tpm: float | None = None
    unknown: Unknown = "resend"
    retry_failed: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no limit."""
        for name in ("concurrency", "rpm", "tpm"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise SettingsError(f"{name} is {value!r}, which lets nothing through.")

    def __repr__(self) -> str:
        """All but the key."""
        return (
            f"BatchOptions(model={self.model!r}, base_url={self.base_url!r}, concurrency={self.concurrency})"
        )


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
            the same call again go on where it was, without paying for anything twice. None: nothing is kept.
        options: Model, limits and the rest.

    Yields:
        A result an article, in the order in which they come: `briefing`, or `error` with type, message and hint.

    Raises:
        SummarizerError: what ends the whole batch, such as a wrong key, a budget that is used up, a full disk; what it
            has finished is kept.
    """
    from summarizer.loop import run

    results = abatch(sources, output=output, options=options)

    async def step() -> Result | None:
        return await anext(results, None)

    try:
        while (result := run(step())) is not None:
            yield result
    finally:
        run(_close(results))


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
    wanted = [sources] if isinstance(sources, str | Path | Article) else sources
    if isinstance(wanted, Sequence):
        check(wanted)
    with TemporaryDirectory() as scratch:
        path = Path(output) if output is not None else Path(scratch) / "batch.jsonl"
        order = prepare(path, chosen)
        inputs = stream(wanted, published=chosen.published, leave_out=family(path))
        # Closed by name: whoever leaves early may come back at once, and finds the run unlocked.
        async with aclosing(follow(order, inputs, stop=stop)) as results:
            async for result in results:
                yield result


def prepare(output: Path, options: BatchOptions, *, progress: "Progress | None" = None) -> Batch:
    """Say what a batch is to do; nothing is opened, fetched or sent yet.

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
    from summarizer.llm import parse_model
    from summarizer.llm.cache import ReplyCache
    from summarizer.pipeline import Silent
    from summarizer.prompting import PromptLibrary
    from summarizer.settings import Settings

    settings = Settings.from_environment()
    ref = parse_model(options.model or settings.model)
    library = PromptLibrary(Path(options.prompts) if options.prompts is not None else None)
    watcher = progress or Silent()
    watcher.using(str(ref), "asked for" if options.model else settings.why_model)
    facts = {
        "model": str(ref),
        "base URL": options.base_url or settings.base_url,
        "prompts": library.digest,
        "codebook": codebook().version,
        "published": options.published,
    }
    return Batch(
        output=output,
        options={name: value for name, value in facts.items() if value is not None},
        open_work=_Opening(ref, library, settings, options, watcher).work,
        concurrency=_concurrency(options, embedded=ref.provider == "local"),
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

    @asynccontextmanager
    async def work(self, keeper: Keeper) -> AsyncGenerator["Work"]:
        """A client whose requests go through the gate and into the store."""
        from summarizer.connect import connect
        from summarizer.llm.gate import Gate
        from summarizer.pipeline import brief_article
        from summarizer.runs.gated import GatedKeeper

        options = self.options
        connected = connect(
            self.ref,
            self.settings,
            base_url=options.base_url,
            api_key=options.api_key,
            timeout_s=options.timeout,
            progress=self.progress,
            limits=options.limits,
            keeper=GatedKeeper(keeper, Gate(options.rpm, options.tpm)),
        )

        async def brief(article: Article) -> bytes:
            briefing = await brief_article(article, connected.client, self.library, engine=connected.engine)
            return briefing.model_dump_json().encode()

        async with connected.client:
            yield brief


def _concurrency(options: BatchOptions, *, embedded: bool) -> int:
    """No more workers than the limits can feed: one that waits too long for its turn would time out."""
    asked = options.concurrency or (1 if embedded else DEFAULT_CONCURRENCY)
    fed = [options.rpm, options.tpm and options.tpm / _TOKENS_A_REQUEST]
    return max(1, min([asked, *(int(limit) for limit in fed if limit is not None)]))


async def _close(results: AsyncGenerator[Result]) -> None:
    await results.aclose()
