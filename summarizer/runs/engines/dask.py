"""Shards as tasks of a Dask cluster: it places them, and does a task again when its worker dies.

Where the shards lie on disks, the folder has to be one that every worker sees; their stores are SQLite files, so a
network share must honour locks. Keys come from the workers' environment: nothing of them is in a task.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import Any, Final, cast

from summarizer.errors import EngineFailed, EngineNotInstalled
from summarizer.runs.run import Stop
from summarizer.runs.shard import ShardReport, ShardSpec, lost_shard, report_shard

__all__ = ["OnDask"]

_MOST_DEATHS: Final = 3


@dataclass(frozen=True, slots=True)
class OnDask:
    """Shards on Dask.

    Attributes:
        workers: Shards at a time.
        scheduler: Its address, such as `tcp://scheduler:8786`; None for DASK_SCHEDULER_ADDRESS, or a cluster of its own
            on this machine.
        stop: Ends the run early: no further shard is begun, those under way are done to their end.
    """

    workers: int
    scheduler: str | None = None
    stop: Stop | None = None

    def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
        """Do them, as many at a time as there are workers.

        Raises:
            EngineNotInstalled: Dask is not there.
            EngineFailed: the scheduler does not answer.
        """
        distributed = _distributed()
        left = iter(specs)
        under_way: dict[Any, ShardSpec] = {}
        with _client(distributed, self.scheduler, self.workers) as client:
            ended = distributed.as_completed()

            def hand_out(count: int) -> None:
                for spec in islice(left, 0 if self.stop is not None and self.stop.asked else count):
                    # Not pure: a shard that was done has left a file, which the next look finds.
                    future = client.submit(report_shard, spec, pure=False, retries=_MOST_DEATHS)
                    under_way[future] = spec
                    ended.add(future)

            hand_out(self.workers)
            for future in ended:
                yield _report(future, under_way.pop(future))
                hand_out(1)


def _report(future: Any, spec: ShardSpec) -> ShardReport:
    error = future.exception()
    if error is None and not future.cancelled():
        return cast("ShardReport", future.result())
    return lost_shard(spec.number, f"Dask: {error or 'the scheduler has gone'}")


def _client(distributed: Any, scheduler: str | None, workers: int) -> Any:
    # The operator for Kubernetes puts it into the environment, which is where Dask's configuration looks.
    address = scheduler or import_module("dask").config.get("scheduler-address", None)
    if address is None:
        return distributed.Client(n_workers=workers, threads_per_worker=1)
    try:
        return distributed.Client(address)
    except (OSError, ValueError) as error:
        raise EngineFailed(
            f"no Dask scheduler answers at {address}: {error}",
            hint="Check --address, such as tcp://scheduler:8786.",
        ) from error


def _distributed() -> Any:
    try:
        import distributed  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise EngineNotInstalled("Dask is not installed.", hint="pip install 'summarizer[dask]'") from error
    return cast("Any", distributed)
