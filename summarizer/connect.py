"""From the name of a model to a client that can ask it, with the reply cache before it and the limits around it."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.limits import Limits
from summarizer.llm import Client, ModelRef
from summarizer.llm.keeping import Keeper
from summarizer.llm.local import engine
from summarizer.llm.local.fetch import fetch, use_file
from summarizer.llm.local.models import LocalModel, find
from summarizer.llm.replay import is_recorded, is_replaying, replayed_address, unrecorded
from summarizer.llm.stand_in import stand_in
from summarizer.pipeline import Progress
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.llm.posting import Post

__all__ = ["Connected", "connect"]

_NO_KEY_NEEDED = "replayed"
HOSTED_S, EMBEDDED_S = 300.0, 3600.0
"""Longest silence; a question may take twice as long, repetitions included. A slow machine is no fault."""


@dataclass(frozen=True, slots=True)
class Connected:
    """A client, and the embedded engine behind it when there is one."""

    client: Client
    engine: str | None


def connect(
    ref: ModelRef,
    settings: Settings,
    *,
    base_url: str | None,
    api_key: str | None,
    timeout_s: float | None,
    progress: Progress,
    limits: Limits,
    keeper: Keeper | None,
    post: "Post | None" = None,
) -> Connected:
    """Make a client for `ref`. The embedded model is fetched and started once a question needs it.

    Args:
        ref: The model.
        settings: What the environment says.
        base_url: Another server than the provider's own.
        api_key: Another key than the environment's.
        timeout_s: Longest silence of the provider, in seconds; None for five minutes, or an hour of the embedded
            model, which is silent while it works.
        progress: Told of the fetching of a model file.
        limits: How far the client may go.
        keeper: Keeps replies, such as the reply cache; it is passed over while recordings answer.
        post: Takes the requests of a hosted model, in place of the network.

    Raises:
        SettingsError: no such provider or embedded model, or an address that cannot be used.
        NotAuthorised: a provider that wants a key, and none is set.
        EngineNotInstalled: the embedded engine is wanted and is not there.
    """
    if (given := stand_in()) is not None:
        return Connected(given, None)
    replaying = is_replaying()
    if replaying or is_recorded():
        keeper = None  # a kept reply would leave a hole in the recording
    if ref.provider == "local":
        return _embedded(ref, settings, timeout_s, progress, limits, keeper)
    client = Client(
        ref,
        base_url=replayed_address(str(ref), base_url or settings.addresses.get(ref.provider)),
        api_key=api_key or settings.keys.get(ref.provider) or (_NO_KEY_NEEDED if replaying else None),
        context_window=settings.window(ref.provider),
        timeout_s=timeout_s or HOSTED_S,
        policy=limits.policy(2 * HOSTED_S),
        budget=limits.budget(),
        keeper=keeper,
        offline=settings.offline,
        traced=settings.traced,
        post=post,
    )
    return Connected(client, None)


def _embedded(
    ref: ModelRef,
    settings: Settings,
    timeout_s: float | None,
    progress: Progress,
    limits: Limits,
    keeper: Keeper | None,
) -> Connected:
    model = find(ref.name)
    # A recording has nothing to start, on a machine that may lack the engine.
    build = "replayed" if is_replaying() else engine.build()

    async def opening() -> engine.Endpoint:
        return await asyncio.to_thread(_start, ref, settings, progress)

    client = Client(
        ref,
        base_url=engine.SOCKET_BASE_URL,
        api_key=_NO_KEY_NEEDED,
        timeout_s=timeout_s or EMBEDDED_S,
        policy=limits.policy(2 * EMBEDDED_S),
        budget=limits.budget(),
        keeper=keeper,
        offline=settings.offline,
        traced=settings.traced,
        context_window=model.n_ctx,
        build=f"{build} {_weights(model, settings.model_file)}",
        opening=None if is_replaying() else opening,
    )
    return Connected(client, build)


def _weights(model: LocalModel, file: Path | None) -> str:
    """What tells one file of weights from another, without reading it."""
    if file is None or not file.exists():
        return model.sha256
    found = file.stat()
    return f"{file.resolve()} {found.st_size} {found.st_mtime_ns}"


def _start(ref: ModelRef, settings: Settings, progress: Progress) -> engine.Endpoint:
    model = find(ref.name)
    file = settings.model_file
    if file is None:
        with unrecorded():
            file = fetch(model, cache_dir=settings.cache_dir, progress=progress.fetching)
    elif not use_file(model, file, cache_dir=settings.cache_dir):
        progress.using(str(file), f"SUMMARIZER_MODEL_FILE; it is not the pinned file of {ref}")
    return engine.start(ref.name, file, n_ctx=model.n_ctx)
