"""The Python functions: one article in, one briefing out; one sentence in, its verdict out.

What does the work is imported when it is needed: importing `summarizer` stays quick.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.limits import Limits
from summarizer.types import Briefing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.grounding.claims import ClaimCheck
    from summarizer.llm import Client
    from summarizer.pipeline import Progress

__all__ = ["asummarize", "check_claim", "summarize"]


def summarize(
    source: str | Path | Article,
    *,
    model: "str | Client | None" = None,
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
    progress: "Progress | None" = None,
) -> Briefing:
    """Brief one article and wait for the result. Inside a running event loop, use `asummarize`.

    Args:
        source: A `Path`, the name of an existing file, an `Article`, or the text itself.
        model: `provider/model`, such as `openai/gpt-5-mini` or `local/qwen2.5-coder-1.5b`. Default:
            SUMMARIZER_MODEL, else an OpenAI model if OPENAI_API_KEY is set, else the embedded model.
        title: The article's headline; an `Article` brings its own.
        published: ISO 8601 date of publication, against which relative dates are resolved.
        language: Of the briefing (BCP 47), such as `fr`, whatever the article's; quotes stay in the original, headings
            in English.
        base_url: An OpenAI-compatible server, for `openai/...` models. Default: OPENAI_BASE_URL.
        api_key: Default: OPENAI_API_KEY.
        prompts: Folder of templates that come before ours.
        timeout: Longest silence of the provider, in seconds. Default: 300, and 3,600 for the embedded model.
        limits: Retries, deadline and budget.
        cache: Whether replies are kept on disk and answer the same question again, at no cost.
        recheck_injection: Whether an article that holds text written for software is briefed once more without it;
            what differs is told in the `issues` of the briefing.
        progress: Told of each step.

    Returns:
        The briefing; every span in it quotes the article verbatim.

    Raises:
        InputError: the source cannot be read as an article.
        SettingsError: an unknown model, provider or language.
        EngineError: the embedded model cannot be fetched or started.
        ModelError: the model could not be reached, refused, failed to answer in the form asked for, or would have
            cost more than the limits allow; see `summarizer.errors`.
        CacheError: the file of the reply cache is broken.
    """
    from summarizer.loop import run

    return run(
        asummarize(
            source,
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
            progress=progress,
        )
    )


async def asummarize(
    source: str | Path | Article,
    *,
    model: "str | Client | None" = None,
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
    progress: "Progress | None" = None,
) -> Briefing:
    """Brief one article without blocking the event loop; arguments and errors as `summarize`."""
    from summarizer.connect import Connected, connect
    from summarizer.languages import checked_tag
    from summarizer.llm import parse_model
    from summarizer.llm.cache import ReplyCache
    from summarizer.llm.stand_in import stand_in
    from summarizer.loaders import load
    from summarizer.pipeline import Silent, brief_article, brief_rechecked
    from summarizer.prompting import PromptLibrary
    from summarizer.settings import Settings

    settings = Settings.from_environment()
    watcher = progress or Silent()
    given = stand_in() if model is None or isinstance(model, str) else model
    ref = given.ref if given else parse_model(str(model or settings.model))
    article = load(source, title=title, published=published)
    library = PromptLibrary(Path(prompts) if prompts is not None else None, language=checked_tag(language))
    watcher.using(str(ref), "asked for" if model else settings.why_model)
    connected = (
        Connected(given, None)
        if given
        else connect(
            ref,
            settings,
            base_url=base_url,
            api_key=api_key,
            timeout_s=timeout,
            progress=watcher,
            limits=limits,
            keeper=ReplyCache(settings.reply_cache) if cache else None,
        )
    )
    async with connected.client as client:
        brief = brief_rechecked if recheck_injection else brief_article
        return await brief(article, client, library, engine=connected.engine, progress=watcher)


def check_claim(
    article: Article | str, claim: str, *, evidence: "Sequence[tuple[int, int]] | None" = None
) -> "ClaimCheck":
    """Check one sentence about an article, by whomever, without a model.

    Args:
        article: The article, or its text.
        claim: One sentence.
        evidence: Character ranges (start, end) of the article that it stands on; None finds the best sentences.

    Returns:
        `verdict` (supported, altered or unsupported; unchecked for an article that is not in English), `issues` with the words on both sides, and `sentences`,
        the numbers of those it was held against.

    Raises:
        SettingsError: a range outside the article, or a claim that is no string.
        InputError: too little text, or an article of another type.
    """
    from summarizer.proof import check_claim as check

    return check(article, claim, evidence=evidence)
