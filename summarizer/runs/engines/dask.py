"""Shards as tasks of a Dask cluster: it places them, and does a task again when its worker dies.

The folder of the shards has to be one that every worker sees; its stores are SQLite files, so a network share must
honour locks. Keys come from the workers' environment: nothing of them is in a task.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from summarizer.errors import EngineNotInstalled
from summarizer.runs.shard import ShardReport, ShardSpec, report_shard

__all__ = ["OnDask"]

_MOST_DEATHS = 3


@dataclass(frozen=True, slots=True)
class OnDask:
    """Shards on Dask.

    Attributes:
        workers: Shards at a time.
        scheduler: Its address, such as `tcp://scheduler:8786`; None starts a cluster on this machine.
    """

    workers: int
    scheduler: str | None = None

    def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
        """Do them, as many at a time as there are workers.

        Raises:
            EngineNotInstalled: Dask is not there.
        """
        distributed = _distributed()
        left = iter(specs)
        with distributed.Client(
            self.scheduler or distributed.LocalCluster(self.workers, threads_per_worker=1)
        ) as client:

            def submit(spec: ShardSpec) -> Any:
                # Not pure: a shard that was done has left a file, which the next look finds.
                return client.submit(report_shard, spec, pure=False, retries=_MOST_DEATHS)

            ended = distributed.as_completed([submit(spec) for spec in islice(left, self.workers)])
            for future in ended:
                yield cast("ShardReport", future.result())
                for spec in islice(left, 1):
                    ended.add(submit(spec))


def _distributed() -> Any:
    try:
        import distributed  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise EngineNotInstalled("Dask is not installed.", hint="pip install 'summarizer[dask]'") from error
    return cast("Any", distributed)
