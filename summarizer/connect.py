"""From the name of a model to a client that can ask it: fetches and starts the embedded engine when it is needed."""

import asyncio
from dataclasses import dataclass

from summarizer.llm import Client, ModelRef
from summarizer.llm.local.engine import Endpoint, start
from summarizer.llm.local.fetch import fetch, use_file
from summarizer.llm.local.models import find
from summarizer.llm.replay import is_replaying
from summarizer.pipeline import Progress
from summarizer.settings import Settings

__all__ = ["Connected", "connect"]

_NO_KEY_NEEDED = "replayed"


@dataclass(frozen=True, slots=True)
class Connected:
    """A client, and the embedded engine behind it when there is one."""

    client: Client
    engine: str | None


async def connect(
    ref: ModelRef,
    settings: Settings,
    *,
    base_url: str | None,
    api_key: str | None,
    timeout_s: float,
    progress: Progress,
) -> Connected:
    """Make a client for `ref`; the embedded model is fetched and started first, unless answers are replayed.

    Raises:
        SettingsError: no such provider or embedded model, or an address that cannot be used.
        NotAuthorised: a provider that wants a key, and none is set.
        EngineError: the embedded model cannot be fetched or started.
    """
    if ref.provider != "local":
        key = api_key or settings.api_key or (_NO_KEY_NEEDED if is_replaying() else None)
        address = base_url or settings.base_url
        client = Client(ref, base_url=address, api_key=key, timeout_s=timeout_s)
        return Connected(client, None)
    model = find(ref.name)
    if is_replaying():
        replayed = Client(ref, base_url="http://llama.local/v1", api_key=_NO_KEY_NEEDED)
        return Connected(replayed, "replayed")
    endpoint = await asyncio.to_thread(_start, ref, settings, progress)
    client = Client(
        ref,
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        uds=endpoint.uds,
        timeout_s=timeout_s,
        context_window=model.n_ctx,
    )
    return Connected(client, endpoint.engine)


def _start(ref: ModelRef, settings: Settings, progress: Progress) -> Endpoint:
    model = find(ref.name)
    file = settings.model_file
    if file is None:
        file = fetch(model, cache_dir=settings.cache_dir, progress=progress.fetching)
    elif not use_file(model, file, cache_dir=settings.cache_dir):
        progress.using(str(file), f"SUMMARIZER_MODEL_FILE; it is not the pinned file of {ref}")
    return start(ref.name, file, n_ctx=model.n_ctx)
