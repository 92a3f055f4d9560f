"""How a run in shards stands: what its plan says, and what the stores of its shards on this machine have written down."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from summarizer.runs.database import store_path
from summarizer.runs.lock import holder_of
from summarizer.runs.ours import shards_path
from summarizer.runs.output import local_path
from summarizer.runs.pieces import Piece
from summarizer.runs.plan import Plan, kept_plan
from summarizer.runs.shard import ShardReport
from summarizer.runs.status import Status, status_of
from summarizer.types import Tokens

__all__ = ["status_of_shards"]


def status_of_shards(output: str | Path, work: Path) -> Status | None:
    """How the run of an output stands, over all its shards; None when it was not cut into any.

    Of a shard that another machine works on, nothing is known before it is finished; of one that was finished there,
    its counts, but neither requests nor what they cost.

    Args:
        output: As the run was given it.
        work: The folder of this machine in which runs into storage are kept.

    Raises:
        OutputError: the folder of the shards cannot be read, or its plan is none of ours.
        InputError: storage does not answer.
        StoreFailed: the store of a shard cannot be read.
    """
    folder = shards_path(output)
    found = kept_plan(folder)
    if found is None:
        return None
    plan, options, _ = found
    finished = plan.finished()
    parts: list[Status] = []
    for number in range(len(plan.shards)):
        kept = local_path(plan.place(number), work)
        if store_path(kept).exists():
            parts.append(status_of(kept))
        elif number in finished:
            parts.append(_told(finished[number]))
    at_work = holder_of(folder / "plan") if isinstance(folder, Path) else None
    return _sum(parts, options, plan, len(finished), at_work)


def _told(report: ShardReport) -> Status:
    return Status(
        options={},
        done=report.done,
        failed=report.failed,
        open=0,
        errors={},
        requests=0,
        tokens=Tokens(input=0, cached=0, output=0),
        usd=0.0,
        uncertain=(),
        uncertain_count=0,
        uncertain_usd=0.0,
        a_minute=0.0,
        at_work=None,
    )


def _sum(
    parts: Sequence[Status], options: dict[str, str], plan: Plan, finished: int, at_work: str | None
) -> Status:
    errors = Counter[str]()
    for part in parts:
        errors.update(part.errors)
    done, failed = sum(part.done for part in parts), sum(part.failed for part in parts)
    total = sum(_rows(shard) for shard in plan.shards)
    return Status(
        options=options,
        done=done,
        failed=failed,
        open=sum(part.open for part in parts),
        errors=dict(errors.most_common()),
        requests=sum(part.requests for part in parts),
        tokens=Tokens(
            input=sum(part.tokens.input for part in parts),
            cached=sum(part.tokens.cached for part in parts),
            output=sum(part.tokens.output for part in parts),
        ),
        usd=_usd(part.usd for part in parts),
        uncertain=tuple(one for part in parts for one in part.uncertain)[:100],
        uncertain_count=sum(part.uncertain_count for part in parts),
        uncertain_usd=_usd(part.uncertain_usd for part in parts),
        # What a shard did lately is of now only while somebody works on it.
        a_minute=sum(part.a_minute for part in parts if part.at_work),
        at_work=next((part.at_work for part in parts if part.at_work), at_work),
        total=max(total, done + failed),
        left=max(0, total - done - failed),
        shards=len(plan.shards),
        shards_finished=finished,
    )


def _rows(shard: Iterable[Piece]) -> int:
    # A document is one article; how many a feed has is told when it is read.
    return sum(1 if piece.rows is None else piece.rows for piece in shard)


def _usd(parts: Iterable[float | None]) -> float | None:
    known = list(parts)
    return None if None in known else sum(usd for usd in known if usd is not None)
