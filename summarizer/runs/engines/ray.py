"""Shards as tasks of a Ray cluster: it places them, and does a task again when its worker dies.

The folder of the shards has to be one that every worker sees; its stores are SQLite files, so a network share must
honour locks. Keys come from the workers' environment: nothing of them is in a task.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from summarizer.errors import EngineNotInstalled
from summarizer.runs.shard import ShardReport, ShardSpec, report_shard

__all__ = ["OnRay"]

_MOST_DEATHS = 3


@dataclass(frozen=True, slots=True)
class OnRay:
    """Shards on Ray.

    Attributes:
        workers: Shards at a time.
        address: Of the cluster, such as `ray://head:10001` or `auto`; None starts one on this machine.
    """

    workers: int
    address: str | None = None

    def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
        """Do them, as many at a time as there are workers.

        Raises:
            EngineNotInstalled: Ray is not there.
        """
        ray = _ray()
        ours = not ray.is_initialized()
        if ours:
            ray.init(address=self.address, log_to_driver=False)
        try:
            task = ray.remote(num_cpus=1, max_retries=_MOST_DEATHS)(report_shard)
            left = iter(specs)
            under_way: list[Any] = [task.remote(spec) for spec in islice(left, self.workers)]
            while under_way:
                ended, under_way = ray.wait(under_way, num_returns=1)
                yield cast("ShardReport", ray.get(ended[0]))
                under_way += [task.remote(spec) for spec in islice(left, 1)]
        finally:
            if ours:
                ray.shutdown()


def _ray() -> Any:
    try:
        import ray  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise EngineNotInstalled("Ray is not installed.", hint="pip install 'summarizer[ray]'") from error
    return cast("Any", ray)
