"""The client of a run, behind its gate or behind its post office; and how to give up what is under way by post.

Half the price for patience: what a run asks leaves through OpenAI's Batch endpoint, a pass of every article at a time.
"""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.connect import Connected, connect
from summarizer.errors import SettingsError
from summarizer.limits import Limits
from summarizer.llm import ModelRef, parse_model
from summarizer.pipeline import Progress
from summarizer.runs import posting as terms_of
from summarizer.runs.board import Board
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.runs.keeper import StoreKeeper
    from summarizer.runs.post_office import PostOffice

__all__ = ["give_up", "run_client"]


@asynccontextmanager
async def run_client(
    ref: ModelRef,
    settings: Settings,
    keeper: "StoreKeeper",
    *,
    base_url: str | None,
    api_key: str | None,
    timeout_s: float | None,
    progress: Progress,
    limits: Limits,
    rpm: float | None = None,
    tpm: float | None = None,
    board: Board | None = None,
) -> AsyncGenerator[Connected]:
    """A client for one run; arguments and errors besides as `connect`.

    Args:
        ref: The model.
        settings: What the environment says.
        keeper: Of the run.
        base_url: Another server than the provider's own.
        api_key: Another key than the environment's.
        timeout_s: Longest silence of the provider, in seconds.
        progress: Told of the model.
        limits: How far the client may go.
        rpm: Most requests a minute; None for what the provider lets through.
        tpm: Most tokens a minute; likewise.
        board: Told how the post stands, where requests are to be posted; `rpm` and `tpm` then say nothing.
    """
    from summarizer.llm.gate import Gate
    from summarizer.runs.gated import GatedKeeper

    async with AsyncExitStack() as stack:
        office = None
        if board is not None:
            office = _office(
                ref, settings, keeper, board, base_url=base_url, api_key=api_key, timeout_s=timeout_s
            )
        connected = connect(
            ref,
            settings,
            base_url=base_url,
            api_key=api_key,
            timeout_s=timeout_s,
            progress=progress,
            limits=limits,
            keeper=GatedKeeper(keeper, Gate(rpm, tpm)) if office is None else keeper,
            post=office,
        )
        if office is not None:
            await stack.enter_async_context(office)
        await stack.enter_async_context(connected.client)
        yield connected


async def give_up(output: Path, settings: Settings) -> int:
    """Cancel the batches of a run that are under way at the provider; what they have answered is kept, and owed.

    Args:
        output: Of the run; its store lies beside it.
        settings: What the environment says.

    Returns:
        How many batches those were.

    Raises:
        SummarizerError: there is no such run, another process is at work on it, or the provider cannot be asked.
    """
    from summarizer.runs.keeper import StoreKeeper
    from summarizer.runs.status import status_of
    from summarizer.runs.store import RunStore

    begun_with = status_of(output).options
    if "model" not in begun_with:
        raise SettingsError("this run does not say which model it asks.", hint="Give the output of a batch.")
    ref = parse_model(begun_with["model"])
    with RunStore(output, options=begun_with, posts=True) as store:
        keeper = StoreKeeper(store)
        base_url = begun_with.get("base URL")
        office = _office(ref, settings, keeper, Board(), base_url=base_url, api_key=None, timeout_s=None)
        async with office:
            return await office.give_up()


def _office(
    ref: ModelRef,
    settings: Settings,
    keeper: "StoreKeeper",
    board: Board,
    *,
    base_url: str | None,
    api_key: str | None,
    timeout_s: float | None,
) -> "PostOffice":
    from summarizer.llm.batch_endpoint import BatchEndpoint
    from summarizer.runs.post_office import PostOffice

    endpoint = BatchEndpoint(
        ref,
        base_url=base_url or settings.addresses.get(ref.provider),
        api_key=api_key or settings.keys.get(ref.provider),
        timeout_s=timeout_s or 300.0,
        offline=settings.offline,
    )
    return PostOffice(endpoint, keeper, model=str(ref), board=board, terms=terms_of.USUAL)
